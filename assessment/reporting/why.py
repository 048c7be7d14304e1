""" "Why this number?": a figure in words, from the rule that made it down to the counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from assessment.core.framework import TOTAL
from assessment.core.scales import Scale
from assessment.core.text import shown
from assessment.core.trace import Input, Trace
from assessment.core.why import all_traces
from assessment.reporting.source import Source, brief_value
from assessment.reporting.why_derived import derived
from assessment.reporting.why_terms import Derived
from assessment.reporting.wording import name, sentence, share

RULES: Mapping[str, str] = {
    "mean": "The mean of the figures below: their sum, divided by how many they are.",
    "weighted mean": (
        "A weighted mean: each figure below counts as often as its weight says. "
        "Weight times value, summed up, divided by the sum of the weights."
    ),
    "sum": "The sum of the figures below.",
    "rescaled": (
        "The value, brought to a scale from 0 to 100: 100 × (value − lowest) ÷ (highest − lowest)."
    ),
    "share": "The share of those marked as counted among all who gave a scored answer, in percent.",
    "ratio": "The first figure divided by the second, in percent.",
    "difference": "The first figure less the second.",
    "percent of points": "The percent of the points that can be reached here.",
    "points in percent": "The points reached, in percent of those that can be reached.",
    "median": (
        "The middle one of the judgements; of an even number the mean of the two in the middle."
    ),
    "lower middle": (
        "The middle one of the judgements; of an even number the lower of the two in the middle."
    ),
    "most severe": "The most severe of the grades, until the judges have agreed.",
    "weakest link": "The lowest of the figures below.",
    "capped": "The first figure, or the cap if that is lower.",
    "one judgement": "The one judgement there is.",
    "consensus": "What the judges agreed on. It stands in place of their single judgements.",
    "climbed": "The highest level whose criteria are all met, and those of every lower level too.",
}

FIGURES: Mapping[str, str] = {
    "percent": "percent",
    "mean": "mean on its own scale",
    "favourable": "percent favourable",
    "completeness": "completeness in percent",
    "points": "points",
    "possible": "points that can be reached",
    "level": "level",
    "staff_percent": "percent as staff see it",
    "staff_favourable": "percent of favourable answers of staff",
}

PREVIOUS = "previous."
"""What places of the last cycle's figures begin with."""

_PLACE = re.compile(r"(?:(?P<scope>groups|units)\[(?P<name>.*)\]\.)?(?P<rest>.+)")
_PART = re.compile(r"(categories|items|questions|bands)\[(.+)\]\.(\w+)")
_ATTRIBUTE = re.compile(r"items\[(.+)\]\.attributes\[(.+)\]")
_GAP = re.compile(r"perception_gaps\[(.+), (whole|category|item|pair) (.+)\]\.(\w+)")
_OF = re.compile(r"(.+) (percent|mean|favourable|points|possible|level|completeness)")
_LEVEL = re.compile(r"assessed\.items\[(.+)\]\.level$")
_OF_JUDGEMENTS = frozenset({"one judgement", "consensus", "lower middle", "most severe"})
_WEIGHTED = frozenset({"weighted mean", "share", "climbed"})


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a figure was made from; `place` names its own trace, where it has one.

    `title` says in words what `of` names by its id.
    """

    of: str
    title: str
    value: str
    weight: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Why:
    """One figure explained."""

    title: str
    value: str
    rule: str
    parts: tuple[Part, ...]
    is_weighted: bool
    left_out: tuple[tuple[str, str], ...]


def every_trace(source: Source) -> dict[str, Trace]:
    """Every trace of the release by its place, and those of the last cycle under `previous.`."""
    before = all_traces(source.previous) if source.previous is not None else {}
    return all_traces(source.release) | {PREVIOUS + place: each for place, each in before.items()}


def why(source: Source, traces: Mapping[str, Trace], place: str) -> Why | None:
    """The figure at *place*, in words; None where there is none."""
    if place.startswith(PREVIOUS):
        return _of_last_cycle(source, traces, place)
    trace = traces.get(place)
    if trace is None:
        found = derived(source, place)
        return _worked_out(found) if found is not None else None
    scale = _judged_on(source, place)
    own_scale = scale if trace.rule in _OF_JUDGEMENTS else None
    return Why(
        title_of(source, place),
        share(trace.value) if trace.rule == "ratio" else _value(trace.value, scale),
        RULES[trace.rule],
        tuple(_part(source, traces, place, each, own_scale) for each in trace.inputs),
        trace.rule in _WEIGHTED,
        tuple((each.of, each.why) for each in trace.left_out),
    )


def _of_last_cycle(source: Source, traces: Mapping[str, Trace], place: str) -> Why | None:
    """A figure of the last cycle, by the criteria it was read against then."""
    if source.previous is None or place not in traces:
        return None
    before = Source(source.previous, (), None, source.about)
    own = {
        each.removeprefix(PREVIOUS): trace
        for each, trace in traces.items()
        if each.startswith(PREVIOUS)
    }
    found = why(before, own, place.removeprefix(PREVIOUS))
    if found is None:
        return None
    parts = tuple(
        replace(part, place=PREVIOUS + part.place if part.place else None) for part in found.parts
    )
    return replace(found, title=f"Last cycle: {found.title}", parts=parts)


def _worked_out(found: Derived) -> Why:
    parts = tuple(Part(term.what, "", term.value, "", term.place) for term in found.terms)
    return Why(found.title, found.value, found.rule, parts, is_weighted=False, left_out=())


def title_of(source: Source, place: str) -> str:
    """What stands at *place*: "Perceived maturity of 1.1 Vision, leaders: percent"."""
    if gap := _GAP.fullmatch(place):
        group, kind, of, figure = gap.groups()
        about = "the whole" if kind == "whole" else source.title(of)
        return f"{sentence(source.group(group))} beside staff on {about}: {_figure(figure)}"
    found = _PLACE.fullmatch(place)
    if found is None:
        return place
    kind, _, rest = found["rest"].partition(".")
    whose = ""
    if found["scope"] == "groups":
        whose = f", {source.group(found['name'])}"
    elif found["scope"] == "units":
        whose = f", {name(found['name'])}"
    said = "Perceived maturity" if kind == "perceived" else "Judgement"
    if attribute := _ATTRIBUTE.fullmatch(rest):
        return f"{said} of {source.numbered(attribute[1])}{whose}: {attribute[2]}"
    if part := _PART.fullmatch(rest):
        about = "the whole" if part[2] == TOTAL else _numbered(source, part[1], part[2])
        return f"{said} of {about}{whose}: {_figure(part[3])}"
    return f"{said} of the whole{whose}: {_figure(rest.rpartition('.')[2])}"


def _numbered(source: Source, kind: str, of: str) -> str:
    if kind == "bands" and of in source.framework.scales:
        return f"all items judged as {source.scale_title(of)}"
    return source.numbered(of)


def _figure(word: str) -> str:
    return FIGURES.get(word, word)


def _part(
    source: Source, traces: Mapping[str, Trace], place: str, each: Input, scale: Scale | None
) -> Part:
    found = _OF.fullmatch(each.of)
    title = source.title(found[1]) if found and _is_known(source, found[1]) else ""
    value, weight = _value(each.value, scale), shown(each.weight, 2)
    return Part(each.of, title, value, weight, _below(traces, place, each))


def _is_known(source: Source, place: str) -> bool:
    framework = source.framework
    return (
        place in framework.category_by_id
        or place in framework.item_by_id
        or place in framework.question_by_id
    )


def _judged_on(source: Source, place: str) -> Scale | None:
    """The scale of a level or a grade, which is read by its word; None for other figures."""
    found = _LEVEL.search(place)
    item = source.framework.item_by_id.get(found[1]) if found else None
    return item.judge if item else None


def _value(value: Fraction, scale: Scale | None) -> str:
    return brief_value(scale, value) if scale else shown(value, 2)


def _below(traces: Mapping[str, Trace], place: str, each: Input) -> str | None:
    """The place of an input's own trace, in the scope of the figure it went into."""
    found = _OF.fullmatch(each.of)
    if found is None:
        return None
    of, figure = found.groups()
    for scope in _scopes(place):
        kinds = (f"questions[{of}]", f"items[{of}]", f"categories[{of}]", of, f"bands[{of}]")
        for kind in kinds:
            below = f"{scope}{kind}.{figure}"
            if below in traces and below != place:
                return below
    return None


def _scopes(place: str) -> tuple[str, ...]:
    """Where to look: beside the figure; for a gap, among those of its group or of staff."""
    if gap := _GAP.fullmatch(place):
        is_staff = gap[4].startswith("staff")
        return ("perceived.",) if is_staff else (f"groups[{gap[1]}].perceived.",)
    for kind in ("perceived.", "assessed."):
        start, sign, _ = place.partition(kind)
        if sign and (not start or start.endswith("].")):
            return (start + kind,)
    return ()
