"""Defects, yield and what a process is able to do, as Six Sigma counts them.

The sigma level is the short-term one: 1.5 is added to what a long run shows. That shift is a
convention of the method, not a law of nature, and it is named wherever the level is shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from statistics import NormalDist

SHIFT = 1.5
MILLION = 1_000_000
UNIT = "DPMO"
"""The unit of a measure whose values are defects per million opportunities."""


def dpmo(defects: int, units: int, opportunities: int = 1) -> Fraction:
    """Defects per million opportunities, exactly; ValueError where there is nothing to count."""
    if units < 1 or opportunities < 1 or not 0 <= defects <= units * opportunities:
        raise ValueError("Defects cannot be more than units × opportunities.")
    return Fraction(defects * MILLION, units * opportunities)


def yield_of(found: Fraction) -> Fraction:
    """The share of opportunities without a defect."""
    return 1 - found / MILLION


def sigma_level(found: Fraction) -> float | None:
    """The short-term sigma level of *found* DPMO; None where all or nothing is a defect."""
    if not 0 < found < MILLION:
        return None
    return NormalDist().inv_cdf(float(yield_of(found))) + SHIFT


def level_of_measure(unit: str, value: Fraction) -> float | None:
    """The sigma level of a measure's *value*, where its unit says that it counts DPMO."""
    return sigma_level(value) if unit.strip().upper() == UNIT else None


def rolled_yield(yields: Iterable[Fraction]) -> Fraction:
    """The share that gets through every step without a defect."""
    return math.prod(yields, start=Fraction(1))


def capability(lower: float, upper: float, mean: float, deviation: float) -> tuple[float, float]:
    """Cp and Cpk: the width of the limits, and the nearer one, against the spread."""
    if deviation <= 0 or lower >= upper:
        raise ValueError("Limits go from low to high, and the spread is greater than 0.")
    return (
        (upper - lower) / (6 * deviation),
        min(upper - mean, mean - lower) / (3 * deviation),
    )
