"""Figures that people type, kept as the exact decimals they are: 12.5, 12,5 or 1 234.5."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

MOST_DIGITS, MOST_DECIMALS = 15, 6
"""So many digits survive every spreadsheet and every reader of JSON."""

_PLAIN = re.compile(r"[+-]?(?:\d+|\d{1,3}(?: \d{3})+)(?:[.,]\d+)?", re.ASCII)
_TWO_READINGS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_SPACES = str.maketrans(dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", " "))


class NotAFigure(ValueError):
    """Typed text that is no figure, or one that two people would read differently."""

    def __init__(self, why: Literal["no figure", "two readings", "too long"]) -> None:
        super().__init__(why)
        self.why = why


def exact(typed: str) -> Fraction:
    """The figure in *typed*, with a point or a comma before its decimals.

    "1,234" is a thousand to some and a little more than one to others, so it is refused: a figure
    that is wrong by a factor of a thousand does the more harm the better it looks.
    """
    text = typed.translate(_SPACES).replace("\N{MINUS SIGN}", "-").strip()
    if _TWO_READINGS.fullmatch(text):
        raise NotAFigure("two readings")
    if not _PLAIN.fullmatch(text):
        raise NotAFigure("no figure")
    text = text.replace(" ", "").replace(",", ".")
    whole, _point, decimals = text.lstrip("+-").partition(".")
    if len(whole.lstrip("0") + decimals) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise NotAFigure("too long")
    return Fraction(text)


def decimals_of(value: Fraction) -> int:
    """How many decimals *value* has: none for 12, two for 12.25."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places


def written(value: Fraction, places: int = 0) -> str:
    """*value* in plain digits, exactly, with at least *places* decimals: -12.50."""
    places = max(places, decimals_of(value))
    digits = str(abs(value * 10**places).numerator).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals}" if places else f"{sign}{whole}"
