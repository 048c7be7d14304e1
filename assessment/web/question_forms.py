"""Forms of questions: a field for each slot of the respondent's form, and for the words beside it.

Beside each field stands, hidden, what it showed when the page was loaded: only what somebody has
touched is sent on to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from werkzeug.datastructures import MultiDict

from assessment.core.framework import Item, Slot
from assessment.core.text import clean
from assessment.services.answer_checks import Change
from assessment.services.errors import NotThere
from assessment.services.fillings import Field, Filling, Kind
from assessment.web.question_fields import (
    AnswerField,
    QuestionForm,
    TickField,
    WordsField,
    name_of,
    place_of,
)

NOTES: tuple[Kind, ...] = ("strength", "ofi", "evidence", "comment")
"""What a judge writes about an item, in the order of the page."""

WAS = "was:"


def form_for(filling: Filling, fields: Iterable[Field]) -> QuestionForm:
    """A form of these *fields*; NotThere where the respondent's form has no such place."""
    return QuestionForm({name_of(*each): _field(filling, *each) for each in fields})


def fields_of(filling: Filling, item: Item) -> Iterator[Field]:
    """Every field of an item's page, in the order of the page."""
    places, notes = filling.places, filling.places.judges
    for question in item.questions:
        if question.id in places.texts:
            yield question.id, "text"
        elif question.id in places.slots:
            yield question.id, "answer"
            yield from _beside(filling, question.id)
    if notes and item.judge is not None:
        yield from _judgement_fields(filling, item)
        yield from ((item.id, kind) for kind in NOTES)
        if may_waive(filling):
            yield item.id, "waive"
            yield item.id, "reason"
    yield item.id, "mark"


def key_factor_fields(filling: Filling) -> list[Field]:
    """The questions about the organisation that a leader answers in words."""
    return [
        (each.id, "text") for each in filling.framework.context if each.id in filling.places.texts
    ]


def item_slots(filling: Filling, item: Item) -> list[Slot]:
    """The slots of *item* that this respondent is asked."""
    framework = filling.framework
    return [
        slot
        for slot in framework.slots
        if slot.item.id == item.id and slot.key in filling.places.slots
    ]


def may_waive(filling: Filling) -> bool:
    """Whether judges may say that something does not apply; staff say that they can't judge it."""
    return filling.places.judges and filling.framework.not_applicable != "never"


def sent_changes(form: QuestionForm, sent: Mapping[str, str]) -> list[Change]:
    """What a posted page changes; a field whose shown value did not come was not on the page."""
    found = []
    for name, field in form._fields.items():
        shown = sent.get(WAS + name)
        place, kind = place_of(name)
        if shown is not None and not field.errors:
            change = Change(place, cast("Kind", kind), clean(shown).strip(), field.data or "")
            if change.shown != change.value:
                found.append(change)
    return found


def with_values(form: QuestionForm, values: Mapping[Field, str]) -> QuestionForm:
    """*form* with *values* in its fields, judged as if somebody had sent them."""
    form.process(MultiDict((name_of(*field), value) for field, value in values.items()))
    form.validate()
    return form


def _beside(filling: Filling, place: str) -> Iterator[Field]:
    yield place, "comment"
    if may_waive(filling):
        yield place, "reason"


def _judgement_fields(filling: Filling, item: Item) -> Iterator[Field]:
    for slot in item_slots(filling, item):
        if slot.kind != "question":
            yield slot.key, "answer"
            if slot.kind == "criterion" and may_waive(filling):
                yield slot.key, "reason"


def _field(filling: Filling, place: str, kind: str) -> Any:  # noqa: ANN401  bound by its form
    places = filling.places
    if kind == "answer" and place in places.slots:
        return AnswerField(_slot(filling, place), _ways_out(filling, place))
    if kind == "text" and place in places.texts:
        return WordsField()
    if kind == "mark" and place in places:
        return TickField()
    if kind == "waive" and place in places.items and may_waive(filling):
        return TickField()
    if kind in {*NOTES, "reason"} and place in places:
        return WordsField()
    raise NotThere


def _slot(filling: Filling, place: str) -> Slot:
    return filling.framework.slots[filling.framework.position[place]]


def _ways_out(filling: Filling, place: str) -> list[str]:
    """A whole item is set aside as such; its attributes go with it."""
    can_leave = may_waive(filling) and _slot(filling, place).kind in {"question", "criterion"}
    return ["unknown", "na"] if can_leave else ["unknown"]
