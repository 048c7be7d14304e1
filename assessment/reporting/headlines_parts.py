"""Headlines of one category and of one item: the judgement first, then how far people see it so."""

from __future__ import annotations

from fractions import Fraction

from assessment.core.framework import STAFF, Category, Item
from assessment.reporting.headlines import NOTABLE, Ranked, extremes, grades, standing
from assessment.reporting.source import Source, present_words
from assessment.reporting.wording import FEW_ANSWERED, people, percent, sentence


def category(source: Source, own: Category) -> str:
    """Its judgements, else how staff see it, else that nothing is known."""
    part = source.release.assessed.category(own.id)
    judged = [
        (source.short_title(item.id), value)
        for item in own.items
        if (value := source.assessed(item).percent) is not None
    ]
    title = sentence(source.short_title(own.id))
    if part.percent is not None and judged:
        so_far = "" if part.complete else " so far"
        return f"{title} is judged {percent(part.percent)}{so_far}{_weakest(judged)}"
    if judged:
        return extremes(judged, "is judged")
    scored = [item for item in own.items if source.assessed(item).state == "scored"]
    graded = [item for item in scored if item.judge and item.judge.answer == "conformity"]
    if graded:
        return f"{title}: {grades(source, graded)}"
    return standing(source, scored) if scored else _seen(source, own, title)


def _weakest(judged: Ranked) -> str:
    if len(judged) < 2:
        return ""
    ordered = sorted(judged, key=lambda pair: pair[1])
    (low, lowest), (_, highest) = ordered[0], ordered[-1]
    if highest - lowest < NOTABLE:
        return "; its items lie close together"
    return f"; {low} lowest, {percent(lowest)}"


def _seen(source: Source, own: Category, title: str) -> str:
    perceived = source.release.perceived.category(own.id)
    if perceived.percent is not None:
        who = people(source.framework, perceived.n, STAFF)
        return f"{title} is rated {percent(perceived.percent)} by {who}"
    states = {source.assessed(item).state for item in own.items if item.judge}
    if "withheld" in (perceived.state, *states):
        return f"{title}: withheld, {FEW_ANSWERED}"
    if states == {"not applicable"}:
        return f"{title} was said not to apply"
    return f"{title}: no figure is known"


def item(source: Source, own: Item) -> str:
    """The judgement, and how staff rate it beside it."""
    assessed = source.assessed(own)
    seen = source.release.perceived.item(own.id)
    rated = ""
    if seen.percent is not None:
        who = people(source.framework, seen.n, STAFF)
        rated = f"rated {percent(seen.percent)} by {who}"
    elif seen.state == "withheld":
        rated = f"how staff rate it is withheld, {FEW_ANSWERED}"
    if own.judge is None:
        return sentence(rated) if rated else "No figure is known"
    if assessed.state != "scored":
        return f"{sentence(_unjudged(assessed.state))}{'; ' if rated else ''}{rated}"
    if own.judge.answer == "percent" and assessed.percent is not None and seen.percent is not None:
        return f"Judged {percent(assessed.percent)}; {_beside(assessed.percent, seen.percent)}"
    words = present_words(own, assessed)
    said = f"Graded “{words}”" if own.judge.answer == "conformity" else f"Judged {words}"
    return f"{said}{'; ' if rated else ''}{rated}"


def _unjudged(state: str) -> str:
    return {
        "not determined": "the level is not determined",
        "not applicable": "said not to apply",
        "withheld": "the judgement is withheld",
    }.get(state, "not judged")


def _beside(judged: Fraction, rated: Fraction) -> str:
    """A judgement and a survey measure different things: close is called alike, never equal."""
    if abs(rated - judged) < NOTABLE:
        return f"staff rate it much the same, {percent(rated)}"
    return f"staff rate it {'higher' if rated > judged else 'lower'}, {percent(rated)}"
