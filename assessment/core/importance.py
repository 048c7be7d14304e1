"""The house of quality: what customers require, and how much each item has to do with it.

A requirement weighs importance × (target ÷ now) × sales point. An item's importance is the sum,
over the requirements, of their relative weight × how strongly the item serves them: 9, 3 or 1.
Everything is an exact fraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

RELATIONS = (9, 3, 1)
SALES_POINTS = (Fraction(1), Fraction(6, 5), Fraction(3, 2))
HIGH, LOW = Fraction(4, 3), Fraction(2, 3)
"""Of an average share: from here on an item matters most, below there little. Our convention."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What customers want, in their words. `now` and `target` are marks of 1 to 5, if known."""

    id: str
    text: str
    importance: Fraction
    now: Fraction | None = None
    target: Fraction | None = None
    sales_point: Fraction = Fraction(1)

    @property
    def improvement(self) -> Fraction:
        """Target ÷ now; 1 where one of them is not known."""
        if self.now is None or self.target is None:
            return Fraction(1)
        return self.target / self.now

    @property
    def weight(self) -> Fraction:
        """The absolute weight."""
        return self.importance * self.improvement * self.sales_point


@dataclass(frozen=True, slots=True)
class Importance:
    """What an item's importance comes to; `share` is of all items, `weight` 1 to 3."""

    item: str
    value: Fraction
    share: Fraction
    weight: int


@dataclass(frozen=True)
class HouseOfQuality:
    """Requirements × items of a framework. `relations` are by requirement, then by item."""

    id: str
    title: str
    edition: str
    language: str
    sha256: str
    framework: str
    requirements: tuple[Requirement, ...]
    relations: Mapping[str, Mapping[str, int]]
    owner: str = ""
    notice: str = ""
    about: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The items that serve some requirement, in the order of the file."""
        return tuple(dict.fromkeys(item for own in self.relations.values() for item in own))

    @cached_property
    def relative(self) -> Mapping[str, Fraction]:
        """The share that each requirement has of all weights."""
        whole = sum((each.weight for each in self.requirements), Fraction(0))
        return {each.id: each.weight / whole for each in self.requirements}

    def relation(self, requirement: str, item: str) -> int:
        return self.relations.get(requirement, {}).get(item, 0)

    @cached_property
    def importance(self) -> Mapping[str, Importance]:
        """What each item matters, as customers see it; relative weights count in percent."""
        values = {
            item: sum(
                (
                    100 * self.relative[each.id] * self.relation(each.id, item)
                    for each in self.requirements
                ),
                Fraction(0),
            )
            for item in self.items
        }
        whole = sum(values.values(), Fraction(0))
        return {
            item: Importance(item, value, value / whole, _class(value / whole, len(values)))
            for item, value in values.items()
        }

    @cached_property
    def unmet(self) -> tuple[str, ...]:
        """Requirements that no item serves: empty rows."""
        return tuple(each.id for each in self.requirements if not self.relations.get(each.id))


def _class(share: Fraction, items: int) -> int:
    """3, 2 or 1 for the rule of priority: well above, about or well below an average share."""
    if share * items >= HIGH:
        return 3
    return 1 if share * items < LOW else 2
