"""Why this number: every figure of a release has words, and leads down to counts and judgements."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from assessment.core.findings import find_gaps
from assessment.core.why import all_traces
from assessment.reporting.source import Source
from assessment.reporting.why import why
from tests.factories import make_framework, make_item, make_question, make_release, make_sheet
from tests.reporting.make_release import (
    ABOUT,
    conformity_framework,
    met_framework,
    other_release,
    percent_release,
    stage_framework,
    survey_framework,
)

COUNTED = re.compile(
    r".+ answered \d+|answers given, can't judge included|answers asked for where they apply"
    r"|(lowest|highest) answer|judgement \d+|.+ possible"
)
RELEASES = {
    "percent": percent_release,
    "met": lambda: other_release(met_framework()),
    "conformity": lambda: other_release(conformity_framework()),
    "stage": lambda: other_release(stage_framework()),
    "survey": lambda: other_release(survey_framework()),
}


def source_of(release):
    return Source(release, find_gaps(release, {}), None, ABOUT)


@pytest.fixture(params=RELEASES, scope="module")
def release(request):
    return RELEASES[request.param]()


def test_every_figure_of_a_release_is_explained_in_words(release):
    source, traces = source_of(release), all_traces(release)
    assert traces
    for place, trace in traces.items():
        found = why(source, traces, place)
        assert found is not None, place
        assert found.title != place, "a place is no title"
        assert found.rule.endswith(".")
        if not place.endswith(".level"):
            in_percent = 100 * trace.value if trace.rule == "ratio" else trace.value
            assert round(float(found.value), 2) == pytest.approx(float(in_percent), abs=0.5)
        assert len(found.parts) == len(trace.inputs)


def test_every_link_leads_to_a_page_that_says_the_same_figure(release):
    source, traces = source_of(release), all_traces(release)
    followed = 0
    for place in traces:
        for part in why(source, traces, place).parts:
            if part.place:
                followed += 1
                assert why(source, traces, part.place).value == part.value, (place, part)
    # Grades are never added up: they lead to the judgements themselves and nowhere else.
    assert followed or "assessed.total.possible" not in traces


def test_a_level_and_a_grade_are_read_by_their_words():
    for kind in ("met", "stage", "conformity"):
        release = RELEASES[kind]()
        traces = all_traces(release)
        levels = [place for place in traces if place.endswith(".level")]
        assert levels
        for place in levels:
            found = why(source_of(release), traces, place)
            assert not found.value.isdecimal(), found.value
            if traces[place].rule != "climbed":
                assert not any(part.value.isdecimal() for part in found.parts)


def test_where_the_links_end_stand_counts_and_judgements(release):
    source, traces = source_of(release), all_traces(release)
    ends = {
        part.of
        for place in traces
        for part in why(source, traces, place).parts
        if part.place is None
    }
    assert ends
    assert [end for end in ends if not COUNTED.fullmatch(end)] == []


def test_no_figure_leads_back_to_itself(release):
    source, traces = source_of(release), all_traces(release)

    def depth(place, above=()):
        assert place not in above
        below = [part.place for part in why(source, traces, place).parts if part.place]
        return 1 + max((depth(each, (*above, place)) for each in below), default=0)

    assert max(depth(place) for place in traces) >= 1


def test_what_was_left_out_is_said_with_its_reason():
    framework = make_framework(make_item("1.1", make_question("1.1-s1")))
    release = make_release(
        framework,
        make_sheet(framework, {"1.1-s1": 4}, name="a"),
        make_sheet(framework, {}, name="b"),
    )
    traces = all_traces(release)
    found = why(source_of(release), traces, "perceived.questions[1.1-s1].mean")
    assert "never counted as zero" in found.left_out[0][1]
    assert found.value == "4"


def test_a_place_that_is_not_there_has_no_explanation():
    release = percent_release()
    traces = all_traces(release)
    for place in ("", "perceived.", "perceived.items[9.9].percent", "<script>", "groups[].x"):
        assert why(source_of(release), traces, place) is None


def test_a_unit_with_brackets_in_its_name_is_explained():
    framework = make_framework(make_item("1.1", make_question("1.1-s1")))
    name = 'A]. "b" [c'
    sheets = [make_sheet(framework, {"1.1-s1": 4}, unit=name, name=str(n)) for n in range(6)]
    release = make_release(framework, *sheets)
    traces = all_traces(release)
    found = why(source_of(release), traces, f"units[{name}].perceived.items[1.1].percent")
    assert found is not None
    assert name in found.title.replace("\u00a0", " ")
    assert found.parts[0].place == f"units[{name}].perceived.questions[1.1-s1].percent"
    assert Fraction(75) == traces[found.parts[0].place].value
