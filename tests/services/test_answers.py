"""Saving a page and submitting: what is acknowledged is kept, and nobody is overwritten unseen."""

from __future__ import annotations

import datetime
import threading

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis import given as drawn
from sqlalchemy import select

from assessment.core.text import clean
from assessment.services.answers import save_answers, submit
from assessment.services.criteria_files import upload
from assessment.services.cycles import create_cycle, open_cycle
from assessment.services.errors import (
    AlreadySubmitted,
    CycleClosed,
    LinkUsedUp,
    NotComplete,
    NotThere,
)
from assessment.services.fillings import (
    key_factors,
    open_sheet,
    reading,
    reading_by_session,
)
from assessment.services.invitations import add_respondents, make_links
from assessment.services.organisations import make_organisation
from assessment.services.sessions import note_shared_device, start_session
from assessment.store.ids import new_id
from assessment.store.tables import HistoryRow, SheetRow
from tests.databases import counted_statements
from tests.rounds import (
    CRITERIA,
    NOW,
    REASON,
    Round,
    close_cycle,
    filling_of,
    given,
    listed,
    open_round,
    plan_of,
    said,
)


def after(**time: float) -> datetime.datetime:
    return NOW + datetime.timedelta(**time)


@pytest.fixture
def opened(session) -> Round:
    return open_round(session)


# What is kept


def test_a_page_is_kept_and_read_back_in_words(session, opened):
    saved = said(
        session, opened, "s1", given("1.1-s1", "4"), given("1.1-s2", "unknown"),
        given("1.1-s1", " Often.\r\nNot always. ", kind="comment"),
        given("1.1", "yes", kind="mark"),
    )  # fmt: skip
    assert (saved.version, saved.saved_at, saved.is_whole) == (1, NOW, True)
    filling = filling_of(session, opened, "s1")
    assert [filling.shown(*field) for field in [
        ("1.1-s1",), ("1.1-s2",), ("1.2-s1",), ("1.1-s1", "comment"), ("1.1", "mark"),
    ]] == ["4", "unknown", "", "Often.\nNot always.", "yes"]  # fmt: skip


def test_every_kind_of_judgement_is_kept(session, opened):
    said(
        session, opened, "j1", given("1.1", "55"), given("1.1/approach", "60"),
        given("1.2", "Minor"), given("2.1-1a", "yes"), given("2.1-1b", "no"),
        given("1.1a", "By talking.", kind="text"), given("1.1", "One\nTwo", kind="strength"),
        given("1.1", "Three", kind="ofi"), given("1.1", "Calendar", kind="evidence"),
    )  # fmt: skip
    filling = filling_of(session, opened, "j1")
    assert [filling.shown(key) for key in ("1.1", "1.1/approach", "1.2", "2.1-1a", "2.1-1b")] == [
        "55", "60", "minor", "yes", "no",
    ]  # fmt: skip
    assert filling.shown("1.1", "strength") == "One\nTwo"
    assert filling.shown("1.1a", "text") == "By talking."


@pytest.mark.parametrize(
    "value", ["6", "0", "-1", "nan", "inf", "1e400", "４", "4.5", "yes", "x" * 5000, "conforming"]
)
def test_an_answer_that_is_not_offered_is_refused_and_the_rest_is_kept(session, opened, value):
    saved = said(session, opened, "s1", given("1.1-s1", value), given("1.1-s2", "2"))
    assert list(saved.refused) == [("1.1-s1", "answer")]
    assert "is not" in str(saved.refused["1.1-s1", "answer"])
    filling = filling_of(session, opened, "s1")
    assert (filling.shown("1.1-s1"), filling.shown("1.1-s2")) == ("", "2")


def test_a_percent_is_taken_in_legal_steps_only(session, opened):
    saved = said(session, opened, "j1", given("1.1", "52"), given("1.1/approach", "50"))
    assert "nearest are 50 and 55" in str(saved.refused["1.1", "answer"])
    assert saved.written == {("1.1/approach", "answer")}


def test_a_text_that_is_too_long_says_by_how_much(session, opened):
    saved = said(session, opened, "s1", given("1.1-s1", "x" * 11_234, kind="comment"))
    assert str(saved.refused["1.1-s1", "comment"]).endswith("1,234 too many.")
    said(session, opened, "s1", given("1.1-s1", "\x00" * 9_999 + "🏳️‍🌈" * 2_500, kind="comment"))
    assert filling_of(session, opened, "s1").shown("1.1-s1", "comment") == "🏳️‍🌈" * 2_500


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("s1", given("1.1", "50")), ("s1", given("2.1-1a", "yes")),
        ("s1", given("1.1a", "words", kind="text")), ("s1", given("P.1", "words", kind="text")),
        ("s1", given("nowhere", "4")), ("s1", given("1.1", "yes", kind="waive")),
        ("l1", given("1.1-s2", "4")), ("j1", given("1.1-s1", "4")),
        ("s1", given("1.1-s1", "4", kind="organisation_id")),
    ],
)  # fmt: skip
def test_a_place_that_is_not_on_the_form_is_not_there_and_nothing_is_kept(
    session, opened, code, change
):
    with pytest.raises(NotThere):
        said(session, opened, code, given("1.1-s1", "4"), change)
    assert filling_of(session, opened, code).version == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@drawn(
    text=strategies.text(
        strategies.characters(exclude_categories=()) | strategies.just("\ud800"), max_size=60
    )
)
def test_any_text_comes_back_as_it_was_cleaned(session, opened, text):
    filling = filling_of(session, opened, "s1")
    shown = filling.shown("1.1-s1", "comment")
    save_answers(session, filling, [given("1.1-s1", text, shown, "comment")], NOW)
    kept = filling_of(session, opened, "s1").shown("1.1-s1", "comment")
    assert kept == clean(text).strip()


# Not applicable


def test_a_judge_leaves_a_place_out_with_a_reason_of_the_file(session, opened):
    refused = said(session, opened, "j1", given("2.1-2a", "na"))
    assert "reason for na is missing" in str(refused.refused["2.1-2a", "reason"])
    wrong = said(
        session, opened, "j1", given("2.1-2a", "na"), given("2.1-2a", "No wish", kind="reason")
    )
    assert "must be one of" in str(wrong.refused["2.1-2a", "reason"])
    assert filling_of(session, opened, "j1").version == 0
    saved = said(
        session, opened, "j1", given("2.1-2a", "na"), given("2.1-2a", REASON, kind="reason")
    )
    assert saved.is_whole
    assert filling_of(session, opened, "j1").shown("2.1-2a") == "na"


def test_a_reason_cannot_be_taken_away_from_what_is_left_out(session, opened):
    said(session, opened, "j1", given("1.2", "na"), given("1.2", REASON, kind="reason"))
    saved = said(session, opened, "j1", given("1.2", "", REASON, "reason"))
    assert list(saved.refused) == [("1.2", "reason")]
    assert filling_of(session, opened, "j1").shown("1.2", "reason") == REASON


def test_a_whole_item_is_left_out_and_taken_back_with_every_answer(session, opened):
    said(session, opened, "j1", given("1.1", "55"), given("1.1/approach", "60"))
    said(
        session, opened, "j1", given("1.1", "yes", kind="waive"),
        given("1.1", REASON, kind="reason"),
    )  # fmt: skip
    waived = filling_of(session, opened, "j1")
    assert waived.sheet.not_applicable == {"1.1"}
    assert waived.progress.categories[0].items[0].count.not_applicable == 3
    said(session, opened, "j1", given("1.1", "", "yes", "waive"))
    back = filling_of(session, opened, "j1")
    assert (back.sheet.not_applicable, back.shown("1.1")) == (frozenset(), "55")


def test_staff_say_that_they_cannot_judge_instead(session, opened):
    saved = said(
        session, opened, "s1", given("1.1-s1", "na"), given("1.1-s1", REASON, kind="reason")
    )
    assert "can't judge" in str(saved.refused["1.1-s1", "answer"])


def test_criteria_without_exceptions_take_no_na(session):
    strict = CRITERIA.replace("[It does not exist here, A parent decides it]", "never")
    opened = open_round(session, file=strict)
    saved = said(session, opened, "j1", given("1.2", "na"), given("1.2", "Any", kind="reason"))
    assert "do not allow na" in str(saved.refused["1.2", "answer"])


# Two at once, and twice


def test_two_tabs_with_the_same_shown_value_the_second_sees_both(session, opened):
    first, second = filling_of(session, opened, "s1"), filling_of(session, opened, "s1")
    save_answers(
        session, first, [given("1.1-s1", "4"), given("1.1-s1", "Mine", "", "comment")], NOW
    )
    saved = save_answers(
        session, second,
        [given("1.1-s1", "2"), given("1.1-s1", "Other", "", "comment"), given("1.1-s2", "3")], NOW,
    )  # fmt: skip
    assert [(each.kind, each.mine, each.theirs) for each in saved.conflicts] == [
        ("answer", "2", "4"), ("comment", "Other", "Mine"),
    ]  # fmt: skip
    filling = filling_of(session, opened, "s1")
    assert [filling.shown(key) for key in ("1.1-s1", "1.1-s2")] == ["4", "3"]
    assert filling.shown("1.1-s1", "comment") == "Mine"


def test_a_stale_empty_field_erases_nothing(session, opened):
    stale = filling_of(session, opened, "s1")
    said(session, opened, "s1", given("1.1-s1", "4"), given("1.1-s1", "Long", kind="comment"))
    untouched = save_answers(
        session, stale, [given("1.1-s1", ""), given("1.1-s1", "", "", "comment")], NOW
    )
    assert untouched.is_whole
    emptied = said(session, opened, "s1", given("1.1-s1", "", "Before", "comment"))
    assert [each.theirs for each in emptied.conflicts] == ["Long"]
    assert filling_of(session, opened, "s1").shown("1.1-s1", "comment") == "Long"


def test_a_field_is_emptied_by_whoever_saw_it_full(session, opened):
    said(session, opened, "s1", given("1.1-s1", "4"), given("1.1-s1", "Long", kind="comment"))
    said(session, opened, "s1", given("1.1-s1", "", "4"), given("1.1-s1", "", "Long", "comment"))
    filling = filling_of(session, opened, "s1")
    assert (filling.shown("1.1-s1"), filling.shown("1.1-s1", "comment")) == ("", "")


def test_the_same_save_twice_changes_nothing_more(session, opened):
    changes = [given("1.1-s1", "4"), given("1.1-s1", "Text", kind="comment")]
    first = said(session, opened, "s1", *changes)
    second = said(session, opened, "s1", *changes, now=after(seconds=40))
    assert second.is_whole
    assert (second.version, second.saved_at) == (first.version, first.saved_at)
    assert len(session.scalars(select(HistoryRow)).all()) == 1


def test_a_queue_of_edits_to_one_field_ends_with_the_last(session, opened):
    saved = said(
        session, opened, "s1", given("1.1-s1", "2"), given("1.1-s1", "3", "2"),
        given("1.1-s1", "5", "3"),
    )  # fmt: skip
    assert (saved.version, saved.is_whole) == (1, True)
    assert filling_of(session, opened, "s1").shown("1.1-s1") == "5"


def test_many_tabs_at_once_lose_nothing(sessions):
    with sessions() as session:
        opened = open_round(session)
        filling = filling_of(session, opened, "s1")
        session.commit()
    results, gate = [], threading.Barrier(6, timeout=60)

    def tab(number: int) -> None:
        gate.wait()
        for turn in range(4):
            with sessions() as mine:
                key = ("1.1-s1", "1.1-s2", "1.2-s1")[number % 3]
                text = f"{number}-{turn}"
                own = reading(mine, opened.organisation_id, filling.respondent.id)
                shown = own.shown(key, "comment")
                saved = save_answers(
                    mine, own, [given(key, f"{shown} {text}", shown, "comment")], NOW
                )
                mine.commit()
                if saved.written:
                    results.append(text)

    tabs = [threading.Thread(target=tab, args=(number,), daemon=True) for number in range(6)]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join(timeout=60)
    with sessions() as session:
        kept = filling_of(session, opened, "s1")
        everything = " ".join(kept.words.values()).split()
        assert sorted(everything) == sorted(results)
        assert kept.version == len(results) == len(session.scalars(select(HistoryRow)).all())


def test_history_holds_every_change_before_and_after(session, opened):
    said(session, opened, "s1", given("1.1-s1", "4"), given("1.1-s1", "A", kind="comment"))
    said(session, opened, "s1", given("1.1-s1", "5", "4"), now=after(minutes=1))
    rows = session.scalars(select(HistoryRow).order_by(HistoryRow.version)).all()
    assert [(row.version, row.saved_at, row.changes) for row in rows] == [
        (1, NOW, {"1.1-s1": {"answer": ["", "4"], "comment": ["", "A"]}}),
        (2, after(minutes=1), {"1.1-s1": {"answer": ["4", "5"]}}),
    ]


# Too late


def test_a_save_after_the_closing_is_told_what_is_kept(session, opened):
    said(session, opened, "s1", given("1.1-s1", "4"), given("1.1-s2", "unknown"))
    early = filling_of(session, opened, "s1")
    close_cycle(session, opened.cycle, NOW)
    session.expire_all()
    with pytest.raises(CycleClosed, match="The 2 answers you gave before are kept") as caught:
        save_answers(session, early, [given("1.2-s1", "3")], NOW)
    assert caught.value.kept == 2
    with pytest.raises(CycleClosed):
        said(session, opened, "s1", given("1.2-s1", "3"))
    assert filling_of(session, opened, "s1").shown("1.2-s1") == ""


def test_the_same_save_is_acknowledged_even_after_the_closing(session, opened):
    said(session, opened, "s1", given("1.1-s1", "4"))
    close_cycle(session, opened.cycle, NOW)
    assert said(session, opened, "s1", given("1.1-s1", "4"), now=after(days=90)).is_whole


def test_the_last_day_ends_at_midnight_where_the_cycle_is(session, opened):
    midnight = datetime.datetime(2026, 5, 31, 22, 0, tzinfo=datetime.UTC)  # in Berlin
    second = datetime.timedelta(seconds=1)
    assert said(session, opened, "s1", given("1.1-s1", "4"), now=midnight - second).is_whole
    with pytest.raises(CycleClosed):
        said(session, opened, "s1", given("1.1-s2", "4"), now=midnight)


def test_a_clock_that_jumps_ahead_and_back_closes_nothing(session, opened):
    with pytest.raises(CycleClosed):
        said(session, opened, "s1", given("1.1-s1", "4"), now=after(days=400))
    assert said(session, opened, "s1", given("1.1-s1", "4"), now=after(hours=-1)).is_whole
    close_cycle(session, opened.cycle, NOW)
    with pytest.raises(CycleClosed):
        said(session, opened, "s1", given("1.1-s2", "4"), now=after(hours=-1))


def test_each_save_is_before_or_after_a_closing_that_falls_inside(sessions):
    with sessions() as session:
        opened = open_round(session, [f"p{number},staff" for number in range(8)])
        session.commit()
    told: dict[str, list[int]] = {}
    gate = threading.Barrier(9, timeout=60)

    def answer(code: str) -> None:
        kept = told.setdefault(code, [])
        gate.wait()
        shown = ""
        for number in range(400):
            with sessions() as mine:
                try:
                    said(mine, opened, code, given("1.1-s1", f"{number}", shown, "comment"))
                except CycleClosed:
                    return
                mine.commit()
            shown = f"{number}"
            kept.append(number)

    threads = [
        threading.Thread(target=answer, args=(f"p{number}",), daemon=True) for number in range(8)
    ]
    for each in threads:
        each.start()
    gate.wait()
    threading.Event().wait(0.3)
    with sessions() as session:
        close_cycle(session, opened.cycle, NOW)
        session.commit()
    with sessions() as session:
        at_closing = {
            code: filling_of(session, opened, code).shown("1.1-s1", "comment") for code in told
        }
    for each in threads:
        each.join(timeout=60)
    assert sum(map(len, told.values())) > 8
    with sessions() as session:
        for code, numbers in told.items():
            last = str(numbers[-1]) if numbers else ""
            assert at_closing[code] == filling_of(session, opened, code).shown("1.1-s1", "comment")
            assert at_closing[code] == last


# Submitting


def test_submitting_names_what_is_open_and_is_done_once(session, opened):
    said(session, opened, "s1", given("1.1-s1", "4"), given("1.1-s2", "unknown"))
    filling = filling_of(session, opened, "s1")
    with pytest.raises(NotComplete) as caught:
        submit(session, filling, NOW)
    assert caught.value.places == ("1.2-s1", "2.1-s1")
    assert submit(session, filling, NOW, with_open=True) == NOW
    later = filling_of(session, opened, "s1")
    assert submit(session, later, after(days=1)) == NOW
    with pytest.raises(AlreadySubmitted):
        save_answers(session, filling, [given("1.2-s1", "4")], NOW)
    with pytest.raises(AlreadySubmitted):
        save_answers(session, later, [given("1.2-s1", "4")], NOW)


def test_submitting_after_the_closing_is_told_so(session, opened):
    early = filling_of(session, opened, "s1")
    close_cycle(session, opened.cycle, NOW)
    session.expire_all()
    with pytest.raises(CycleClosed):
        submit(session, early, NOW, with_open=True)
    assert not filling_of(session, opened, "s1").is_submitted


# Links and readings


def test_a_pass_opens_its_own_sheet_and_marks_it_as_started(session, opened):
    links = make_links(session, opened.cycle, NOW)
    assert sorted(link.respondent.code for link in links) == ["j1", "l1", "s1", "s2"]
    link = next(each for each in links if each.respondent.code == "s2")
    assert open_sheet(session, f" {link.secret}\n", NOW).code == "s2"
    assert open_sheet(session, link.secret, after(days=1)).started_at == NOW


def test_every_pass_that_opens_nothing_is_refused_alike(session, opened):
    old = {link.respondent.code: link for link in make_links(session, opened.cycle, NOW)}
    assert make_links(session, opened.cycle, NOW) == []
    make_links(session, opened.cycle, NOW, [old["l1"].respondent.id])
    submit(session, filling_of(session, opened, "s1"), NOW, with_open=True)
    refusals = set()
    for secret, now in [
        ("unknown", NOW), ("", NOW), ("\ud800", NOW), (old["l1"].secret, NOW),
        (old["s1"].secret, NOW), (old["s2"].secret, after(days=60)),
    ]:  # fmt: skip
        with pytest.raises(LinkUsedUp) as caught:
            open_sheet(session, secret, now)
        refusals.add(str(caught.value))
    assert len(refusals) == 1
    assert open_sheet(session, old["s2"].secret, NOW).code == "s2"


def test_a_browser_reads_the_sheet_it_holds_the_pass_of(session, opened):
    person = filling_of(session, opened, "s1").respondent
    cookie = start_session(session, opened.organisation_id, NOW, respondent_id=person.id)
    assert reading_by_session(session, cookie, after(days=9)).respondent.code == "s1"
    note_shared_device(session, cookie, True)
    assert reading_by_session(session, cookie, after(minutes=29)).is_shared_device
    with pytest.raises(NotThere):
        reading_by_session(session, cookie, after(minutes=31))
    with pytest.raises(NotThere):
        reading_by_session(session, "another", NOW)


def test_another_organisation_s_sheet_is_as_absent_as_one_that_never_was(session, opened):
    strangers = make_organisation(session, "South Works", NOW)
    mine = filling_of(session, opened, "s1").respondent.id
    sentences = set()
    for organisation_id, respondent_id in [
        (strangers.id, mine), (opened.organisation_id, new_id()), (strangers.id, new_id()),
    ]:  # fmt: skip
        with pytest.raises(NotThere) as caught:
            reading(session, organisation_id, respondent_id)
        sentences.add(str(caught.value))
    assert len(sentences) == 1


def test_last_cycle_s_answers_are_shown_for_unchanged_questions_only(session):
    first = open_round(session)
    said(
        session, first, "s1", given("1.1-s1", "4"), given("1.1-s2", "2"), given("2.1-s1", "unknown")
    )
    said(session, first, "l1", given("1.1-s1", "5"))
    close_cycle(session, first.cycle, NOW)
    reworded = CRITERIA.replace("Leaders listen to us.", "Leaders hear us.")
    upload(session, first.organisation_id, "small.yaml", reworded.encode(), by="Ada", now=NOW)
    plan = plan_of(previous_id=first.cycle.id)
    row = create_cycle(session, first.organisation_id, plan, NOW)
    add_respondents(session, row, listed("s1,staff", "new,staff", "l1,assessors"), NOW)
    second = Round(first.organisation_id, open_cycle(session, row, NOW))
    assert filling_of(session, second, "s1").previous == {"1.1-s1": "4"}
    assert filling_of(session, second, "new").previous == {}
    assert filling_of(session, second, "l1").previous == {}  # another form then
    assert filling_of(session, second, "s1").shown("1.1-s1") == ""


def test_key_factors_stand_beside_the_items(session, opened):
    said(session, opened, "l1", given("P.1", "Water for all.", kind="text"))
    assert key_factors(session, filling_of(session, opened, "j1")) == {"P.1": ("Water for all.",)}


# How many statements


def test_reading_costs_one_statement_and_a_durable_save_three_more(engine, session, opened):
    filling = filling_of(session, opened, "s1")
    cookie = start_session(
        session, opened.organisation_id, NOW, respondent_id=filling.respondent.id
    )
    changes = [
        given("1.1-s1", "4"), given("1.1-s2", "2"), given("1.1-s1", "A", kind="comment"),
        given("1.1-s2", "B", kind="comment"), given("1.1", "yes", kind="mark"),
    ]  # fmt: skip
    with counted_statements(engine) as read:
        filling = reading_by_session(session, cookie, NOW)
    with counted_statements(engine) as saved:
        save_answers(session, filling, changes, NOW)
    with counted_statements(engine) as again:
        save_answers(session, reading_by_session(session, cookie, NOW), changes, NOW)
    with counted_statements(engine) as submitted:
        submit(session, reading_by_session(session, cookie, NOW), NOW, with_open=True)
    counts = [len(each) for each in (read, saved, again, submitted)]
    assert counts == [1, 3, 1, 3]
    assert [statement.split()[0] for statement in saved] == ["UPDATE", "INSERT", "INSERT"]


def test_the_version_of_a_sheet_only_grows(session, opened):
    versions = []
    for number in range(1, 6):
        shown = filling_of(session, opened, "s1").shown("1.1-s1")
        versions.append(said(session, opened, "s1", given("1.1-s1", str(number), shown)).version)
    assert versions == [1, 2, 3, 4, 5]
    assert session.scalar(select(SheetRow.version).order_by(SheetRow.version.desc())) == 5
