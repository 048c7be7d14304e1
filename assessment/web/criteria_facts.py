"""How much a criteria file asks and how long that takes, and its problems for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from assessment.services.criteria_files import CriteriaFile, content
from assessment.services.editions import Edition, edition_of
from assessment.web.auth import member
from assessment.web.forms import in_words
from assessment.web.language import SOURCE, language
from assessment.web.unit import db

MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Note:
    """A remark as a proof-reader makes it: where, and what."""

    line: int
    column: int
    sentence: str
    is_error: bool = True
    language: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """The first remarks, and how many there are in all."""

    shown: tuple[Note, ...]
    total: int


def notes_on(problems: Sequence[Any]) -> Notes:
    """The notes a page shows: two hundred are enough to mend, and none is a page nobody reads."""
    return Notes(tuple(_notes(problems[:MOST_NOTES])), len(problems))


def minutes_of(file: CriteriaFile) -> dict[str, int]:
    """How long each form of a file takes, as people are told it."""
    return {form: whole_minutes(file.minutes.get(form)) for form in file.forms}


def whole_minutes(exact: Fraction | None) -> int:
    """Minutes as people are told them: rounded up, and never none."""
    found = exact or Fraction(1)
    return max(1, -(-found.numerator // found.denominator))


def edition_for(key: str, folder: Path | None, language: str = "") -> Edition:
    """The edition in the file *key* as it stands now; NotThere or CriteriaError."""
    return _edition(content(db(), member().organisation_id, key, folder), language)


@lru_cache(maxsize=16)
def _edition(data: bytes, language: str) -> Edition:
    return edition_of(data, language or None)


def _notes(problems: Iterable[Any]) -> Iterator[Note]:
    for each in problems:
        # What the check of a criteria file remarks is English, as the words of such a file are.
        tag = SOURCE if isinstance(each.sentence, str) else language()
        yield Note(
            each.line, each.column, in_words(each.sentence), getattr(each, "is_error", True), tag
        )
