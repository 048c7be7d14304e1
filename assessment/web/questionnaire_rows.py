"""All that is asked of somebody, row by row with what they said: for review and for a copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.core.framework import Category, Item, Slot
from assessment.exchange.rows import guarded, write_rows
from assessment.services.fillings import Filling
from assessment.web.language import gettext as _
from assessment.web.question_choices import word_for
from assessment.web.question_forms import NOTES, item_slots, key_factor_fields

TEXTS = frozenset({*NOTES, "text", "reason"})
"""The kinds of fields that somebody writes into."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was asked, and what was said to it."""

    item: Item
    place: str
    text: str
    answer: str
    is_open: bool
    is_marked: bool
    notes: tuple[tuple[str, str], ...] = ()


def rows_of(filling: Filling) -> list[tuple[Category, list[Row]]]:
    """All that is asked of this respondent, part by part."""
    waiting = set(filling.progress.open_places)
    return [
        (part.category, [row for each in part.items for row in _rows(filling, each.item, waiting)])
        for part in filling.progress.categories
    ]


def waiting_of(rows: list[Row], *, by_item: bool) -> list[Row]:
    """What is open still; by item for judges, whose items are open in many places at once."""
    found = [row for row in rows if row.is_open]
    if not by_item:
        return found
    first = {row.item.id: row for row in reversed(found)}
    return [
        Row(row.item, row.place, row.item.title, "", True, row.is_marked)
        for row in reversed(first.values())
    ]


def key_factor_rows(filling: Filling) -> list[tuple[str, str, str]]:
    """What a leader is asked about the organisation: id, title, what was said."""
    context = {each.id: each.title or each.text for each in filling.framework.context}
    return [
        (place, context[place], filling.shown(place, kind))
        for place, kind in key_factor_fields(filling)
    ]


def own_copy(filling: Filling) -> str:
    """One's own answers as a table that opens in any spreadsheet, as text."""
    lines = [["", "", title, said, ""] for _id, title, said in key_factor_rows(filling)]
    for category, rows in rows_of(filling):
        lines += [
            [
                category.title,
                row.item.title,
                row.text,
                row.answer,
                "\n".join(text for _k, text in row.notes),
            ]
            for row in rows
        ]
    header = [_("Part"), _("Item"), _("Question"), _("Answer"), _("Notes")]
    return write_rows(header, ([guarded(cell) for cell in line] for line in lines))


def note_titles() -> dict[str, str]:
    """The kinds of notes, as pages call them."""
    return {
        "comment": _("Comment"),
        "strength": _("Strengths"),
        "ofi": _("Opportunities for improvement"),
        "evidence": _("Evidence"),
        "reason": _("Reason"),
    }


def text_of(slot: Slot) -> str:
    """What a slot asks."""
    if slot.question is not None:
        return slot.question.text
    if slot.kind == "criterion":
        return next(
            each.text
            for level in slot.item.levels
            for each in level.criteria
            if each.id == slot.key
        )
    if slot.kind == "attribute":
        ending = slot.key.rpartition("/")[2]
        return next(each.title for each in slot.scale.attributes if each.id == ending)
    return _("The item as a whole")


def _rows(filling: Filling, item: Item, waiting: set[str]) -> Iterator[Row]:
    marked = item.id in filling.marked
    seen = set()
    for question in item.questions:
        if question.id in filling.places.texts:
            said = filling.shown(question.id, "text")
            yield Row(item, question.id, question.text, said, False, marked)
    for slot in item_slots(filling, item):
        seen.add(slot.key)
        said = filling.shown(slot.key)
        answer = word_for(filling, slot.key, "answer", said) if said else ""
        if item.id in filling.counted.not_applicable:
            answer = _("Does not apply")
        notes = _notes(filling, slot.key)
        yield Row(item, slot.key, text_of(slot), answer, slot.key in waiting, marked, notes)
    if item.id not in seen and (notes := _notes(filling, item.id)):
        yield Row(item, item.id, _("The item as a whole"), "", False, marked, notes)


def _notes(filling: Filling, place: str) -> tuple[tuple[str, str], ...]:
    titles = note_titles()
    return tuple(
        (titles[kind], text)
        for kind in (*NOTES, "reason")
        if (text := filling.words.get((place, kind), ""))
    )
