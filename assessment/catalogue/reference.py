"""Reference files: profiles of others, and what customers require. Shape, meaning, values."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assessment.catalogue.fields import Amount, Id, Slug, Title, Whole, Word
from assessment.catalogue.heading import Heading, headed, saying
from assessment.catalogue.located import Located
from assessment.catalogue.problems import Finding
from assessment.catalogue.schema import Entry
from assessment.catalogue.texts import TYPED, Text
from assessment.catalogue.wording import Proposals, counted, quoted
from assessment.core.importance import RELATIONS, SALES_POINTS, HouseOfQuality, Requirement
from assessment.core.reference import Profile
from assessment.core.text import shown

OF = ("profile", "requirements")
_DATE = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?", re.ASCII)
_MANY = 4
"""With fewer relations nobody can say that too many of them are strong."""


def _within(low: int, high: int, value: Fraction) -> Fraction:
    if not low <= value <= high:
        why = {"value": shown(value, 6), "low": low, "high": high}
        raise PydanticCustomError("out-of-range", "{value} is not between {low} and {high}.", why)
    return value


def _date(value: str) -> str:
    found = _DATE.fullmatch(value)
    try:
        if found is None:
            raise ValueError
        datetime.date.fromisoformat(f"{found[1]}{found[2] or '-01'}{found[3] or '-01'}")
    except ValueError:
        sentence = "{value} is no date such as 2025, 2025-06 or 2025-06-30."
        raise PydanticCustomError("not-a-date", sentence, {"value": quoted(value)}) from None
    return value


def _one_of(numbers: tuple[int | Fraction, ...], value: Fraction) -> Fraction:
    if value not in numbers:
        options = ", ".join(shown(Fraction(number)) for number in numbers)
        why = {"value": shown(value, 6), "options": options}
        raise PydanticCustomError("not-a-choice", "{value} is none of: {options}.", why)
    return value


def _at_least_one(value: int) -> int:
    if value < 1:
        raise PydanticCustomError("out-of-range", "There is one at least.")
    return value


Percent = Annotated[Amount, AfterValidator(lambda value: _within(0, 100, value))]
Mark = Annotated[Amount, AfterValidator(lambda value: _within(1, 5, value))]
SalesPoint = Annotated[Amount, AfterValidator(lambda value: _one_of(SALES_POINTS, value))]
Relation = Annotated[Whole, AfterValidator(lambda value: _one_of(RELATIONS, value))]
Date = Annotated[str, AfterValidator(_date), WithJsonSchema(TYPED)]


class ProfileFile(Heading):
    """What others have reached, from one source."""

    kind: Literal["reference"] = Field(description="Always reference.")
    of: Literal["profile"] = Field(description="What it is a reference of: profile.")
    framework: Slug = Field(description="The id of the framework.")
    source: Text = Field(description="Where the figures come from.")
    sector: Text = Field(description="Who the others are.")
    n: Annotated[Whole, AfterValidator(_at_least_one)] = Field(description="How many they are.")
    date: Date = Field(description="When it was: a year, a month or a day.")
    percents: dict[Word, Percent] = Field(
        min_length=1, description="Percents by the id of an item or a category, or total."
    )


class RequirementEntry(Entry):
    """What customers require, in their words."""

    id: Id = Field(description="Unique in the file.")
    text: Title = Field(description="The requirement.")
    importance: Mark = Field(description="How much it matters to them, 1 to 5.")
    now: Mark | None = Field(None, description="How well they see it met, 1 to 5.")
    target: Mark | None = Field(None, description="How well it shall be met, 1 to 5.")
    sales_point: SalesPoint = Field(
        Fraction(1), alias="sales point", description="1, 1.2 or 1.5: what it does to win them."
    )


class RequirementsFile(Heading):
    """A house of quality: customers' requirements × items."""

    kind: Literal["reference"] = Field(description="Always reference.")
    of: Literal["requirements"] = Field(description="What it is a reference of: requirements.")
    framework: Slug = Field(description="The id of the framework.")
    requirements: tuple[RequirementEntry, ...] = Field(
        min_length=1, description="What customers require."
    )
    relations: dict[Word, dict[Word, Relation]] = Field(
        min_length=1, description="By requirement, then by item: 9 strong, 3 medium, 1 weak."
    )


def requirements_findings(
    file: RequirementsFile, located: Located, proposals: Proposals
) -> Iterator[Finding]:
    """Ids that are used twice or lead nowhere, empty rows, and too many strong relations."""
    ids = [requirement.id for requirement in file.requirements]
    for place, one in enumerate(ids):
        if one in ids[:place]:
            line = located.place(("requirements", ids.index(one), "id")).line
            sentence = f"The id {quoted(one)} is used twice: in line {line} and here."
            yield Finding(("requirements", place, "id"), "duplicate-id", sentence)
        elif not file.relations.get(one):
            sentence = f"No item serves {quoted(one)}: a requirement that stays unmet."
            yield Finding(("requirements", place, "id"), "unmet-requirement", sentence, "warning")
    for one in file.relations:
        if one not in ids:
            meant = proposals.did_you_mean(one, dict.fromkeys(ids))
            sentence = f"This file has no requirement {quoted(one)}.{meant}"
            address = ("relations", one)
            yield Finding(address, "unknown-requirement", sentence, at_key=True, missing=one)
    strengths = [strength for own in file.relations.values() for strength in own.values()]
    if len(strengths) >= _MANY and strengths.count(max(RELATIONS)) * 2 > len(strengths):
        sentence = (
            f"{counted(strengths.count(max(RELATIONS)), 'relation')} of {len(strengths)} are"
            " strong. Where nearly all is strong, nothing stands out."
        )
        yield Finding(("relations",), "many-strong-relations", sentence, "warning", at_key=True)


def build_profile(file: ProfileFile, sha256: str, language: str | None = None) -> Profile:
    """The profile in *language*; the file is free of errors."""
    say = saying(file, language)
    return Profile(
        **headed(file, sha256, language),
        framework=file.framework,
        source=say(file.source),
        sector=say(file.sector),
        n=file.n,
        date=file.date,
        percents=dict(file.percents),
    )


def build_requirements(
    file: RequirementsFile, sha256: str, language: str | None = None
) -> HouseOfQuality:
    """The house of quality in *language*; the file is free of errors."""
    say = saying(file, language)
    return HouseOfQuality(
        **headed(file, sha256, language),
        framework=file.framework,
        requirements=tuple(
            Requirement(
                each.id, say(each.text), each.importance, each.now, each.target, each.sales_point
            )
            for each in file.requirements
        ),
        relations={
            each.id: dict(file.relations[each.id])
            for each in file.requirements
            if each.id in file.relations
        },
    )
