"""Sums that come out: of points as declared, of weights that count, of bands one can stand in."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor, lcm

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Finding
from assessment.catalogue.schema import PercentScale
from assessment.catalogue.wording import listed, quoted
from assessment.core.framework import TOTAL, Bands, Framework, Item
from assessment.core.text import shown

ROUND = 100
MOST_SUMS = 200_000


def declared(outline: Outline) -> Iterator[Finding]:
    """The points of a category are those of its items."""
    for place, category in enumerate(outline.file.categories):
        total = sum((item.points or Fraction(0) for item in category.items), start=Fraction(0))
        if category.points is not None and category.points != total:
            sentence = (
                f"Category {quoted(category.id)} is worth {shown(category.points, 6)} points, but"
                f" its items add up to {shown(total, 6)}."
            )
            yield Finding(("categories", place, "points"), "category-points", sentence)


def round_sum(outline: Outline) -> Iterator[Finding]:
    """A sum of all points that misses a round number by one percent or less."""
    total = sum((placed.item.points or Fraction(0) for placed in outline.items), start=Fraction(0))
    near = ROUND * max(1, floor(total / ROUND + Fraction(1, 2)))
    if total and 0 < abs(total - near) <= near / Fraction(ROUND):
        sentence = f"All points add up to {shown(total, 6)}. Is it meant to be {near}?"
        yield Finding(("categories",), "points-sum", sentence, "warning", at_key=True)


def without_effect(outline: Outline) -> Iterator[Finding]:
    """Weights that are not used, and caps that cannot lower anything."""
    rule = outline.file.scoring.item
    for name, scale in outline.file.scales.items():
        if not isinstance(scale, PercentScale):
            continue
        for place, attribute in enumerate(scale.attributes):
            if attribute.weight != 1 and rule != "weighted mean":
                sentence = "A weight counts only with “item: weighted mean” under “scoring”."
                address = ("scales", name, "attributes", place, "weight")
                yield Finding(address, "unused-weight", sentence, "warning")
                break
        if scale.cap is not None and rule == "weakest link":
            sentence = "With “weakest link” no attribute can lie above the outcome: a cap is empty."
            yield Finding(("scales", name, "cap"), "cap-without-effect", sentence, "warning")


def reachable(framework: Framework) -> Iterator[Finding]:
    """Bands that no judgement of one judge leads to."""
    if framework.scoring.item not in ("judged", "cumulative"):
        return  # means of attributes reach almost everything
    for place, bands in enumerate(framework.bands):
        reached = _reached(bands, _items_of(bands, framework))
        if reached is not None and (empty := set(range(1, len(bands.labels) + 1)) - reached):
            names = listed(bands.labels[number - 1] for number in sorted(empty))
            sentence = f"No judgements add up to the points of: {names}."
            yield Finding(("bands", place, "of"), "unreachable-band", sentence, "warning")


def _items_of(bands: Bands, framework: Framework) -> list[Item]:
    return [
        item
        for item in framework.items
        if item.judge is not None
        and bands.of in (TOTAL, item.judge.id, framework.category_of[item.id].id)
    ]


def _reached(bands: Bands, items: list[Item]) -> set[int] | None:
    """The bands that sums of points fall into; None where there are too many sums to look at.

    All sums at once: bit n of a number says that n units can be reached, and each item shifts it
    by each of its values.
    """
    steps = [_worths(item) for item in items]
    unit = Fraction(1, lcm(1, *(one.denominator for own in steps for one in own)))
    most = sum((max(own, default=Fraction(0)) for own in steps), start=Fraction(0)) / unit
    if most > MOST_SUMS:
        return None
    sums = 1
    for own in steps:
        shifted = 0
        for one in own:
            shifted |= sums << int(one / unit)
        sums = shifted
    return {_band(bands, number * unit) for number in range(int(most) + 1) if sums >> number & 1}


def _worths(item: Item) -> list[Fraction]:
    """What an item can be worth, by each judgement there is."""
    scale = item.judge
    if scale is None or item.points is None or scale.answer == "conformity":
        return [Fraction(0)]
    span = scale.highest - scale.lowest
    return [item.points * (value - scale.lowest) / span for value in scale.values]


def _band(bands: Bands, points: Fraction) -> int:
    if bands.limits:
        rounded = floor(points + Fraction(1, 2))
        return 1 + sum(limit < rounded for limit in bands.limits)
    return sum(start <= points for start in bands.starts)
