"""How easily a text is read, from 0 (a statute) to 100 (a children's book), in two languages.

English: Flesch reading ease, 206.835 − 1.015 × words a sentence − 84.6 × syllables a word
(R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948).
German: the same by Amstad, 180 − words a sentence − 58.5 × syllables a word
(T. Amstad, "Wie verständlich sind unsere Zeitungen?", Zürich 1978).
Syllables are counted by groups of vowels, which is right to a few in a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_END = re.compile(r"[.!?]+(?:\s|$)")
_VOWELS = re.compile("[aeiouy]+")
_VOWELS_DE = re.compile("aa|ai|au|ay|ee|ei|eu|ey|ie|oo|äu|[aeiouyäöü]")
_MUTE = re.compile("(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouycgszxh])es$")


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """The syllables of an English *word*: groups of vowels, without an e that is not spoken."""
    return max(1, len(_VOWELS.findall(_MUTE.sub("", word.lower()))))


@lru_cache(maxsize=20_000)
def syllables_de(word: str) -> int:
    """The syllables of a German *word*: its vowels, diphthongs counting once."""
    return max(1, len(_VOWELS_DE.findall(word.lower())))


FORMULAS: Mapping[str, tuple[float, float, float, Callable[[str], int]]] = {
    "en": (206.835, 1.015, 84.6, syllables),
    "de": (180.0, 1.0, 58.5, syllables_de),
}
"""By language: where it begins, what a word in a sentence and a syllable in a word take away."""


def words_of(text: str) -> list[str]:
    """The words of *text*; numbers are none."""
    return _WORD.findall(text)


def reading_ease(texts: Iterable[str], language: str) -> float | None:
    """The ease of *texts* as one; None where there are no words or no formula for *language*."""
    if language not in FORMULAS:
        return None
    begin, a_word, a_syllable, count = FORMULAS[language]
    words = sentences = spoken = 0
    for text in texts:
        own = words_of(text)
        words += len(own)
        sentences += max(1, len(_END.findall(text)))
        spoken += sum(map(count, own))
    if not words:
        return None
    return begin - a_word * words / sentences - a_syllable * spoken / words
