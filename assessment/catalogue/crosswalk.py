"""Crosswalk files: their shape, what their links mean together, and the `Crosswalk` they make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assessment.catalogue.fields import OrOneWord, Slug, listed_alone
from assessment.catalogue.heading import Heading, headed, saying
from assessment.catalogue.located import Located
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import Entry
from assessment.catalogue.texts import NO_TEXT, Text
from assessment.catalogue.wording import Proposals, quoted
from assessment.core.crosswalk import STRENGTHS, Change, Crosswalk, Link, Ref, Strength, Taken

_BY_ITSELF: tuple[Change, ...] = ("new", "dropped")
"""What can be said of a part that nothing in the other edition answers to."""


def _ref(value: str) -> str:
    framework, slash, place = value.partition("/")
    if not (framework and slash and place) or "/" in place or any(map(str.isspace, value)):
        sentence = (
            "{ref} names no part of a framework. Write its file and its id: “model-2026/1.1”."
        )
        raise PydanticCustomError("bad-link", sentence, {"ref": quoted(value)})
    return value


RefText = Annotated[
    str, AfterValidator(_ref), WithJsonSchema({"type": "string", "pattern": r"^[^/\s]+/[^/\s]+$"})
]
Refs = Annotated[tuple[RefText, ...], BeforeValidator(listed_alone), OrOneWord()]
TakenList = Annotated[tuple[Taken, ...], BeforeValidator(listed_alone), OrOneWord()]


class TakesOverEntry(Entry):
    """What a second framework may take over from answers to the first. Figures never are."""

    strong: TakenList = Field((), description="Along strong links: evidence, comments.")
    partial: TakenList = Field((), description="Along partial links: evidence, comments.")


class LinkEntry(Entry):
    """One part of a framework, and what is about the same in others."""

    item: RefText = Field(description="A framework's id, a slash, and the id of its part.")
    strong: Refs = Field((), description="Same subject, same kind of evidence.")
    partial: Refs = Field((), description="Overlaps in subject; scope or depth differ.")
    thematic: Refs = Field((), description="A related aim, no more.")
    change: Change | None = Field(None, description="Between editions: what became of it.")
    note: Text = Field(NO_TEXT, description="What to know about this link.")


class CrosswalkFile(Heading):
    """Links between the parts of several frameworks."""

    kind: Literal["crosswalk"] = Field(description="Always crosswalk.")
    frameworks: tuple[Slug, ...] = Field(min_length=2, description="The ids of the frameworks.")
    takes_over: TakesOverEntry = Field(
        TakesOverEntry(), alias="takes over", description="What a second framework may take over."
    )
    links: tuple[LinkEntry, ...] = Field(min_length=1, description="What is linked with what.")


def refs_of(file: CrosswalkFile) -> Iterator[tuple[Address, Ref]]:
    """Every part that is named anywhere, and where."""
    for place, link in enumerate(file.links):
        yield ("links", place, "item"), Ref(*link.item.split("/"))
        for strength in STRENGTHS:
            for number, other in enumerate(getattr(link, strength)):
                yield ("links", place, strength, number), Ref(*other.split("/"))


def crosswalk_findings(
    file: CrosswalkFile, located: Located, proposals: Proposals
) -> Iterator[Finding]:
    """What is wrong with the links as they stand, whatever the frameworks hold."""
    yield from _frameworks(file, proposals)
    joined: dict[frozenset[str], Address] = {}
    for place, link in enumerate(file.links):
        yield from _leads_somewhere(link, place)
        for strength in STRENGTHS:
            for number, other in enumerate(getattr(link, strength)):
                address = ("links", place, strength, number)
                if link.item.partition("/")[0] == other.partition("/")[0]:
                    sentence = f"{quoted(other)} is of the same framework: a link joins two."
                    yield Finding(address, "link-within", sentence)
                    continue
                pair = frozenset((link.item, other))
                if pair in joined:
                    line = located.place(joined[pair]).line
                    sentence = (
                        f"{quoted(link.item)} and {quoted(other)} are linked already, in line"
                        f" {line}."
                    )
                    yield Finding(address, "link-twice", sentence)
                joined.setdefault(pair, address)


def _frameworks(file: CrosswalkFile, proposals: Proposals) -> Iterator[Finding]:
    for place, name in enumerate(file.frameworks):
        if name in file.frameworks[:place]:
            yield Finding(("frameworks", place), "duplicate-id", f"{quoted(name)} is listed twice.")
    used = set()
    for address, ref in refs_of(file):
        used.add(ref.framework)
        if ref.framework not in file.frameworks:
            meant = proposals.did_you_mean(ref.framework, file.frameworks)
            sentence = f"{quoted(ref.framework)} is not listed under “frameworks”.{meant}"
            yield Finding(address, "unlisted-framework", sentence, missing=ref.framework)
    for place, name in enumerate(file.frameworks):
        if name not in used:
            sentence = f"No link has to do with {quoted(name)}."
            yield Finding(("frameworks", place), "unused-framework", sentence, "warning")


def _leads_somewhere(link: LinkEntry, place: int) -> Iterator[Finding]:
    if not any(getattr(link, strength) for strength in STRENGTHS) and link.change not in _BY_ITSELF:
        sentence = (
            f"{quoted(link.item)} is linked with nothing. Name a part under “strong”, “partial” or"
            " “thematic”, or say “change: new” or “change: dropped”."
        )
        yield Finding(("links", place, "item"), "link-leads-nowhere", sentence)


def build_crosswalk(file: CrosswalkFile, sha256: str, language: str | None = None) -> Crosswalk:
    """The crosswalk in *language*; the file is free of errors."""
    say = saying(file, language)
    takes: dict[Strength, tuple[Taken, ...]] = {
        "strong": file.takes_over.strong,
        "partial": file.takes_over.partial,
        "thematic": (),
    }
    return Crosswalk(
        **headed(file, sha256, language),
        frameworks=file.frameworks,
        takes_over=takes,
        links=tuple(
            Link(
                Ref(*link.item.split("/")),
                {
                    strength: tuple(Ref(*other.split("/")) for other in getattr(link, strength))
                    for strength in STRENGTHS
                },
                link.change,
                say(link.note),
            )
            for link in file.links
        ),
    )
