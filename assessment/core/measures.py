"""Measures: an organisation's own figures over time, which results items are judged on.

Four questions are asked of results: how good the level is, where it goes, how it compares, and
whether what matters is measured at all. A series answers the first three, a set of them the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessment.core.exact import decimals_of, written
from assessment.core.framework import Framework, Item
from assessment.core.periods import grain_of, period
from assessment.core.trend import LEAST_POINTS, Dated, Direction, Trend, trend_of

Standing = Literal["better", "at", "worse"]

MOST_VALUES = 60
"""Values of one series: five years of months."""
MOST_SERIES = 300
"""Series of one cycle."""


@dataclass(frozen=True, slots=True)
class MeasureSeries:
    """A measure at the item `place`. `comparison` is somebody else's figure, `source` says whose.

    `values` stand with the oldest first, one a day. `direction` is the better one.
    """

    id: str
    place: str
    title: str
    unit: str
    direction: Direction
    values: tuple[Dated, ...] = ()
    target: Fraction | None = None
    comparison: Fraction | None = None
    source: str = ""

    @property
    def last(self) -> Dated | None:
        return self.values[-1] if self.values else None

    def figure(self, value: Fraction) -> str:
        """*value* in plain digits, with as many decimals as any figure of this series has."""
        all_figures = [each.value for each in self.values]
        all_figures += [each for each in (self.target, self.comparison) if each is not None]
        return written(value, max(map(decimals_of, all_figures), default=0))

    def when(self, value: Dated) -> str:
        """The period of *value*: a year where values are the ends of years, and so on.

        The last value may be that of a year which is not over yet.
        """
        days = [each.on for each in self.values]
        is_earlier = len(days) >= LEAST_POINTS and value.on != days[-1]
        return period(value.on, grain_of(days[:-1] if is_earlier else days))


def trend(series: MeasureSeries) -> Trend:
    """Where the series goes; the rule and its sources are told in `core.trend`."""
    return trend_of(series.values, series.direction)


@dataclass(frozen=True, slots=True)
class Level:
    """Where a series stands now; None where there is nothing to hold it against."""

    last: Dated
    target: Standing | None
    comparison: Standing | None


def level(series: MeasureSeries) -> Level | None:
    """The last value against the target and against the comparison; None without any value."""
    if series.last is None:
        return None
    return Level(series.last, _against(series, series.target), _against(series, series.comparison))


def _against(series: MeasureSeries, other: Fraction | None) -> Standing | None:
    if other is None or series.last is None:
        return None
    if series.last.value == other:
        return "at"
    is_higher = series.last.value > other
    return "better" if is_higher == (series.direction == "higher") else "worse"


@dataclass(frozen=True, slots=True)
class Breadth:
    """How many of a set of series say what."""

    series: int
    with_trend: int
    improving: int
    worsening: int
    with_target: int
    on_target: int
    with_comparison: int
    ahead: int


def breadth(series: Sequence[MeasureSeries]) -> Breadth:
    """How many improve or worsen, are at or above target, and compare well."""
    verdicts = [trend(each).verdict for each in series]
    levels = [found for each in series if (found := level(each))]
    targets = [each.target for each in levels if each.target]
    comparisons = [each.comparison for each in levels if each.comparison]
    return Breadth(
        len(series),
        sum(verdict != "too few points" for verdict in verdicts),
        verdicts.count("improving"),
        verdicts.count("worsening"),
        len(targets),
        len(targets) - targets.count("worse"),
        len(comparisons),
        len(comparisons) - comparisons.count("worse"),
    )


def asks_for_results(item: Item) -> bool:
    """Whether *item* asks what came out, not how it is done: its file names what drives it."""
    return bool(item.drivers)


def in_order(framework: Framework, series: Iterable[MeasureSeries]) -> tuple[MeasureSeries, ...]:
    """*series* by item as the framework has them; those of one item stay as they are."""
    places = {item.id: place for place, item in enumerate(framework.items)}
    return tuple(sorted(series, key=lambda each: places.get(each.place, len(places))))
