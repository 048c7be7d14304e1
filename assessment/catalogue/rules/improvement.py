"""Advice stands where somebody can stand: at the start of a range, at a level, at a grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assessment.catalogue.outline import Outline, PlacedItem
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import (
    AgreementScale,
    ConformityScale,
    LevelScale,
    MetScale,
    PercentScale,
    ScaleEntry,
)
from assessment.catalogue.texts import Text
from assessment.catalogue.wording import listed, quoted
from assessment.core.scales import GRADES

NONCONFORMING = ("minor", "major")
"""Where something has to be done. An opportunity for improvement says itself what could be."""


def places(scale: ScaleEntry) -> Mapping[str, int]:
    """What a key of `improve` may be on *scale*, with the number it stands for."""
    numbers: Iterable[int] = ()
    if isinstance(scale, ConformityScale):
        return {grade: number for number, grade in enumerate(GRADES)}
    if isinstance(scale, PercentScale):
        numbers = [one.start for one in scale.ranges] or range(0, 101, max(scale.step, 1))
    elif isinstance(scale, LevelScale):
        numbers = [level.level for level in scale.levels]
    elif isinstance(scale, MetScale):
        numbers = [0, *(level.level for level in scale.levels)]
    elif isinstance(scale, AgreementScale):
        numbers = range(1, len(scale.labels) + 1)
    return {str(number): number for number in numbers}


def advised_on(
    question_scale: str | None, item_scale: str | None, scales: Mapping[str, ScaleEntry]
) -> ScaleEntry | None:
    """The scale that a question's advice refers to: its own, or its item's if it is not scored."""
    own = scales.get(question_scale or "")
    return own if own is not None and own.answer != "text" else scales.get(item_scale or "")


def improvement(outline: Outline) -> Iterator[Finding]:
    """Advice for places that are not there, and places without advice."""
    scale_of = {placed.item.id: scale for placed, scale in outline.judged}
    for placed in outline.items:
        item, scale = placed.item, scale_of.get(placed.item.id)
        if placed.is_judged and scale is None:
            continue  # what it is judged on has to be mended first
        misplaced = list(_misplaced(item.improve, scale, (*placed.address, "improve"), outline))
        for place, question in enumerate(item.questions):
            address = (*placed.address, "questions", place, "improve")
            if question.scale is None or question.scale in outline.file.scales:
                own = advised_on(question.scale, item.judge, outline.file.scales)
                misplaced += _misplaced(question.improve, own, address, outline)
        yield from misplaced
        if scale is not None and not misplaced:
            yield from _gaps(placed, scale)


def _misplaced(
    advice: Mapping[str, Text], scale: ScaleEntry | None, address: Address, outline: Outline
) -> Iterator[Finding]:
    if advice and (scale is None or scale.answer == "text"):
        sentence = "“improve” starts from where an item stands, so the item needs a “judge”."
        yield Finding(address, "unknown-improve", sentence, at_key=True)
        return
    options = places(scale) if scale else {}
    for key in advice:
        if key not in options:
            sentence = _nowhere(key, options, outline)
            yield Finding((*address, key), "unknown-improve", sentence, at_key=True)


def _nowhere(key: str, options: Mapping[str, int], outline: Outline) -> str:
    if key.isascii() and key.isdigit() and len(key) < 10 and all(map(str.isdigit, options)):
        below = [name for name, place in options.items() if place <= int(key)]
        meant = f" Did you mean {quoted(below[-1])}?" if below else ""
    else:
        meant = outline.proposals.did_you_mean(key, list(options))
    return f"No range, level or grade starts at {quoted(key)}.{meant}"


def _gaps(placed: PlacedItem, scale: ScaleEntry) -> Iterator[Finding]:
    """One warning an item: what to do next is missing somewhere below the top."""
    wanted = _below_the_top(scale)
    given = set(placed.item.improve)
    for question in placed.item.questions:
        if question.scale is None or question.scale == placed.item.judge:
            given |= set(question.improve)
    absent = [key for key in wanted if key not in given]
    if absent:
        where = f" at: {listed(absent)}" if given else ""
        sentence = f"Item {quoted(placed.item.id)} does not say what to improve{where}."
        yield Finding((*placed.address, "id"), "missing-improve", sentence, "warning")


def _below_the_top(scale: ScaleEntry) -> Sequence[str]:
    if isinstance(scale, PercentScale):
        return [str(one.start) for one in scale.ranges][:-1]
    if isinstance(scale, LevelScale | MetScale):
        return list(places(scale))[:-1]
    if isinstance(scale, ConformityScale):
        return NONCONFORMING
    return []
