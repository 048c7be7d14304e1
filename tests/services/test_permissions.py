"""One table: which role may do what, and in which units."""

from __future__ import annotations

import uuid
from typing import get_args

import pytest

from assessment.services.errors import NotAllowed
from assessment.services.permissions import (
    DEEDS,
    Deed,
    Grant,
    Member,
    may,
    need,
    units_of,
    with_those_below,
)

WORKS, PLANT, SHIFT, OFFICE = (uuid.UUID(int=number) for number in range(1, 5))
PARENTS = {WORKS: None, PLANT: WORKS, SHIFT: PLANT, OFFICE: None}


def member(*grants: Grant) -> Member:
    return Member(uuid.UUID(int=9), uuid.UUID(int=8), "Ada", "ada@example.org", grants)


def test_every_deed_is_somebody_s_and_every_role_has_deeds_of_the_list():
    given = frozenset().union(*DEEDS.values())
    assert given == frozenset(get_args(Deed))
    assert set(DEEDS) == {"leader", "consultant", "administrator"}


def test_a_leader_looks_and_decides_and_does_not_run():
    leader = member(Grant("leader"))
    running: tuple[Deed, ...] = (
        "run_cycles", "invite_respondents", "move_answers", "see_criteria", "upload_criteria",
        "manage_units", "see_people", "manage_people",
    )  # fmt: skip
    assert [deed for deed in running if may(leader, deed)] == []
    assert may(leader, "see_results")
    with pytest.raises(NotAllowed, match="Your role"):
        need(leader, "run_cycles")


def test_a_leader_of_a_unit_sees_it_and_those_below():
    leader = member(Grant("leader", with_those_below(PARENTS, [PLANT])))
    assert units_of(leader, "see_results") == {PLANT, SHIFT}
    assert may(leader, "see_results")
    assert may(leader, "see_results", SHIFT)
    assert not may(leader, "see_results", WORKS)
    assert not may(leader, "see_results", OFFICE)


def test_a_wider_role_beats_a_narrow_one():
    both = member(Grant("leader", frozenset({SHIFT})), Grant("consultant"))
    assert units_of(both, "see_results") is None
    assert may(both, "see_results", OFFICE)


def test_nobody_does_nothing():
    assert not any(may(member(), deed) for deed in get_args(Deed))
    assert units_of(member(), "see_results") == frozenset()


def test_units_that_run_in_a_circle_end():
    assert with_those_below({WORKS: PLANT, PLANT: WORKS}, [WORKS]) == {WORKS, PLANT}
