"""Answers of a whole cycle, out as a file and in again."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import func, select

from assessment.core.release import release
from assessment.exchange.answers import read_answers
from assessment.exchange.rows import FileRefused
from assessment.services.answer_files import export_answers
from assessment.services.answer_imports import import_answers, plan_import
from assessment.services.errors import CycleClosed, NotOpenYet
from assessment.store.tables import HistoryRow, Respondent
from tests.databases import counted_statements
from tests.rounds import (
    NOW,
    REASON,
    Round,
    close_cycle,
    draft,
    filling_of,
    given,
    open_round,
    said,
)


@pytest.fixture
def opened(session) -> Round:
    return open_round(session)


def answered(session, opened: Round) -> None:
    said(
        session, opened, "s1", given("1.1-s1", "4"), given("1.1-s2", "unknown"),
        given("1.1-s1", '=HYPERLINK("http://x","y")', kind="comment"),
        given("1.1-s2", "two\nlines, and “quotes”", kind="comment"),
    )  # fmt: skip
    said(session, opened, "l1", given("P.1", "-Water for all", kind="text"))
    said(
        session, opened, "j1", given("1.1", "55"), given("1.1", "One\nTwo", kind="strength"),
        given("1.1/approach", "na"), given("1.1/approach", REASON, kind="reason"),
        given("1.2", "major"), given("2.1", "yes", kind="waive"), given("2.1-1a", "yes"),
        given("2.1", REASON, kind="reason"), given("1.1a", "@home", kind="text"),
    )  # fmt: skip


def test_an_export_is_read_back_with_nothing_lost(session, opened, tmp_path):
    answered(session, opened)
    path = tmp_path / "answers.csv"
    path.write_text(export_answers(session, opened.cycle), newline="")
    framework = filling_of(session, opened, "s1").framework
    answers = read_answers(framework, path)
    for sheet in answers.sheets:
        mine = filling_of(session, opened, sheet.respondent).sheet
        assert (sheet.group, sheet.unit, sheet.values, sheet.not_applicable) == (
            mine.group, mine.unit, mine.values, mine.not_applicable,
        )  # fmt: skip
    texts = {(each.place, each.kind): each.text for each in answers.comments}
    assert texts["1.1-s1", "comment"] == '=HYPERLINK("http://x","y")'
    assert texts["1.1-s2", "comment"] == "two\nlines, and “quotes”"
    assert texts["1.1a", "text"] == "@home"
    assert answers.key_factors[0].answers == ("-Water for all",)
    assert release(framework, answers).answered == 2


def test_no_text_of_an_export_is_a_formula_and_numbers_stay_numbers(session):
    opened = open_round(session, ["+1+1,staff,@SUM(A1)", "j1,assessors"])
    said(session, opened, "+1+1", given("1.1-s1", "4"), given("1.1-s1", "=1", kind="comment"))
    rows = list(csv.reader(io.StringIO(export_answers(session, opened.cycle))))
    assert rows[1][:6] == ["'+1+1", "staff", "'@SUM(A1)", "1.1-s1", "4", "'=1"]
    assert not any(cell[:1] in set("=+-@\t\r") for row in rows for cell in row)


def test_an_export_costs_two_statements(engine, session, opened):
    answered(session, opened)
    with counted_statements(engine) as sent:
        export_answers(session, opened.cycle)
    assert len(sent) == 2


def test_a_file_goes_round_and_changes_nothing(session, opened):
    answered(session, opened)
    data = export_answers(session, opened.cycle).encode()
    plan = import_answers(session, opened.cycle, data, "answers.csv", NOW)
    assert plan.changes_nothing
    assert plan.unchanged_people == 3
    assert export_answers(session, opened.cycle).encode() == data


FILE = b"""respondent,group,unit,question,answer,comment
s1,staff,Plant,1.1-s1,5,New
s1,,,1.1-s2,,
p9,staff,Yard,1.1-s1,2,
p9,,,2.1-s1,unknown,
"""


def test_an_import_is_shown_first_and_then_does_just_that(session, opened):
    said(session, opened, "s1", given("1.1-s1", "4"), given("1.1-s2", "3"))
    plan = plan_import(session, opened.cycle, FILE, "answers.csv")
    assert (plan.new_people, plan.new_units) == (("p9",), ("Yard",))
    assert [
        (each.respondent, each.place, each.kind, each.before, each.after) for each in plan.changes
    ] == [
        ("s1", "1.1-s1", "answer", "4", "5"), ("s1", "1.1-s1", "comment", "", "New"),
    ]  # fmt: skip
    assert filling_of(session, opened, "s1").version == 1
    assert import_answers(session, opened.cycle, FILE, "answers.csv", NOW) == plan
    mine = filling_of(session, opened, "s1")
    assert [mine.shown(key) for key in ("1.1-s1", "1.1-s2")] == ["5", "3"]
    new = filling_of(session, opened, "p9")
    assert (new.shown("1.1-s1"), new.shown("2.1-s1"), new.sheet.unit) == ("2", "unknown", "Yard")
    assert new.is_submitted
    history = session.scalar(select(func.count()).select_from(HistoryRow))
    assert import_answers(session, opened.cycle, FILE, "answers.csv", NOW).changes_nothing
    assert session.scalar(select(func.count()).select_from(HistoryRow)) == history == 3


def test_every_bad_row_is_named_and_nothing_is_taken(session, opened):
    bad = b"""respondent,group,unit,question,answer
s1,leaders,Plant,1.1-s1,5
s2,staff,Plant,1.1-s1,4
n1,staff,,1.1-s1,9
n1,staff,,nowhere,1
"""
    with pytest.raises(FileRefused) as caught:
        import_answers(session, opened.cycle, bad, "answers.csv", NOW)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4, 5]
    assert session.scalar(select(func.count()).select_from(Respondent)) == 4


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfea", b"respondent;question", b'a,"b\n' * 3, b"\x00"]
)
def test_what_is_no_answers_file_is_refused_in_words(session, opened, data):
    with pytest.raises(FileRefused):
        plan_import(session, opened.cycle, data, "answers.csv")


def test_consensus_and_free_groups_come_back_out(session, opened):
    data = b"respondent,group,question,answer\nagreed,consensus,1.1,50\nv1,visitors,1.1-s1,3\n"
    import_answers(session, opened.cycle, data, "answers.csv", NOW)
    out = export_answers(session, opened.cycle).splitlines()[1:]
    assert sorted(out) == ["agreed,consensus,,1.1,50,,,,", "v1,visitors,,1.1-s1,3,,,,"]


def test_a_draft_and_a_closed_cycle_take_no_file(session, opened):
    with pytest.raises(NotOpenYet):
        plan_import(session, draft(session), FILE, "answers.csv")
    row = close_cycle(session, opened.cycle, NOW)
    with pytest.raises(CycleClosed):
        import_answers(session, row, FILE, "answers.csv", NOW)
