"""Framework > Category > Item > Question: a body of criteria in one edition, and its bands.

Everything here is a frozen value made from a criteria file. Positions matter: the order of
the file is the order of every table, and `Framework.slots` is the order of every sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from assessment.core.scales import Scale

ItemRule = Literal["judged", "mean", "weighted mean", "weakest link", "cumulative"]
CategoryRule = Literal["points", "none"]
TotalRule = Literal["sum", "verdict", "none"]

STAFF = "staff"
ASSESSORS = "assessors"
CONSENSUS = "consensus"
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One yes-or-no statement of a level."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class MetLevel:
    """A level of one item, reached when all its criteria and all lower ones are met."""

    number: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of an item that its questions are grouped by."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `pair` joins two wordings of one statement; `block` marks one that rotates.

    `improve` says what to do next, by the place where one stands (the start of a range, a level).
    """

    id: str
    text: str
    scale: Scale
    forms: frozenset[str]
    area: str | None = None
    pair: str | None = None
    block: str | None = None
    hint: str = ""
    evidence: tuple[str, ...] = ()
    improve: Mapping[int, str] = field(default_factory=dict)

    @property
    def pair_id(self) -> str:
        """The same for both wordings of a paired statement; a lone question is its own pair."""
        return self.pair or self.id


@dataclass(frozen=True, slots=True)
class Item:
    """What earns points or a level. `drivers` are the items to examine when this result is weak."""

    id: str
    title: str
    points: Fraction | None = None
    judge: Scale | None = None
    about: str = ""
    areas: tuple[Area, ...] = ()
    questions: tuple[Question, ...] = ()
    levels: tuple[MetLevel, ...] = ()
    evidence: tuple[str, ...] = ()
    improve: Mapping[int, str] = field(default_factory=dict)
    drivers: tuple[str, ...] = ()

    def questions_of(self, form_id: str) -> tuple[Question, ...]:
        """What the form *form_id* asks about this item, unscored questions included."""
        return tuple(question for question in self.questions if form_id in question.forms)


@dataclass(frozen=True, slots=True)
class Category:
    """A chapter of the framework."""

    id: str
    title: str
    items: tuple[Item, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The selection of questions one audience is asked. `judges` adds every item's judgement."""

    id: str
    audience: str
    intro: str = ""
    judges: bool = False


@dataclass(frozen=True, slots=True)
class ContextQuestion:
    """A key factor: text, answered once by a leader, against which every answer is read."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bands:
    """Classes of summed points, of the total, a category or the items judged on one scale.

    Either `limits` (inclusive upper bounds, looked up with points rounded half up) or `starts`
    (inclusive lower bounds, looked up exactly, band 0 below the first).
    """

    of: str
    labels: tuple[str, ...]
    limits: tuple[Fraction, ...] = ()
    starts: tuple[Fraction, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scoring:
    """Which rules of `core.assessed` and `core.consensus` this framework uses.

    `required` names the items without which a conformity verdict can never be favourable.
    """

    item: ItemRule = "judged"
    total: TotalRule = "sum"
    required: tuple[str, ...] = ()
    category: CategoryRule = "points"


SlotKind = Literal["question", "judgement", "attribute", "criterion"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One byte of a sheet: a scored question, an item's judgement, an attribute or a criterion."""

    key: str
    kind: SlotKind
    scale: Scale
    category: Category
    item: Item
    question: Question | None = None

    @property
    def values(self) -> tuple[int, ...]:
        """Legal answers; a criterion is met (1) or not (0) whatever levels its scale has."""
        if self.kind == "criterion":
            return (0, 1)
        return self.scale.attribute_values if self.kind == "attribute" else self.scale.values


@dataclass(frozen=True)
class Framework:
    """A body of criteria in one edition, in one language."""

    id: str
    title: str
    edition: str
    language: str
    sha256: str
    owner: str = ""
    notice: str = ""
    about: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    context: tuple[ContextQuestion, ...] = ()
    categories: tuple[Category, ...] = ()
    bands: tuple[Bands, ...] = ()
    scoring: Scoring = Scoring()
    not_applicable: tuple[str, ...] | Literal["never", "any reason"] = "any reason"

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for category in self.categories for item in category.items)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for item in self.items for question in item.questions)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """What a sheet holds, in the file's order."""
        return tuple(slot for own in self.slots_by_item.values() for slot in own)

    @cached_property
    def slots_by_item(self) -> Mapping[str, tuple[Slot, ...]]:
        """Item id -> its questions, then its judgement, as they stand on a sheet."""
        return {
            item.id: tuple(_slots_of(category, item))
            for category in self.categories
            for item in category.items
        }

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Slot key -> its place on a sheet."""
        return {slot.key: place for place, slot in enumerate(self.slots)}

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def category_by_id(self) -> Mapping[str, Category]:
        return {category.id: category for category in self.categories}

    @cached_property
    def category_of(self) -> Mapping[str, Category]:
        """Item id -> the category it stands in."""
        return {item.id: category for category in self.categories for item in category.items}

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    def asks(self, form_id: str) -> tuple[int, ...]:
        """The places on a sheet that the form *form_id* asks for, rotating questions included."""
        form = self.forms[form_id]
        return tuple(
            place
            for place, slot in enumerate(self.slots)
            if (form_id in slot.question.forms if slot.question else form.judges)
        )

    def questions_of(self, form_id: str) -> tuple[Question, ...]:
        """What the form *form_id* asks in words, unscored questions included."""
        return tuple(question for question in self.questions if form_id in question.forms)


def _slots_of(category: Category, item: Item) -> list[Slot]:
    slots = [
        Slot(question.id, "question", question.scale, category, item, question)
        for question in item.questions
        if question.scale.is_scored
    ]
    if item.judge is None:
        return slots
    if item.judge.answer == "met":
        return slots + [
            Slot(criterion.id, "criterion", item.judge, category, item)
            for level in item.levels
            for criterion in level.criteria
        ]
    slots.append(Slot(item.id, "judgement", item.judge, category, item))
    return slots + [
        Slot(f"{item.id}/{attribute.id}", "attribute", item.judge, category, item)
        for attribute in item.judge.attributes
    ]
