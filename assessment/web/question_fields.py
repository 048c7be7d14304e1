"""Fields of questions, and their form: what they take, and what they say about all else.

A field is named for its kind and place, `answer:1.1-s1`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms.fields import RadioField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from assessment.core.framework import Slot
from assessment.core.text import COMMENT_LIMIT
from assessment.exchange.answer_values import NotLegal, answer_code
from assessment.services.fillings import YES, Field
from assessment.web.forms import cleaned
from assessment.web.language import gettext as _
from assessment.web.language import number


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
