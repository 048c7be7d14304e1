"""What happens to typed text before anything else looks at it, and how figures are written."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

COMMENT_LIMIT = 10_000
NAME_LIMIT = 200

_LINE_BREAKS = re.compile("\r\n|\r|\v|\f")


def clean(text: str) -> str:
    """Text with one kind of line break, composed (NFC), without characters nobody can see.

    NUL, other control characters and lone surrogates arrive in pasted text and break databases
    and printers; emoji and every script are kept as typed, with the marks that join or order them.
    """
    broken = _LINE_BREAKS.sub("\n", text)
    if not broken.isprintable():
        broken = "".join(sign for sign in broken if not _is_debris(sign))
    return unicodedata.normalize("NFC", broken)


def _is_debris(sign: str) -> bool:
    return sign not in "\n\t" and unicodedata.category(sign) in {"Cc", "Cs"}


def rounded(value: Fraction, places: int) -> Decimal:
    """*value* rounded half up (away from zero), exactly, to *places* decimals."""
    scaled = value * 10**places
    whole = (abs(scaled) + Fraction(1, 2)).__floor__()
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


def shown(value: Fraction, places: int = 1) -> str:
    """*value* as people read it: at most *places* decimals, no trailing zeros, a real minus sign.

    Rounded to six decimals first, as released, so that a page made from the live figures and one
    made from the stored release never differ in the last digit.
    """
    released = Fraction(rounded(value, 6))
    text = f"{rounded(released, places):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", ""}:
        text = "0"
    return text.replace("-", "\N{MINUS SIGN}")


def half_up(value: Fraction) -> int:
    """*value* rounded half up to a whole number, as points are before a band is looked up."""
    return int(rounded(value, 0).to_integral_value(ROUND_HALF_UP))
