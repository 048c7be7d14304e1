"""What is wrong with a criteria file, where, and in words: one line a problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Severity = Literal["error", "warning", "note"]
Address: TypeAlias = tuple[str | int, ...]
"""The way to a value from the top of a file: names of fields, and positions in lists from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file as an editor counts it: line and column from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one file; `rule` is an id of `rulebook.RULES`."""

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity}: {self.sentence} [{self.rule}]"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before its line is known: the value at `address`, or that value's name (`at_key`).

    `missing` is the id or the field that was looked for in vain, if that is what was found.
    """

    address: Address
    rule: str
    sentence: str
    severity: Severity = "error"
    at_key: bool = False
    missing: str | None = None


class Refused(Exception):
    """The file cannot be read beyond this place."""

    def __init__(self, place: Place, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place
        self.rule = rule
        self.sentence = sentence


class CriteriaError(Exception):
    """A criteria file has errors, so there is no framework to work with."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def at_start(path: str | Path, rule: str, sentence: str) -> Problem:
    """An error of a whole file, which has no better place than the file's beginning."""
    return Problem(str(path), START.line, START.column, "error", rule, sentence)


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of one file in the order in which they stand in it."""
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
