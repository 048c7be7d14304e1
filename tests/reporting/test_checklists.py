"""A checklist beside graded items: told in its own words, never counted as one of them."""

from __future__ import annotations

from assessment.core.framework import Scoring
from assessment.core.release import Answers, release
from assessment.core.scales import Level, Scale
from assessment.reporting.gap_report import GapReport
from assessment.reporting.wording import plain
from tests.factories import CONFORMITY, make_framework, make_item, make_sheet
from tests.reporting.make_release import report

DOCUMENTS = Scale("documents", "met", levels=(Level(1, "all there"),))
TICKED = {"9.1-1a": 1, "9.2-1a": 0}


def made(grades: dict[str, int]) -> GapReport:
    """A report on two graded items and two groups of documents."""
    framework = make_framework(
        make_item("1.1", points=None, judge=CONFORMITY),
        make_item("1.2", points=None, judge=CONFORMITY),
        make_item("9.1", points=None, judge=DOCUMENTS, criteria=(1,)),
        make_item("9.2", points=None, judge=DOCUMENTS, criteria=(1,)),
        scoring=Scoring(total="verdict"),
    )
    sheet = make_sheet(framework, grades, group="assessors")
    return report(release(framework, Answers((sheet,))))


def test_a_document_nobody_looked_for_is_no_item_that_was_not_assessed():
    headline = plain(made({"1.1": 0}).board.profile.headline)
    assert headline == "Not determined: one item has not been assessed"


def test_documents_are_not_counted_among_the_grades():
    grades, documents = made({"1.1": 0, "1.2": 2} | TICKED).board.profile.standings
    assert [(plain(row.head), row.cells) for row in grades.rows] == [
        ("1 Category 1", ("1", "0", "1", "0", "0")),
    ]
    assert [(plain(row.head), row.cells) for row in documents.rows] == [
        ("9 Category 9", ("1", "1", "0")),
    ]


def test_a_checklist_is_told_by_its_levels():
    part = made({"1.1": 0, "1.2": 0} | TICKED).categories[-1]
    assert plain(part.headline) == "One of two items stands at level 1; Item 9.2 at 0"
