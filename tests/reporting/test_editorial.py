"""People's own words in the report: whole, above what is made from the data, and kept apart."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pypdfium2
import pytest

from assessment.core.editorial import Decision, Editorial, EditorialWords, Theme
from assessment.core.release import Release
from assessment.reporting.gap_report import GapReport, gap_report_html
from assessment.reporting.pdf import print_document
from assessment.reporting.wording import plain
from assessment.resources import REPORTS
from tests.reporting.make_release import ABOUT, TARGETS, percent_release, report
from tests.reporting.test_gap_report import read, sentences

WORDS = EditorialWords(
    "We lead well and measure badly",
    "What we do is hardly ever compared with a figure.\n\nThe figures come too late.",
    (
        Theme("strength", "Leaders keep what they promise."),
        Theme("opportunity", "We decide without figures."),
        Theme("opportunity", "What works in one unit is not carried to the others."),
    ),
    ("4.1", "2.1-s1"),
    (
        Decision("Name an owner for measurement.", "Ana Whitfield", "0.5 FTE", "2027-03-31", "4.1"),
        Decision("Meet monthly about three figures."),
    ),
)
SIGNED = Editorial(WORDS, (), 4, "signed off", "Ana Whitfield", "2026-03-12")


@pytest.fixture(scope="module")
def results() -> Release:
    return percent_release()


def with_words(results: Release, editorial: Editorial | None, **changes: object) -> GapReport:
    about = replace(ABOUT, editorial=editorial, **changes)  # type: ignore[arg-type]
    return report(results, TARGETS, about=about)


def theme(made: GapReport, label: str):
    return next(each for each in made.board.themes.themes if each.label == label)


def quoted(made: GapReport) -> list[str]:
    return [quote.text for each in made.board.themes.themes for quote in each.quotes]


def test_the_headline_and_the_summary_are_those_people_wrote(results):
    opening = with_words(results, SIGNED).board.opening
    assert plain(opening.headline) == "We lead well and measure badly"
    assert [plain(text) for text in opening.summary] == [
        "What we do is hardly ever compared with a figure.",
        "The figures come too late.",
    ]
    assert opening.brief == ()


def test_who_took_part_is_still_said_under_a_headline_that_people_wrote(results):
    generated = with_words(results, None).board.opening.headline
    assert with_words(results, SIGNED).board.opening.answered[0] == f"{generated}."


def test_what_nobody_wrote_is_made_from_the_data(results):
    made, plainly = with_words(results, Editorial()), with_words(results, None)
    assert made.board.opening == plainly.board.opening
    assert made.board.decisions == plainly.board.decisions


def test_peoples_themes_come_with_strengths_first_and_findings_below(results):
    made = with_words(results, SIGNED)
    labels = [each.label for each in made.board.themes.themes]
    assert labels[:2] == ["Strengths", "Opportunities for improvement"]
    own = theme(made, "Strengths")
    assert [plain(text) for text in own.written] == ["Leaders keep what they promise."]
    assert own.findings
    text = read(made).text
    assert text.index("Leaders keep what they promise.") < text.index("Judged highest:")
    headline = made.board.themes.headline
    assert headline == "One strength and two opportunities for improvement stand out"


def test_many_themes_take_the_place_of_findings_and_none_is_lost(results):
    themes = tuple(Theme("strength", f"Number {place}. " + 60 * "Word ") for place in range(9))
    made = with_words(results, replace(SIGNED, words=replace(WORDS, themes=themes)))
    own = theme(made, "Strengths")
    assert len(own.written) == 9
    assert own.findings == ()
    assert made.board.themes.is_long


def test_without_an_editorial_layer_short_comments_are_quoted(results):
    assert quoted(with_words(results, None))


def test_with_an_editorial_layer_only_released_comments_are_quoted(results):
    assert quoted(with_words(results, SIGNED)) == []
    released = [each for each in results.comments if each.kind in ("strength", "comment")][:3]
    made = with_words(results, replace(SIGNED, quotes=tuple(released)))
    assert quoted(made)
    assert set(quoted(made)) <= {each.text for each in released}


def test_released_comments_of_staff_stand_with_their_group_and_item(results):
    comment = next(
        each for each in results.comments if each.kind == "comment" and each.group == "staff"
    )
    made = with_words(results, replace(SIGNED, quotes=(comment,)))
    [quote] = theme(made, "In people’s words").quotes
    assert quote.text == comment.text
    assert plain(quote.item).startswith("Staff, 1.1 ")


def test_chosen_gaps_come_first_and_in_their_order(results):
    decisions = with_words(results, SIGNED).board.decisions
    first = decisions.gaps[0]
    assert first.caption.startswith("Chosen for this paper: two gaps")
    assert [plain(row.cells[0]).split()[0] for row in first.rows] == ["4.1", "2.1-s1"]
    assert decisions.headline.startswith("Two gaps matter most: ")
    listed = [row.cells[0] for table in decisions.gaps for row in table.rows]
    assert len(listed) == len(set(listed))


def test_a_chosen_gap_that_is_closed_is_not_listed(results):
    words = replace(WORDS, gaps=("no such item", "4.1"))
    decisions = with_words(results, replace(SIGNED, words=words)).board.decisions
    assert decisions.gaps[0].caption.startswith("Chosen for this paper: one gap")


def test_decisions_name_owner_cost_and_day_and_take_the_place_of_proposals(results):
    decisions = with_words(results, SIGNED).board.decisions
    assert decisions.decisions == ()
    first, second = decisions.asked
    assert [plain(each) for each in (first.what, first.owner, first.cost, first.due)] == [
        "Name an owner for measurement.",
        "Ana Whitfield",
        "0.5 FTE",
        "31 March 2027",
    ]
    assert plain(first.about).startswith("4.1 ")
    assert first.when == "now"
    assert (second.owner, second.cost, second.due, second.when) == ("", "", "", "")


def test_the_action_plan_begins_with_what_was_decided(results):
    plan = with_words(results, SIGNED).plan
    assert plain(plan[0].what) == "Name an owner for measurement."
    assert plan[1].on == "The whole"
    assert plan[2].what == ""
    assert not any(plain(row.on).startswith("4.1 ") for row in plan[1:])


@pytest.mark.parametrize(
    ("editorial", "status"),
    [
        (None, "Draft"),
        (Editorial(), "Draft"),
        (replace(SIGNED, state="draft"), "Draft"),
        (
            replace(SIGNED, state="checked", by="A. Reader"),
            "Draft, facts checked by A. Reader on 12 March 2026",
        ),
        (SIGNED, "Signed off by Ana Whitfield on 12 March 2026"),
    ],
)
def test_the_cover_and_every_foot_say_who_stands_for_it(results, editorial, status):
    made = with_words(results, editorial)
    assert plain(made.cover.status) == status
    assert plain(made.running_foot).endswith(f" · {status}")


@pytest.mark.parametrize("is_interim", [False, True])
def test_a_long_status_and_a_long_cycle_leave_the_foot_one_line(results, is_interim):
    long = replace(SIGNED, by="Wilhelmina Featherstonehaugh-Cholmondeley of the Supervisory Board")
    about = {"cycle": "W" * 59, "interim": is_interim, "date": datetime.date(2026, 9, 30)}
    made = with_words(results, long, **about, board_only=True)
    assert long.by[:40] in plain(made.cover.status)
    assert plain(made.running_foot).endswith(" · Signed off")
    result = print_document(REPORTS / "gap_report", gap_report_html(made), "a4")
    text = pypdfium2.PdfDocument(result.pdf)[2].get_textpage()
    foot = [text.get_rect(number) for number in range(text.count_rects())]
    tops = {round(top) for _left, bottom, _right, top in foot if bottom < 55}
    assert len(tops) == 1, "one line at the foot of the page"


def test_what_people_wrote_is_shown_as_typed():
    hostile = "<script>alert(1)</script>{{ 7*7 }}</bdi>"
    words = EditorialWords(
        hostile,
        hostile,
        (Theme("strength", hostile), Theme("opportunity", hostile)),
        (),
        (Decision(hostile, hostile, hostile, hostile, "1.1"),),
    )
    editorial = Editorial(words, (), 1, "signed off", hostile, "2026-03-12")
    page = read(with_words(percent_release(12, 2, 2, 1), editorial))
    assert page.text.count(hostile) >= 10
    assert page.open == []
    assert "script" not in {tag for tag, _ in page.elements}


def test_nothing_is_said_of_one_gaps(results):
    words = replace(WORDS, gaps=("4.1",), themes=WORDS.themes[:1])
    said = " ".join(sentences(with_words(results, replace(SIGNED, words=words))))
    assert "One gap matters most: " in said
    assert "One strength stands out" in said
