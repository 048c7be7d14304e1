"""How much a criteria file asks and how long that takes, and its problems for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from assessment.services.criteria_files import CriteriaFile, content
from assessment.services.editions import Edition, edition_of
from assessment.web.auth import member
from assessment.web.unit import db

MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What a list says about a file that can be used."""

    categories: int
    items: int
    questions: int
    minutes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark as a proof-reader makes it: where, and what."""

    line: int
    column: int
    sentence: str
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Notes:
    """The first remarks, and how many there are in all."""

    shown: tuple[Note, ...]
    total: int


def notes_on(problems: Sequence[Any]) -> Notes:
    """The notes a page shows: two hundred are enough to mend, and none is a page nobody reads."""
    return Notes(tuple(_notes(problems[:MOST_NOTES])), len(problems))


def facts_of(file: CriteriaFile, folder: Path | None) -> Facts:
    """The facts of a usable file, counted once for each content."""
    return _facts(content(db(), member().organisation_id, file.key, folder))


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


@lru_cache(maxsize=64)
def _facts(data: bytes) -> Facts:
    edition = edition_of(data)
    framework = edition.framework
    return Facts(
        len(framework.categories),
        len(framework.items),
        len(framework.questions),
        {form: whole_minutes(edition.minutes.get(form)) for form in framework.forms},
    )


def _notes(problems: Iterable[Any]) -> Iterator[Note]:
    for each in problems:
        yield Note(each.line, each.column, each.sentence, getattr(each, "is_error", True))
