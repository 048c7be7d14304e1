"""Golden answers name what is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import PercentScale
from assessment.catalogue.wording import quoted

ALL_ITEMS = "*"


def golden_answers(outline: Outline) -> Iterator[Finding]:
    """Golden entries without answers, and answers to what is not in the file."""
    if not outline.file.golden:
        sentence = "No golden answers: nothing shows that this file counts as you mean it."
        yield Finding((), "no-golden", sentence, "warning")
        return
    items = {placed.item.id: None for placed in outline.items if placed.is_judged}
    everything = items | dict.fromkeys(_attributes(outline)) | dict.fromkeys(outline.by_id)
    for place, entry in enumerate(outline.file.golden):
        address = ("golden", place)
        if entry.judged is None and entry.answers is None:
            sentence = f"{quoted(entry.name)} needs “judged” or “answers”."
            yield Finding(address, "golden-without-answers", sentence, at_key=True)
        for key in entry.judged or {}:
            if key != ALL_ITEMS and key not in items:
                here: Address = (*address, "judged", key)
                yield _unknown(outline, f"No item {quoted(key)} is judged", key, items, here)
        for number, row in enumerate(entry.answers or ()):
            if row.question not in everything:
                here = (*address, "answers", number, "question")
                what = f"Nothing that can be answered is called {quoted(row.question)}"
                yield _unknown(outline, what, row.question, everything, here)


def _unknown(
    outline: Outline, what: str, key: str, options: Collection[str], address: Address
) -> Finding:
    meant = outline.proposals.did_you_mean(key, options)
    at_key = "judged" in address
    return Finding(address, "unknown-answer", f"{what}.{meant}", at_key=at_key, missing=key)


def _attributes(outline: Outline) -> Iterator[str]:
    """`item/attribute` for whatever is judged in attributes."""
    for placed, scale in outline.judged:
        if isinstance(scale, PercentScale):
            for attribute in scale.attributes:
                yield f"{placed.item.id}/{attribute.id}"
