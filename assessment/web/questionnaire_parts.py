"""A questionnaire in words: its parts and how they stand, its rows for review and for a copy."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from flask import url_for

from assessment.core.consensus import judgements
from assessment.core.framework import Category, Item, Slot
from assessment.core.progress import CategoryProgress, Count, ItemProgress
from assessment.exchange.rows import guarded, write_rows
from assessment.services.answers import Conflict
from assessment.services.cycle_days import standing
from assessment.services.errors import NotThere
from assessment.services.fillings import Field, Filling
from assessment.web.language import day, ngettext
from assessment.web.language import gettext as _
from assessment.web.question_forms import (
    NOTES,
    QuestionForm,
    item_slots,
    key_factor_fields,
    name_of,
    word_for,
)


@dataclass(frozen=True)
class Place:
    """Where an item stands in the questionnaire, and what is before and behind it."""

    category: Category
    item: Item
    part: int
    parts: int
    number: int
    numbers: int
    before: str
    after: str


@dataclass(frozen=True)
class QuestionPage:
    """The fields of one page: what they hold, what they showed, and what stands against them."""

    filling: Filling
    form: QuestionForm
    was: Mapping[Field, str]
    theirs: Mapping[Field, str] = field(default_factory=dict)

    def value(self, place: str, kind: str = "answer") -> str:
        """What the field holds now."""
        return self.form[name_of(place, kind)].data or ""

    def error(self, place: str, kind: str = "answer") -> str:
        """What is wrong with it, if anything."""
        return " ".join(map(str, self.form[name_of(place, kind)].errors))

    def has(self, place: str, kind: str) -> bool:
        """Whether this page asks for it."""
        return name_of(place, kind) in self.form

    def other(self, place: str, kind: str) -> str | None:
        """In words, what was saved elsewhere meanwhile; None where nothing was."""
        theirs = self.theirs.get((place, kind))
        return None if theirs is None else word_for(self.filling, place, kind, theirs)

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """Each field that needs a look: the id of its control, and the sentence."""
        found = [(name_of(*each), text) for each, text in self.form.problems.items()]
        changed = _("Changed elsewhere meanwhile: look at both and choose.")
        return found + [(name_of(*each), changed) for each in self.theirs]


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


def show(filling: Filling, form: QuestionForm) -> QuestionPage:
    """A page as it stands in the database."""
    was = {each: filling.shown(*each) for each in form.fields}
    form.process(None, data={name_of(*each): value for each, value in was.items()})
    return QuestionPage(filling, form, was)


def after_conflicts(conflicts: tuple[Conflict, ...]) -> dict[Field, str]:
    """What stands now, by field."""
    return {(each.place, each.kind): each.theirs for each in conflicts}


def find_place(filling: Filling, item_id: str) -> Place:
    """Where the item is; NotThere if this respondent is not asked about it."""
    parts = filling.progress.categories
    order = [item.item.id for part in parts for item in part.items]
    if item_id not in order:
        raise NotThere
    at = order.index(item_id)
    part = next(
        each for each in enumerate(parts, start=1) if item_id in [i.item.id for i in each[1].items]
    )
    ids = [item.item.id for item in part[1].items]
    number = ids.index(item_id)
    return Place(
        part[1].category, part[1].items[number].item, part[0], len(parts), number + 1, len(ids),
        address(order[at - 1]) if at else url_for("questionnaire.hub"),
        address(order[at + 1]) if at + 1 < len(order) else url_for("questionnaire.review"),
    )  # fmt: skip


def address(item_id: str) -> str:
    """Where an item's page is."""
    return url_for("questionnaire.item", item_id=item_id)


def next_address(filling: Filling) -> str:
    """Where to go on: the first open item, else the review."""
    found = filling.progress.next_open()
    return address(found.id) if found else url_for("questionnaire.review")


def next_words(filling: Filling) -> str:
    """What the one button of the hub says."""
    found = filling.progress.next_open()
    if found is None:
        return _("Review and submit")
    title = filling.framework.category_of[found.id].title
    started = filling.progress.count.is_started
    if started:
        return _("Continue with %(part)s", part=title)
    return _("Start with %(part)s", part=title)


def address_in(part: CategoryProgress) -> str:
    """The first open item of a part, else its first."""
    waiting = [item for item in part.items if not item.count.is_complete]
    return address((waiting or list(part.items))[0].item.id)


def state(part: CategoryProgress | ItemProgress) -> str:
    """How a part stands, in words."""
    count = part.count
    if not count.is_started:
        words = _("Not started") if count.asked else _("Nothing to score")
    elif count.is_complete:
        words = _("Completed")
    else:
        words = _("%(done)s of %(asked)s answered", done=done(count), asked=count.asked)
    if count.marked:
        words += " · " + ngettext("%(num)s marked", "%(num)s marked", count.marked)
    return words


def done(count: Count) -> int:
    """Answers given; "can't judge" is one."""
    return count.answered + count.cant_judge


def minutes(filling: Filling) -> int:
    """How long this form takes, in whole minutes and never none."""
    exact = filling.edition.minutes.get(filling.respondent.form, Fraction(1))
    return max(1, -(-exact.numerator // exact.denominator))


def closing_words(filling: Filling, now: datetime.datetime) -> str:
    """Until when answers are taken, or that they no longer are and what is kept."""
    cycle = filling.cycle
    if standing(cycle, now) == "open":
        return _("Open until the end of %(day)s.", day=day(cycle.closes_on))
    kept = ngettext("Your %(num)s answer is kept.", "Your %(num)s answers are kept.", filling.kept)
    return _("This assessment has closed.") + " " + kept


def level_words(filling: Filling, item: Item) -> str:
    """The level that an item with criteria has reached so far."""
    found = [
        each for each in judgements(filling.framework, [filling.sheet]) if each.item_id == item.id
    ]
    scale = item.judge
    if scale is None or not found or found[0].state != "scored" or found[0].value is None:
        return _("Not determined yet")
    level = int(found[0].value)
    label = next((each.label for each in scale.levels if each.number == level), "")
    return f"{level} · {label}" if label else str(level)


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


def rows_of(filling: Filling) -> list[tuple[Category, list[Row]]]:
    """All that is asked of this respondent, part by part."""
    waiting = set(filling.progress.open_places)
    return [
        (part.category, [row for each in part.items for row in _rows(filling, each.item, waiting)])
        for part in filling.progress.categories
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
        if item.id in filling.sheet.not_applicable:
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
