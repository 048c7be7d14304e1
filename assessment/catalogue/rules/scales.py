"""A scale describes every answer once: ranges without gaps, levels without jumps."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import (
    AgreementScale,
    LevelScale,
    MetScale,
    PercentScale,
    RangeEntry,
)
from assessment.catalogue.wording import Proposals, listed, quoted

_OWN_FIELDS = ("from", "to", "label", "text")


def scales(outline: Outline) -> Iterator[Finding]:
    """What is wrong inside the scales of a file."""
    for name, scale in outline.file.scales.items():
        address = ("scales", name)
        if isinstance(scale, AgreementScale):
            yield from _favourable(scale, address)
        elif isinstance(scale, LevelScale | MetScale):
            yield from _levels(scale, address)
        elif isinstance(scale, PercentScale):
            yield from _attributes(scale, address, outline)
            yield from _steps(scale, address)
            for place in range(len(scale.ranges)):
                yield from _texts(scale, place, address, outline.proposals)


def _favourable(scale: AgreementScale, address: Address) -> Iterator[Finding]:
    count = len(scale.labels)
    for place, answer in enumerate(scale.favourable or ()):
        if not 1 <= answer <= count:
            sentence = f"{answer} is none of the answers 1 to {count}."
            yield Finding((*address, "favourable", place), "favourable", sentence)


def _levels(scale: LevelScale | MetScale, address: Address) -> Iterator[Finding]:
    starts_at_zero = isinstance(scale, LevelScale) and scale.levels[0].level == 0
    expected = 0 if starts_at_zero else 1
    for place, level in enumerate(scale.levels):
        if level.level != expected:
            sentence = f"Level {expected} is expected here, not {level.level}."
            yield Finding((*address, "levels", place, "level"), "level-gap", sentence)
        expected = level.level + 1


def _attributes(scale: PercentScale, address: Address, outline: Outline) -> Iterator[Finding]:
    known: dict[str, int] = {}
    for place, attribute in enumerate(scale.attributes):
        here = (*address, "attributes", place)
        if attribute.id in _OWN_FIELDS:
            sentence = (
                f"An attribute cannot be called {quoted(attribute.id)}: ranges have a field of"
                " that name."
            )
            yield Finding((*here, "id"), "reserved-id", sentence)
        if attribute.id in known:
            first = outline.line((*address, "attributes", known[attribute.id]))
            sentence = f"The attribute {quoted(attribute.id)} stands in line {first} already."
            yield Finding((*here, "id"), "duplicate-id", sentence)
        known.setdefault(attribute.id, place)
        if attribute.weight <= 0:
            sentence = "A weight is greater than 0."
            yield Finding((*here, "weight"), "weight-not-positive", sentence)
    if scale.cap is not None and scale.cap not in known:
        meant = outline.proposals.did_you_mean(scale.cap, known)
        sentence = f"This scale has no attribute {quoted(scale.cap)}.{meant}"
        yield Finding((*address, "cap"), "unknown-attribute", sentence)


def _steps(scale: PercentScale, address: Address) -> Iterator[Finding]:
    for name, step in (("step", scale.step), ("attribute step", scale.attribute_step)):
        if step is not None and (step <= 0 or 100 % step):
            sentence = f"Steps of {step} do not divide 100 percent evenly."
            yield Finding((*address, name), "step", sentence)
    if scale.step <= 0 or 100 % scale.step:
        return
    wrong = [
        finding
        for place, one in enumerate(scale.ranges)
        for finding in _ends(one, scale.step, (*address, "ranges", place))
    ]
    yield from wrong or _sequence(scale, address)


def _sequence(scale: PercentScale, address: Address) -> Iterator[Finding]:
    described_to = -scale.step
    for place, one in enumerate(scale.ranges):
        here = (*address, "ranges", place)
        expected = described_to + scale.step
        if one.start > expected:
            sentence = f"No range describes {_span(expected, one.start - scale.step)} percent."
            yield Finding((*here, "from"), "range-gap", sentence)
        elif one.start < expected and place:
            sentence = (
                f"This range starts at {one.start} percent, but the one before goes up to"
                f" {described_to}."
            )
            yield Finding((*here, "from"), "range-overlap", sentence)
        described_to = max(described_to, one.end)
    if scale.ranges and described_to < 100:
        last = (*address, "ranges", len(scale.ranges) - 1, "to")
        sentence = f"No range describes {_span(described_to + scale.step, 100)} percent."
        yield Finding(last, "range-gap", sentence)


def _ends(one: RangeEntry, step: int, here: Address) -> Iterator[Finding]:
    if 0 <= one.end < one.start <= 100:
        sentence = f"This range starts at {one.start} percent and ends before, at {one.end}."
        yield Finding((*here, "to"), "range-order", sentence)
    for name, percent in (("from", one.start), ("to", one.end)):
        if not 0 <= percent <= 100:
            sentence = f"{percent} does not lie between 0 and 100 percent."
            yield Finding((*here, name), "range-order", sentence)
        elif percent % step:
            sentence = f"{percent} is no answer on this scale, which goes in steps of {step}."
            yield Finding((*here, name), "range-step", sentence)


def _span(low: int, high: int) -> str:
    return str(low) if low >= high else f"{low} to {high}"


def _texts(
    scale: PercentScale, place: int, address: Address, proposals: Proposals
) -> Iterator[Finding]:
    """A text for each attribute in every range, once one range has some."""
    one = scale.ranges[place]
    given = one.model_extra or {}
    attributes = [one.id for one in scale.attributes if one.id not in _OWN_FIELDS]
    here = (*address, "ranges", place)
    unknown = [name for name in given if name not in attributes]
    for name in unknown:
        meant = proposals.did_you_mean(name, [*attributes, *_OWN_FIELDS])
        sentence = f"{quoted(name)} is no attribute of this scale.{meant}"
        yield Finding((*here, name), "unknown-attribute", sentence, at_key=True)
    described = any(set(other.model_extra or {}) & set(attributes) for other in scale.ranges)
    absent = [attribute for attribute in attributes if attribute not in given]
    if described and absent and not unknown:
        sentence = f"This range says nothing about: {listed(absent)}."
        yield Finding(here, "missing-attribute-text", sentence)
