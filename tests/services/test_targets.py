"""Targets with a reason and a day, and what leaders say each item matters."""

from __future__ import annotations

import datetime
import uuid

import pytest

from assessment.core.findings import Target
from assessment.services.errors import NotAllowed, NotThere, Refused
from assessment.services.people import invite_person
from assessment.services.permissions import Grant, Member
from assessment.services.targets import (
    TargetChanged,
    TypedTarget,
    importance,
    kept_targets,
    set_target,
    targets,
    vote,
)
from tests.factories import make_framework, make_item
from tests.rounds import NOW, draft

FRAMEWORK = make_framework(make_item("1.1", points=40), make_item("1.2", points=60))
AIM = TypedTarget("55", "1", "The board asked for it.", "2027-06-30")


@pytest.fixture
def row(session):
    return draft(session)


@pytest.fixture
def leaders(session, row):
    found = []
    for number in range(4):
        email = f"l{number}@example.org"
        person = invite_person(session, row.organisation_id, email, "Lea", "leader", now=NOW)
        found.append(member(row, person.id))
    return found


def member(row, person=None, role="leader", units=None) -> Member:
    return Member(
        row.organisation_id, person or uuid.uuid4(), "Lea", "lea@example.org", (Grant(role, units),)
    )


def test_a_target_is_kept_with_its_reason_and_its_day(session, row):
    kept = set_target(session, member(row), row, FRAMEWORK, ("1.1", 0), AIM, NOW)
    assert kept is not None
    assert (kept.target, kept.effort, kept.version, kept.set_by) == (55, 1, 1, "Lea")
    assert kept.due_on == datetime.date(2027, 6, 30)
    assert targets(session, row, FRAMEWORK) == {
        "1.1": Target("1.1", kept.target, 2, 1, "The board asked for it.", "2027-06-30")
    }


def test_an_empty_target_takes_it_away(session, row):
    set_target(session, member(row), row, FRAMEWORK, ("1.1", 0), AIM, NOW)
    gone = TypedTarget("", "2", "", "")
    assert set_target(session, member(row), row, FRAMEWORK, ("1.1", 1), gone, NOW) is None
    assert kept_targets(session, row) == {}


def test_a_target_set_meanwhile_is_not_overwritten_unseen(session, row):
    set_target(session, member(row), row, FRAMEWORK, ("1.1", 0), AIM, NOW)
    with pytest.raises(TargetChanged) as refused:
        set_target(
            session, member(row), row, FRAMEWORK, ("1.1", 0), TypedTarget("70", "2", "", ""), NOW
        )
    assert refused.value.kept is not None
    assert refused.value.kept.target == 55


def test_the_same_target_again_changes_nothing(session, row):
    for _ in range(2):
        kept = set_target(session, member(row), row, FRAMEWORK, ("1.1", 0), AIM, NOW)
    assert kept is not None
    assert kept.version == 1


@pytest.mark.parametrize("typed", ["101", "-1", "nan", "1e400", "half"])
def test_a_target_is_a_percent(session, row, typed):
    with pytest.raises(Refused) as refused:
        set_target(
            session, member(row), row, FRAMEWORK, ("1.1", 0), TypedTarget(typed, "2", "", ""), NOW
        )
    assert list(refused.value.fields) == ["target"]


def test_all_that_is_wrong_is_named_at_once(session, row):
    wrong = TypedTarget("200", "9", "x" * 10_001, "soon")
    with pytest.raises(Refused) as refused:
        set_target(session, member(row), row, FRAMEWORK, ("1.1", 0), wrong, NOW)
    assert sorted(refused.value.fields) == ["due_on", "effort", "reason", "target"]


def test_there_is_no_target_for_what_is_not_there(session, row):
    with pytest.raises(NotThere):
        set_target(session, member(row), row, FRAMEWORK, ("9.9", 0), AIM, NOW)


@pytest.mark.parametrize(
    ("role", "units"),
    [("leader", frozenset({uuid.uuid4()})), ("consultant", None), ("administrator", None)],
)
def test_only_who_leads_the_whole_sets_targets(session, row, role, units):
    who = member(row, role=role, units=units)
    with pytest.raises(NotAllowed):
        set_target(session, who, row, FRAMEWORK, ("1.1", 0), AIM, NOW)
    with pytest.raises(NotAllowed):
        vote(session, who, row, FRAMEWORK, {"1.1": "3"}, NOW)


@pytest.mark.parametrize(
    ("given", "together"), [([], 2), ([3], 3), ([1, 3], 1), ([1, 2, 3], 2), ([2, 3, 3, 3], 3)]
)
def test_importance_is_the_lower_middle_of_the_votes(given, together):
    assert importance({uuid.uuid4(): weight for weight in given}) == together


def test_every_leader_has_one_vote_and_may_take_it_back(session, row, leaders):
    for leader, weight in zip(leaders, ("3", "3", "1"), strict=False):
        vote(session, leader, row, FRAMEWORK, {"1.1": weight}, NOW)
    assert targets(session, row, FRAMEWORK)["1.1"].importance == 3
    vote(session, leaders[0], row, FRAMEWORK, {"1.1": ""}, NOW)
    assert targets(session, row, FRAMEWORK)["1.1"].importance == 1


def test_a_vote_without_a_target_weighs_the_next_step(session, row, leaders):
    vote(session, leaders[0], row, FRAMEWORK, {"1.2": "3"}, NOW)
    found = targets(session, row, FRAMEWORK)["1.2"]
    assert (found.target, found.importance) == (None, 3)


def test_another_organisation_has_its_own_targets(session, row):
    other = draft(session)
    set_target(session, member(row), row, FRAMEWORK, ("1.1", 0), AIM, NOW)
    assert kept_targets(session, other) == {}
