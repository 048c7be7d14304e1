"""A board paper alone, a report of one unit, an interim one, and the same words on a screen."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from assessment.core.release import Answers, Release, release
from assessment.reporting.gap_report import GapReport, gap_report_html
from assessment.reporting.pages.opening import INTERIM
from assessment.reporting.pdf import render_pdf
from assessment.reporting.wording import plain
from assessment.resources import REPORTS
from tests.reporting.make_release import (
    ABOUT,
    TARGETS,
    conformity_framework,
    people,
    percent_release,
    report,
)
from tests.reporting.test_editorial import SIGNED
from tests.reporting.test_gap_report import read, sentences


@pytest.fixture(scope="module")
def results() -> Release:
    return percent_release()


def told(results: Release, **changes: object) -> GapReport:
    about = replace(ABOUT, **changes)  # type: ignore[arg-type]
    return report(results, TARGETS, percent_release(staff=90), about)


def pages(made: GapReport) -> list[str]:
    pdf = render_pdf(REPORTS / "gap_report", gap_report_html(made), made.about.paper)
    return [
        page.get_textpage().get_text_range().replace("\r\n", " ")
        for page in pypdfium2.PdfDocument(pdf)
    ]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("editorial", [None, SIGNED])
def test_a_board_paper_alone_is_a_cover_and_four_pages(results, paper, editorial):
    paper_pages = pages(told(results, board_only=True, paper=paper, editorial=editorial))
    assert len(paper_pages) == 5
    assert "Limits of the evidence" in paper_pages[-1]


@pytest.mark.parametrize("changes", [{"board_only": True}, {"on_screen": True}])
def test_where_there_is_no_appendix_no_sentence_speaks_of_one(results, changes):
    board = told(results, **changes).board
    assert not [text for text in sentences(board) if "appendix" in text]
    assert [text for text in sentences(told(results).board) if "appendix" in text]


def test_a_board_paper_alone_makes_nothing_of_the_appendix(results):
    made = told(results, board_only=True)
    assert (made.method, made.categories, made.figures, made.left_out) == (None, (), (), ())
    assert made.title == "Northwind Pumps: board paper, A Made-up Framework for Good Organisations"


def test_the_board_paper_says_the_same_with_and_without_its_appendix(results):
    alone, whole = told(results, board_only=True).board, told(results).board
    assert alone.profile.table == whole.profile.table
    assert alone.themes == whole.themes
    assert alone.decisions.gaps == whole.decisions.gaps


def test_a_report_of_one_unit_says_so_on_cover_head_and_first_page(results):
    one = replace(results, units={"Assembly": results.units["Assembly"]})
    made = told(one, unit="Assembly")
    assert plain(made.cover.unit) == "Assembly"
    assert plain(made.running_head).startswith("Northwind Pumps · Assembly · ")
    opening = made.board.opening
    assert "where Assembly, a unit of Northwind Pumps, stands" in plain(opening.lead)
    assert "Figures here are those of Assembly alone." in plain(opening.notes[0])
    assert not any("one unit" in line for line in opening.answered)


def test_a_report_of_a_unit_says_that_those_below_it_are_in_it(results):
    made = told(results, unit="Assembly")
    assert plain(made.cover.unit) == "Assembly and the units below it"
    assert "those of Assembly and the units below it." in plain(made.board.opening.notes[0])


def test_an_interim_report_says_so_on_cover_every_foot_and_once_in_words(results):
    made = told(results, interim=True)
    assert made.cover.interim == "Interim: the cycle is still open"
    assert made.running_foot.startswith("Interim · ")
    assert read(made).text.count(INTERIM) == 1
    assert made.board.opening.notes == (INTERIM,)


def test_a_final_report_of_the_whole_says_nothing_of_units_or_of_being_interim(results):
    made = told(results)
    assert (made.cover.unit, made.cover.interim, made.board.opening.notes) == ("", "", ())
    assert "Interim" not in made.running_foot


def test_themes_and_decisions_of_a_small_report_share_a_page():
    framework = conformity_framework()
    nearly_nothing = release(framework, Answers(people(framework, "assessors", 1)))
    small = report(nearly_nothing, about=replace(ABOUT, board_only=True))
    assert small.board.is_short
    assert 'class="board flow"' in gap_report_html(small)
    assert not report(percent_release(), TARGETS).board.is_short
