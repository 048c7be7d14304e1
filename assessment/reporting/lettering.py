"""How wide words are in our font, and how they break into lines, before anybody draws them."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from assessment.resources import REPORTS

ELLIPSIS = "…"
WIDE, NARROW = 1000, 620
"""What a letter takes that our font lacks, in thousandths of the size: a square one, another."""

_BREAK_AFTER = "-–—/"


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as it is set: its lines, how wide the widest is, and whether words were left out."""

    lines: tuple[str, ...]
    width: float
    is_cut: bool = False


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How far *text* reaches at *size*, kerning left out."""
    widths = _widths()["600" if bold else "400"]
    return sum(widths.get(letter) or _guess(letter) for letter in text) * size / 1000


@cache
def _widths() -> dict[str, dict[str, int]]:
    path = REPORTS / "fonts" / "widths.json"
    widths: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    return widths


def _guess(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Me", "Mn"}:
        return 0
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW


def is_known(text: str) -> bool:
    """Whether our font has every letter of *text* that has a width, so that it is certain."""
    return all(letter in _widths()["400"] or not _guess(letter) for letter in text)


@lru_cache(maxsize=2048)
def wrapped(text: str, size: float, width: float, most: int = 3, *, bold: bool = False) -> Lines:
    """*text* in at most *most* lines of *width*; what is left over gives way to an ellipsis.

    A word longer than a line is broken where the line ends, so nothing ever leaves its column.
    """
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most:
        line, rest = _first_line(rest, size, width, bold=bold)
        lines.append(line)
    if rest:
        lines[-1] = _with_ellipsis(lines[-1], size, width, bold=bold)
    widest = max((text_width(line, size, bold=bold) for line in lines), default=0.0)
    return Lines(tuple(lines), widest, is_cut=bool(rest))


def _first_line(text: str, size: float, width: float, *, bold: bool) -> tuple[str, str]:
    """The words that fit on one line, and what is left."""
    fits = _letters_that_fit(text, size, width, bold=bold)
    if fits == len(text):
        return text, ""
    if text[fits] == " ":
        return text[:fits], text[fits + 1 :]
    end = max(text.rfind(" ", 0, fits), *(text.rfind(sign, 0, fits) + 1 for sign in _BREAK_AFTER))
    if end <= 0:
        end = fits
    return text[:end].rstrip(), text[end:].lstrip()


def _letters_that_fit(text: str, size: float, width: float, *, bold: bool) -> int:
    """How many letters of *text* fit, at least one, and never a letter without its marks."""
    used = 0.0
    for place, letter in enumerate(text):
        used += text_width(letter, size, bold=bold)
        if used > width + 1e-6 and place:
            return place
    return len(text)


def _with_ellipsis(line: str, size: float, width: float, *, bold: bool) -> str:
    room = width - text_width(ELLIPSIS, size, bold=bold)
    fits = _letters_that_fit(line, size, room, bold=bold)
    kept = line[:fits]
    if fits < len(line) and line[fits] != " " and " " in kept.strip():
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,.;:-–—") + ELLIPSIS
