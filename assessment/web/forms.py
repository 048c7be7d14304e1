"""Forms: fields named one by one, text cleaned before anything looks at it, refusals in words."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from assessment.core.text import clean
from assessment.services.errors import Refused, Sentence
from assessment.web.language import gettext as _
from assessment.web.language import ngettext


class Form(FlaskForm):  # type: ignore[misc]  # the library ships no types
    """A form of ours: what is sent beyond its fields is ignored."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Sentences are ours, so the library's own translations stay out."""

        locales = False


class Line(StringField):
    """One line: a name, a title, a unit."""

    def __init__(self, label: str, validators: Any = None, **kept: Any) -> None:  # noqa: ANN401
        super().__init__(label, validators, filters=[one_line], **kept)


class Paragraphs(TextAreaField):
    """Longer text; blank lines stay."""

    def __init__(self, label: str, validators: Any = None, **kept: Any) -> None:  # noqa: ANN401
        super().__init__(label, validators, filters=[cleaned], **kept)


class Choice(SelectField):
    """One of a few; another than those offered is refused in words."""

    def __init__(self, label: str, validators: Any = None, **kept: Any) -> None:  # noqa: ANN401
        super().__init__(label, validators, validate_choice=False, **kept)

    def pre_validate(self, form: object) -> None:  # noqa: ARG002  asked for by the library
        """Refuse what was not offered."""
        if self.data not in {value for value, _label, *_rest in self.iter_choices()}:
            raise ValidationError(_("Choose one of the list."))


def show_wrong(form: Form, refused: Refused) -> None:
    """Put a service's sentences beside the fields they are about; the text stays in the fields.

    A sentence about something that is no field stands in the summary alone.
    """
    for name, sentence in refused.fields.items():
        if name in form:
            form[name].errors = [*form[name].errors, in_words(sentence)]
        else:
            form.form_errors.append(in_words(sentence))


def in_words(sentence: Sentence | str) -> str:
    """A sentence in the reader's language; a text that is none stays as it is."""
    if isinstance(sentence, str):
        return sentence
    values = {
        name: in_words(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    if sentence.many:
        return ngettext(sentence.template, sentence.many, sentence.number, **values)
    return _(sentence.template, **values)


def whole_number(typed: str | None, digits: int = 9) -> int:
    """A number that the page itself had sent, such as a version; of one tampered with, 0."""
    typed = typed or ""
    is_one = typed.isascii() and typed.isdecimal() and len(typed) <= digits
    return int(typed) if is_one else 0


def cleaned(value: Any) -> Any:  # noqa: ANN401  a file, or nothing, passes through
    """Typed text as it is kept, without blanks around it."""
    return clean(value).strip() if isinstance(value, str) else value


def one_line(value: Any) -> Any:  # noqa: ANN401
    """Typed text on one line, without blanks around it."""
    return " ".join(cleaned(value).split()) if isinstance(value, str) else value
