"""A criteria file's parts by id and address, as the rules look at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from assessment.catalogue.located import Located
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import CriteriaFile, ItemEntry, MetScale, QuestionEntry, ScaleEntry
from assessment.catalogue.wording import Proposals, quoted, with_article

JUDGED_ON = ("percent", "level", "stage", "met", "conformity")


class PlacedItem(NamedTuple):
    """An item and where it stands."""

    address: Address
    item: ItemEntry

    @property
    def is_judged(self) -> bool:
        """Whether it is meant to be: criteria without a scale are a slip of their own."""
        return self.item.judge is not None or bool(self.item.levels)


class PlacedQuestion(NamedTuple):
    """A question, where it stands, and its item."""

    address: Address
    question: QuestionEntry
    item: PlacedItem


class Named(NamedTuple):
    """Something with an id: what it is and where it stands."""

    id: str
    noun: str
    address: Address


@dataclass(frozen=True)
class Outline:
    """A file of the right shape, with the ways into it that the rules need."""

    file: CriteriaFile
    located: Located
    proposals: Proposals = field(default_factory=Proposals)

    @cached_property
    def items(self) -> tuple[PlacedItem, ...]:
        return tuple(
            PlacedItem(("categories", number, "items", place), item)
            for number, category in enumerate(self.file.categories)
            for place, item in enumerate(category.items)
        )

    @cached_property
    def questions(self) -> tuple[PlacedQuestion, ...]:
        return tuple(
            PlacedQuestion((*placed.address, "questions", place), question, placed)
            for placed in self.items
            for place, question in enumerate(placed.item.questions)
        )

    @cached_property
    def judged(self) -> tuple[tuple[PlacedItem, ScaleEntry], ...]:
        """The items that are judged on a scale that can be used for it, with that scale."""
        return tuple(
            (placed, scale)
            for placed in self.items
            if (scale := self.file.scales.get(placed.item.judge or "")) is not None
            and scale.answer in JUDGED_ON
            and isinstance(scale, MetScale) == bool(placed.item.levels)
        )

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Everything whose id has to be unique, in the order of the file."""
        return tuple(self._named())

    @cached_property
    def by_id(self) -> Mapping[str, Named]:
        """The first of each id."""
        return {named.id: named for named in reversed(self.named)}

    @cached_property
    def ids(self) -> Mapping[str, Mapping[str, None]]:
        """The ids of each noun, and those of scales and forms."""
        found: dict[str, dict[str, None]] = {
            "scale": dict.fromkeys(self.file.scales),
            "form": dict.fromkeys(self.file.forms),
        }
        for named in self.named:
            found.setdefault(named.noun, {})[named.id] = None
        return found

    def line(self, address: Address) -> int:
        return self.located.place(address).line

    def unknown(self, noun: str, wanted: str, address: Address, rule: str) -> Finding:
        """That there is no *noun* called *wanted*, and what may have been meant."""
        other = self.by_id.get(wanted)
        if other is not None and other.noun != noun:
            sentence = f"{quoted(wanted)} is {with_article(other.noun)}, not {with_article(noun)}."
            return Finding(address, rule, sentence)
        options = self.ids.get(noun, {})
        meant = self.proposals.did_you_mean(wanted, options)
        if not options:
            meant = f" It has no {noun}s."
        sentence = f"This file has no {noun} {quoted(wanted)}.{meant}"
        return Finding(address, rule, sentence, missing=wanted)

    def _named(self) -> Iterator[Named]:
        for place, factor in enumerate(self.file.context):
            yield Named(factor.id, "key factor", ("context", place))
        for place, category in enumerate(self.file.categories):
            yield Named(category.id, "category", ("categories", place))
            for number, item in enumerate(category.items):
                yield from _named_in_item(item, ("categories", place, "items", number))


def _named_in_item(item: ItemEntry, address: Address) -> Iterator[Named]:
    yield Named(item.id, "item", address)
    for place, area in enumerate(item.areas):
        yield Named(area.id, "area", (*address, "areas", place))
    for place, question in enumerate(item.questions):
        yield Named(question.id, "question", (*address, "questions", place))
    for place, level in enumerate(item.levels):
        for number, criterion in enumerate(level.criteria):
            here = (*address, "levels", place, "criteria", number)
            yield Named(criterion.id, "criterion", here)
