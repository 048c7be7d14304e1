"""Each kind of framework has a report of its own kind: grids, verdicts, surveys, many bands."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.catalogue.check import load_framework
from assessment.core.framework import Bands, Scoring
from assessment.core.release import Answers, Comment, release
from assessment.core.scales import Level, Scale
from assessment.reporting.elements import Figure
from assessment.reporting.gap_report import GapReport, gap_report_html
from assessment.reporting.marks import BandLadder
from assessment.reporting.pages.participation import took_part_by
from assessment.reporting.pdf import print_document
from assessment.reporting.report_input import Paper
from assessment.reporting.source import Source
from assessment.reporting.wording import plain
from assessment.resources import CRITERIA, REPORTS
from tests.factories import (
    CONFORMITY,
    LEVEL,
    PERCENT,
    judged,
    make_framework,
    make_item,
    make_question,
    make_release,
    make_sheet,
)
from tests.reporting.make_release import ABOUT, other_release, report, survey_framework
from tests.reporting.pdf_checks import broken_rules
from tests.reporting.test_report_pages import board_alone, pages_of

NONE = Scoring("judged", "none")


def scale(scale_id: str, *labels: str, answer: str = "stage") -> Scale:
    levels = tuple(Level(number, label, f"It is {label}.") for number, label in enumerate(labels))
    return Scale(scale_id, answer, scale_id.title(), levels=levels)  # type: ignore[arg-type]


FIRST, SECOND = scale("first", "dark", "dim", "bright"), scale("second", "dark", "dim", "bright")
OTHER = scale("other", "cold", "warm", answer="level")


def grid_report(*values: dict[str, int], previous: dict[str, int] | None = None) -> GapReport:
    """Items on three scales, two of which call their steps alike; a judge for each of *values*."""
    framework = make_framework(
        make_item("1.1", points=None, judge=FIRST),
        make_item("1.2", points=None, judge=SECOND),
        make_item("2.1", points=None, judge=OTHER),
        scoring=NONE,
    )
    made = make_release(framework, *(judged(framework, each) for each in values))
    before = make_release(framework, judged(framework, previous)) if previous else None
    return report(made, previous=before)


def rows_of(table) -> dict[str, tuple[str, ...]]:
    return {plain(row.head).split()[0]: row.cells for row in table.rows}


# Grids


def test_steps_of_other_names_stand_in_grids_of_their_own():
    first, other, _ = grid_report({"1.1": 2, "1.2": 0, "2.1": 1}).board.profile.standings
    assert [column.title for column in first.columns] == ["Item", "0 dark", "1 dim", "2 bright"]
    assert [column.title for column in other.columns] == ["Item", "0 cold", "1 warm"]
    assert rows_of(first) == {"1.1": ("", "", "●"), "1.2": ("●", "", "")}
    assert [row.stands for row in (*first.rows, *other.rows)] == [2, 0, 1]


def test_a_grid_shows_where_each_of_several_judges_placed_an_item():
    judges = {"1.1": 2}, {"1.1": 1}, {"1.1": 1}
    grid = grid_report(*judges).board.profile.standings[0]
    assert rows_of(grid)["1.1"] == ("", "● 2", "1", "")


def test_a_grid_says_why_a_row_is_empty():
    grid = grid_report({"1.1": 2}).board.profile.standings[0]
    assert rows_of(grid)["1.2"][-1] == "not scored"


def test_a_grid_tells_the_last_cycle():
    grid = grid_report({"1.1": 2, "1.2": 1}, previous={"1.1": 0}).board.profile.standings[0]
    assert grid.columns[-1].title == "last cycle"
    assert rows_of(grid)["1.1"] == ("", "", "●", "0")
    assert rows_of(grid)["1.2"] == ("", "●", "", "–")


def test_what_it_means_to_stand_there_is_said_in_the_words_of_the_criteria():
    *_, meanings = grid_report({"1.1": 2, "2.1": 1}).board.profile.standings
    assert [plain(row.cells[1]) for row in meanings.rows] == ["It is bright.", "It is warm."]


def test_percents_are_counted_at_no_level():
    framework = make_framework(
        make_item("1.1", points=None, judge=PERCENT),
        make_item("1.2", points=None, judge=LEVEL),
        scoring=NONE,
    )
    profile = report(
        make_release(framework, judged(framework, {"1.1": 40, "1.2": 3}))
    ).board.profile
    assert [set(rows_of(table)) for table in profile.standings if table.style == "grid"] == [
        {"1.2"}
    ]


# Verdicts


def graded(count: int, grades: dict[str, str], ofi: str = "") -> GapReport:
    framework = make_framework(
        *(make_item(f"{n // 9 + 1}.{n % 9 + 1}", points=None, judge=CONFORMITY)
          for n in range(count)),
        make_item("99.1", make_question("q", forms=["staff"]), points=None, judge=None),
        scoring=Scoring(total="verdict"),
    )  # fmt: skip
    every = {item.id: grades.get(item.id, "conforming") for item in framework.items if item.judge}
    said = (Comment("1.2", "ofi", "assessors", None, ofi),) if ofi else ()
    sheets = judged(framework, every), make_sheet(framework, {"q": 4})
    return report(release(framework, Answers(sheets, said)))


def test_a_verdict_is_followed_by_what_was_found_the_gravest_first():
    made = graded(9, {"1.1": "minor", "1.2": "major", "1.3": "ofi"}, ofi="No record was kept.")
    profile = made.board.profile
    assert profile.headline.startswith("Not ready")
    assert [
        (plain(row.head)[:3], plain(row.cells[0]), plain(row.cells[1]))
        for row in profile.findings.rows
    ] == [("1.2", "Major", "No record was kept."), ("1.1", "Minor", "–")]


def test_before_the_findings_of_a_verdict_no_percent_is_said():
    profile = graded(9, {"1.2": "major"}).board.profile
    assert "%" not in " ".join(profile.lead)
    assert "one member of staff rates" in " ".join(profile.note).lower()


def test_where_everything_conforms_there_is_no_list_and_no_promise():
    profile = graded(9, {}).board.profile
    assert profile.findings is None
    assert "promises no certificate" in profile.lead[0]


def test_findings_that_find_no_room_are_counted():
    severe = {f"{n // 9 + 1}.{n % 9 + 1}": "minor" for n in range(30)}
    table = graded(40, severe).board.profile.findings
    assert f"the first {len(table.rows)} of 30; " in plain(table.caption)
    assert len(table.rows) < 30


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_verdict_findings_and_counts_share_one_page(paper):
    severe = {f"{n // 9 + 1}.{n % 9 + 1}": "major" if n % 3 else "minor" for n in range(60)}
    made = graded(70, severe, ofi="Nobody could say who approves a change to the plan.")
    alone = board_alone(replace(made, about=replace(made.about, paper=paper)))
    result = print_document(REPORTS / "gap_report", gap_report_html(alone), paper)
    pages = pages_of(result.pdf)
    assert "Key themes" in pages[3]
    assert "rates the whole" in pages[2]


def test_gaps_of_grades_are_told_as_what_is_to_be_put_right():
    decisions = graded(9, {"1.2": "major"}).board.decisions
    assert plain(decisions.headline) == "To be put right: one item graded “major”"
    [table] = decisions.gaps
    assert "gap" not in [column.title for column in table.columns]


def test_grades_of_several_judges_are_counted_in_words():
    framework = make_framework(
        make_item("1.1", points=None, judge=CONFORMITY), scoring=Scoring(total="verdict")
    )
    sheets = [judged(framework, {"1.1": grade}) for grade in ("ofi", "minor", "ofi")]
    table = report(make_release(framework, *sheets)).disagreement.blocks[0]
    assert plain(table.rows[0].cells[1]) == "2 × ofi, 1 × minor"


def test_figures_of_grades_have_no_column_for_points_and_percents():
    tables = {table.caption: table for part in graded(9, {}).figures for table in part.tables}
    found = [table for caption, table in tables.items() if caption.startswith("Assessed")]
    heads = {column.title for table in found for column in table.columns}
    assert found
    assert heads & {"level", "complete, %"}
    assert not heads & {"points", "of", "%"}
    for table in found:
        assert sum(column.width for column in table.columns) == pytest.approx(100)


# Surveys


def test_a_survey_alone_speaks_of_no_judgement():
    made = report(other_release(survey_framework()))
    captions = [table.caption for part in made.figures for table in part.tables]
    assert not [caption for caption in captions if caption.startswith("Assessed")]
    assert "evidence" not in made.board.profile.table.caption
    assert made.disagreement is None
    assert made.gaps is None


def survey(*, apart: bool) -> GapReport:
    framework = make_framework(
        *(make_item(f"{n}.1", make_question(f"q{n}"), points=None, judge=None) for n in (1, 2)),
        scoring=NONE,
    )
    leaders = {"q1": 5, "q2": 5} if apart else {"q1": 2, "q2": 5}
    sheets = [make_sheet(framework, {"q1": 2, "q2": 5}) for _ in range(9)]
    sheets += [make_sheet(framework, leaders, group="leaders") for _ in range(3)]
    return report(make_release(framework, *sheets))


def test_statements_that_groups_see_far_apart_come_before_the_board():
    decisions = survey(apart=True).board.decisions
    assert decisions.headline == "One statement is seen 20 points or more apart"
    [table] = decisions.gaps
    assert [(plain(row.head), row.cells[1:4]) for row in table.rows] == [
        ("q1 Statement q1.", ("0", "100", "+100"))
    ]


def test_groups_that_agree_leave_no_gap_before_the_board():
    decisions = survey(apart=False).board.decisions
    assert decisions.gaps == ()
    assert decisions.headline == "No gap is known"


def test_what_nobody_proposes_is_not_called_proposed():
    assert "Nothing is proposed" in survey(apart=True).board.decisions.form


def test_differences_are_also_told_in_favourable_answers():
    tables = [b for b in survey(apart=True).perception.blocks if not isinstance(b, Figure)]
    row = next(row for table in tables for row in table.rows if plain(row.head) == "Question q1")
    assert row.cells[-2:] == ("+100", "act")


def test_where_blocks_rotate_it_is_said_how_many_each_person_is_asked():
    framework = make_framework(
        make_item(
            "1.1",
            make_question("core", forms=["staff", "leaders"]),
            *(make_question(f"a{n}", forms=["staff", "leaders"], block="A") for n in range(3)),
            *(make_question(f"b{n}", forms=["staff"], block="B") for n in range(3)),
        )
    )
    every = {question.id: 4 for question in framework.questions}
    sheets = [
        make_sheet(framework, {key: 4 for key in every if key[0] in f"c{block}"}) for block in "ab"
    ]
    sheets.append(
        make_sheet(framework, {key: 4 for key in every if key[0] != "b"}, group="leaders")
    )
    source = Source(make_release(framework, *sheets), (), None, ABOUT)
    assert took_part_by(source, "staff") == "answering four of 7 statements each"
    assert took_part_by(source, "leaders") == "answering four statements"


# Many bands, many items


def test_of_many_bands_the_whole_is_drawn_and_the_others_stand_in_a_table():
    halves = [make_item(f"{n}.1", judge=replace(PERCENT, id=f"s{n}", title=f"Part {n}"))
              for n in (1, 2, 3)]  # fmt: skip
    limits = (Fraction(50), Fraction(300))
    bands = [Bands(of, ("low", "high"), limits=limits) for of in ("s1", "s2", "s3", "total")]
    framework = make_framework(*halves, bands=bands)
    values = {"1.1": 40, "2.1": 60, "3.1": 20}
    profile = report(make_release(framework, judged(framework, values))).board.profile
    [drawn] = profile.ladders
    assert isinstance(drawn.chart, BandLadder)
    assert (
        drawn.title
        == "The whole: band 2 of 2, \N{FIRST STRONG ISOLATE}high\N{POP DIRECTIONAL ISOLATE}"
    )
    [table] = profile.bands
    assert [tuple(map(plain, (row.head, *row.cells))) for row in table.rows] == [
        ("Part 1", "40", "100", "1 of 2", "low"),
        ("Part 2", "60", "100", "2 of 2", "high"),
        ("Part 3", "20", "100", "1 of 2", "low"),
    ]


def test_the_contents_of_a_hundred_items_stand_on_pages_that_hold_them():
    paper: Paper = "letter"  # the lower one
    framework = make_framework(
        *(
            replace(
                make_item(f"{n // 9 + 1}.{n % 9 + 1}", points=None, judge=LEVEL),
                title=f"What is done so that part {n} of the work comes out as it should {n}",
            )
            for n in range(100)
        ),
        scoring=NONE,
    )
    made = report(
        make_release(framework, judged(framework, {item.id: 2 for item in framework.items})),
        about=replace(ABOUT, paper=paper),
    )
    alone = replace(made, figures=(), plan=(), gaps=None)
    listed = [entry.anchor for page in alone.contents for column in page for entry in column]
    assert len(listed) == len(set(listed))
    assert {f"item-{item.id}" for item in framework.items} <= set(listed)
    result = print_document(REPORTS / "gap_report", gap_report_html(alone), paper)
    pages = pages_of(result.pdf)
    start = next(
        number for number, page in enumerate(pages) if "Appendix" in page and "What" in page
    )
    own = pages[start : start + len(alone.contents)]
    assert all("page" in page for page in own)
    for number, page in enumerate(alone.contents):
        assert plain(page[-1][-1].title).split()[0] in own[number]


# Shipped files

KINDS = (
    "efqm-2025",
    "iso-9001-2015",
    "baldrige-award-2025",
    "progress-check",
    "crosby-grid",
    "deming-14-points",
)


@pytest.mark.parametrize("kind", KINDS)
def test_the_board_paper_of_each_kind_is_four_pages_on_the_smaller_paper(kind):
    made = report(other_release(load_framework(CRITERIA / f"{kind}.yaml")))
    alone = board_alone(replace(made, about=replace(made.about, paper="letter")))
    result = print_document(REPORTS / "gap_report", gap_report_html(alone), "letter")
    assert result.remarks == ()
    pages = pages_of(result.pdf)
    begins = ("Purpose, method", "Profile", "Key themes", "Gaps that matter", "Appendix")
    assert [word in page for word, page in zip(begins, pages[1:6], strict=True)] == [True] * 5
    assert not broken_rules(result.pdf)
