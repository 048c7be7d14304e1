"""Forms of questions: a field for each slot of the respondent's form, and for the words beside it.

A field is named for its kind and place, `answer:1.1-s1`. Beside each stands, hidden, what it showed
when the page was loaded: only what somebody has touched is sent on to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from werkzeug.datastructures import MultiDict
from wtforms.fields import RadioField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from assessment.core.framework import GRADES, Item, Range, Scale, Slot
from assessment.core.text import COMMENT_LIMIT, clean
from assessment.exchange.answer_values import NotLegal, answer_code
from assessment.services.answer_checks import Change
from assessment.services.errors import NotThere
from assessment.services.fillings import YES, Field, Filling, Kind
from assessment.web.forms import cleaned
from assessment.web.language import gettext as _
from assessment.web.language import number

NOTES: tuple[Kind, ...] = ("strength", "ofi", "evidence", "comment")
"""What a judge writes about an item, in the order of the page."""

WAS = "was:"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered: what is sent, its word, and what it means."""

    value: str
    label: str
    text: str = ""


class AnswerField(RadioField):
    """One slot. What is not offered is refused in words; nothing chosen is nothing said."""

    def __init__(self, slot: Slot, ways_out: Iterable[str], **kept: Any) -> None:  # noqa: ANN401
        super().__init__("", filters=[cleaned], validate_choice=False, **kept)
        self.slot = slot
        self.ways_out = tuple(ways_out)
        self.choices = []

    def pre_validate(self, form: object) -> None:  # noqa: ARG002
        """Take what the slot takes, by the rule that imports go by."""
        typed = self.data or ""
        try:
            answer_code(self.slot, typed)
        except NotLegal:
            raise ValidationError(self._refusal(typed)) from None
        if typed in {"unknown", "na"} and typed not in self.ways_out:
            raise ValidationError(self._refusal(typed))

    def _refusal(self, typed: str) -> str:
        short = typed if len(typed) <= 40 else f"{typed[:40]}…"
        return _("“%(typed)s” is no answer to this. Choose one of those offered.", typed=short)


class WordsField(TextAreaField):
    """A text of any script, as long as a comment may be."""

    def __init__(self, **kept: Any) -> None:  # noqa: ANN401
        super().__init__("", filters=[cleaned], **kept)

    def pre_validate(self, form: object) -> None:  # noqa: ARG002
        """Say how much is too much; nothing is cut off."""
        over = len(self.data or "") - COMMENT_LIMIT
        if over > 0:
            raise ValidationError(
                _(
                    "%(over)s characters too many. Shorten the text; it is not saved yet.",
                    over=number(over),
                )
            )


class TickField(StringField):
    """Set or not: a mark for review, a whole item that does not apply."""

    def pre_validate(self, form: object) -> None:  # noqa: ARG002
        """Nothing else can be meant."""
        if self.data not in {"", None, YES}:
            raise ValidationError(_("This is either set or not."))


class QuestionForm(BaseForm):
    """The fields of one page, or those that a script sends."""

    @property
    def fields(self) -> list[Field]:
        """The fields of this form, by place and kind."""
        return [place_of(name) for name in self._fields]

    @property
    def problems(self) -> dict[Field, str]:
        """What is wrong, by place and kind."""
        return {
            place_of(name): " ".join(map(str, field.errors))
            for name, field in self._fields.items()
            if field.errors
        }

    def values(self) -> dict[Field, str]:
        """What every field holds."""
        return {place_of(name): field.data or "" for name, field in self._fields.items()}


def name_of(place: str, kind: str) -> str:
    """How the field is called in a page."""
    return f"{kind}:{place}"


def place_of(name: str) -> Field:
    """The place and kind behind a field's name."""
    kind, _colon, place = name.partition(":")
    return place, kind


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


def choices_of(slot: Slot) -> list[Choice]:
    """What a slot offers, lowest first, in the file's own words."""
    if slot.kind == "criterion":
        return [Choice("yes", _("Yes")), Choice("no", _("No"))]
    scale = slot.scale
    if scale.answer == "conformity":
        return [Choice(grade, scale.label_of(place)) for place, grade in enumerate(GRADES)]
    texts = {level.number: level.text for level in scale.levels}
    return [
        Choice(
            str(value),
            scale.label_of(value) if scale.answer != "percent" else f"{value} %",
            texts.get(value, ""),
        )
        for value in scale.values
    ]


def word_for(filling: Filling, place: str, kind: str, value: str) -> str:
    """A field's *value* as a person would say it."""
    if kind in {"mark", "waive"}:
        return _("set") if value else _("not set")
    if kind != "answer" or not value:
        return value or _("nothing")
    if value == "unknown":
        return _("I can't judge this")
    if value == "na":
        return _("Does not apply")
    slot = filling.framework.slots[filling.framework.position[place]]
    return next((each.label for each in choices_of(slot) if each.value == value), value)


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


def item_slots(filling: Filling, item: Item) -> list[Slot]:
    """The slots of *item* that this respondent is asked."""
    framework = filling.framework
    return [
        slot
        for slot in framework.slots
        if slot.item.id == item.id and slot.key in filling.places.slots
    ]


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


def steps_of(scale: Scale) -> list[tuple[Range | None, list[int]]]:
    """The steps of a percent scale under the range each belongs to: the range is chosen first."""
    found: list[tuple[Range | None, list[int]]] = []
    for value in scale.values:
        described = scale.range_of(Fraction(value))
        if not found or found[-1][0] is not described:
            found.append((described, []))
        found[-1][1].append(value)
    return found
