"""Measures of a cycle: typed in, changed by two people, read in from files, gone on with."""

from __future__ import annotations

import datetime
import uuid
import zlib
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from assessment.core.trend import Dated
from assessment.exchange.frozen import thaw
from assessment.exchange.rows import FileRefused
from assessment.services.cycle_reading import read_cycle
from assessment.services.cycles import create_cycle
from assessment.services.errors import NotAllowed, NotThere, Refused
from assessment.services.measure_files import (
    export_measures,
    import_measures,
    plan_measures,
    take_over,
    to_take_over,
)
from assessment.services.measures import (
    MeasureChanged,
    MeasuresFixed,
    add_measure,
    change_measure,
    measure,
    measures,
    measures_at,
    remove_measure,
)
from assessment.services.organisations import make_organisation
from assessment.services.permissions import Grant, Member
from assessment.services.releases import frozen_parts
from assessment.services.typed_measures import TypedMeasure
from assessment.store.tables import MeasureValue
from tests.databases import counted_statements
from tests.factories import make_framework, make_item
from tests.rounds import NOW, draft, given, open_round, plan_of, said

FRAMEWORK = make_framework(make_item("1.1"), make_item("1.2"), make_item("2.1"))
BURSTS = TypedMeasure(
    "2.1", "Bursts", "per 100 km", "lower", "10", "8,5", "Sector report",
    (("2025", "12,1"), ("", ""), ("2024", "12.50")),
)  # fmt: skip


def member(organisation_id: uuid.UUID, role="leader", units=None) -> Member:
    return Member(organisation_id, uuid.uuid4(), "Lea", "lea@example.org", (Grant(role, units),))


@pytest.fixture
def row(session):
    return draft(session)


@pytest.fixture
def lea(row):
    return member(row.organisation_id)


def titles(session, row) -> list[str]:
    return [each.series.title for each in measures(session, row, FRAMEWORK)]


def shown(session, row, series) -> tuple[uuid.UUID, int]:
    return uuid.UUID(series.id), measure(session, row, uuid.UUID(series.id)).version


def test_a_measure_is_kept_exactly_as_typed(session, row, lea):
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    [kept] = measures(session, row, FRAMEWORK)
    assert kept.series == series
    assert series.values == (
        Dated(datetime.date(2024, 12, 31), Fraction(25, 2)),
        Dated(datetime.date(2025, 12, 31), Fraction(121, 10)),
    )
    assert (series.target, series.comparison) == (10, Fraction(17, 2))
    assert (kept.version, kept.changed_by, kept.changed_at) == (1, "Lea", NOW)


def test_measures_stand_by_item_and_then_as_they_came(session, row, lea):
    for place, title in [("2.1", "b"), ("1.1", "c"), ("2.1", "a")]:
        add_measure(session, lea, row, FRAMEWORK, replace(BURSTS, place=place, title=title), NOW)
    assert titles(session, row) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"place": "9.9"}, {"place"}),
        ({"title": " "}, {"title"}),
        ({"title": "x" * 201}, {"title"}),
        ({"unit": "x" * 41}, {"unit"}),
        ({"direction": "up"}, {"direction"}),
        ({"target": "ten", "comparison": "1,234"}, {"target", "comparison"}),
        ({"source": "x" * 10_001}, {"source"}),
        ({"values": (("2025", "x"), ("soon", "1"))}, {"value-0", "day-1"}),
        ({"values": (("2025", "1"), ("2025-12-31", "1"))}, {"day-1"}),
        ({"values": (("2025", ""), ("", "1"))}, {"value-0", "day-1"}),
        ({"values": tuple((str(1900 + n), "1") for n in range(61))}, {"values"}),
    ],
)
def test_everything_that_is_wrong_is_named_by_its_field(session, row, lea, change, wrong):
    with pytest.raises(Refused) as refused:
        add_measure(session, lea, row, FRAMEWORK, replace(BURSTS, **change), NOW)
    assert set(refused.value.fields) == wrong
    assert titles(session, row) == []


def test_an_item_has_a_title_only_once(session, row, lea):
    add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    add_measure(session, lea, row, FRAMEWORK, replace(BURSTS, place="1.1"), NOW)
    with pytest.raises(Refused) as refused:
        add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    assert set(refused.value.fields) == {"title"}


def test_a_change_takes_values_away_and_adds_others(session, row, lea):
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    later = replace(BURSTS, target="", values=(("2026", "11"),))
    change_measure(session, lea, row, FRAMEWORK, shown(session, row, series), later, NOW)
    [kept] = measures(session, row, FRAMEWORK)
    assert (kept.version, kept.series.target) == (2, None)
    assert [each.value for each in kept.series.values] == [11]


def test_who_saw_an_older_version_changes_nothing_and_is_shown_the_newer(session, row, lea):
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    old = shown(session, row, series)
    change_measure(session, lea, row, FRAMEWORK, old, replace(BURSTS, target="9"), NOW)
    with pytest.raises(MeasureChanged) as refused:
        change_measure(session, lea, row, FRAMEWORK, old, replace(BURSTS, target="7"), NOW)
    assert (refused.value.kept.version, refused.value.kept.series.target) == (2, 9)
    assert measure(session, row, old[0]).series.target == 9


def test_sending_the_same_again_is_no_change_and_no_conflict(session, row, lea):
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    old = shown(session, row, series)
    for _time in range(2):
        change_measure(session, lea, row, FRAMEWORK, old, replace(BURSTS, target="9"), NOW)
    assert measure(session, row, old[0]).version == 2


def test_a_removed_measure_is_gone_with_its_values(session, row, lea):
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    remove_measure(session, lea, row, shown(session, row, series))
    assert titles(session, row) == []
    assert session.scalar(select(func.count()).select_from(MeasureValue)) == 0


def test_an_older_version_is_not_removed(session, row, lea):
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    old = shown(session, row, series)
    change_measure(session, lea, row, FRAMEWORK, old, replace(BURSTS, target="9"), NOW)
    with pytest.raises(MeasureChanged):
        remove_measure(session, lea, row, old)


def test_another_organisation_s_measure_is_not_there(session, row, lea):
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    strangers = make_organisation(session, "South", NOW)
    other = create_cycle(session, strangers.id, plan_of(criteria="shipped/baldrige-2023.yaml"), NOW)
    with pytest.raises(NotThere):
        measure(session, other, uuid.UUID(series.id))
    with pytest.raises(NotThere):
        change_measure(
            session, member(strangers.id), other, FRAMEWORK, (uuid.UUID(series.id), 1), BURSTS, NOW
        )
    assert measures(session, other, FRAMEWORK) == []


@pytest.mark.parametrize("role", ["leader", "consultant", "administrator"])
def test_who_has_a_role_for_the_whole_organisation_may(session, row, role):
    add_measure(session, member(row.organisation_id, role), row, FRAMEWORK, BURSTS, NOW)
    assert titles(session, row) == ["Bursts"]


def test_a_leader_of_one_unit_may_not(session, row):
    somebody = member(row.organisation_id, "leader", frozenset({uuid.uuid4()}))
    with pytest.raises(NotAllowed):
        add_measure(session, somebody, row, FRAMEWORK, BURSTS, NOW)
    with pytest.raises(NotAllowed):
        import_measures(session, somebody, row, FRAMEWORK, b"", "m.csv", NOW)


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_nothing_changes_any_more_from_the_closing_on(session, state):
    opened = open_round(session)
    row, lea = opened.cycle, member(opened.organisation_id)
    series = add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    row.state = state
    session.flush()
    old = (uuid.UUID(series.id), 1)
    for deed in (
        lambda: add_measure(session, lea, row, FRAMEWORK, replace(BURSTS, title="b"), NOW),
        lambda: change_measure(session, lea, row, FRAMEWORK, old, replace(BURSTS, unit="x"), NOW),
        lambda: remove_measure(session, lea, row, old),
        lambda: import_measures(session, lea, row, FRAMEWORK, b"", "m.csv", NOW),
        lambda: take_over(session, lea, row, FRAMEWORK, row, NOW),
    ):
        with pytest.raises(MeasuresFixed):
            deed()
    assert [each.series for each in measures(session, row, FRAMEWORK)] == [series]


# Files


FILE = (
    b"item,title,unit,direction,date,value,target,comparison,source\n"
    b"2.1,Bursts,,lower,2025,13,,,\n"
    b"2.1,Bursts,,,2026,11.75,,,\n"
    b"1.1,Talks,a year,higher,2026,4,,,\n"
)


def test_a_file_shows_what_it_would_do_and_does_nothing_yet(session, row, lea):
    add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    plan = plan_measures(session, row, FRAMEWORK, FILE, "m.csv")
    assert [each.title for each in plan.new] == ["Talks"]
    assert [(each.what, each.before, each.after) for each in plan.changes] == [
        ("2025-12-31", "12.1", "13"),
        ("2026-12-31", "", "11.75"),
    ]
    assert titles(session, row) == ["Bursts"]


def test_a_file_takes_nothing_back_and_read_twice_changes_nothing(session, row, lea):
    add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    import_measures(session, lea, row, FRAMEWORK, FILE, "m.csv", NOW)
    bursts = next(each for each in measures(session, row, FRAMEWORK) if each.series.place == "2.1")
    assert bursts.version == 2
    assert bursts.series.target == 10
    assert [str(each.value) for each in bursts.series.values] == ["25/2", "13", "47/4"]
    again = import_measures(session, lea, row, FRAMEWORK, FILE, "m.csv", NOW)
    assert (again.changes_nothing, again.unchanged) == (True, 2)


def test_what_is_exported_can_be_read_in_elsewhere(session, row, lea):
    import_measures(session, lea, row, FRAMEWORK, FILE, "m.csv", NOW)
    text = export_measures(session, row, FRAMEWORK)
    other = create_cycle(session, row.organisation_id, plan_of(title="Other"), NOW)
    import_measures(session, lea, other, FRAMEWORK, text.encode(), "m.csv", NOW)
    assert export_measures(session, other, FRAMEWORK) == text


def test_a_bad_row_refuses_the_whole_file(session, row, lea):
    with pytest.raises(FileRefused, match=r"m\.csv:5:1"):
        import_measures(
            session, lea, row, FRAMEWORK, FILE + b"9.9,X,,lower,2026,4,,,\n", "m.csv", NOW
        )
    assert titles(session, row) == []


def test_a_series_that_would_grow_too_long_is_refused(session, row, lea):
    many = replace(BURSTS, values=tuple((str(1900 + n), "1") for n in range(60)))
    add_measure(session, lea, row, FRAMEWORK, many, NOW)
    with pytest.raises(FileRefused, match="would have 62 values"):
        plan_measures(session, row, FRAMEWORK, FILE, "m.csv")


# On from cycle to cycle, and beside the item


def test_a_cycle_goes_on_with_the_measures_of_the_last_one(session, row, lea):
    import_measures(session, lea, row, FRAMEWORK, FILE, "m.csv", NOW)
    after = create_cycle(session, row.organisation_id, plan_of(title="Next"), NOW)
    add_measure(session, lea, after, FRAMEWORK, replace(BURSTS, title="Bursts"), NOW)
    assert [each.title for each in to_take_over(session, after, FRAMEWORK, row)] == ["Talks"]
    assert take_over(session, lea, after, FRAMEWORK, row, NOW) == 1
    assert titles(session, after) == ["Talks", "Bursts"]
    assert take_over(session, lea, after, FRAMEWORK, row, NOW) == 0
    assert titles(session, row) == ["Talks", "Bursts"]


def test_a_measure_at_an_item_that_is_gone_stays_behind(session, row, lea):
    add_measure(session, lea, row, FRAMEWORK, BURSTS, NOW)
    after = create_cycle(session, row.organisation_id, plan_of(title="Next"), NOW)
    smaller = make_framework(make_item("1.1"))
    assert to_take_over(session, after, smaller, row) == ()


def test_measures_are_frozen_with_the_whole_and_not_with_a_unit(session):
    opened = open_round(session)
    lea = member(opened.organisation_id)
    series = add_measure(session, lea, opened.cycle, FRAMEWORK, BURSTS, NOW)
    said(session, opened, "s1", given("1.1-s1", "4"))
    read = read_cycle(session, opened.cycle, "interim", NOW)
    whole, *units = (
        thaw(zlib.decompress(part.packed), read.framework).release for part in frozen_parts(read)
    )
    assert whole.measures == (series,)
    assert units
    assert [unit.measures for unit in units] == [()] * len(units)


def test_the_series_of_an_item_are_read_with_one_statement(session, engine, row, lea):
    import_measures(session, lea, row, FRAMEWORK, FILE, "m.csv", NOW)
    session.flush()
    with counted_statements(engine) as sent:
        found = measures_at(session, row.organisation_id, row.id, "2.1")
    assert [each.title for each in found] == ["Bursts"]
    assert len(sent) == 1
