"""What every kind of criteria file begins with, where it is no framework of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypedDict

from pydantic import Field

from assessment.catalogue.fields import Language, Slug, Title
from assessment.catalogue.schema import Entry
from assessment.catalogue.texts import NO_TEXT, Text

KINDS = ("framework", "crosswalk", "reference")


class Heading(Entry):
    """Which file this is, whose it is, and what its reader must know."""

    id: Slug = Field(description="The name of the file without .yaml.")
    title: Title = Field(description="What people call it.")
    edition: Title = Field(description="Which edition of it.")
    language: Language = Field(description="The language of plain texts, such as en.")
    owner: Title = Field(NO_TEXT, description="Who made what it rests on.")
    notice: Text = Field(NO_TEXT, description="Whose words these are.")
    about: Text = Field(NO_TEXT, description="What it is for.")
    doubts: tuple[Text, ...] = Field((), description="What a reader must know.")
    notes: tuple[Text, ...] = Field((), description="Where the facts come from.")


class Headed(TypedDict):
    """The same in one language, as the values of the core take it."""

    id: str
    title: str
    edition: str
    language: str
    sha256: str
    owner: str
    notice: str
    about: str
    doubts: tuple[str, ...]
    notes: tuple[str, ...]


def saying(file: Heading, language: str | None) -> Callable[[Text], str]:
    """What turns a text of *file* into words of *language*, as far as they are given."""
    return partial(Text.wording, language=language or file.language, own=file.language)


def headed(file: Heading, sha256: str, language: str | None) -> Headed:
    """The heading of *file* in *language*; *sha256* is that of the file's bytes."""
    say = saying(file, language)
    return {
        "id": file.id,
        "title": say(file.title),
        "edition": say(file.edition),
        "language": language or file.language,
        "sha256": sha256,
        "owner": say(file.owner),
        "notice": say(file.notice),
        "about": say(file.about),
        "doubts": tuple(map(say, file.doubts)),
        "notes": tuple(map(say, file.notes)),
    }
