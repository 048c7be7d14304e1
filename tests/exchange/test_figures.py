"""A release as tables: every figure is in them, and nothing that was typed becomes a formula."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.core.findings import Target, find_gaps
from assessment.core.measures import MeasureSeries
from assessment.core.release import Comment, KeyFactor, Release
from assessment.core.trend import Dated
from assessment.exchange.figures import figures, figures_csv
from assessment.exchange.frozen import CycleAbout
from assessment.exchange.result import result_json
from assessment.exchange.workbook import WorkbookAbout, workbook
from tests.figures import sheets_of, value_at
from tests.reporting.make_release import met_framework, other_release, percent_release

DAY = datetime.date(2026, 5, 31)
HOSTILE = '=HYPERLINK("http://x","y")'
ABOUT = WorkbookAbout(
    CycleAbout(
        "North Works", "=Spring", "", "", "named", "final", "en", DAY, DAY, "f" * 64
    ),
    "a" * 64,
    DAY,
    "1.0",
)  # fmt: skip


@pytest.fixture(scope="module")
def release() -> Release:
    made = percent_release()
    item = made.framework.items[0].id
    series = MeasureSeries(
        "m", item, "@SUM(A1)", "%", "higher",
        tuple(Dated(datetime.date(year, 1, 1), Fraction(-year, 16)) for year in (2023, 2024, 2025)),
        target=Fraction(-2),
    )  # fmt: skip
    typed = tuple(Comment(item, "comment", "staff", "North", text) for text in (HOSTILE, "-2"))
    return replace(
        made,
        measures=(series,),
        comments=typed,
        key_factors=(KeyFactor(made.framework.context[0].id, ("+1+1",)),)
        if made.framework.context
        else (),
    )


@pytest.fixture(scope="module")
def sheets(release):
    return sheets_of(workbook(release, ABOUT, targets(release)))


def targets(release) -> dict[str, Target]:
    first, second = release.framework.items[:2]
    return {
        first.id: Target(first.id, Fraction(100), 3, 1, "=1+1", "2027-01-01"),
        second.id: Target(second.id, Fraction(0)),
    }


def rows_by_head(rows):
    heads = rows[0]
    for row in rows[1:]:
        yield dict(zip(heads, row + [None] * (len(heads) - len(row)), strict=True))


# The long table


def test_every_figure_of_the_result_stands_in_the_long_table_with_its_value(release):
    result = result_json(release)
    rows = list(figures(result))
    assert len({(row.place, row.figure) for row in rows}) == len(rows)
    for row in rows:
        value = value_at(result, row.place, row.figure)
        said = ("yes" if value else "no") if isinstance(value, bool) else value
        assert row.value == said, row
    assert sum(isinstance(row.value, int | float) for row in rows) == numbers_in(
        {key: value for key, value in result.items() if key != "traces"}
    )


def numbers_in(node) -> int:
    """How many numbers stand anywhere in *node*."""
    if isinstance(node, dict):
        return sum(map(numbers_in, node.values()))
    if isinstance(node, list):
        return sum(map(numbers_in, node))
    return isinstance(node, int | float) and not isinstance(node, bool)


def test_the_long_table_as_csv_reads_back_to_the_same_numbers(release):
    cells = list(csv.DictReader(io.StringIO(figures_csv(release), newline="")))
    rows = list(figures(result_json(release)))
    assert len(cells) == len(rows)
    for cell, row in zip(cells, rows, strict=True):
        if isinstance(row.value, int | float):
            assert float(cell["value"]) == row.value
            assert "e" not in cell["value"]
        assert cell["state"] == row.state


def test_no_cell_of_the_long_table_is_a_formula_and_a_negative_number_stays_one(release):
    cells = list(csv.reader(io.StringIO(figures_csv(release), newline="")))
    values = [cell for row in cells for cell in row if cell.startswith(tuple("=+-@"))]
    assert "-126.5625" in values
    assert all(float(value) < 0 for value in values)


def test_what_is_not_scored_is_empty_and_says_so():
    release = other_release(met_framework())
    empty = [row for row in figures(result_json(release)) if row.state == "not scored"]
    assert empty
    assert all(row.value in (None, 0, "no") for row in empty if row.figure != "completeness")


# The workbook


def test_the_same_release_is_the_same_workbook_to_the_byte(release):
    first = workbook(release, ABOUT, targets(release))
    assert workbook(release, ABOUT, targets(release)) == first
    other = workbook(release, replace(ABOUT, date=DAY + datetime.timedelta(days=1)), {})
    assert other != first


def test_the_workbook_says_what_it_is(sheets):
    said = {row[0]: row[1] for row in sheets["Read me"] if len(row) == 2}
    assert (said["Cycle"], said["Fingerprint"]) == ("=Spring", "a" * 64)
    assert said["Results"] == "Final"
    assert "never zero" in said["not scored"]
    assert {"Categories", "Items", "Questions", "Units", "Groups", "Comments"} < set(sheets)


def test_categories_items_and_questions_have_the_figures_of_the_result(release, sheets):
    result = result_json(release)
    for sheet, part in (("Categories", "categories"), ("Items", "items")):
        for row in rows_by_head(sheets[sheet]):
            if row["Id"] == "total":
                judged, seen = result["assessed"]["total"], result["perceived"]
            else:
                judged = value_at(result, f"assessed.{part}[{row['Id']}]", "")
                seen = value_at(result, f"perceived.{part}[{row['Id']}]", "")
            assert row["Assessed, %"] == judged["percent"]
            assert row["Points"] == judged["points"]
            assert row["State, assessed"] == judged["state"]
            assert row["Completeness, assessed"] == judged["completeness"]
            assert row["Perceived, %"] == seen["percent"]
            assert row["n"] == seen["n"]
            assert row["Completeness, perceived"] == seen["completeness"]
            assert row["State, perceived"] == seen["state"]
    questions = list(rows_by_head(sheets["Questions"]))
    assert questions
    for row in questions:
        own = value_at(result, f"groups[{row['Group']}].perceived.questions[{row['Question']}]", "")
        assert [
            row[head] for head in ("n", "Mean", "Perceived, %", "Favourable, %", "Can’t judge")
        ] == [own[key] for key in ("n", "mean", "percent", "favourable", "unknown")]
    counted: dict[tuple[str, str], int] = {}
    for row in rows_by_head(sheets["Distribution"]):
        key = row["Group"], row["Question"]
        counted[key] = counted.get(key, 0) + row["Count"]
    assert counted == {(row["Group"], row["Question"]): row["n"] for row in questions}


@pytest.mark.parametrize(("sheet", "scope"), [("Units", "units"), ("Groups", "groups")])
def test_units_and_groups_have_the_figures_of_the_result(release, sheets, sheet, scope):
    result = result_json(release)
    rows = list(rows_by_head(sheets[sheet]))
    assert {row[sheet[:-1]] for row in rows} == set(result[scope])
    for row in rows:
        own = result[scope][row[sheet[:-1]]]
        if row["Id"] == "total":
            judged, seen = own["assessed"]["total"], own["perceived"]
        else:
            part = "items" if row["Id"] in release.framework.item_by_id else "categories"
            judged = value_at(own, f"assessed.{part}[{row['Id']}]", "")
            seen = value_at(own, f"perceived.{part}[{row['Id']}]", "")
        assert (row["Perceived, %"], row["n"]) == (seen["percent"], seen["n"])
        assert (row["Assessed, %"], row["Points"]) == (judged["percent"], judged["points"])


def test_targets_and_priorities_are_those_of_the_report(release, sheets):
    rows = list(rows_by_head(sheets["Targets and priorities"]))
    gaps = find_gaps(release, targets(release))
    assert [row["Id"] for row in rows[: len(gaps)]] == [gap.id for gap in gaps]
    assert [row["When"] for row in rows[: len(gaps)]] == [gap.when for gap in gaps]
    assert [row["Id"] for row in rows[len(gaps) :]] == [release.framework.items[1].id]


def test_what_people_typed_stays_text(sheets):
    words = [row["Words"] for row in rows_by_head(sheets["Comments"])]
    assert {HOSTILE, "-2"} <= set(words)
    (measure,) = rows_by_head(sheets["Measures"])
    assert (measure["Measure"], measure["Last value"]) == ("@SUM(A1)", -126.5625)
    assert "=1+1" in [row["Reason"] for row in rows_by_head(sheets["Targets and priorities"])]


def test_comments_name_nobody_and_no_unit(sheets):
    assert sheets["Comments"][0] == ["Id", "Title", "Group", "Kind", "Words"]
