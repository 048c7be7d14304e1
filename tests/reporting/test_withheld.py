"""Figures that are kept back: said wherever they would stand, never taken for nought or none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assessment.core.release import Release
from assessment.reporting.charts import to_plotly, to_screen_svg, to_svg
from assessment.reporting.elements import Figure
from assessment.reporting.gap_report import GapReport, gap_report_html
from assessment.reporting.pdf import render_pdf
from assessment.reporting.screen import category_grid, item_grid, question_grid, unit_grid
from assessment.reporting.source import Source
from assessment.reporting.wording import FEW_ANSWERED, WITHHELD, plain
from assessment.resources import REPORTS
from tests.reporting.make_release import (
    ABOUT,
    TARGETS,
    conformity_framework,
    met_framework,
    other_release,
    percent_release,
    report,
    stage_framework,
    survey_framework,
)
from tests.reporting.make_withheld import withhold_all, withhold_some
from tests.reporting.test_gap_report import read, sentences

HIDDEN = replace(ABOUT, mode="anonymous")
KINDS = {
    "percent": lambda: percent_release(24, 5, 3, 2),
    "levels": lambda: other_release(met_framework(), 12, 4),
    "stages": lambda: other_release(stage_framework(), 12, 4),
    "conformity": lambda: other_release(conformity_framework()),
    "survey": lambda: other_release(survey_framework(), 12, 4),
}
HOW = {"some": withhold_some, "all": withhold_all}


@pytest.fixture(scope="module")
def before() -> Release:
    return percent_release(staff=90)


@pytest.fixture(scope="module")
def some(before: Release) -> GapReport:
    return report(withhold_some(percent_release()), TARGETS, before, HIDDEN)


@pytest.fixture(scope="module")
def everything(before: Release) -> GapReport:
    return report(withhold_all(percent_release()), TARGETS, before, HIDDEN)


def figures(value: object) -> list[Figure]:
    if isinstance(value, Figure):
        return [value]
    if isinstance(value, tuple):
        return [found for each in value for found in figures(each)]
    names = getattr(value, "__dataclass_fields__", ())
    return [found for name in names for found in figures(getattr(value, name))]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", HOW)
def test_every_kind_of_framework_makes_a_whole_report_and_whole_charts(kind, how):
    made = report(HOW[how](KINDS[kind]()), about=HIDDEN)
    page = read(made)
    assert page.open == []
    assert "None" not in page.text
    assert WITHHELD in page.text
    for figure in figures(made):
        assert to_svg(figure.chart, 640).startswith("<svg")
        assert to_screen_svg(figure.chart, 330).startswith("<svg")
        assert to_plotly(figure.chart).to_json()


@pytest.mark.parametrize("how", HOW)
def test_a_last_cycle_with_figures_kept_back_is_compared_where_both_have_them(how, before):
    made = report(percent_release(24, 5, 3, 2), TARGETS, HOW[how](before), ABOUT)
    said = [plain(line) for line in made.left_out]
    assert any("withheld in one of the two cycles and not compared." in line for line in said)
    assert not any("answered in this form only in this cycle" in line for line in said)


def test_what_is_kept_back_is_said_in_the_profile_and_marked_in_its_chart(some):
    profile = some.board.profile
    assert profile.table is not None
    rows = {plain(row.head).split()[0]: row.cells for row in profile.table.rows}
    titles = [column.title for column in profile.table.columns][1:]
    strategy = dict(zip(titles, rows["2"], strict=True))
    assert (strategy["staff, %"], strategy["n"]) == (WITHHELD, "")
    assert rows["The"][0] == WITHHELD
    assert profile.figure is not None
    states = {row.id: row.state for row in profile.figure.chart.rows}  # type: ignore[union-attr]
    assert states["4"] == "withheld"
    assert any("The points of the whole are withheld" in line for line in profile.lead)


def test_a_ring_never_passes_for_a_judgement_that_is_kept_back(some):
    profile = some.board.profile
    assert profile.figure is not None
    svg = to_svg(profile.figure.chart, 370)
    assert ">withheld<" in svg


def test_a_question_that_is_kept_back_is_hatched_among_the_others(some):
    item = next(item for category in some.categories for item in category.items if item.id == "2.1")
    [staff] = [each for each in item.figures if "staff" in each.title]
    assert staff.title == f"How staff answered is withheld: {FEW_ANSWERED}"
    assert all(row.state == "withheld" for row in staff.chart.rows)  # type: ignore[union-attr]
    assert ">withheld<" in to_svg(staff.chart, 640)
    assert "withheld" in str(to_plotly(staff.chart).to_json())
    facts = {fact.label: (fact.value, fact.note) for fact in item.facts}
    assert facts["staff"] == (WITHHELD, FEW_ANSWERED)


def test_a_unit_that_is_kept_back_keeps_its_row(some):
    assert some.units is not None
    [table] = some.units.blocks
    first = table.rows[0]  # type: ignore[union-attr]
    assert plain(first.head) == "Administration"
    assert first.cells[0] == ""
    assert set(first.cells[1:]) == {WITHHELD}


def test_nothing_is_claimed_of_what_is_kept_back(some, everything):
    assert some.units is not None
    assert "every unit that is shown" in some.units.headline
    assert "nothing was judged" not in " ".join(sentences(everything)).lower()
    assert "no staff answered" not in " ".join(sentences(everything))


def test_when_all_is_kept_back_the_headlines_say_so(everything):
    assert everything.board.profile.headline == f"How staff see it is withheld: {FEW_ANSWERED}"
    assert everything.units is not None
    assert everything.units.headline == f"What single units say is withheld: {FEW_ANSWERED}"
    headlines = [category.headline for category in everything.categories]
    assert all(headline.endswith(f"withheld, {FEW_ANSWERED}") for headline in headlines)


def test_all_figures_name_what_is_kept_back_and_never_show_a_number_beside_it(everything):
    for subject in everything.figures:
        for table in subject.tables:
            if subject.anchor == "figures-measures":
                continue
            for row in table.rows:
                assert WITHHELD in row.cells, (table.caption, row)


def test_limits_and_marks_explain_it_once(some):
    assert any("Some figures are withheld" in line for line in some.board.decisions.limits)
    assert some.method is not None
    meanings = {row.head: row.cells[0] for row in some.method.glossary.rows}
    assert meanings["withheld"].startswith(f"Hatched: {FEW_ANSWERED}")
    assert "nothing is withheld" not in meanings["withheld"]


def test_a_report_that_keeps_nothing_back_says_that_and_never_uses_the_word():
    made = report(percent_release(24, 5, 3, 2))
    assert made.method is not None
    meanings = {row.head: row.cells[0] for row in made.method.glossary.rows}
    assert meanings["withheld"].endswith("In this report nothing is withheld.")
    assert "withheld" not in " ".join(sentences(made.board))
    assert 'class="number withheld"' not in gap_report_html(made)


def test_cells_that_are_kept_back_are_hatched_on_paper(some):
    html = gap_report_html(some)
    assert re.search(r'<td class="number withheld">withheld</td>', html)
    assert not re.search(r"<td class=\"[a-z]+\">withheld</td>", html.partition('id="figures"')[0])
    brief = replace(some, categories=some.categories[:1], figures=some.figures[:1])
    paper = render_pdf(REPORTS / "gap_report", gap_report_html(brief), "a4")
    assert paper.startswith(b"%PDF")


def test_tables_on_the_screen_say_it_with_its_state_and_without_a_count():
    source = Source(withhold_some(percent_release()), (), None, HIDDEN)
    item = source.framework.item_by_id["2.1"]
    grids = [
        category_grid(source),
        item_grid(source, [item]),
        question_grid(source, item, "staff"),
        unit_grid(source),
    ]
    for grid in grids:
        assert grid is not None
        kept = [cell for line in grid.lines for cell in line.cells if cell.state == "withheld"]
        assert {cell.text for cell in kept} <= {WITHHELD, ""}
        assert any(cell.text == WITHHELD for cell in kept), grid.caption
