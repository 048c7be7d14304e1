"""Why this number: the inputs, the weights, what was left out, and the rule that made a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

ONE = Fraction(1)

State = Literal["scored", "not scored", "not determined", "not applicable", "withheld"]


@dataclass(frozen=True, slots=True)
class Input:
    """One number a figure was made from: what it is, how large, and how much it weighs."""

    of: str
    value: Fraction
    weight: Fraction = ONE


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What might have gone into a figure and did not, and why."""

    of: str
    why: str


@dataclass(frozen=True)
class Trace:
    """How a figure came about: `value` is what the rule makes of the inputs."""

    rule: str
    inputs: tuple[Input, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @cached_property
    def value(self) -> Fraction:
        return RULES[self.rule](self.inputs)


Traces = Mapping[str, Trace]
"""The traces of one thing by the name of the figure."""


def weighted_mean(inputs: Sequence[Input]) -> Fraction:
    """Σ weight × value ÷ Σ weight."""
    return total(inputs) / _sum((each.weight, ONE) for each in inputs)


def total(inputs: Sequence[Input]) -> Fraction:
    """Σ weight × value."""
    return _sum((each.weight, each.value) for each in inputs)


def _sum(products: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Σ first × second, added up over one denominator: exact, in a third of the time."""
    parts = [
        (first.numerator * second.numerator, first.denominator * second.denominator)
        for first, second in products
    ]
    shared = lcm(*(denominator for _, denominator in parts))
    return Fraction(sum(part * (shared // denominator) for part, denominator in parts), shared)


def rescaled(inputs: Sequence[Input]) -> Fraction:
    """100 × (value − lowest) ÷ (highest − lowest); the inputs stand in this order."""
    value, lowest, highest = (each.value for each in inputs)
    return 100 * (value - lowest) / (highest - lowest)


def share(inputs: Sequence[Input]) -> Fraction:
    """100 × counted ÷ all: the inputs are numbers of answers, their weight 1 (counted) or 0."""
    return 100 * total(inputs) / _sum((each.value, ONE) for each in inputs)


def ratio(inputs: Sequence[Input]) -> Fraction:
    """part ÷ whole, 0 to 1; the inputs stand in this order."""
    part, whole = (each.value for each in inputs)
    return part / whole


def minus(inputs: Sequence[Input]) -> Fraction:
    """first − second; the inputs stand in this order."""
    first, second = (each.value for each in inputs)
    return first - second


def percent_of_points(inputs: Sequence[Input]) -> Fraction:
    """percent ÷ 100 × points; the inputs stand in this order."""
    percent, points = (each.value for each in inputs)
    return percent / 100 * points


def points_in_percent(inputs: Sequence[Input]) -> Fraction:
    """100 × points ÷ possible; the inputs stand in this order."""
    points, possible = (each.value for each in inputs)
    return 100 * points / possible


def median(inputs: Sequence[Input]) -> Fraction:
    """The middle judgement; of an even number the mean of the two in the middle, unrounded."""
    ordered = sorted(each.value for each in inputs)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def lower_middle(inputs: Sequence[Input]) -> Fraction:
    """The middle judgement; of an even number the lower of the two, since half a level is none."""
    ordered = sorted(each.value for each in inputs)
    return ordered[(len(ordered) - 1) // 2]


def largest(inputs: Sequence[Input]) -> Fraction:
    """The most severe of several grades, which are numbered mildest first."""
    return max(each.value for each in inputs)


def smallest(inputs: Sequence[Input]) -> Fraction:
    """The weakest of several values."""
    return min(each.value for each in inputs)


def capped(inputs: Sequence[Input]) -> Fraction:
    """The value or its cap, whichever is smaller; the inputs stand in this order."""
    return smallest(inputs)


def only(inputs: Sequence[Input]) -> Fraction:
    """The one judgement there is."""
    (single,) = inputs
    return single.value


def climbed(inputs: Sequence[Input]) -> Fraction:
    """The highest level whose criteria are all met and below which none is missing.

    An input a level, lowest first: its number, and as weight 1 when all its criteria are met.
    """
    reached = Fraction(0)
    for level in inputs:
        if not level.weight:
            break
        reached = level.value
    return reached


RULES: Mapping[str, Callable[[Sequence[Input]], Fraction]] = {
    "mean": weighted_mean,
    "weighted mean": weighted_mean,
    "sum": total,
    "rescaled": rescaled,
    "share": share,
    "ratio": ratio,
    "difference": minus,
    "percent of points": percent_of_points,
    "points in percent": points_in_percent,
    "median": median,
    "lower middle": lower_middle,
    "most severe": largest,
    "weakest link": smallest,
    "capped": capped,
    "one judgement": only,
    "consensus": only,
    "climbed": climbed,
}
