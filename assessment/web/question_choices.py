"""What a question offers: its choices in the file's own words, and any answer as one says it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.core.framework import Slot
from assessment.core.scales import GRADES, Range
from assessment.services.fillings import Filling
from assessment.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered: what is sent, its word, and what it means."""

    value: str
    label: str
    text: str = ""


def choices_of(slot: Slot) -> list[Choice]:
    """What a slot offers, lowest first, in the file's own words."""
    if slot.kind == "criterion":
        return [Choice("yes", _("Yes")), Choice("no", _("No"))]
    scale = slot.scale
    if scale.answer == "conformity":
        return [Choice(grade, scale.label_of(place)) for place, grade in enumerate(GRADES)]
    texts = {level.number: level.text for level in scale.levels}
    return [
        Choice(
            str(value),
            scale.label_of(value) if scale.answer != "percent" else f"{value} %",
            texts.get(value, ""),
        )
        for value in slot.values
    ]


def steps_of(slot: Slot) -> list[tuple[Range | None, list[int]]]:
    """The percents a slot takes under the range each belongs to: the range is chosen first."""
    found: list[tuple[Range | None, list[int]]] = []
    for value in slot.values:
        described = slot.scale.range_of(Fraction(value))
        if not found or found[-1][0] is not described:
            found.append((described, []))
        found[-1][1].append(value)
    return found


def word_for(filling: Filling, place: str, kind: str, value: str) -> str:
    """A field's *value* as a person would say it."""
    if kind in {"mark", "waive"}:
        return _("set") if value else _("not set")
    if kind != "answer" or not value:
        return value or _("nothing")
    if value == "unknown":
        return _("I can't judge this")
    if value == "na":
        return _("Does not apply")
    slot = filling.framework.slots[filling.framework.position[place]]
    return next((each.label for each in choices_of(slot) if each.value == value), value)
