"""Findings about groups and units as headlines: only what is larger than chance is a difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from assessment.core.perception import PerceptionGap
from assessment.reporting.source import Source
from assessment.reporting.withheld import keeps_back
from assessment.reporting.wording import (
    FEW_ANSWERED,
    counted,
    group_name,
    higher_or_lower,
    listed,
    name,
    number_word,
    points,
    sentence,
)

Cells = Sequence[tuple[str, str, Fraction]]
"""Unit, category, percent."""


def perception(source: Source, gaps: Sequence[PerceptionGap]) -> str:
    """The largest difference that is larger than chance, of categories before items; or none."""
    for kinds in (("category", "whole"), ("item",)):
        clear = [gap for gap in gaps if gap.kind in kinds and gap.verdict == "larger than chance"]
        if clear:
            return _largest(source, clear)
    if any(gap.verdict == "no clear difference" for gap in gaps):
        return "No difference between groups is larger than chance"
    return "Differences between groups could not be tested against chance"


def _largest(source: Source, gaps: Sequence[PerceptionGap]) -> str:
    largest = max(gaps, key=lambda gap: abs(gap.points))
    what = sentence(source.title(largest.id))
    group = group_name(source.framework, largest.group)
    return (
        f"{what} is {higher_or_lower(largest)} {group} ({largest.staff_n} and {largest.n} people)"
    )


def units_answered(source: Source) -> str:
    """The unit where the smallest share answered, or how many units there are."""
    rows = [row for row in source.release.participation if row.unit is not None]
    units = len({row.unit for row in rows})
    rates = [(row.rate, row) for row in rows if row.rate is not None]
    if len({rate for rate, _ in rates}) < 2:
        return sentence(f"people of {counted(units, 'unit')} answered")
    _, least = min(rates, key=lambda pair: pair[0])
    who = source.group(least.group)
    where = name(least.unit or "")
    return f"In {where} the fewest {who} answered, {least.answered} of {least.invited}"


def heat(source: Source, cells: Cells) -> str:
    """The category that lags nearly everywhere, or the one on which units differ most."""
    if not cells:
        return f"What single units say is withheld: {FEW_ANSWERED}"
    units = list(dict.fromkeys(unit for unit, _, _ in cells))
    lowest = {unit: place for unit in units if (place := _lowest(cells, unit))}
    if lowest:
        place, count = Counter(lowest.values()).most_common(1)[0]
        others = [name(unit) for unit in units if lowest.get(unit) != place]
        title = sentence(source.title(place))
        hidden = any(keeps_back(result.perceived) for result in source.release.units.values())
        every = "every unit that is shown" if hidden else "every unit"
        if not others:
            return f"{title} is rated lowest in {every}"
        if len(others) <= 2 < len(units):
            return f"{title} is rated lowest in {every} but {listed(others)}"
        if 2 * count > len(units):
            return (
                f"{title} is rated lowest in {number_word(count)} of {counted(len(units), 'unit')}"
            )
    return _widest(source, cells)


def _lowest(cells: Cells, unit: str) -> str | None:
    """The category that stands lowest in *unit*; None where there are not two."""
    own = sorted((value, place) for its_unit, place, value in cells if its_unit == unit)
    return own[0][1] if len(own) > 1 and own[0][0] < own[1][0] else None


def _widest(source: Source, cells: Cells) -> str:
    spread: dict[str, list[Fraction]] = {}
    for _, place, value in cells:
        spread.setdefault(place, []).append(value)
    widest = max(spread, key=lambda place: max(spread[place]) - min(spread[place]))
    apart = max(spread[widest]) - min(spread[widest])
    if not apart:
        return "All units rate alike"
    return f"Units differ most on {source.title(widest)}, by {points(apart)}"
