"""Typed text -> exact numbers. What is not plainly a number is refused with what was meant.

Only the digits 0 to 9 count, as everywhere in the project: no full-width or other digits, no
exponents, no infinities. Points are fractions, so that nothing is lost before it is shown.
"""

from __future__ import annotations

import re
from fractions import Fraction

from assessment.catalogue.wording import quoted

_DIGITS = 12
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]*)/[1-9][0-9]*")


class NotANumber(ValueError):
    """The text is no number; the message says so in a sentence."""


def whole_number(text: str) -> int:
    """4 from “4”; “4.0”, “04” and “four” are refused."""
    if not _WHOLE.fullmatch(text):
        raise NotANumber(f"{quoted(text)} is not a whole number.{_meant(text, _WHOLE)}")
    _refuse_length(text)
    return int(text)


def amount(text: str) -> Fraction:
    """A whole number, a decimal or a fraction such as 200/3, exactly."""
    if not (_DECIMAL.fullmatch(text) or _FRACTION.fullmatch(text)):
        raise NotANumber(f"{quoted(text)} is not a number.{_meant(text, _DECIMAL)}")
    _refuse_length(text)
    return Fraction(text)


def looks_like_a_number(text: str) -> bool:
    """Whether `amount` takes *text*."""
    return len(text) <= 2 * _DIGITS and bool(_DECIMAL.fullmatch(text) or _FRACTION.fullmatch(text))


def _refuse_length(text: str) -> None:
    if any(len(digits) > _DIGITS for digits in re.findall("[0-9]+", text)):
        raise NotANumber(f"A number has at most {_DIGITS} digits; this one is longer.")


def _meant(text: str, pattern: re.Pattern[str]) -> str:
    """A proposal for 058, 1,000, 58,25, 50 %, +5 and 4.0."""
    if len(text) > 2 * _DIGITS:
        return ""
    plain = text.strip().removesuffix("%").rstrip().removeprefix("+")
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", plain):
        plain = plain.replace(",", "")
    plain = re.sub(r"\.0+$", "", plain.replace(",", "."))
    plain = re.sub(r"^0+(?=[0-9])", "", plain)
    return f" Did you mean {quoted(plain)}?" if pattern.fullmatch(plain) else ""
