"""Points add up, bands cover them, and the chosen rules have what they work on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import BandsEntry, PercentScale
from assessment.catalogue.wording import counted, quoted, with_article
from assessment.core.framework import TOTAL
from assessment.core.text import shown

_OF_ATTRIBUTES = ("mean", "weighted mean", "weakest link")


def points(outline: Outline) -> Iterator[Finding]:
    """All items have points or none has, and nobody is worth nothing."""
    some = any(placed.item.points is not None for placed in outline.items)
    for address, item in outline.items:
        if item.points is not None and item.points <= 0:
            sentence = f"Points are greater than 0, not {shown(item.points, 6)}."
            yield Finding((*address, "points"), "points-not-positive", sentence)
        if some and item.points is None:
            sentence = f"Item {quoted(item.id)} has no points, but others have. All have or none."
            yield Finding((*address, "id"), "points-missing", sentence)


def bands(outline: Outline) -> Iterator[Finding]:
    """Each entry of bands has a scope, ascending bounds up to its points, and as many words."""
    seen: dict[str, int] = {}
    for place, entry in enumerate(outline.file.bands):
        address = ("bands", place)
        yield from _scope(outline, entry, address)
        if entry.of in seen:
            first = outline.line(("bands", seen[entry.of], "of"))
            sentence = f"There are bands of {quoted(entry.of)} already, in line {first}."
            yield Finding((*address, "of"), "bands-twice", sentence)
        seen.setdefault(entry.of, place)
        yield from _bounds(outline, entry, address)


def _scope(outline: Outline, entry: BandsEntry, address: Address) -> Iterator[Finding]:
    options = [TOTAL, *outline.ids["category"], *outline.ids["scale"]]
    if options.count(entry.of) > 1:
        sentence = f"{quoted(entry.of)} names more than one thing here. Rename one of them."
        yield Finding((*address, "of"), "bands-unclear", sentence)
    elif entry.of not in options:
        meant = outline.proposals.did_you_mean(entry.of, options)
        sentence = f"{quoted(entry.of)} is not total, nor a category, nor a scale.{meant}"
        yield Finding((*address, "of"), "unknown-scope", sentence, missing=entry.of)


def _bounds(outline: Outline, entry: BandsEntry, address: Address) -> Iterator[Finding]:
    if (entry.limits is None) == (entry.starts is None):
        sentence = (
            "Bands have either “limits”, the highest points of each, or “from”, the lowest ones."
        )
        yield Finding((*address, "of"), "bands-bounds", sentence)
        return
    name, given = ("limits", entry.limits) if entry.limits is not None else ("from", entry.starts)
    bounds = given or ()
    for field, count in (("labels", len(entry.labels)), ("about", len(entry.about))):
        if count != len(bounds) and (field == "labels" or count):
            sentence = f"“{field}” has {counted(count, 'entry')}, but “{name}” has {len(bounds)}."
            yield Finding((*address, field), "bands-labels", sentence, at_key=True)
    for place in range(1, len(bounds)):
        if bounds[place] <= bounds[place - 1]:
            low, high = shown(bounds[place - 1], 6), shown(bounds[place], 6)
            sentence = f"{high} comes after {low}. Go from low to high."
            yield Finding((*address, name, place), "bands-order", sentence)
    if bounds:
        yield from _reach(outline, entry, bounds[-1], (*address, name, len(bounds) - 1))


def _reach(
    outline: Outline, entry: BandsEntry, last: Fraction, address: Address
) -> Iterator[Finding]:
    """The last limit is what can be reached; a lower bound beyond it never is."""
    if any(placed.is_judged and (placed.item.points or 0) <= 0 for placed in outline.items):
        return  # the points have to be mended first
    summed = _sum_of(outline, entry.of)
    whose = "all judged items" if entry.of == TOTAL else f"the judged items of {quoted(entry.of)}"
    if summed is None or (entry.starts is not None and last <= summed):
        return
    if entry.limits is None or last != summed:
        bound = "limit" if entry.limits is not None else "band starts at"
        verb = " is" if entry.limits is not None else ""
        sentence = (
            f"The last {bound}{verb} {shown(last, 6)}, but the points of {whose} add up to"
            f" {shown(summed, 6)}."
        )
        yield Finding(address, "bands-sum", sentence)


def _sum_of(outline: Outline, scope: str) -> Fraction | None:
    """The points that can be reached in *scope*; None if that cannot be said."""
    scopes = {TOTAL, *outline.ids["category"], *outline.ids["scale"]}
    astray = any(placed.item.judge not in {None, *outline.ids["scale"]} for placed in outline.items)
    if scope not in scopes or (astray and scope in outline.ids["scale"]):
        return None
    return sum(
        (
            placed.item.points or Fraction(0)
            for placed in outline.items
            if placed.is_judged
            if scope in (TOTAL, placed.item.judge)
            or outline.file.categories[int(placed.address[1])].id == scope
        ),
        start=Fraction(0),
    )


def scoring(outline: Outline) -> Iterator[Finding]:
    """The rules that are chosen fit the scales that are judged on."""
    yield from _item_rule(outline)
    chosen = outline.file.scoring
    has_points = any(placed.item.points is not None for placed in outline.items)
    for name, choice, summing in (
        ("category", chosen.category, "points"),
        ("total", chosen.total, "sum"),
    ):
        if choice == summing and not has_points:
            sentence = f"“{name}: {summing}” needs points on the items."
            yield Finding(("scoring", name), "scoring-fit", sentence)
    graded = {placed.item.id for placed, scale in outline.judged if scale.answer == "conformity"}
    if chosen.total == "verdict" and not graded:
        sentence = "A verdict needs items that are judged on a conformity scale."
        yield Finding(("scoring", "total"), "scoring-fit", sentence)
    yield from _required(outline, graded)


def _item_rule(outline: Outline) -> Iterator[Finding]:
    rule = outline.file.scoring.item
    address = ("scoring", "item")
    if rule == "cumulative" and not outline.judged:
        yield Finding(address, "scoring-fit", "“cumulative” needs items judged on a met scale.")
    for placed, scale in outline.judged:
        name, item = quoted(placed.item.judge or ""), quoted(placed.item.id)
        if rule == "cumulative" and scale.answer != "met":
            sentence = (
                f"“cumulative” needs met scales, but item {item} is judged on {name},"
                f" {with_article(scale.answer)} scale."
            )
        elif rule in _OF_ATTRIBUTES and not (isinstance(scale, PercentScale) and scale.attributes):
            sentence = (
                f"“{rule}” is taken over attributes, but item {item} is judged on {name}, which has"
                " none."
            )
        else:
            continue
        yield Finding(address, "scoring-fit", sentence)
        return


def _required(outline: Outline, graded: set[str]) -> Iterator[Finding]:
    chosen = outline.file.scoring
    if chosen.required and chosen.total != "verdict":
        sentence = "“required” counts only with “total: verdict”."
        yield Finding(
            ("scoring", "required"), "required-without-verdict", sentence, "warning", at_key=True
        )
    for place, wanted in enumerate(chosen.required):
        address = ("scoring", "required", place)
        if wanted not in outline.ids["item"]:
            yield outline.unknown("item", wanted, address, "unknown-item")
        elif wanted not in graded:
            sentence = f"Item {quoted(wanted)} is required, but not judged on a conformity scale."
            yield Finding(address, "required-not-graded", sentence)
