"""One respondent's answers: a byte for each slot of the edition, and how far they have come."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
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


def completeness(values: Iterable[int]) -> Fraction | None:
    """(Values and "can't judge") ÷ (asked − not applicable); None where nothing was to answer.

    "Can't judge" is an answer: it tells something about deployment. An answer that was left out
    is not, and must not hide behind the mean of the others.
    """
    asked = [value for value in values if value not in (NOT_ASKED, NOT_APPLICABLE)]
    if not asked:
        return None
    return Fraction(sum(value != NOT_ANSWERED for value in asked), len(asked))


def blocks_of(framework: Framework, form_id: str) -> tuple[str, ...]:
    """The rotating blocks of a form, of which each respondent draws one."""
    places = framework.asks(form_id) if form_id in framework.forms else ()
    return tuple(sorted({block for place in places if (block := _block(framework, place))}))


def drawn_sheet(
    framework: Framework, respondent: str, group: str, unit: str | None, turn: int
) -> Sheet:
    """An empty sheet on which one of the form's rotating blocks is asked, the others are not.

    *turn* counts the people of a form, so that every block is drawn equally often.
    """
    sheet = blank_sheet(framework, respondent, group, unit)
    blocks = blocks_of(framework, group)
    if not blocks:
        return sheet
    drawn = blocks[turn % len(blocks)]
    values = bytearray(sheet.values)
    for place in _asked(sheet):
        if _block(framework, place) not in (None, drawn):
            values[place] = NOT_ASKED
    return replace(sheet, values=bytes(values))


def _asked(sheet: Sheet) -> list[int]:
    return [place for place, value in enumerate(sheet.values) if value != NOT_ASKED]


def _block(framework: Framework, place: int) -> str | None:
    question = framework.slots[place].question
    return question.block if question else None


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


@dataclass(frozen=True, slots=True)
class Places:
    """Where one respondent may write: scored slots, questions in words, and the items they see."""

    slots: frozenset[str]
    texts: frozenset[str]
    items: frozenset[str]
    judges: bool

    def __contains__(self, place: str) -> bool:
        return place in self.slots or place in self.texts or place in self.items


def places_of(framework: Framework, sheet: Sheet) -> Places:
    """The places of a sheet. Key factors are asked of those who lead, not of staff or judges."""
    slots = [framework.slots[place] for place in _asked(sheet)]
    form = framework.forms.get(sheet.group)
    worded = [
        (item.id, question.id)
        for item in framework.items
        for question in item.questions
        if form is not None and form.id in question.forms and not question.scale.is_scored
    ]
    texts = {question for _, question in worded}
    if form is not None and form.id != STAFF and not form.judges:
        texts |= {question.id for question in framework.context}
    return Places(
        frozenset(slot.key for slot in slots),
        frozenset(texts),
        frozenset({slot.item.id for slot in slots} | {item for item, _ in worded}),
        form is not None and form.judges,
    )


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
