"""One respondent's answers: a byte for each slot of the edition."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from assessment.core.framework import STAFF, Framework, Slot

NOT_APPLICABLE = 252
CANT_JUDGE = 253
NOT_ANSWERED = 254
NOT_ASKED = 255
HIGHEST_VALUE = 100
"""Any byte up to this one is a value; the four above are the ways of giving none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one respondent said. `values` follows `Framework.slots`.

    `not_applicable` are the ids of whole items that do not apply to them: an overlay, so that
    taking it back brings every answer back.
    """

    respondent: str
    group: str
    unit: str | None
    values: bytes
    not_applicable: frozenset[str] = field(default_factory=frozenset)

    def with_values(self, framework: Framework, given: Mapping[str, int]) -> Sheet:
        """This sheet with the values *given* by slot key in place of what stood there."""
        values = bytearray(self.values)
        for key, value in given.items():
            values[framework.position[key]] = value
        return replace(self, values=bytes(values))


def blank_sheet(
    framework: Framework, respondent: str, group: str = STAFF, unit: str | None = None
) -> Sheet:
    """An empty sheet: *not answered* where the group's form asks, *not asked* everywhere else."""
    values = bytearray([NOT_ASKED]) * len(framework.slots)
    if group in framework.forms:
        for place in framework.asks(group):
            values[place] = NOT_ANSWERED
    return Sheet(respondent, group, unit, bytes(values))


Key = TypeVar("Key", bound=Hashable)


def merge(
    values: Mapping[Key, str], edits: Iterable[tuple[Key, str, str]]
) -> tuple[dict[Key, str], dict[Key, str]]:
    """What *edits* (key, what the field showed, what it holds now) write, and where they collide.

    A field nobody touched writes nothing, so that a stale page cannot take anything back. One that
    was touched writes where what it showed still stands; where not, what stands is returned beside
    it. An edit that was made already is no collision: the same save twice changes nothing more.
    """
    written: dict[Key, str] = {}
    collisions: dict[Key, str] = {}
    for key, shown, given in edits:
        stands = written.get(key, values.get(key, ""))
        if given in (shown, stands):
            continue
        if shown == stands:
            written[key] = given
            collisions.pop(key, None)
        else:
            collisions[key] = stands
    changed = {key: text for key, text in written.items() if text != values.get(key, "")}
    return changed, collisions


def unchanged_slots(before: Framework, now: Framework) -> tuple[tuple[str, int], ...]:
    """Slots that ask the same in both editions: each key with its place on a sheet of *before*.

    The same id alone is not enough: a statement that was reworded is another one.
    """
    return tuple(
        (slot.key, place)
        for slot in now.slots
        if (place := before.position.get(slot.key)) is not None
        and _asks(slot) == _asks(before.slots[place])
    )


def _asks(slot: Slot) -> tuple[object, ...]:
    words = slot.question.text if slot.question else (slot.item.title, slot.item.about)
    if slot.kind == "criterion":
        words = next(
            criterion.text
            for level in slot.item.levels
            for criterion in level.criteria
            if criterion.id == slot.key
        )
    return slot.kind, words, slot.scale.answer, slot.values, slot.scale.labels
