"""What a page is made of: tables, figures, labelled facts. Every cell is text, ready to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from assessment.reporting.marks import Chart

T = TypeVar("T")
ColumnKind = Literal["text", "number", "mark"]

WHOLE_ROWS = 14
"""A table of at most so many rows is never divided between pages."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` is a share of the table in percent."""

    title: str
    width: float
    kind: ColumnKind = "number"


@dataclass(frozen=True, slots=True)
class Row:
    """The row's head and its other cells. A `strong` row sums up the others.

    `steps` names a colour of the difference scale for each cell, where the table has colours.
    `stands` is the place of the one cell that is marked as where the row stands.
    `whys` names for each cell the place where its figure is explained, for the screen.
    """

    head: str
    cells: tuple[str, ...]
    strong: bool = False
    steps: tuple[int | None, ...] = ()
    whys: tuple[str, ...] = ()
    stands: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption: what it says, for whom, of how many."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    style: str = ""

    @property
    def is_short(self) -> bool:
        return len(self.rows) <= WHOLE_ROWS


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart under its finding; the caption says what is drawn, for whom, n, and when."""

    title: str
    caption: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of an item's opening line, and what it is."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the appendix that is tables and figures under one finding."""

    anchor: str
    title: str
    headline: str
    lead: tuple[str, ...] = ()
    blocks: tuple[Figure | Table, ...] = ()


def anchor(kind: str, place: str) -> str:
    """The id of an element that stands for *place*: ids of criteria may hold any sign."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9.-]', lambda sign: f'_{ord(sign[0]):x}', place)}"


def columns(first: str, first_width: float, *others: str) -> tuple[Column, ...]:
    """A column of row heads, and number columns that share the rest alike."""
    width = (100 - first_width) / max(1, len(others))
    return Column(first, first_width, "text"), *(Column(title, width) for title in others)


def chunks(values: Sequence[T], size: int) -> tuple[Sequence[T], ...]:
    """*values* in pieces of at most *size*, as even as they can be."""
    if not values:
        return ()
    pieces = -(-len(values) // size)
    even = -(-len(values) // pieces)
    return tuple(values[start : start + even] for start in range(0, len(values), even))
