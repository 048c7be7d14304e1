"""Where an item stands on its scale, and what that means in the words of the criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.consensus import Judgement
from assessment.core.framework import CONSENSUS, Item
from assessment.core.scales import Range, Scale
from assessment.core.tally import SlotCounts
from assessment.reporting.elements import Column, Row, Table
from assessment.reporting.source import Source, present_value, value_words
from assessment.reporting.wording import (
    NO_BREAK,
    NO_FIGURE,
    PERCENT,
    figure,
    listed,
    name,
    sentence,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The meaning in a sentence, what to know about the judges, a table of parts or criteria."""

    meaning: str
    notes: tuple[str, ...]
    table: Table | None = None


def judged(source: Source, item: Item) -> Judged | None:
    """None where nobody judged *item*."""
    assessed = source.assessed(item)
    if item.judge is None or assessed.state not in ("scored", "not determined"):
        return None
    value = present_value(item, assessed)
    notes = tuple(_notes(source, item, item.judge))
    match item.judge.answer:
        case "percent":
            reached = item.judge.range_of(value) if value is not None else None
            table = _attributes(source, item, item.judge, reached)
            return Judged(_range_meaning(reached), notes, table)
        case "met":
            return Judged(
                _level_meaning(item.judge, value), notes, _criteria(source, item, item.judge, value)
            )
        case "conformity":
            # The headline names the grade.
            return Judged("", notes)
        case _:
            return Judged(_level_meaning(item.judge, value), notes)


def _notes(source: Source, item: Item, scale: Scale) -> Iterator[str]:
    assessed = source.assessed(item)
    if assessed.provisional:
        values = sorted(each.value for each in _own(source, item) if each.value is not None)
        given = listed(value_words(scale, value) for value in values)
        yield f"Provisional: the judges have not agreed yet. They gave {given}."
    if assessed.state == "not determined":
        yield "Not determined: a criterion that decides was left open or could not be judged."


def _own(source: Source, item: Item) -> list[Judgement]:
    """The consensus where there is one, else every judgement of *item*."""
    given = [each for each in source.release.judgements if each.item_id == item.id]
    return [each for each in given if each.group == CONSENSUS] or given


def _range_meaning(reached: Range | None) -> str:
    if reached is None:
        return ""
    steps = f"{reached.start} to {reached.end}{PERCENT}"
    return f"{name(reached.label)} ({steps}). {name(reached.text)}".strip()


def _level_meaning(scale: Scale, value: Fraction | None) -> str:
    if value is None:
        return ""
    text = next((level.text for level in scale.levels if level.number == value), "")
    if not text and value < scale.levels[0].number:
        text = "The first level is not reached yet."
    return f"{sentence(value_words(scale, value))}. {name(text)}".strip()


def _attributes(source: Source, item: Item, scale: Scale, reached: Range | None) -> Table | None:
    """Each attribute: what the judges gave, and what the range of the middle one means."""
    if not scale.attributes:
        return None
    given = {
        attribute.id: sorted(
            each.attributes[attribute.id]
            for each in _own(source, item)
            if attribute.id in each.attributes
        )
        for attribute in scale.attributes
    }
    if any(given.values()):
        is_apart = source.framework.scoring.item == "judged"
        caption = "The parts of the judgement, in %" + (
            "; they inform it and are never averaged into it" if is_apart else ""
        )
        return _given_attributes(caption, item, given, source.assessed(item).attributes, reached)
    if reached is None or not reached.texts:
        return None
    return Table(
        "What this range means for each part of the judgement",
        (Column("part", 26, "text"), Column("means", 74, "text")),
        tuple(
            Row(name(attribute.title), (name(reached.texts[attribute.id]),))
            for attribute in scale.attributes
            if attribute.id in reached.texts
        ),
    )


def _given_attributes(
    caption: str,
    item: Item,
    given: Mapping[str, Sequence[int]],
    stands: Mapping[str, Fraction],
    reached: Range | None,
) -> Table:
    """What was given for each part; of several judges the middle one, whose words stand beside."""
    several = any(len(values) > 1 for values in given.values())
    rows = []
    scale = item.judge
    for attribute in scale.attributes if scale else ():
        middle = stands.get(attribute.id)
        described = reached if middle is None or scale is None else scale.range_of(middle)
        text = described.texts.get(attribute.id, described.label) if described else NO_FIGURE
        said = " · ".join(str(value) for value in given[attribute.id]) or NO_FIGURE
        cells = (said, figure(middle), name(text)) if several else (said, name(text))
        why = f"assessed.items[{item.id}].attributes[{attribute.id}]" if middle is not None else ""
        whys = ("", why, "") if several else (why, "")
        rows.append(Row(name(attribute.title), cells, whys=whys))
    return Table(
        caption,
        (
            Column("part", 24, "text"),
            Column("given", 16 if several else 12, "text"),
            *([Column("middle", 8)] if several else []),
            Column("means", 52 if several else 64, "text"),
        ),
        tuple(rows),
    )


def _criteria(source: Source, item: Item, scale: Scale, now: Fraction | None) -> Table:
    """Level by level: which criteria are met, which are not, and what has begun above."""
    rows = []
    for level in item.levels:
        title = sentence(value_words(scale, Fraction(level.number)))
        for place, criterion in enumerate(level.criteria):
            counts = source.release.criteria[criterion.id]
            found = _found(counts)
            if now is not None and level.number > now + 1 and counts.values[1]:
                found = f"beginning: {found}"
            rows.append(Row(title if place == 0 else NO_BREAK, (name(criterion.text), found)))
    return Table(
        "The criteria, level by level; what is met above the level reached is a beginning",
        (Column("level", 22, "text"), Column("criterion", 58, "text"), Column("found", 20, "text")),
        tuple(rows),
        style="criteria",
    )


def _found(counts: SlotCounts) -> str:
    """ "met", "not met", "met by 2 of 3", "can’t judge"."""
    met, missed, unknown = counts.values[1], counts.values[0], counts.unknown
    given = met + missed + unknown
    if not given:
        return "not applicable" if counts.na else "left open"
    for count, word in ((met, "met"), (missed, "not met"), (unknown, "can’t judge")):
        if count == given:
            return word
    said = [f"met by {met or 'none'} of {given}"]
    if unknown:
        said.append(f"{unknown} can’t judge")
    return ", ".join(said)
