"""Six Sigma's figures in lines for a terminal, each with what it is by convention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment.core.sigma import capability, dpmo, rolled_yield, sigma_level, yield_of
from assessment.core.text import shown


def defect_lines(defects: int, units: int, opportunities: int) -> Iterator[str]:
    """DPMO, yield and the sigma level; ValueError for what cannot be counted."""
    found = dpmo(defects, units, opportunities)
    yield f"DPMO         {shown(found, 4)}"
    yield f"yield        {shown(yield_of(found), 6)}"
    yield f"sigma level  {level_words(found)}"


def level_words(found: Fraction) -> str:
    """The level of *found* DPMO with its convention, or why there is none."""
    level = sigma_level(found)
    if level is None:
        return "none: all or nothing is a defect"
    return f"{level:.4f} (short term: 1.5 added by convention; without it {level - 1.5:.4f})"


def yield_lines(yields: Sequence[float]) -> Iterator[str]:
    """The yield of all steps one after the other."""
    found = rolled_yield(Fraction(str(each)) for each in yields)
    yield f"rolled yield {shown(found, 6)}"


def capability_lines(limits: tuple[float, float], mean: float, deviation: float) -> Iterator[str]:
    """Cp and Cpk, and what is usually wanted."""
    wide, near = capability(*limits, mean, deviation)
    yield f"Cp           {wide:.4f}"
    yield f"Cpk          {near:.4f} (often wanted: 1.33 or more)"
