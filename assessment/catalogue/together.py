"""What shows only when several files are checked in one run: shared sentences, unknown variants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.texts import texts_of
from assessment.catalogue.wording import quoted

WORDS = 4
"""Up to here a sentence is a label, which two files may well share."""
_PARTS = ("scales", "context", "categories", "bands")
_NAMES = {"title", "label", "labels"}
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


class Together:
    """The sentences of the files so far, and the families that variants belong to."""

    def __init__(self, files: Sequence[CriteriaFile]) -> None:
        self._ids = {file.id for file in files}
        self._variant_of = {file.id: file.variant_of for file in files if file.variant_of}
        self._first: dict[str, tuple[str, str]] = {}

    def findings(self, outline: Outline) -> Iterator[Finding]:
        """What one of the files has in common with those before it."""
        yield from self._unknown_variant(outline)
        own = outline.file.id
        family = self._family(own)
        for address, sentence in _sentences(outline.file):
            known = self._first.setdefault(sentence, (own, family))
            if known[1] != family:
                said = f"{quoted(known[0])} has the same sentence. Say it in words of this model."
                yield Finding(address, "shared-sentence", said, "warning")

    def _family(self, name: str) -> str:
        """The framework that *name* and its other variants go back to."""
        seen = {name}
        while (before := self._variant_of.get(name)) and before not in seen:
            seen.add(before)
            name = before
        return name

    def _unknown_variant(self, outline: Outline) -> Iterator[Finding]:
        named = outline.file.variant_of
        own = outline.file.id
        if named is None or named in self._ids - {own}:
            return
        beside = Path(outline.located.path).with_name(f"{named}.yaml")
        if named != own and beside.is_file():
            return
        meant = outline.proposals.did_you_mean(named, sorted(self._ids - {own}))
        sentence = f"There is no framework {quoted(named)} beside this one.{meant}"
        yield Finding(("variant of",), "unknown-variant", sentence, "warning")


def _sentences(file: CriteriaFile) -> Iterator[tuple[Address, str]]:
    """Each longer sentence that people are asked or told, names aside, folded, once a text."""
    parts: Mapping[str, object] = {name: getattr(file, name) for name in _PARTS}
    for name, part in parts.items():
        for address, text in texts_of(part, (name,)):
            if not _NAMES.isdisjoint(address):
                continue
            for words in (text.plain, *text.wordings.values()):
                for sentence in dict.fromkeys(_SENTENCES.split(words)):
                    folded = sentence.casefold().rstrip(".!? ")
                    if folded.count(" ") >= WORDS:
                        yield address, folded
