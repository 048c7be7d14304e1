"""What accompanies frameworks, as pages show it: with the titles of the parts that are named.

What comes with Touchstone never changes under a running process, and is read once.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from assessment.catalogue.check import check_bytes
from assessment.catalogue.companions import Companion
from assessment.catalogue.problems import CriteriaError
from assessment.core.crosswalk import Crosswalk, Ref, Related, rank
from assessment.core.framework import Framework
from assessment.resources import CRITERIA
from assessment.services.criteria_files import (
    CriteriaFile,
    Kind,
    content,
    criteria_files,
    shipped,
)

MOST_RELATED = 6
"""Lines beside an item; who wants all of them reads the crosswalk."""


@dataclass(frozen=True, slots=True)
class Titles:
    """What a framework and its parts are called."""

    title: str
    language: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """A part of another framework that is about the same as an item."""

    related: Related
    framework: str
    title: str
    language: str


def companion(
    session: Session, organisation_id: uuid.UUID, key: str, folder: Path | None
) -> Companion | None:
    """What the file *key* says; None for a framework, CriteriaError where it has errors."""
    checked = _checked(content(session, organisation_id, key, folder), key)
    if isinstance(checked, CriteriaError):
        raise checked
    return checked


def companions(
    session: Session, organisation_id: uuid.UUID, kind: Kind, framework: str, folder: Path | None
) -> dict[str, Companion]:
    """The sound files of one *kind* that accompany *framework*, by their key."""
    found = {}
    for file in criteria_files(session, organisation_id, folder):
        if file.kind == kind and framework in file.of and file.is_sound:
            one = companion(session, organisation_id, file.key, folder)
            if one is not None:
                found[file.key] = one
    return found


def titles(
    session: Session, organisation_id: uuid.UUID, wanted: tuple[str, ...], folder: Path | None
) -> dict[str, Titles]:
    """What the *wanted* frameworks and their parts are called, as far as their files are here."""
    files = criteria_files(session, organisation_id, folder)
    found = {file.id: _titles(file) for file in files if file.is_usable and file.id in wanted}
    return {name: found[name] for name in wanted if name in found}


def related_parts(framework: Framework, item_id: str) -> tuple[RelatedPart, ...]:
    """What the shipped crosswalks say of an item, its category included: the strongest first."""
    category = framework.category_of[item_id].id
    found: dict[Ref, Related] = {}
    for crosswalk in _shipped_crosswalks():
        for place in (item_id, category):
            for one in crosswalk.related(Ref(framework.id, place)):
                found.setdefault(one.to, one)
    strongest = sorted(found.values(), key=lambda one: rank(one.strength))
    return tuple(_with_titles(one) for one in strongest)


def _with_titles(one: Related) -> RelatedPart:
    file = next((each for each in shipped() if each.id == one.to.framework), None)
    if file is None:
        return RelatedPart(one, one.to.framework, "", "")
    named = _titles(file)
    return RelatedPart(one, named.title, named.parts.get(one.to.id, ""), named.language)


@lru_cache(maxsize=1)
def _shipped_crosswalks() -> tuple[Crosswalk, ...]:
    names = [file.name for file in shipped() if file.kind == "crosswalk"]
    found = [check_bytes((CRITERIA / name).read_bytes(), name).companion for name in names]
    return tuple(one for one in found if isinstance(one, Crosswalk))


@lru_cache(maxsize=32)
def _checked(data: bytes, name: str) -> Companion | CriteriaError | None:
    checked = check_bytes(data, name)
    return CriteriaError(checked.errors) if checked.errors else checked.companion


def _titles(file: CriteriaFile) -> Titles:
    return Titles(f"{file.title} · {file.edition}", file.languages[0], file.parts)
