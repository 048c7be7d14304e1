"""Where one respondent may write: what their form asks, less the blocks they did not draw."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.core.blocks import blocks_of, drawn_blocks
from assessment.core.framework import STAFF, Framework
from assessment.core.sheet import NOT_ASKED, Sheet


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
    slots = [
        slot
        for slot, value in zip(framework.slots, sheet.values, strict=True)
        if value != NOT_ASKED
    ]
    form = framework.forms.get(sheet.group)
    out = _left_out(framework, sheet)
    worded = [
        (item.id, question.id)
        for item in framework.items
        for question in item.questions
        if form is not None
        and form.id in question.forms
        and not question.scale.is_scored
        and question.block not in out
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


def _left_out(framework: Framework, sheet: Sheet) -> set[str]:
    return set(blocks_of(framework, sheet.group)) - drawn_blocks(framework, sheet.values)
