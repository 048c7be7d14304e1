"""Assessed maturity: judgements on evidence -> percent, points, bands, levels, verdict.

Item points = percent ÷ 100 × the item's value; a category and the total are sums, kept exact.
Points are rounded, half up, only to look up a band that has upper limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessment.core.assessed_items import ItemAssessed, assess_item, deciding_slots
from assessment.core.consensus import Judgement
from assessment.core.framework import TOTAL, Bands, Framework, Item
from assessment.core.tally import Scope
from assessment.core.text import half_up
from assessment.core.trace import Input, LeftOut, State, Trace, Traces


@dataclass(frozen=True, slots=True)
class PointsAssessed:
    """Summed points of a category or of the whole.

    `possible` sums the scored items; `complete` is false while an applicable item is not scored,
    and then `points` is a partial value.
    """

    id: str
    points: Fraction | None
    possible: Fraction | None
    percent: Fraction | None
    complete: bool
    completeness: Fraction | None
    state: State
    traces: Traces


@dataclass(frozen=True, slots=True)
class BandReached:
    """The class that summed points fall in, counted from 1; 0 lies below the first."""

    of: str
    band: int | None
    label: str | None
    about: str | None
    points: Fraction | None
    possible: Fraction | None
    state: State
    traces: Traces


@dataclass(frozen=True)
class Assessed:
    """Assessed maturity, from the whole down to the item."""

    total: PointsAssessed
    categories: tuple[PointsAssessed, ...]
    items: tuple[ItemAssessed, ...]
    bands: tuple[BandReached, ...]
    verdict: str | None

    def item(self, item_id: str) -> ItemAssessed:
        return self._items[item_id]

    def category(self, category_id: str) -> PointsAssessed:
        return self._categories[category_id]

    @cached_property
    def _items(self) -> Mapping[str, ItemAssessed]:
        return {item.id: item for item in self.items}

    @cached_property
    def _categories(self) -> Mapping[str, PointsAssessed]:
        return {category.id: category for category in self.categories}


def assess(framework: Framework, given: Sequence[Judgement], scope: Scope) -> Assessed:
    """Assessed maturity from the judgements *given* by the people of *scope*."""
    by_item: dict[str, list[Judgement]] = {item.id: [] for item in framework.items}
    for judgement in given:
        by_item[judgement.item_id].append(judgement)
    items = {item.id: assess_item(item, by_item[item.id], scope) for item in framework.items}
    scoring = framework.scoring
    total = _sum(TOTAL, framework.items, items, scope)
    categories = [
        _sum(category.id, category.items, items, scope) for category in framework.categories
    ]
    return Assessed(
        total=total if scoring.total == "sum" else _unsummed(total),
        categories=tuple(
            part if scoring.category == "points" else _unsummed(part) for part in categories
        ),
        items=tuple(items.values()),
        bands=tuple(_band(framework, bands, items, scope) for bands in framework.bands),
        verdict=_verdict(framework, items),
    )


def _sum(
    part: str, items: Iterable[Item], scores: Mapping[str, ItemAssessed], scope: Scope
) -> PointsAssessed:
    """Points of *items* together. What does not apply leaves `possible`; what is not scored too,
    but then the sum is not complete."""
    own = [item for item in items if item.judge is not None]
    applicable = [item for item in own if scores[item.id].state != "not applicable"]
    unscored = [item for item in applicable if scores[item.id].state != "scored"]
    scored = [item for item in applicable if scores[item.id].points is not None]
    slots = [key for item in own for key in deciding_slots(item, scope)]
    trace = scope.completeness(slots)
    completeness = trace.value if trace else None
    traces = {"completeness": trace} if trace else {}
    if not scored:
        state = _state_without_points(own, applicable, scores)
        return PointsAssessed(part, None, None, None, not unscored, completeness, state, traces)
    left_out = tuple(
        LeftOut(item.id, scores[item.id].state) for item in own if scores[item.id].state != "scored"
    )
    points = Trace("sum", _inputs(scored, scores, "points"), left_out)
    possible = Trace(
        "sum",
        tuple(Input(f"{item.id} possible", item.points or Fraction(0)) for item in scored),
        left_out,
    )
    percent = Trace(
        "points in percent",
        (Input(f"{part} points", points.value), Input(f"{part} possible", possible.value)),
    )
    return PointsAssessed(
        part,
        points.value,
        possible.value,
        percent.value,
        not unscored,
        completeness,
        "scored",
        {**traces, "points": points, "possible": possible, "percent": percent},
    )


def _inputs(
    items: Iterable[Item], scores: Mapping[str, ItemAssessed], figure: str
) -> tuple[Input, ...]:
    return tuple(
        Input(f"{item.id} {figure}", points)
        for item in items
        if (points := scores[item.id].points) is not None
    )


def _state_without_points(
    own: Sequence[Item], applicable: Sequence[Item], scores: Mapping[str, ItemAssessed]
) -> State:
    """Nothing to sum: the model has no points here, nothing applies, or nothing is scored yet."""
    if not applicable or all(item.points is None for item in own):
        return "not applicable"
    states = {scores[item.id].state for item in applicable}
    return "not determined" if states == {"not determined"} else "not scored"


def _unsummed(part: PointsAssessed) -> PointsAssessed:
    """The same part where the criteria know no sum of it: only how complete it is."""
    return PointsAssessed(
        part.id,
        None,
        None,
        None,
        part.complete,
        part.completeness,
        "not applicable",
        {name: trace for name, trace in part.traces.items() if name == "completeness"},
    )


def _band(
    framework: Framework, bands: Bands, scores: Mapping[str, ItemAssessed], scope: Scope
) -> BandReached:
    """Where summed points fall. While an applicable item is not scored there is no band."""
    summed = _sum(bands.of, _items_of(framework, bands.of), scores, scope)
    traces = {name: summed.traces[name] for name in ("points", "possible") if name in summed.traces}
    if summed.points is None or not summed.complete:
        state = "not scored" if summed.state == "scored" else summed.state
        return BandReached(
            bands.of, None, None, None, summed.points, summed.possible, state, traces
        )
    if bands.limits:
        whole = half_up(summed.points)
        band = next(
            (place for place, limit in enumerate(bands.limits, start=1) if whole <= limit),
            len(bands.limits),
        )
    else:
        band = sum(start <= summed.points for start in bands.starts)
    return BandReached(
        bands.of,
        band,
        bands.labels[band - 1] if band else None,
        bands.texts[band - 1] if band and bands.texts else None,
        summed.points,
        summed.possible,
        "scored",
        traces,
    )


def _items_of(framework: Framework, of: str) -> tuple[Item, ...]:
    """The items that `of` stands for: all, a category's, or those judged on one scale."""
    if of == TOTAL:
        return framework.items
    if of in framework.category_by_id:
        return framework.category_by_id[of].items
    return tuple(item for item in framework.items if item.judge and item.judge.id == of)


def _verdict(framework: Framework, scores: Mapping[str, ItemAssessed]) -> str | None:
    """What grades of conformity come to, in words; never that anybody is ready for certification.

    A clause nobody looked at is not conforming. Grades are never averaged.
    """
    if framework.scoring.total != "verdict":
        return None
    graded = [
        scores[item.id]
        for item in framework.items
        if item.judge is not None and item.judge.answer == "conformity"
    ]
    waived = [scores[item_id].state == "not applicable" for item_id in framework.scoring.required]
    grades = {item.level for item in graded}
    if "major" in grades or any(waived):
        return "not ready"
    if any(item.state not in ("scored", "not applicable") for item in graded):
        return "not determined"
    if "minor" in grades:
        return "minors open"
    return "no obstacle found in what was assessed"
