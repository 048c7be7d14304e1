"""The interface in the reader's language: chosen for each request, English where nothing fits."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request

FOLDER = Path(__file__).resolve().parent / "translations"
SOURCE = "en"
"""The language the strings are written in."""


@cache
def languages() -> Mapping[str, str]:
    """The languages of the interface, each under its own name, English first."""
    found = [SOURCE, *sorted(path.parent.parent.name for path in FOLDER.glob("*/*/messages.mo"))]
    return {tag: Locale.parse(tag, sep="-").get_display_name() or tag for tag in found}


def language() -> str:
    """The language of this request: the person's or the cycle's, else what the browser asks for."""
    if not has_request_context():
        return SOURCE
    if "language" not in g:
        g.language = request.accept_languages.best_match(languages()) or SOURCE
    chosen: str = g.language
    return chosen


def speak(tag: str) -> None:
    """Go on in *tag* where the interface knows it: a person's own choice, or a cycle's language."""
    if tag in languages():
        g.language = tag


def direction(tag: str) -> str:
    """Whether *tag* is written from the left or from the right: `ltr` or `rtl`."""
    try:
        return Locale.parse(tag, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def gettext(message: str, **values: object) -> str:
    """*message* in the reader's language, with *values* put in."""
    found = _translations(language()).ugettext(message)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """*one* or *many* by *number*, which the message may name as `%(num)s`."""
    found = _translations(language()).ungettext(one, many, number)
    return found % {"num": number, **values}


def day(date: datetime.date) -> str:
    """A date as the reader writes it: 12 June 2026."""
    return format_date(date, "long", locale=_locale())


def moment(time: datetime.datetime, zone: str = "UTC") -> str:
    """A moment as the reader writes it, on the clocks of *zone*."""
    aware = time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
    return format_datetime(aware, "d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=_locale())


def number(value: float) -> str:
    """A number as the reader writes it: 1,234."""
    return format_decimal(value, locale=_locale())


def init_app(app: Flask) -> None:
    """Give templates the words, dates and numbers of the reader."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # by the extension
        _template_gettext, _template_ngettext, newstyle=True
    )
    app.jinja_env.filters.update(day=day, moment=moment, number=number)
    app.jinja_env.globals.update(language=language, direction=direction)


def _template_gettext(message: str) -> str:
    return _translations(language()).ugettext(message)


def _template_ngettext(one: str, many: str, number: int) -> str:
    return _translations(language()).ungettext(one, many, number)


def _locale() -> Locale:
    tag = language()
    # Our English is British: days before months.
    return Locale.parse("en-GB" if tag == SOURCE else tag, sep="-")


@cache
def _translations(tag: str) -> NullTranslations:
    return Translations.load(FOLDER, [tag.replace("-", "_"), tag])
