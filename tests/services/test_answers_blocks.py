"""Rotating blocks in a cycle: drawn when sheets are made, evenly, and nothing else is asked."""

from __future__ import annotations

from collections import Counter

import pytest

from assessment.core.blocks import drawn_blocks
from assessment.services.answer_files import all_fillings, edition_of_cycle
from assessment.services.answers import save_answers
from assessment.services.errors import NotThere
from assessment.services.fillings import Filling
from assessment.services.invitations import add_respondents
from tests.rounds import CRITERIA, NOW, given, listed, open_round

BLOCKS = "ABC"
LINE = "          - {id: 1.1-s2, form: staff, scale: agreement, text: Leaders listen to us.}\n"


def rotating() -> str:
    """The small criteria with three blocks on the staff's form, the last longer than the others."""
    added = "".join(
        f"          - {{id: {block}{number}, form: staff, scale: agreement, block: {block},"
        f" text: Statement {number} of the block {block} is true of us here.}}\n"
        for block in BLOCKS
        for number in range(40 if block == "C" else 2)
    )
    return CRITERIA.replace(LINE, LINE + added)


def people(*sizes: int) -> list[str]:
    """So many of each unit, one unit after the other."""
    return [f"p{unit}-{n},staff,U{unit}" for unit, size in enumerate(sizes) for n in range(size)]


def mingled(*sizes: int) -> list[str]:
    """The same people, one of each unit in turn."""
    return sorted(people(*sizes), key=lambda one: one.partition(",")[0].partition("-")[2])


def fillings(session, made, form="staff") -> list[Filling]:
    edition = edition_of_cycle(session, made.cycle)
    return [one for one in all_fillings(session, made.cycle, edition) if one.sheet.group == form]


def draws(session, made) -> list[tuple[str | None, str]]:
    """The unit of each of the staff, and the one block they have drawn."""
    found = []
    for one in fillings(session, made):
        [block] = drawn_blocks(one.framework, one.sheet.values)
        found.append((one.sheet.unit, block))
    return found


def apart(blocks) -> int:
    counts = Counter(blocks)
    return max(counts[each] for each in BLOCKS) - min(counts[each] for each in BLOCKS)


@pytest.mark.parametrize("order", [people, mingled])
def test_blocks_are_drawn_evenly_by_all_and_within_each_unit(session, order):
    made = open_round(session, [*order(7, 3, 5, 2), "lea,leaders"], rotating())
    found = draws(session, made)
    assert len(found) == 17
    assert apart(block for _unit, block in found) <= 1
    for unit in ("U0", "U1", "U2", "U3"):
        assert apart(block for each, block in found if each == unit) <= 1


def test_other_forms_draw_nothing(session):
    made = open_round(session, ["lea,leaders", "sam,staff"], rotating())
    [leader] = fillings(session, made, "leaders")
    assert drawn_blocks(leader.framework, leader.sheet.values) == frozenset()


def test_who_is_added_later_draws_what_the_others_have_drawn_least(session):
    made = open_round(session, people(4), rotating())
    before = draws(session, made)
    for number in range(5):
        late = listed(f"late{number},staff,U0")
        add_respondents(session, made.cycle, late, NOW)
    found = draws(session, made)
    assert found[:4] == before, "nobody's sheet changes for it"
    assert apart(block for _unit, block in found) == 0


def test_what_was_not_drawn_is_not_there(session):
    made = open_round(session, people(3), rotating())
    for one in fillings(session, made):
        [block] = drawn_blocks(one.framework, one.sheet.values)
        mine, other = f"{block}0", f"{'B' if block == 'A' else 'A'}0"
        always = {"1.1-s1", "1.1-s2", "1.2-s1", "2.1-s1"}
        assert one.places.slots - always == {each for each in one.places.slots if each[0] == block}
        assert one.progress.count.asked == len(one.places.slots)
        assert other not in one.progress.open_places
        with pytest.raises(NotThere):
            save_answers(session, one, [given(other, "4")], NOW)
        assert save_answers(session, one, [given(mine, "4")], NOW).is_whole


def test_minutes_are_those_of_the_block_drawn(session):
    made = open_round(session, people(3), rotating())
    by_block = {
        block: one.minutes
        for one, (_unit, block) in zip(fillings(session, made), draws(session, made), strict=True)
    }
    assert by_block["A"] == by_block["B"] < by_block["C"] == one_form(session, made)


def one_form(session, made):
    """Minutes as they are told before anything is drawn: those of the longest block."""
    return edition_of_cycle(session, made.cycle).minutes["staff"]
