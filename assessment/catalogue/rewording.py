"""What became of the words of a question: corrected, reworded, or about something else."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal

from assessment.catalogue.reading_ease import words_of
from assessment.catalogue.rules.words import NEGATION

Rewording = Literal["same", "corrected", "reworded", "something else"]

ALIKE = 0.8
"""Two words this much alike are one word and its misspelling."""
KEPT = 0.3
"""A wording that keeps less than this of the words of the other asks something else."""


def rewording(before: str, after: str, language: str) -> Rewording:
    """Which of these *after* is beside *before*; what is newly denied is something else."""
    if before == after:
        return "same"
    old, new = (words_of(text.casefold()) for text in (before, after))
    if old == new:
        return "corrected"
    negation = NEGATION.get(language)
    if negation and bool(negation.search(before)) != bool(negation.search(after)):
        return "something else"
    if len(old) == len(new) and all(
        SequenceMatcher(None, one, other).ratio() >= ALIKE
        for one, other in zip(old, new, strict=True)
    ):
        return "corrected"
    kept = SequenceMatcher(None, old, new).ratio()
    return "reworded" if kept >= KEPT else "something else"
