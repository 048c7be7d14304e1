"""The interface in the reader's language: chosen for each request, English where nothing fits."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request

FOLDER = Path(__file__).resolve().parent / "translations"
SOURCE = "en"
"""The language the strings are written in."""


WHOLE = 0.95
"""A language of which this share is translated is offered to people; respondents read theirs."""


@cache
def languages() -> Mapping[str, str]:
    """The languages of the whole interface, each under its own name, English first."""
    found = [SOURCE, *(tag for tag in _known() if _words(tag).share >= WHOLE)]
    return {tag: Locale.parse(tag, sep="-").get_display_name() or tag for tag in found}


def language() -> str:
    """The language of this request: the person's or the cycle's, else what the browser asks for."""
    if not has_request_context():
        return SOURCE
    if "language" not in g:
        # The pages of respondents come first in every language.
        there = [SOURCE, *_known()] if request.path.startswith("/r/") else languages()
        g.language = request.accept_languages.best_match(there) or SOURCE
    chosen: str = g.language
    return chosen


def speak(tag: str) -> None:
    """Go on in *tag* where the interface knows it: a person's own choice, or a cycle's language."""
    if tag == SOURCE or tag in _known():
        g.language = tag


def direction(tag: str) -> str:
    """Whether *tag* is written from the left or from the right: `ltr` or `rtl`."""
    try:
        return Locale.parse(tag, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def gettext(message: str, **values: object) -> str:
    """*message* in the reader's language, with *values* put in."""
    found = _words(language()).said.ugettext(message)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """*one* or *many* by *number*, which the message may name as `%(num)s`."""
    found = _words(language()).said.ungettext(one, many, number)
    return found % {"num": number, **values}


def day(date: datetime.date) -> str:
    """A date as the reader writes it: 12 June 2026."""
    return format_date(date, "long", locale=_locale())


def moment(time: datetime.datetime, zone: str = "UTC") -> str:
    """A moment as the reader writes it, on the clocks of *zone*."""
    aware = time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
    there = aware.astimezone(ZoneInfo(zone))
    return f"{day(there.date())}, {there:%H:%M}"


def number(value: float) -> str:
    """A number as the reader writes it: 1,234."""
    return format_decimal(value, locale=_locale())


def is_said(message: Message) -> bool:
    """Whether a text has its translation, in every form of the plural."""
    said = message.string
    return bool(said) if isinstance(said, str) else bool(said) and all(said or ())


def init_app(app: Flask) -> None:
    """Give templates the words, dates and numbers of the reader."""
    # Before the first request: reading the words of a language takes longer than a page may.
    languages()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # by the extension
        _template_gettext, _template_ngettext, newstyle=True
    )
    app.jinja_env.filters.update(day=day, moment=moment, number=number)
    app.jinja_env.globals.update(language=language, direction=direction)


def _template_gettext(message: str) -> str:
    return _words(language()).said.ugettext(message)


def _template_ngettext(one: str, many: str, number: int) -> str:
    return _words(language()).said.ungettext(one, many, number)


def _locale() -> Locale:
    tag = language()
    # Our English is British: days before months.
    return Locale.parse("en-GB" if tag == SOURCE else tag, sep="-")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language, and how much of the interface they cover."""

    said: NullTranslations
    share: float


@cache
def _known() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.po")))


@cache
def _words(tag: str) -> _Words:
    """The words of a language, read once a process; English needs none."""
    if tag not in _known():
        return _Words(NullTranslations(), 1.0)
    with (FOLDER / f"{tag}.po").open("rb") as file:
        catalog = read_po(file, locale=tag.replace("-", "_"))
    said = sum(is_said(message) for message in catalog if message.id)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return _Words(Translations(compiled), said / max(1, len(catalog)))
