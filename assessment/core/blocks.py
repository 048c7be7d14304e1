"""Rotating blocks: a respondent draws one of a form's, and all are drawn equally often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from assessment.core.framework import Framework
from assessment.core.sheet import NOT_ASKED, Sheet

Unit = TypeVar("Unit", bound=Hashable)


def blocks_of(framework: Framework, form_id: str) -> tuple[str, ...]:
    """The blocks that rotate on a form, by name; a block that asks in words only does not."""
    places = framework.asks(form_id) if form_id in framework.forms else ()
    return tuple(sorted({block for place in places if (block := block_at(framework, place))}))


def drawn_blocks(framework: Framework, values: bytes) -> frozenset[str]:
    """The blocks that a sheet of these *values* asks; more than one where somebody imported it."""
    asked = (place for place, value in enumerate(values) if value != NOT_ASKED)
    return frozenset(block for place in asked if (block := block_at(framework, place)))


def drawn_sheet(framework: Framework, sheet: Sheet, block: str) -> Sheet:
    """*sheet* with the questions of *block* asked, and those of no other."""
    values = bytearray(sheet.values)
    for place in range(len(values)):
        if block_at(framework, place) not in (None, block):
            values[place] = NOT_ASKED
    return replace(sheet, values=bytes(values))


def deal(
    blocks: tuple[str, ...], waiting: Iterable[Unit], dealt: Iterable[tuple[Unit, str]] = ()
) -> Iterator[str]:
    """A block for each who is *waiting*, named by their units, beside what has been *dealt*.

    It is the one drawn least often by all, then least often in the unit: no two blocks are ever
    more than one apart. Whoever wants them spread within units brings units one after the other.
    """
    dealt = list(dealt)
    drawn = Counter(block for _unit, block in dealt)
    in_unit = Counter(dealt)
    for unit in waiting:
        block = min(blocks, key=lambda each: (drawn[each], in_unit[unit, each]))
        drawn[block] += 1
        in_unit[unit, block] += 1
        yield block


def block_at(framework: Framework, place: int) -> str | None:
    """The block of the question at *place* of a sheet, if it rotates."""
    question = framework.slots[place].question
    return question.block if question else None
