"""The whole report of the invented organisation, printed in sections: composed and complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pytest

from assessment.reporting.gap_report import ReportInput, gap_report_html
from assessment.reporting.pdf import Press, render_pdf
from assessment.resources import REPORTS
from assessment.services.demo import write_example
from assessment.services.reports import Sources, gap_report
from tests.reporting.pdf_checks import broken_rules, figures_of

DESIGN = REPORTS / "gap_report"
SAID = re.compile(r'<div class="labelled said">.*?<bdi>([^<]{40,})</bdi>', re.DOTALL)
HALF = 0.5
LEAST = 0.25


@dataclass
class Paper:
    """The report as HTML and as PDF, and a press that remembers how it came about."""

    html: str
    pdf: bytes
    press: Press

    @property
    def pages(self) -> list[str]:
        document = pypdfium2.PdfDocument(self.pdf)
        return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    folder = tmp_path_factory.mktemp("example")
    made = write_example(folder)
    sources = Sources(made.criteria, made.answers, made.previous, made.targets, made.invited)
    about = ReportInput(made.date, organisation=made.organisation, cycle=made.cycle)
    html = gap_report_html(gap_report(sources, about))
    with Press(2, folder / "kept") as press:
        yield Paper(html, render_pdf(DESIGN, html, "a4", press), press)


def filled(pdf: bytes) -> list[float]:
    """How far down the words and drawings of each page reach, between its head and its foot."""
    return [_filled(page) for page in pypdfium2.PdfDocument(pdf)]


def _filled(page: pypdfium2.PdfPage) -> float:
    drawn = page.render(scale=0.5, grayscale=True).to_numpy()
    height = drawn.shape[0]
    body = drawn[height * 25 // 297 : height * 274 // 297]
    inked = (body < 200).any(axis=1).nonzero()[0]
    return float((inked.max() + 1) / body.shape[0]) if len(inked) else 0.0


def test_it_breaks_no_rule_of_accessibility(paper):
    assert broken_rules(paper.pdf) == {}
    assert all(figures_of(paper.pdf))


def test_it_keeps_to_its_length(paper):
    assert len(paper.pages) <= 55


def test_no_page_is_blank_and_few_are_half_empty(paper):
    reached = filled(paper.pdf)
    assert min(reached) > LEAST
    assert sum(each < HALF for each in reached) <= len(reached) // 9


def test_no_page_is_printed_twice(paper):
    assert len(set(paper.pages)) == len(paper.pages)


def test_it_is_the_same_when_all_of_it_was_kept(paper):
    before = paper.press.printed
    assert render_pdf(DESIGN, paper.html, "a4", paper.press) == paper.pdf
    assert paper.press.printed == before


def test_one_edited_comment_costs_one_section(paper):
    before = paper.press.printed
    comment = SAID.findall(paper.html)[-1]
    edited = paper.html.replace(comment, comment.replace("a", "e"))
    assert render_pdf(DESIGN, edited, "a4", paper.press) != paper.pdf
    assert paper.press.printed == before + 1
