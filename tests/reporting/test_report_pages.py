"""The gap report on paper: pages, tags, words that can be read back."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from assessment.core.release import Answers, Comment, release
from assessment.reporting.gap_report import GapReport, gap_report_html
from assessment.reporting.pdf import print_document
from assessment.resources import REPORTS
from tests.reporting.make_release import (
    ABOUT,
    TARGETS,
    comments,
    conformity_framework,
    met_framework,
    none_apply,
    other_release,
    people,
    percent_framework,
    percent_release,
    report,
    stage_framework,
    survey_framework,
)
from tests.reporting.pdf_checks import bookmarks_of, broken_rules, figures_of, language_of, text_of

LONG = " and what follows from it for all those who depend on the organisation, now and in future"


def printed(made: GapReport) -> bytes:
    result = print_document(REPORTS / "gap_report", gap_report_html(made), made.about.paper)
    assert result.refused == ()
    assert result.remarks == ()
    return result.pdf


def pages_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def board_alone(made: GapReport) -> GapReport:
    """The report without the bulk of its appendix: the board paper is composed the same."""
    return replace(
        made,
        categories=(),
        figures=(),
        participation=None,
        units=None,
        perception=None,
        disagreement=None,
        hard=None,
        gaps=None,
        plan=(),
        key_factors=(),
    )


def with_long_titles():
    framework = percent_framework(title=("A Framework" + LONG)[:120])
    longer = replace(
        framework,
        categories=tuple(
            replace(
                category,
                title=(category.title + LONG)[:120],
                items=tuple(
                    replace(item, title=(item.title + LONG)[:120]) for item in category.items
                ),
            )
            for category in framework.categories
        ),
    )
    sheets = (
        *people(longer, "staff", 30, ("A" * 60, "B")),
        *people(longer, "leaders", 5),
        *people(longer, "assessors", 4),
    )
    return release(longer, Answers(sheets, comments(longer)))


BOARDS = {
    "three people": lambda: report(percent_release(3, 0, 1, 1)),
    "four hundred people": lambda: report(percent_release(400, 40, 5, 40)),
    "targets and a last cycle": lambda: report(
        percent_release(), TARGETS, percent_release(staff=90)
    ),
    "levels": lambda: report(other_release(met_framework())),
    "stages": lambda: report(other_release(stage_framework())),
    "conformity": lambda: report(other_release(conformity_framework())),
    "survey": lambda: report(other_release(survey_framework())),
    "long titles": lambda: report(with_long_titles(), TARGETS),
}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("board", BOARDS)
def test_the_board_paper_is_four_pages(board, paper):
    made = board_alone(BOARDS[board]())
    pages = pages_of(printed(replace(made, about=replace(made.about, paper=paper))))
    assert "Appendix" in pages[5].split("\r\n")
    assert not any("Appendix" in page.split("\r\n") for page in pages[:5])


@pytest.mark.parametrize("kind", ["nobody", "nothing applies"])
def test_a_board_paper_about_nothing_is_short(kind):
    found = (
        none_apply(percent_framework())
        if kind == "nothing applies"
        else release(percent_framework(), Answers(()))
    )
    assert len(pages_of(printed(report(found)))) <= 14


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A whole report of a small organisation, with words in many scripts."""
    framework = percent_framework()
    small = replace(framework, categories=(framework.categories[0], framework.categories[6]))
    said = (
        *comments(small),
        Comment("1.1-s1", "comment", "staff", None, "Ten thousand letters. " * 454),
        Comment("1.1-s1", "comment", "staff", None, "<b>{{ 7*7 }}</b> stays as typed"),
        Comment("1.1-s1", "comment", "staff", None, "First line\nand second line"),
    )
    sheets = (
        *people(small, "staff", 30, ("Assembly", "Sales")),
        *people(small, "leaders", 5, ("Assembly", "Sales")),
        *people(small, "assessors", 3),
    )
    return printed(report(release(small, Answers(sheets, said)), TARGETS))


def test_the_report_breaks_no_rule_of_accessibility(paper):
    assert not broken_rules(paper)


def test_every_figure_has_words_in_its_place(paper):
    assert figures_of(paper)
    assert all(figures_of(paper))


def test_the_bookmarks_begin_with_board_paper_and_appendix(paper):
    assert bookmarks_of(paper) == ["Board paper", "Appendix"]


def test_the_language_is_that_of_the_framework(paper):
    assert language_of(paper) == "en"


def test_words_are_read_back_as_typed(paper):
    words = re.sub(r"\s+", " ", text_of(paper))
    assert "<b>{{ 7*7 }}</b> stays as typed" in words
    assert words.count("thousand") == 454


def test_every_page_but_the_cover_says_whose_it_is_and_which_page(paper):
    pages = pages_of(paper)
    for number, page in enumerate(pages[1:], start=2):
        assert "Northwind Pumps · A Made-up Framework for Good Organisations" in page
        assert f"page {number} of {len(pages)}" in page
    assert "page 1" not in pages[0]


def test_the_contents_name_the_page_on_which_each_part_begins(paper):
    pages = pages_of(paper)
    contents = next(page for page in pages if "Appendix" in page.split("\r\n"))
    listed = re.findall(r"^(\d [A-Z]\w+|All \w+)\s*(\d+)\s*$", contents, re.MULTILINE)
    assert len(listed) >= 3
    for title, number in listed:
        assert title in pages[int(number) - 1]


def test_the_same_report_is_the_same_bytes():
    made = board_alone(report(percent_release(3, 0, 1, 1), about=replace(ABOUT, paper="letter")))
    first = printed(made)
    assert first == printed(made)
    assert first.startswith(b"%PDF-")
