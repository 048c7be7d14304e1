"""Cycles: drafted, opened on a pinned edition, extended, closed for good; and who is asked."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from assessment.exchange.rows import FileRefused
from assessment.services.answer_files import edition_of_cycle
from assessment.services.checklist import checklist, tick, untick
from assessment.services.criteria_files import upload
from assessment.services.cycle_criteria import plan_switch, switch_criteria
from assessment.services.cycle_days import ends_at, standing
from assessment.services.cycles import (
    change_cycle,
    create_cycle,
    cycle,
    cycles,
    extend_cycle,
    open_cycle,
)
from assessment.services.editions import edition_of
from assessment.services.errors import CycleClosed, NotOpenYet, NotThere, Refused
from assessment.services.fillings import open_sheet
from assessment.services.invitation_plans import plan_respondents, respondents
from assessment.services.invitations import add_respondents, make_links, remove_respondent
from assessment.services.items_set_aside import (
    SetAside,
    items_set_aside,
    set_item_aside,
    take_item_back,
)
from assessment.services.key_factors import forms_for_key_factors, key_factors
from assessment.services.organisations import make_organisation
from assessment.services.participation import of_units, turnout
from assessment.services.units import units
from assessment.store.ids import new_id
from assessment.store.tables import Respondent, SheetRow
from tests.databases import counted_statements
from tests.rounds import (
    CRITERIA,
    NOW,
    OTHER,
    PEOPLE,
    REASON,
    close_cycle,
    draft,
    filling_of,
    given,
    listed,
    open_round,
    plan_of,
    said,
)


def after(**time: float) -> datetime.datetime:
    return NOW + datetime.timedelta(**time)


def test_a_draft_names_everything_that_is_wrong_at_once(session):
    works = make_organisation(session, "North Works", NOW)
    wrong = plan_of(
        title=" ", criteria="shipped/none.yaml", time_zone="Nowhere", previous_id=new_id(),
        closes_on=datetime.date(2026, 5, 3), opens_on=datetime.date(2026, 5, 9),
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        create_cycle(session, works.id, wrong, NOW)
    assert set(caught.value.fields) == {
        "title", "criteria", "time_zone", "previous_id", "opens_on", "closes_on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"forms": ()}, "forms"), ({"forms": ("staff", "nobody")}, "forms"),
        ({"language": "de"}, "language"), ({"closes_on": datetime.date(2026, 5, 3)}, "closes_on"),
        ({"closes_on": datetime.date(9999, 12, 31)}, "closes_on"),
        ({"title": "x" * 201}, "title"), ({"purpose": "x" * 10_001}, "purpose"),
        ({"criteria": "uploaded/../small.yaml"}, "criteria"), ({"criteria": ""}, "criteria"),
    ],
)  # fmt: skip
def test_a_draft_that_could_not_be_opened_is_refused_by_field(session, changes, field):
    with pytest.raises(Refused) as caught:
        draft(session, **changes)
    assert list(caught.value.fields) == [field]


def test_a_draft_can_be_changed_and_an_open_cycle_cannot(session):
    row = draft(session)
    change_cycle(session, row, plan_of(title="Autumn", forms=("staff",)), NOW)
    assert (row.title, row.forms, row.language) == ("Autumn", ["staff"], "en")
    add_respondents(session, row, listed("s1,staff"), NOW)
    open_cycle(session, row, NOW)
    with pytest.raises(Refused, match="only its last day"):
        change_cycle(session, row, plan_of(title="Winter"), NOW)


def test_opening_needs_somebody_to_ask_and_a_day_to_come(session):
    row = draft(session)
    with pytest.raises(Refused) as caught:
        open_cycle(session, row, after(days=60))
    assert set(caught.value.fields) == {"respondents", "closes_on"}
    assert row.state == "draft"


def test_opening_gives_everyone_a_sheet_and_twice_is_once(session):
    opened = open_round(session)
    open_cycle(session, opened.cycle, after(days=1))
    assert opened.cycle.opened_at == NOW
    assert session.scalar(select(func.count()).select_from(SheetRow)) == 4
    asked = {code: sorted(filling_of(session, opened, code).places.slots) for code in ("l1", "j1")}
    assert asked["l1"] == ["1.1-s1", "1.2-s1", "2.1-s1"]
    assert "2.1-2b" in asked["j1"]


def test_people_of_a_form_that_is_gone_keep_a_cycle_from_opening(session):
    row = draft(session)
    add_respondents(session, row, listed(*PEOPLE), NOW)
    change_cycle(session, row, plan_of(forms=("staff",)), NOW)
    with pytest.raises(Refused, match="assessors, leaders"):
        open_cycle(session, row, NOW)


def test_a_cycle_waits_for_its_first_day(session):
    opened = open_round(session, opens_on=datetime.date(2026, 5, 10))
    [link, *_rest] = make_links(session, opened.cycle, NOW)
    with pytest.raises(NotOpenYet):
        open_sheet(session, link.secret, NOW)
    with pytest.raises(NotOpenYet):
        said(session, opened, "s1", given("1.1-s1", "4"))
    assert open_sheet(session, link.secret, after(days=6))


def test_a_cycle_is_made_longer_and_never_shorter(session):
    opened = open_round(session)
    assert standing(opened.cycle, after(days=30)) == "over"
    extend_cycle(session, opened.cycle, datetime.date(2026, 6, 30), after(days=30))
    assert standing(opened.cycle, after(days=30)) == "open"
    with pytest.raises(Refused, match="not shorter"):
        extend_cycle(session, opened.cycle, datetime.date(2026, 6, 29), NOW)


def test_a_last_day_ends_at_its_own_midnight_in_summer_and_winter(session):
    row = draft(session)
    assert ends_at(row) == datetime.datetime(2026, 5, 31, 22, tzinfo=datetime.UTC)
    row.closes_on = datetime.date(2026, 10, 25)  # the clocks go back on this day
    assert ends_at(row) == datetime.datetime(2026, 10, 25, 23, tzinfo=datetime.UTC)


def test_closing_is_for_good_and_twice_is_once(session):
    opened = open_round(session)
    close_cycle(session, opened.cycle, NOW)
    row = close_cycle(session, opened.cycle, after(days=400))
    assert (row.state, row.closed_at) == ("closed", NOW)
    for deed in (
        lambda: open_cycle(session, row, NOW),
        lambda: extend_cycle(session, row, datetime.date(2026, 9, 1), NOW),
        lambda: add_respondents(session, row, listed("late,staff"), NOW),
        lambda: make_links(session, row, NOW),
    ):
        with pytest.raises(CycleClosed):
            deed()
    with pytest.raises(Refused, match="never open"):
        close_cycle(session, draft(session), NOW)


def test_another_organisation_s_cycle_is_not_there(session):
    opened = open_round(session)
    strangers = make_organisation(session, "South Works", NOW)
    with pytest.raises(NotThere):
        cycle(session, strangers.id, opened.cycle.id)
    assert cycles(session, strangers.id) == []
    upload(session, strangers.id, "small.yaml", CRITERIA.encode(), by="B", now=NOW)
    with pytest.raises(Refused) as caught:
        create_cycle(session, strangers.id, plan_of(previous_id=opened.cycle.id), NOW)
    assert list(caught.value.fields) == ["previous_id"]


# Who is asked


def test_a_list_is_shown_before_it_is_taken_over(session):
    row = draft(session)
    plan = plan_respondents(session, row, listed(*PEOPLE))
    assert [each.code for each in plan.new] == ["s1", "s2", "l1", "j1"]
    assert (plan.new_units, dict(plan.by_form)) == (
        ("Plant", "Office"), {"staff": 2, "leaders": 1, "assessors": 1},
    )  # fmt: skip
    assert respondents(session, row) == []


def test_the_same_list_again_adds_nobody_and_a_longer_one_adds_the_rest(session):
    row = draft(session)
    add_respondents(session, row, listed(*PEOPLE), NOW)
    again = add_respondents(session, row, listed(*PEOPLE), NOW)
    assert (again.new, again.changed, again.known) == ((), (), 4)
    moved = add_respondents(session, row, listed("s1,staff,Office", "s9,staff,Plant"), NOW)
    assert [each.code for each in moved.changed] == ["s1"]
    assert [each.code for each in respondents(session, row)] == ["s1", "s2", "l1", "j1", "s9"]
    assert [unit.name for unit in units(session, row.organisation_id)] == ["Plant", "Office"]


def test_every_bad_row_of_a_list_is_named_and_nobody_is_added(session):
    row = draft(session)
    add_respondents(session, row, listed("s1,staff"), NOW)
    bad = listed("s1,staff", ",staff", "a,stuff", "b,staff", "b,staff", "x" * 201 + ",staff")
    with pytest.raises(FileRefused) as caught:
        add_respondents(session, row, bad, NOW)
    assert [problem.line for problem in caught.value.problems] == [3, 4, 6, 7]
    assert "Did you mean “staff”?" in str(caught.value)
    assert len(respondents(session, row)) == 1
    open_cycle(session, row, NOW)
    with pytest.raises(FileRefused, match="answers the form “staff” already"):
        add_respondents(session, row, listed("s1,leaders"), NOW)


def test_somebody_is_taken_off_a_draft_and_not_off_an_open_cycle(session):
    row = draft(session)
    add_respondents(session, row, listed(*PEOPLE), NOW)
    remove_respondent(session, row, respondents(session, row)[0].id)
    assert [each.code for each in respondents(session, row)] == ["s2", "l1", "j1"]
    with pytest.raises(NotThere):
        remove_respondent(session, row, new_id())
    open_cycle(session, row, NOW)
    with pytest.raises(Refused):
        remove_respondent(session, row, respondents(session, row)[0].id)


def test_latecomers_get_a_sheet_and_a_link_and_nobody_s_link_dies(session):
    opened = open_round(session)
    early = make_links(session, opened.cycle, NOW)
    add_respondents(session, opened.cycle, listed("late,staff"), NOW)
    [late] = make_links(session, opened.cycle, NOW)
    assert late.respondent.code == "late"
    for link in [*early, late]:
        assert open_sheet(session, link.secret, NOW).code == link.respondent.code
    kept = session.scalars(select(Respondent.pass_hash)).all()
    assert len(set(kept)) == 5
    assert all(late.secret.encode() not in each for each in kept)


def test_rotating_blocks_are_drawn_evenly(session):
    rotating = CRITERIA.replace(
        "scale: agreement, text: Rules are", "scale: agreement, block: A, text: Rules are"
    ).replace("scale: agreement, text: We hear", "scale: agreement, block: B, text: We hear")
    opened = open_round(session, [f"p{n},staff" for n in range(6)], rotating, forms=("staff",))
    drawn = [
        filling_of(session, opened, f"p{n}").places.slots & {"1.2-s1", "2.1-s1"} for n in range(6)
    ]
    assert drawn == [{"1.2-s1"}, {"2.1-s1"}] * 3


# How far it has come


def test_turnout_counts_by_unit_and_form_in_one_statement(engine, session):
    opened = open_round(session)
    for link in make_links(session, opened.cycle, NOW)[:2]:
        open_sheet(session, link.secret, NOW)
    session.flush()
    with counted_statements(engine) as sent:
        counts = turnout(session, opened.cycle)
    assert len(sent) == 1
    assert [
        (each.unit, each.form, each.invited, each.started, each.submitted) for each in counts
    ] == [
        ("Office", "staff", 1, 1, 0), ("Plant", "staff", 1, 1, 0),
        (None, "leaders", 1, 0, 0), (None, "assessors", 1, 0, 0),
    ]  # fmt: skip
    plant = next(each for each in units(session, opened.organisation_id) if each.name == "Plant")
    assert [each.unit for each in of_units(counts, [plant.id])] == ["Plant"]
    assert of_units(counts, []) == []
    assert of_units(counts, None) == counts


def test_the_checklist_tells_what_the_data_tell_and_keeps_the_rest_by_hand(session):
    opened = open_round(session)
    make_links(session, opened.cycle, NOW)
    said(session, opened, "l1", given("P.1", "Water", kind="text"))
    for _again in range(2):
        tick(session, opened.cycle, "pilot", "Ada", NOW)
    steps = {step.name: step for step in steps_of(session, opened)}
    assert [name for name, step in steps.items() if step.is_done] == [
        "purpose", "method", "key_factors", "pilot", "announce",
    ]  # fmt: skip
    assert str(steps["key_factors"].note) == "1 of 1"
    assert (steps["pilot"].by, steps["pilot"].at) == ("Ada", NOW)
    assert str(steps["answer"].note) == "0 of 4"
    untick(session, opened.cycle, "pilot")
    with pytest.raises(NotThere):
        tick(session, opened.cycle, "close", "Ada", NOW)
    assert not steps_of(session, opened)[3].is_done


def steps_of(session, opened):
    framework = edition_of_cycle(session, opened.cycle).framework
    factors = key_factors(session, opened.cycle, framework)
    return checklist(session, opened.cycle, turnout(session, opened.cycle), factors)


def test_key_factors_are_told_with_who_said_them_and_when_in_one_statement(engine, session):
    opened = open_round(session, ("l1,leader", "l2,leader", "s1,staff"))
    framework = edition_of_cycle(session, opened.cycle).framework
    said(session, opened, "l2", given("P.1", "Water", kind="text"), now=after(hours=1))
    said(session, opened, "l1", given("P.1", "Air", kind="text"))
    with counted_statements(engine) as sent:
        [factor] = key_factors(session, opened.cycle, framework)
    assert len(sent) == 1
    assert [(each.by, each.text, each.at) for each in factor.answers] == [
        ("l1", "Air", NOW), ("l2", "Water", after(hours=1)),
    ]  # fmt: skip
    assert forms_for_key_factors(framework, opened.cycle.forms) == ["leaders"]


# What does not apply


def test_an_item_set_aside_counts_nowhere_and_comes_back_with_every_answer(session):
    opened = open_round(session)
    framework = edition_of_cycle(session, opened.cycle).framework
    said(session, opened, "s1", given("1.2-s1", "4"))
    before = filling_of(session, opened, "s1")
    asked = before.progress.count.asked
    for _again in range(2):
        set_item_aside(session, opened.cycle, framework, "1.2", REASON, by="Ada", now=NOW)
    assert items_set_aside(opened.cycle)["1.2"] == SetAside(REASON, "Ada", NOW)
    aside = filling_of(session, opened, "s1")
    assert (asked, aside.progress.count.asked) == (4, 3)
    assert aside.progress.count.not_applicable == 1
    assert aside.sheet == before.sheet
    # Whoever had the page open keeps what they say, and a save writes no overlay of their own.
    said(session, opened, "s1", given("1.2-s1", "5", shown="4"), given("1.1-s1", "2"))
    take_item_back(session, opened.cycle, "1.2")
    back = filling_of(session, opened, "s1")
    assert (back.shown("1.2-s1"), back.progress.count.asked) == ("5", 4)
    assert back.sheet.not_applicable == frozenset()


def test_an_item_is_set_aside_for_a_reason_the_file_allows_and_before_the_closing(session):
    opened = open_round(session)
    framework = edition_of_cycle(session, opened.cycle).framework

    def aside(item, reason, framework=framework):
        set_item_aside(session, opened.cycle, framework, item, reason, by="Ada", now=NOW)

    for item, reason, field in (("1.2", "Because", "reason"), ("1.2", " ", "reason")):
        with pytest.raises(Refused) as caught:
            aside(item, reason)
        assert list(caught.value.fields) == [field]
    with pytest.raises(Refused, match="every item applies"):
        aside("1.2", REASON, replace(framework, not_applicable="never"))
    with pytest.raises(Refused, match="Choose an item"):
        aside("", REASON)
    with pytest.raises(NotThere):
        aside("9.9", REASON)
    aside("1.2", "Any words", replace(framework, not_applicable="any reason"))
    close_cycle(session, opened.cycle, NOW)
    session.refresh(opened.cycle)
    for deed in (
        lambda: aside("1.1", REASON),
        lambda: take_item_back(session, opened.cycle, "1.2"),
    ):
        with pytest.raises(CycleClosed):
            deed()


# Other criteria


def other_edition(session, row, text=OTHER):
    upload(session, row.organisation_id, "other.yaml", text.encode(), by="Ada", now=NOW)
    return edition_of(text.encode())


def test_another_file_tells_what_it_changes_and_moves_people_where_that_is_said(session):
    row = draft(session)
    add_respondents(session, row, listed(*PEOPLE), NOW)
    framework = edition_of(CRITERIA.encode()).framework
    set_item_aside(session, row, framework, "1.2", REASON, by="Ada", now=NOW)
    set_item_aside(session, row, framework, "2.1", REASON, by="Ada", now=NOW)
    edition = other_edition(session, row)
    plan = plan_switch(session, row, edition)
    assert (plan.kept, plan.gone, plan.offered) == (("staff", "assessors"), ("leaders",), ())
    assert (dict(plan.people), plan.applies) == ({"leaders": 1}, ("1.2",))
    switch_criteria(session, row, "uploaded/other.yaml", edition, {"staff": "assessors"})
    assert (row.criteria, row.forms) == ("uploaded/other.yaml", ["staff", "assessors"])
    assert list(row.set_aside) == ["2.1"]
    with pytest.raises(Refused, match="leaders"):
        open_cycle(session, row, NOW)
    # A list says what they answer instead, as long as it is a draft.
    [moved] = add_respondents(session, row, listed("l1,staff"), NOW).changed
    assert moved.form == "staff"
    open_cycle(session, row, NOW)
    assert [each.form for each in respondents(session, row)] == [
        "staff", "staff", "staff", "assessors",
    ]  # fmt: skip


def test_people_of_a_form_that_falls_away_answer_the_one_that_was_chosen(session):
    row = draft(session)
    add_respondents(session, row, listed(*PEOPLE), NOW)
    edition = other_edition(session, row)
    with pytest.raises(Refused):
        switch_criteria(session, row, "uploaded/other.yaml", edition, {"leaders": "leaders"})
    switch_criteria(session, row, "uploaded/other.yaml", edition, {"leaders": "staff"})
    assert [each.form for each in respondents(session, row)].count("staff") == 3
    open_cycle(session, row, NOW)
    with pytest.raises(Refused, match="fixed"):
        switch_criteria(session, row, "uploaded/small.yaml", edition, {})


def test_an_item_set_aside_that_the_file_lost_keeps_a_draft_from_opening(session):
    row = draft(session)
    add_respondents(session, row, listed("s1,staff"), NOW)
    framework = edition_of(CRITERIA.encode()).framework
    set_item_aside(session, row, framework, "1.2", REASON, by="Ada", now=NOW)
    upload(session, row.organisation_id, "small.yaml", OTHER.encode(), by="Ada", now=NOW)
    change_cycle(session, row, plan_of(forms=("staff",)), NOW)
    with pytest.raises(Refused) as caught:
        open_cycle(session, row, NOW)
    assert list(caught.value.fields) == ["set_aside"]
    take_item_back(session, row, "1.2")
    assert open_cycle(session, row, NOW).state == "open"
