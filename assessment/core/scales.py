"""What is answered on: agreement, percent, levels, stages, conformity, free text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

AnswerKind = Literal["percent", "level", "met", "agreement", "conformity", "stage", "text"]

GRADES = ("conforming", "ofi", "minor", "major")
"""Grades of conformity, mildest first: the position is the number kept on a sheet."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A dimension an item is judged on beside its overall value, such as how far it is deployed."""

    id: str
    title: str
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Range:
    """A described step of a percent scale, both ends included; `texts` by attribute id."""

    start: int
    end: int
    label: str
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Level:
    """A described step of a level or stage scale."""

    number: int
    label: str
    text: str = ""


@dataclass(frozen=True)
class Scale:
    """What a question or an item is answered on.

    `lowest` and `highest` bound the answers; a `met` scale starts at 0, "not established",
    for an item whose first level already misses a criterion. Attributes may be given in larger
    steps than the item they belong to.
    """

    id: str
    answer: AnswerKind
    title: str = ""
    labels: tuple[str, ...] = ()
    favourable: frozenset[int] = frozenset()
    step: int = 5
    attributes: tuple[Attribute, ...] = ()
    ranges: tuple[Range, ...] = ()
    levels: tuple[Level, ...] = ()
    cap: str | None = None
    attribute_step: int | None = None

    @property
    def is_scored(self) -> bool:
        return self.answer != "text"

    @cached_property
    def values(self) -> tuple[int, ...]:
        """Every legal answer as the number kept on a sheet, lowest first."""
        match self.answer:
            case "percent":
                return tuple(range(0, 101, self.step))
            case "level" | "stage":
                return tuple(level.number for level in self.levels)
            case "agreement":
                return tuple(range(1, len(self.labels) + 1))
            case "conformity":
                return tuple(range(len(GRADES)))
            case "met":
                return (0, *(level.number for level in self.levels))
            case "text":
                return ()

    @property
    def attribute_values(self) -> tuple[int, ...]:
        """Every legal percent of an attribute, lowest first."""
        return tuple(range(0, 101, self.attribute_step or self.step))

    @property
    def lowest(self) -> int:
        return self.values[0]

    @property
    def highest(self) -> int:
        return self.values[-1]

    def label_of(self, value: int) -> str:
        """The file's word for *value*; the number itself where the file has none."""
        if self.answer == "agreement":
            return self.labels[value - 1]
        if self.answer == "conformity":
            return self.labels[value] if self.labels else GRADES[value]
        if self.answer == "percent":
            found = self.range_of(Fraction(value))
            return found.label if found else str(value)
        return next((level.label for level in self.levels if level.number == value), str(value))

    def range_of(self, percent: Fraction) -> Range | None:
        """The range *percent* falls in; a value between two ranges belongs to the lower one."""
        reached = [described for described in self.ranges if described.start <= percent]
        return reached[-1] if reached else None
