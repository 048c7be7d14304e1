"""Where a short series of figures goes, or that it cannot be told.

Mann and Kendall's S counts the pairs of figures that rise over time, less those that fall
(H. B. Mann, Nonparametric tests against trend, Econometrica 13, 1945; M. G. Kendall, Rank
Correlation Methods, 1975). Its exact chances come from counting orders, equal figures included,
since the normal approximation is none for the five or eight values an organisation has.

The rule, from three figures on:

- three to five: *improving* or *worsening* only if every figure is better, or every one worse, than
  the one before. With five that is what the exact test asks at 5 per cent (chance 2/120 = 0.017);
  with three or four it is a direction that could be luck (2/6 and 2/24), as the field accepts it;
- six and more: improving or worsening where the exact two-sided chance of an S as far from zero is
  below 5 per cent;
- else *steady* where all figures lie within 2 per cent of their median (our convention), and
  *mixed* where they do not.

By hand, lower being better: 12, 10, 9 has three falling pairs, S = -3 = every pair: improving.
12, 9, 10 has one rising pair among three, S = -1: mixed. 20 18 19 15 14 12 has one rising pair of
15, S = 1 - 14 = -13. Of 720 orders 1 has no rising pair and 5 have one, so the chance of S as far
out either way is 12/720 = 0.017: improving. Another rising pair, S = -11, makes it 40/720 = 0.056:
mixed.

The rate of change is the median slope of all pairs (P. K. Sen, Estimates of the regression
coefficient based on Kendall's tau, JASA 63, 1968): one strange year does not move it. Quarters with
a season, such as bursts in winter, belong compared with the same quarter, not in one series.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Literal

Direction = Literal["higher", "lower"]
Verdict = Literal["improving", "worsening", "steady", "mixed", "too few points"]

LEAST_POINTS, MOST_WITHOUT_TEST = 3, 5
SIGNIFICANT = Fraction(5, 100)
STEADY = Fraction(2, 100)
YEAR = Fraction(36525, 100)


@dataclass(frozen=True, slots=True)
class Dated:
    """The figure of one day, which is the end of a period."""

    on: datetime.date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Trend:
    """A verdict with what it rests on. `chance` is that of an S as far from zero by luck alone."""

    verdict: Verdict
    points: int
    s: int
    chance: Fraction | None
    per_year: Fraction | None


def trend_of(values: Sequence[Dated], direction: Direction) -> Trend:
    """Where *values*, the oldest first, go; *direction* says which way is better."""
    figures = [each.value for each in values]
    s = sum((late > early) - (late < early) for early, late in combinations(figures, 2))
    if len(figures) < LEAST_POINTS:
        return Trend("too few points", len(figures), s, None, None)
    chance = chance_of(s, tuple(sorted(Counter(figures).values())))
    return Trend(
        _verdict(figures, s if direction == "higher" else -s, chance),
        len(figures),
        s,
        chance,
        _slope(values) * YEAR,
    )


def _verdict(figures: Sequence[Fraction], better: int, chance: Fraction) -> Verdict:
    pairs = len(figures) * (len(figures) - 1) // 2
    few = len(figures) <= MOST_WITHOUT_TEST
    if abs(better) == pairs if few else chance < SIGNIFICANT:
        return "improving" if better > 0 else "worsening"
    within = STEADY * abs(_median(figures))
    return "steady" if max(figures) - min(figures) <= within else "mixed"


def _slope(values: Sequence[Dated]) -> Fraction:
    """Change a day: the median over all pairs."""
    return _median(
        [
            (late.value - early.value) / (late.on - early.on).days
            for early, late in combinations(values, 2)
        ]
    )


def _median(figures: Sequence[Fraction]) -> Fraction:
    ordered, middle = sorted(figures), len(figures) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def chance_of(s: int, equals: tuple[int, ...]) -> Fraction:
    """The exact chance of an S at least as far from zero, if all orders are equally likely.

    *equals* has the size of each set of equal figures: (1, 1, 2) is four, two of them alike.
    """
    orders = _orders(equals)
    most = len(orders) - 1
    as_far = sum(count for wrong, count in enumerate(orders) if abs(most - 2 * wrong) >= abs(s))
    return Fraction(as_far, sum(orders))


@lru_cache(maxsize=256)
def _orders(equals: tuple[int, ...]) -> tuple[int, ...]:
    """How many orders have none, one, two … pairs the wrong way round.

    These are the coefficients of the Gaussian multinomial: the product of (1 - q^n) for every
    figure, divided by that of each set of equals.
    """
    counts, placed = [1], 0
    for size in equals:
        for step in range(1, size + 1):
            placed += 1
            counts = _grown(counts, placed, step)
    return tuple(counts)


def _grown(counts: Sequence[int], by: int, divided_by: int) -> list[int]:
    """*counts* times (1 - q^by) divided by (1 - q^divided_by), as polynomials."""
    grown: list[int] = []
    for place in range(len(counts) + by - divided_by):
        value = counts[place] if place < len(counts) else 0
        if 0 <= place - by < len(counts):
            value -= counts[place - by]
        if place >= divided_by:
            value += grown[place - divided_by]
        grown.append(value)
    return grown
