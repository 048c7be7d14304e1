"""What a chart says, before anybody draws it: one description for paper, screen and table.

Percents, levels and points are exact fractions; None means that there is no figure, and `state`
says why. Present is a filled dot, target a hollow diamond, last cycle a small grey dot, a
reference an upright stroke, staff a circle, leaders a square, assessors a triangle, in every chart.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.trace import State


@dataclass(frozen=True, slots=True)
class Span:
    """The scale a chart is drawn on, the same wherever charts are compared; starts at zero."""

    highest: int
    unit: str
    """"%" or "level"."""
    ticks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A category, item or element: assessed present, perceived, target, last cycle, reference."""

    id: str
    label: str
    state: State
    present: Fraction | None = None
    target: Fraction | None = None
    previous: Fraction | None = None
    perceived: Fraction | None = None
    reference: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A radar for up to nine axes, level bars with the same marks beyond."""

    alt: str
    span: Span
    rows: tuple[ProfileRow, ...]
    as_rows: bool = False
    """Rows of marks even where a radar could be read."""


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """How several groups see one thing: percent by group (None: not answered), joined by a line."""

    id: str
    label: str
    percents: Mapping[str, Fraction | None]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Things seen by several groups, each on its row."""

    alt: str
    span: Span
    groups: tuple[str, ...]
    rows: tuple[DumbbellRow, ...]


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """Answers to one question; `counts` in the order of the scale, lowest first."""

    id: str
    label: str
    counts: tuple[int, ...]
    unknown: int
    n: int
    favourable: Fraction | None
    previous: Fraction | None = None
    state: State = "scored"


@dataclass(frozen=True, slots=True)
class Distribution:
    """Stacked bars of 100 %, one a question, on a scale of a few labelled steps."""

    alt: str
    labels: tuple[str, ...]
    favourable: frozenset[int]
    """Positions on the scale, counted from 1, that count as favourable."""
    rows: tuple[DistributionRow, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """What one unit says of one category; `n` people said it."""

    state: State
    percent: Fraction | None
    n: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows (units by name) × columns (categories), read against the value of the whole."""

    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    whole: tuple[Fraction | None, ...] = ()
    """The value of the whole, column by column; without it cells carry no colour."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """From present to target. `worth` is what closing it wins, in words ("+26 points")."""

    id: str
    label: str
    present: Fraction
    target: Fraction
    previous: Fraction | None
    is_chosen: bool
    worth: str
    when: str


@dataclass(frozen=True, slots=True)
class GapRanking:
    """Gaps in the order in which they are to be closed."""

    alt: str
    span: Span
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class BandStep:
    """One rung: what it is called, and from where to where it goes, in words."""

    label: str
    bounds: str


@dataclass(frozen=True, slots=True)
class BandLadder:
    """Classes of summed points, lowest first; `reached` counts from 1, None where there is none."""

    alt: str
    title: str
    steps: tuple[BandStep, ...]
    reached: int | None
    points: Fraction | None


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """Judgements of one item by several judges, and what was agreed."""

    id: str
    label: str
    values: tuple[Fraction, ...]
    agreed: Fraction | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Items on which judges may differ, each on its row."""

    alt: str
    span: Span
    rows: tuple[SpreadRow, ...]


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """The figure of one day; `when` and `text` are how its period and value are written."""

    on: datetime.date
    value: Fraction
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A measure over time, the oldest value first, with target and somebody else's figure.

    The one chart whose scale is its own and does not begin at zero: units differ from line to line,
    and what counts is the way. Its first and last value are written beside it.
    """

    alt: str
    label: str
    points: tuple[SparkPoint, ...]
    target: Fraction | None = None
    comparison: Fraction | None = None


Chart = Profile | Dumbbell | Distribution | HeatMap | GapRanking | BandLadder | Spread | Sparkline
