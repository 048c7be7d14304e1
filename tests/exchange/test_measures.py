"""Measures as CSV: what is read, everything that is wrong at once, and out and in again."""

from __future__ import annotations

import csv
import io
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.measures import MeasureSeries
from assessment.core.trend import Dated
from assessment.exchange.measures import HEADER, measures_csv, measures_from_rows, read_measures
from assessment.exchange.rows import FileRefused, rows_in
from tests.factories import make_framework, make_item

FRAMEWORK = make_framework(make_item("1.1"), make_item("7.1"), make_item("7.2"))
DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
HEAD = "item,title,unit,direction,date,value,target,comparison,source\n"


def dated(day: str, value: object) -> Dated:
    return Dated(date.fromisoformat(day), Fraction(str(value)))


def read(text: str, head: str = HEAD):
    rows, problems = rows_in((head + text).encode(), "m.csv", HEADER)
    series, more = measures_from_rows(FRAMEWORK, rows)
    return series, [str(problem) for problem in sorted([*problems, *more])]


def test_rows_of_one_title_at_one_item_are_one_series_by_date():
    series, problems = read(
        '7.1,Bursts,per 100 km,lower,2024,"11,2",10,8.5,Sector report 2025\n'
        "7.1,Bursts,,,2023-12-31,-12.50,,,\n"
        "1.1,Talks,,Higher,2025-Q3,3,,,\n"
    )
    assert problems == []
    assert series == (
        MeasureSeries("1.1-1", "1.1", "Talks", "", "higher", (dated("2025-09-30", 3),)),
        MeasureSeries(
            "7.1-1", "7.1", "Bursts", "per 100 km", "lower",
            (dated("2023-12-31", "-12.5"), dated("2024-12-31", "11.2")),
            Fraction(10), Fraction(17, 2), "Sector report 2025",
        ),
    )  # fmt: skip


def test_a_series_may_come_without_a_value_yet():
    [series], problems = read("7.1,Bursts,km,lower,,,10,,\n")
    assert problems == []
    assert (series.values, series.target) == ((), 10)


def test_every_problem_is_named_in_one_run_with_its_place():
    _, problems = read(
        "7.9,Bursts,km,lower,2024,1,,,\n"
        "7.1,,km,lower,2024,1,,,\n"
        "7.1,Bursts,km,down,last year,1,,,\n"
        '7.1,Bursts,miles,lower,2024,twelve,"1,234",8 %,\n'
        "7.1,Bursts,km,,2025,1,,,\n"
        "7.1,Bursts,,,2025-12-31,2,,,\n"
        "7.2,Calls,,,2025,1,,,\n"
        "7.2,Calls,,,2024,0.1234567,,,\n"
    )
    assert [problem.split(" error: ") for problem in problems] == [
        ["m.csv:2:1:", "There is no item “7.9” in these criteria. Did you mean “7.2”?"],
        ["m.csv:3:2:", "A measure needs a title."],
        ["m.csv:4:4:", "“down” is not a direction: higher or lower (is better)."],
        [
            "m.csv:4:5:",
            "“last year” is not a date such as 2025-12-31, nor 2025, 2025-Q3 or 2025-09.",
        ],
        [
            "m.csv:5:3:",
            (
                "Line 4 says “km” of the same measure, this one “miles”."
                " Make them alike, or give the measures two titles."
            ),
        ],
        [
            "m.csv:5:6:",
            "“twelve” is not a figure such as 12.5, without a unit or signs for thousands.",
        ],
        [
            "m.csv:5:7:",
            (
                "“1,234” is a thousand to some and a decimal to others. Write it without a sign for"
                " thousands, and decimals after a point."
            ),
        ],
        [
            "m.csv:5:8:",
            "“8 %” is not a figure such as 12.5, without a unit or signs for thousands.",
        ],
        ["m.csv:7:5:", "2025-12-31 has a value already."],
        ["m.csv:8:4:", "Say which way is better: higher or lower."],
        ["m.csv:9:6:", "“0.1234567” has too many digits: at most 15, six of them decimals."],
    ]


def test_a_value_without_a_day_and_a_day_without_a_value_are_named():
    _, problems = read("7.1,A,,lower,,4,,,\n7.1,A,,lower,2025,,,,\n")
    assert [problem.split(": ")[0] for problem in problems] == ["m.csv:2:5", "m.csv:3:6"]


@pytest.mark.parametrize(("column", "limit"), [("title", 200), ("unit", 40), ("source", 10_000)])
def test_a_text_that_is_too_long_is_named(column, limit):
    cells = {"item": "7.1", "title": "A", "unit": "", "direction": "lower", "source": ""}
    cells[column] = "x" * (limit + 1)
    line = ",".join(cells.get(name, "") for name in HEADER.known)
    _, [problem] = read(f"{line}\n")
    assert f"at most {limit:,} are kept" in problem


def test_more_values_than_a_series_keeps_are_named_by_the_first_too_many():
    months = "".join(f"7.1,A,,lower,{2015 + n // 12}-{n % 12 + 1:02},1,,,\n" for n in range(61))
    assert [each.split(" error: ") for each in read(months)[1]] == [
        ["m.csv:62:6:", "A series has at most 60 values."]
    ]


def test_more_series_than_a_cycle_keeps_are_refused():
    many = "".join(f"7.1,A{n},,lower,2025,1,,,\n" for n in range(301))
    assert read(many)[1] == ["m.csv:302:2: error: These are more than 300 series."]


def test_texts_open_as_text_in_a_spreadsheet_and_negative_figures_stay_figures():
    wicked = MeasureSeries(
        "x", "7.1", '=HYPERLINK("http://x","y")', "-2", "lower",
        (dated("2025-12-31", -2),), Fraction(-3), Fraction(-1), "@SUM(A1)",
    )  # fmt: skip
    _, row = csv.reader(io.StringIO(measures_csv([wicked])))
    assert row == [
        "7.1", '\'=HYPERLINK("http://x","y")', "'-2", "lower", "2025-12-31", "-2", "-3", "-1",
        "'@SUM(A1)",
    ]  # fmt: skip


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(
    lambda text: " ".join(text.split())
)
figures = st.integers(-(10**9), 10**9).map(lambda digits: Fraction(digits, 1000))
some_series = st.builds(
    MeasureSeries,
    id=st.just("7.1-1"),
    place=st.just("7.1"),
    title=texts.filter(bool),
    unit=texts,
    direction=st.sampled_from(["higher", "lower"]),
    values=st.dictionaries(st.dates(), figures, max_size=8).map(
        lambda found: tuple(Dated(day, found[day]) for day in sorted(found))
    ),
    target=st.none() | figures,
    comparison=st.none() | figures,
    source=texts,
)


@given(some_series)
def test_what_goes_out_comes_in_again_unchanged(series):
    text = measures_csv([series])
    [back], problems = read(text, head="")
    assert problems == []
    assert measures_csv([back]) == text
    assert (back.values, back.target, back.comparison) == (
        series.values, series.target, series.comparison,
    )  # fmt: skip


def test_a_file_with_a_bad_row_is_refused_as_a_whole(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(f"{HEAD}7.1,A,,lower,2025,1,,,\n7.1,A,,lower,2026,x,,,\n", encoding="utf-8")
    with pytest.raises(FileRefused, match=r"m\.csv:3:6"):
        read_measures(FRAMEWORK, path)


def test_the_example_of_the_documentation_can_be_read():
    page = DOCUMENTATION.read_text(encoding="utf-8")
    example = page.split("```csv\n")[1].split("```")[0]
    series, problems = read(example, head="")
    assert problems == []
    assert len(series) == 2
