"""The result JSON: its published shape, and a trace that makes every figure again."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from assessment.core.framework import Bands
from assessment.core.measures import MeasureSeries
from assessment.core.release import Answers, Release, release
from assessment.core.text import rounded
from assessment.core.trace import RULES, Input
from assessment.core.trend import Dated
from assessment.exchange.result import result_json, result_text
from assessment.exchange.summary import summary_lines
from tests.factories import (
    NA,
    UNKNOWN,
    judged,
    make_framework,
    make_item,
    make_question,
    make_release,
    make_sheet,
)

SCHEMA = json.loads(Path("docs/result.schema.json").read_text(encoding="utf-8"))


def full() -> Release:
    """People in two units and groups, judges who differ, one item that nobody judged."""
    framework = make_framework(
        make_item("1.1", make_question("a"), make_question("b"), points=65),
        make_item("1.2", make_question("c"), points=50),
        make_item("2.1", points=45),
        bands=[Bands("total", ("low", "high"), limits=(Fraction(80), Fraction(160)))],
    )
    sheets = [
        make_sheet(framework, {"a": 1 + number % 5, "b": 5 - number % 3, "c": UNKNOWN}, unit=unit)
        for unit in ("North", "South")
        for number in range(7)
    ]
    sheets += [make_sheet(framework, {"a": 5, "b": 4, "c": NA}, group="leaders") for _ in range(3)]
    sheets += [
        judged(framework, {"1.1": value, "1.1/approach": value + 5, "1.2": 40})
        for value in (30, 55, 35)
    ]
    return make_release(framework, *sheets, invited={("North", "staff"): 9, ("South", "staff"): 9})


def empty() -> Release:
    return make_release(make_framework(make_item("1.1", make_question("a"))))


def test_measures_stand_in_the_result_with_what_they_say():
    framework = make_framework(make_item("7.1"))
    days = (date(2024, 12, 31), date(2025, 12, 31), date(2026, 9, 30))
    values = zip(days, ("12.1", "12.6", "12.9"), strict=True)
    series = MeasureSeries(
        "any", "7.1", "Bursts", "per 100 km of mains", "lower",
        tuple(Dated(on, Fraction(value)) for on, value in values),
        Fraction(10), Fraction("9.4"), "Sector report 2025, median of 14 companies",
    )  # fmt: skip
    found = result_json(release(framework, Answers((), measures=(series,))))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    told = Path("docs/result.md").read_text(encoding="utf-8").split("```json\n")[-1]
    assert found["measures"] == [json.loads(told.split("```")[0])]


@pytest.mark.parametrize("release", [full(), empty()], ids=["full", "empty"])
def test_the_result_has_its_published_shape(release):
    jsonschema.Draft202012Validator(SCHEMA).validate(result_json(release))


TRACED = (
    r"\.(mean|(staff_)?percent|favourable|points|possible|level|completeness|attributes\[\w+\])$"
)
UNTRACED = r"^perception_gaps.*\.points$"


def figures(value, place: str = ""):
    """Every figure of the result that a trace must explain, by its place."""
    if isinstance(value, dict):
        for key, child in value.items():
            if key in {"traces", "counts", "participation", "disagreements", "reliability"}:
                continue
            if place.endswith(("groups", "units", ".attributes")):
                yield from figures(child, f"{place}[{key}]")
            else:
                yield from figures(child, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for child in value:
            if isinstance(child, dict):
                name = child.get("id") or child.get("of")
                if "kind" in child:
                    name = f"{child['group']}, {child['kind']} {name}"
                yield from figures(child, f"{place}[{name}]")
    elif value is not None and re.search(TRACED, place) and not re.search(UNTRACED, place):
        yield place, value


def test_every_figure_is_made_again_from_its_trace():
    found = result_json(full())
    seen = 0
    for place, value in figures(found):
        trace = found["traces"][place]
        inputs = [
            Input(each["of"], Fraction(each["value"]), Fraction(each["weight"]))
            for each in trace["inputs"]
        ]
        again = RULES[trace["rule"]](inputs)
        assert float(rounded(again, 6)) == value, place
        seen += 1
    assert seen > 100


def test_a_gap_is_the_difference_of_its_two_percents():
    for gap in result_json(full())["perception_gaps"]:
        assert gap["points"] == pytest.approx(gap["percent"] - gap["staff_percent"], abs=2e-6)


def test_attributes_stand_beside_the_judgement_they_inform():
    item = result_json(full())["assessed"]["items"][0]
    assert (item["percent"], item["attributes"]) == (35, {"approach": 40})


def test_figures_are_null_unless_scored():
    found = result_json(full())
    nobody = next(item for item in found["assessed"]["items"] if item["id"] == "2.1")
    assert nobody["state"] == "not scored"
    assert (nobody["percent"], nobody["points"], nobody["level"]) == (None, None, None)
    assert found["assessed"]["total"]["complete"] is False
    assert found["assessed"]["bands"][0]["band"] is None


def test_the_same_release_is_the_same_text():
    assert result_text(full()) == result_text(full())


def test_the_summary_says_of_an_item_without_judges_only_what_staff_see():
    framework = make_framework(
        make_item("1.1", make_question("a"), judge=None), make_item("1.2", judge=None)
    )
    lines = list(summary_lines(make_release(framework, make_sheet(framework, {"a": 3}))))
    assert lines[-2].split("Item 1.1")[1].strip() == "staff 50 % (n 1)"
    assert lines[-1].endswith("not judged here")


def test_the_summary_says_who_answered_and_what_it_comes_to():
    text = "\n".join(summary_lines(full()))
    assert "staff: 14 of 18 (77.8 %)" in text
    assert "incomplete" in text
    assert re.search(r"1\.1 +Item 1\.1 +35 %, provisional, staff \d", text)
