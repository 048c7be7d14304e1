"""A release goes to bytes and back and nothing is lost; the same release gives the same bytes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.release import Answers, Invited, Release, release
from assessment.exchange.codec import codec_for
from assessment.exchange.frozen import CycleAbout, FrozenRelease, freeze, sha256_of, thaw
from assessment.exchange.result import result_text
from tests.reporting import make_release as made_up

FRAMEWORKS = (
    made_up.percent_framework(),
    made_up.met_framework(),
    made_up.stage_framework(),
    made_up.conformity_framework(),
    made_up.survey_framework(),
)


def about(framework, **changes) -> CycleAbout:
    usual = CycleAbout(
        organisation="Northwind “Care”",
        cycle="Spring",
        purpose="",
        sponsor="",
        mode="named",
        kind="final",
        language="en",
        opened_on=datetime.date(2026, 5, 4),
        closed_on=None,
        framework_sha256=framework.sha256,
    )
    return replace(usual, **changes)


@st.composite
def releases(draw) -> Release:
    framework = draw(st.sampled_from(FRAMEWORKS))
    units = tuple(f"Unit {number}" for number in range(draw(st.integers(0, 3))))
    sheets = [
        sheet
        for group in framework.forms
        for sheet in made_up.people(
            framework, group, draw(st.integers(0, 5)), units, seed=draw(st.integers(0, 9))
        )
    ]
    invited = {(unit, "staff"): draw(st.integers(0, 20)) for unit in (*units, None)}
    comments = made_up.comments(framework) if draw(st.booleans()) else ()
    return release(framework, Answers(tuple(sheets), comments), Invited(invited))


@given(releases())
def test_a_release_comes_back_as_it_was(made):
    frozen = FrozenRelease(about(made.framework), made)
    content = freeze(frozen)
    found = thaw(content, made.framework)
    assert found == frozen
    assert freeze(found) == content
    assert result_text(found.release) == result_text(made)


def test_a_figure_that_is_withheld_stays_withheld():
    framework = FRAMEWORKS[0]
    made = release(framework, Answers(made_up.people(framework, "staff", 3)))
    part = made.perceived.categories[0]
    withheld = replace(part, percent=None, completeness=None, state="withheld", traces={})
    perceived = replace(made.perceived, categories=(withheld, *made.perceived.categories[1:]))
    frozen = FrozenRelease(about(framework), replace(made, perceived=perceived))
    assert thaw(freeze(frozen), framework) == frozen


def test_fractions_stay_exact_and_nothing_is_written_two_ways():
    framework = FRAMEWORKS[0]
    made = release(framework, Answers(made_up.people(framework, "staff", 7)))
    content = freeze(FrozenRelease(about(framework), made))
    written = json.loads(content)["release"]["perceived"]["questions"]
    means = [each["mean"] for each in written if each["mean"] is not None]
    assert {type(mean) for mean in means} == {int, str}
    assert [Fraction(mean) for mean in means] == [
        each.mean for each in made.perceived.questions if each.mean is not None
    ]
    assert (
        content
        == json.dumps(
            json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
    )
    assert len(sha256_of(content)) == 64


def test_a_release_is_not_read_with_other_criteria():
    framework = FRAMEWORKS[0]
    content = freeze(FrozenRelease(about(framework), release(framework, Answers(()))))
    with pytest.raises(ValueError, match="other criteria"):
        thaw(content, replace(framework, sha256="f" * 64))
    newer = json.dumps({**json.loads(content), "format": 99}).encode()
    with pytest.raises(ValueError, match="newer version"):
        thaw(newer, framework)


@dataclass(frozen=True)
class Old:
    name: str


@dataclass(frozen=True)
class New:
    name: str
    added: tuple[int, ...] = ()
    of: Mapping[tuple[str | None, str], float] | None = None


def test_what_an_earlier_version_wrote_is_read_with_the_defaults_of_what_was_added():
    written = codec_for(Old).write(Old("x"))
    assert codec_for(New).read(written) == New("x")
    both = New("x", (1,), {(None, "staff"): 0.1})
    assert codec_for(New).read(codec_for(New).write(both)) == both
    with pytest.raises(ValueError, match="added"):
        codec_for(Old).read(codec_for(New).write(both))


@pytest.mark.parametrize("hint", [Any, bytes, str | Fraction, list[int]])
def test_a_type_that_cannot_be_told_apart_is_refused_before_anything_is_written(hint):
    with pytest.raises(TypeError):
        codec_for(hint)


def test_what_is_no_number_is_not_written():
    framework = FRAMEWORKS[0]
    made = release(framework, Answers(made_up.people(framework, "staff", 20)))
    broken = replace(made.reliability[0], alpha=float("nan"))
    with pytest.raises(ValueError, match="no number"):
        freeze(FrozenRelease(about(framework), replace(made, reliability=(broken,))))


def test_endless_degrees_of_freedom_come_back():
    hint = codec_for(float)
    assert hint.read(hint.write(float("inf"))) == float("inf")
