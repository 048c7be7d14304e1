"""Golden answers: what a file's author worked out by hand, and how results are held against it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from assessment.catalogue.figures import amount, looks_like_a_number
from assessment.catalogue.problems import Place
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.wording import Proposals, counted, quoted
from assessment.core.framework import Framework
from assessment.core.text import shown

Expected: TypeAlias = "dict[str, Expected] | list[Expected] | Fraction | str | bool | None"

TOLERANCE = Fraction(1, 1_000_000)
_WORDS = ("id", "of", "state", "label", "verdict", "about")
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Golden:
    """One golden entry: answers as rows of an answers file or as judgements of items (`*` for all),
    and the part of the results they must lead to."""

    name: str
    answers: tuple[Mapping[str, str], ...]
    judged: Mapping[str, str]
    expect: Mapping[str, Expected]
    place: Place


Runner: TypeAlias = Callable[[Framework, Golden], Iterable[str]]
"""Counts the golden answers and says in sentences where the results are others."""


def golden_of(file: CriteriaFile, places: Sequence[Place]) -> tuple[Golden, ...]:
    """The golden entries of *file*, which stand at *places*."""
    return tuple(
        Golden(
            name=entry.name,
            answers=tuple(row.model_dump(exclude_unset=True) for row in entry.answers or ()),
            judged=dict(entry.judged or {}),
            expect={name: _expected(value, name) for name, value in entry.expect.items()},
            place=place,
        )
        for entry, place in zip(file.golden, places, strict=True)
    )


def _expected(value: object, name: str = "") -> Expected:
    """*value* with its figures as numbers; ids and words stay the text they are."""
    if isinstance(value, dict):
        return {key: _expected(inside, key) for key, inside in value.items()}
    if isinstance(value, list):
        return [_expected(inside, name) for inside in value]
    if not isinstance(value, str) or name in _WORDS:
        return value if isinstance(value, str) else None
    if value.lower() in _TRUTHS:
        return _TRUTHS[value.lower()]
    return amount(value) if looks_like_a_number(value) else value


def mismatches(expect: Mapping[str, Expected], result: Mapping[str, object]) -> list[str]:
    """A sentence for everything in *expect* that *result*, as JSON has it, does not bear out.

    Only what is expected is compared, numbers within a millionth. Entries of lists are found by
    their `id`, those of bands by their `of`.
    """
    return _fields("", expect, result)


def _fields(where: str, expect: Mapping[str, Expected], result: Mapping[str, object]) -> list[str]:
    by_name = {str(name): value for name, value in result.items()}
    sentences = []
    for name, expected in expect.items():
        here = f"{where}.{name}" if where else name
        if name in by_name:
            sentences += _compared(here, expected, by_name[name])
        else:
            meant = Proposals().did_you_mean(name, by_name)
            sentences.append(f"The results have no {here}.{meant}")
    return sentences


def _compared(where: str, expected: Expected, found: object) -> list[str]:
    if isinstance(expected, dict) and isinstance(found, Mapping):
        return _fields(where, expected, found)
    if isinstance(expected, list) and isinstance(found, Sequence) and not isinstance(found, str):
        return _entries(where, expected, found)
    if _same(expected, found):
        return []
    return [f"{where} is {_said(found)}, expected {_said(expected)}"]


def _entries(where: str, expected: list[Expected], found: Sequence[object]) -> list[str]:
    if not expected or not all(isinstance(entry, dict) and _key(entry) for entry in expected):
        if len(expected) != len(found):
            return [f"{where} has {counted(len(found), 'entry')}, expected {len(expected)}"]
        pairs = zip(expected, found, strict=True)
        return [
            sentence
            for number, (wanted, given) in enumerate(pairs, start=1)
            for sentence in _compared(f"{where}[{number}]", wanted, given)
        ]
    by_key = {_key(entry): entry for entry in found if isinstance(entry, Mapping)}
    sentences = []
    for wanted in expected:
        key = _key(wanted)
        if key in by_key:
            sentences += _compared(f"{where}[{key}]", wanted, by_key[key])
        else:
            sentences.append(f"{where} has no entry {quoted(key)}")
    return sentences


def _key(entry: object) -> str:
    """What an entry of a list is found by."""
    if not isinstance(entry, Mapping):
        return ""
    return str(entry["id"] if "id" in entry else entry.get("of", ""))


def _same(expected: Expected, found: object) -> bool:
    if isinstance(found, bool) or isinstance(expected, bool):
        return expected is found
    if isinstance(found, int | float | Fraction):
        if not isinstance(expected, Fraction) or not math.isfinite(found):
            return False
        return abs(expected - Fraction(found)) <= TOLERANCE
    if isinstance(found, str) and isinstance(expected, Fraction):
        return looks_like_a_number(found) and amount(found) == expected
    return expected == found


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Fraction):
        return shown(Fraction(value), 6) if math.isfinite(value) else str(value)
    if value is None:
        return "nothing"
    return quoted(value) if isinstance(value, str) else "a list or fields"
