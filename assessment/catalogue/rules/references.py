"""Ids are unique, and whatever names something names something that is there."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.catalogue.outline import JUDGED_ON, Outline, PlacedItem, PlacedQuestion
from assessment.catalogue.problems import Finding
from assessment.catalogue.schema import MetScale
from assessment.catalogue.wording import quoted, with_article


def references(outline: Outline) -> Iterator[Finding]:
    """Every id that is used twice and every name that leads nowhere."""
    yield from _duplicates(outline)
    for placed in outline.items:
        yield from _of_item(outline, placed)
    for asked in outline.questions:
        yield from _of_question(outline, asked)


def _duplicates(outline: Outline) -> Iterator[Finding]:
    for named in outline.named:
        first = outline.by_id[named.id]
        if first is not named:
            sentence = (
                f"The id {quoted(named.id)} is used twice: in line"
                f" {outline.line((*first.address, 'id'))} for {with_article(first.noun)}, here for"
                f" {with_article(named.noun)}."
            )
            yield Finding((*named.address, "id"), "duplicate-id", sentence)


def _of_item(outline: Outline, placed: PlacedItem) -> Iterator[Finding]:
    address, item = placed
    for place, driver in enumerate(item.drivers):
        if driver not in outline.ids["item"]:
            yield outline.unknown("item", driver, (*address, "drivers", place), "unknown-item")
        elif driver == item.id:
            sentence = f"Item {quoted(item.id)} cannot be its own driver."
            yield Finding((*address, "drivers", place), "own-driver", sentence)
    if item.judge is None:
        if item.levels:
            sentence = "“levels” with criteria need “judge”: the id of a met scale."
            yield Finding((*address, "levels"), "levels-without-met", sentence, at_key=True)
        return
    scale = outline.file.scales.get(item.judge)
    judge = (*address, "judge")
    if scale is None:
        yield outline.unknown("scale", item.judge, judge, "unknown-scale")
    elif scale.answer not in JUDGED_ON:
        sentence = (
            f"{quoted(item.judge)} is {with_article(scale.answer)} scale. An item is judged in"
            " percent, levels, stages, criteria that are met, or conformity."
        )
        yield Finding(judge, "judge-scale", sentence)
    elif isinstance(scale, MetScale):
        yield from _criteria(placed, scale)
    elif item.levels:
        sentence = (
            f"“levels” with criteria are for met scales; {quoted(item.judge)} is"
            f" {with_article(scale.answer)} scale."
        )
        yield Finding((*address, "levels"), "levels-without-met", sentence, at_key=True)


def _criteria(placed: PlacedItem, scale: MetScale) -> Iterator[Finding]:
    address, item = placed
    if not item.levels:
        sentence = (
            f"Item {quoted(item.id)} is judged on criteria, so it needs “levels” that hold them."
        )
        yield Finding((*address, "judge"), "met-without-levels", sentence)
        return
    numbers = [level.level for level in scale.levels]
    given = [level.level for level in item.levels]
    if numbers != list(range(1, len(numbers) + 1)):
        return  # the scale itself has to be mended first
    reached = 0
    for place, level in enumerate(item.levels):
        here = (*address, "levels", place, "level")
        if level.level not in numbers:
            sentence = f"Scale {quoted(item.judge or '')} has no level {level.level}."
            yield Finding(here, "unknown-level", sentence)
        elif level.level <= reached:
            sentence = f"Level {level.level} comes after level {reached}. Go from low to high."
            yield Finding(here, "level-order", sentence)
        reached = max(reached, level.level)
    absent = [number for number in numbers if number not in given]
    for number in absent if set(given) <= set(numbers) else ():
        sentence = f"Level {number} of item {quoted(item.id)} has no criteria."
        yield Finding((*address, "levels"), "level-without-criteria", sentence, at_key=True)


def _of_question(outline: Outline, asked: PlacedQuestion) -> Iterator[Finding]:
    address, question, placed = asked
    for place, form in enumerate(question.form or ()):
        if form not in outline.file.forms:
            yield outline.unknown("form", form, (*address, "form", place), "unknown-form")
    if question.scale is not None:
        scale = outline.file.scales.get(question.scale)
        if scale is None:
            here = (*address, "scale")
            yield outline.unknown("scale", question.scale, here, "unknown-scale")
        elif isinstance(scale, MetScale):
            sentence = f"{quoted(question.scale)} is a met scale: its criteria stand at an item."
            yield Finding((*address, "scale"), "question-scale", sentence)
    areas = [area.id for area in placed.item.areas]
    if question.area is not None and question.area not in areas:
        meant = outline.proposals.did_you_mean(question.area, areas)
        sentence = f"Item {quoted(placed.item.id)} has no area {quoted(question.area)}.{meant}"
        yield Finding((*address, "area"), "unknown-area", sentence, missing=question.area)
