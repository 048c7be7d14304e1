"""How sentences are put together: quoting what somebody typed, and proposing what they meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

_SHOWN = 40
_LONGEST_GUESS = 60
_COMPARISONS = 40_000


def quoted(text: str) -> str:
    """*text* in quotation marks, on one line and short enough to read."""
    return f"“{_line(text)}”"


def listed(words: Iterable[str]) -> str:
    return ", ".join(map(_line, words))


def _line(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text[:_SHOWN])
    return f"{shown}…" if len(text) > _SHOWN else shown


def counted(count: int, noun: str) -> str:
    """“1 text”, “2 texts”, “4 categories”, “1,200 criteria”."""
    if count != 1:
        noun = {"entry": "entries", "category": "categories"}.get(noun, f"{noun}s")
    return f"{count:,} {noun}"


def with_article(noun: str) -> str:
    """“a scale”, “an item”."""
    return f"an {noun}" if re.match("[aeiou]", noun, re.IGNORECASE) else f"a {noun}"


class Proposals:
    """Near misses, for a whole file: “Did you mean …?”.

    Comparing words is slow, so there is only so much of it: a file with thousands of unknown
    words gets a proposal for the first of them.
    """

    def __init__(self) -> None:
        self._left = _COMPARISONS
        self._known: dict[tuple[str, int, float], str | None] = {}

    def near(self, word: str, options: Collection[str], nearness: float = 0.7) -> str | None:
        """The one of *options* most like *word*, if any is."""
        group = hash(frozenset(options)) if len(options) < 100 else id(options)
        asked = (word, group, nearness)
        if asked not in self._known:
            self._known[asked] = self._compared(word, options, nearness)
        return self._known[asked]

    def _compared(self, word: str, options: Collection[str], nearness: float) -> str | None:
        if self._left <= 0 or not word or len(word) > _LONGEST_GUESS:
            return None
        self._left -= len(options)
        folded = {option.casefold(): option for option in options}
        found = get_close_matches(word.casefold(), folded, n=1, cutoff=nearness)
        return folded[found[0]] if found else None

    def did_you_mean(self, word: str, options: Collection[str]) -> str:
        """“Did you mean “x”?”, or all there is if that is little, or nothing."""
        near = self.near(word, options)
        if near is not None:
            return f" Did you mean {quoted(near)}?"
        if 0 < len(options) <= 8:
            return f" Choose from: {listed(options)}."
        return ""
