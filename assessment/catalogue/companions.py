"""The kinds of file that accompany frameworks: crosswalks, profiles, customers' requirements.

They are read with their places and checked like a framework, and then against the frameworks that
are checked in the same run: a link that leads to nothing there is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import ValidationError

from assessment.catalogue.crosswalk import (
    CrosswalkFile,
    build_crosswalk,
    crosswalk_findings,
    refs_of,
)
from assessment.catalogue.heading import KINDS
from assessment.catalogue.located import Located, Value
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.reference import (
    OF,
    ProfileFile,
    RequirementsFile,
    build_profile,
    build_requirements,
    requirements_findings,
)
from assessment.catalogue.sentences import shape_findings
from assessment.catalogue.wording import Proposals, counted, listed, quoted
from assessment.core.crosswalk import Crosswalk
from assessment.core.framework import TOTAL, Framework
from assessment.core.importance import HouseOfQuality
from assessment.core.reference import Profile

Companion: TypeAlias = Crosswalk | Profile | HouseOfQuality
CompanionFile: TypeAlias = CrosswalkFile | ProfileFile | RequirementsFile

_NOUNS: Mapping[type[CompanionFile], str] = {
    CrosswalkFile: "crosswalk",
    ProfileFile: "profile",
    RequirementsFile: "file of requirements",
}


def companion_type(value: Value) -> type[CompanionFile] | None:
    """The shape of the file that *value* is meant to be; None for a framework."""
    if not isinstance(value, dict):
        return None
    kind = value.get("kind")
    near = Proposals().near(kind, KINDS) if isinstance(kind, str) else None
    if near == "crosswalk":
        return CrosswalkFile
    if near != "reference":
        return None
    of = value.get("of")
    meant = Proposals().near(of, OF) if isinstance(of, str) else None
    if meant is None:
        meant = "requirements" if {"requirements", "relations"} & value.keys() else "profile"
    return RequirementsFile if meant == "requirements" else ProfileFile


def read_companion(
    shape: type[CompanionFile], located: Located, proposals: Proposals
) -> tuple[CompanionFile | None, list[Finding]]:
    """The file, and all that is wrong with it by itself."""
    file, errors = None, []
    try:
        file = shape.model_validate(located.value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found = shape_findings(errors, located.value, proposals, _NOUNS[shape])
    if file is None or found or located.problems:
        return file, found
    if isinstance(file, CrosswalkFile):
        found += crosswalk_findings(file, located, proposals)
    elif isinstance(file, RequirementsFile):
        found += requirements_findings(file, located, proposals)
    return file, found


def build_companion(file: CompanionFile, sha256: str, language: str | None = None) -> Companion:
    """What the file says, in *language*; it is free of errors."""
    if isinstance(file, CrosswalkFile):
        return build_crosswalk(file, sha256, language)
    if isinstance(file, ProfileFile):
        return build_profile(file, sha256, language)
    return build_requirements(file, sha256, language)


def counts_of(companion: Companion) -> dict[str, int]:
    """How large it is, in words of its own kind."""
    if isinstance(companion, Crosswalk):
        return {"frameworks": len(companion.frameworks), "links": len(companion.directed)}
    if isinstance(companion, Profile):
        return {"percents": len(companion.percents)}
    return {
        "requirements": len(companion.requirements),
        "relations": sum(map(len, companion.relations.values())),
    }


@dataclass(frozen=True, slots=True)
class _Named:
    """A part of a framework that a file names, where, and what kind of part it may be."""

    address: Address
    framework: str
    id: str
    at_key: bool = False


def astray(
    file: CompanionFile, frameworks: Mapping[str, Framework], proposals: Proposals
) -> Iterator[Finding]:
    """What *file* names that is not in the *frameworks*, and frameworks that are not here."""
    parts = {name: _parts(framework, file) for name, framework in frameworks.items()}
    for address, name in _frameworks_named(file):
        if name not in frameworks:
            sentence = (
                f"The framework {quoted(name)} is not among the files of this check, so that"
                " nothing that leads there was looked at."
            )
            yield Finding(address, "framework-not-here", sentence, "note")
    for named in _named(file):
        known = parts.get(named.framework)
        if known is not None and named.id not in known:
            meant = proposals.did_you_mean(named.id, known)
            sentence = f"{quoted(named.framework)} has no {quoted(named.id)}.{meant}"
            yield Finding(
                named.address, "orphan-link", sentence, at_key=named.at_key, missing=named.id
            )
    if isinstance(file, RequirementsFile) and file.framework in frameworks:
        yield from _untouched(file, frameworks[file.framework])


def _parts(framework: Framework, file: CompanionFile) -> dict[str, None]:
    """What can be named in *file*: items; but for requirements, categories; and what else fits."""
    known = dict.fromkeys(framework.item_by_id)
    if isinstance(file, ProfileFile | CrosswalkFile):
        known |= dict.fromkeys(framework.category_by_id)
    if isinstance(file, ProfileFile):
        known[TOTAL] = None
    elif isinstance(file, CrosswalkFile):
        known |= dict.fromkeys(factor.id for factor in framework.context)
    return known


def _frameworks_named(file: CompanionFile) -> Iterator[tuple[Address, str]]:
    if isinstance(file, CrosswalkFile):
        for place, name in enumerate(file.frameworks):
            yield ("frameworks", place), name
    else:
        yield ("framework",), file.framework


def _named(file: CompanionFile) -> Iterator[_Named]:
    if isinstance(file, CrosswalkFile):
        for address, ref in refs_of(file):
            yield _Named(address, ref.framework, ref.id)
    elif isinstance(file, ProfileFile):
        for place in file.percents:
            yield _Named(("percents", place), file.framework, place, at_key=True)
    else:
        for requirement, own in file.relations.items():
            for item in own:
                address = ("relations", requirement, item)
                yield _Named(address, file.framework, item, at_key=True)


def _untouched(file: RequirementsFile, framework: Framework) -> Iterator[Finding]:
    """Items that serve no requirement: empty columns, which customers do not need."""
    used = {item for own in file.relations.values() for item in own}
    empty = [item.id for item in framework.items if item.id not in used]
    if empty:
        serve = "serves" if len(empty) == 1 else "serve"
        sentence = f"{counted(len(empty), 'item')} {serve} no requirement: {listed(empty)}."
        yield Finding(("relations",), "untouched-item", sentence, "warning", at_key=True)
