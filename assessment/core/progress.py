"""How far one respondent has come, by item and category, and where they go on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from assessment.core.framework import Category, Framework, Item, Slot
from assessment.core.sheet import CANT_JUDGE, NOT_ANSWERED, NOT_APPLICABLE, NOT_ASKED, Sheet


@dataclass(frozen=True, slots=True)
class Count:
    """Places of a part. `asked` leaves out what does not apply; `open` is what still waits.

    `answered` are values alone; "can't judge" is an answer too, and counted beside them. `open` may
    be less than what is left: an item that is judged as a whole does not wait for its attributes.
    """

    asked: int = 0
    answered: int = 0
    cant_judge: int = 0
    not_applicable: int = 0
    open: int = 0
    marked: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.asked + other.asked,
            self.answered + other.answered,
            self.cant_judge + other.cant_judge,
            self.not_applicable + other.not_applicable,
            self.open + other.open,
            self.marked + other.marked,
        )

    @property
    def is_complete(self) -> bool:
        return self.open == 0

    @property
    def is_started(self) -> bool:
        return self.answered + self.cant_judge + self.not_applicable > 0


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """One item on the respondent's form, with the keys of its open places in order."""

    item: Item
    count: Count
    open_places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryProgress:
    """One category on the respondent's form."""

    category: Category
    items: tuple[ItemProgress, ...]

    @property
    def count(self) -> Count:
        return sum((item.count for item in self.items), Count())


@dataclass(frozen=True)
class Progress:
    """A whole sheet. Categories of which nothing is asked are not in it."""

    categories: tuple[CategoryProgress, ...]

    @cached_property
    def count(self) -> Count:
        return sum((category.count for category in self.categories), Count())

    @property
    def open_places(self) -> tuple[str, ...]:
        return tuple(place for item in self._items() for place in item.open_places)

    def next_open(self, after: str | None = None) -> Item | None:
        """The first item with an open place, looking from behind the item *after* round to it."""
        items = [item for item in self._items() if not item.count.is_complete]
        ids = [item.item.id for item in self._items()]
        if after in ids:
            start = ids.index(after)
            items.sort(key=lambda each: (ids.index(each.item.id) <= start, ids.index(each.item.id)))
        return items[0].item if items else None

    def _items(self) -> Iterable[ItemProgress]:
        return (item for category in self.categories for item in category.items)


def progress(
    framework: Framework,
    sheet: Sheet,
    marked: Collection[str] = (),
    worded: Collection[str] = frozenset(),
) -> Progress:
    """How far *sheet* has come; *worded* are items on the form that are asked in words only."""
    asked: dict[str, list[tuple[Slot, int]]] = {}
    for slot, value in zip(framework.slots, sheet.values, strict=True):
        if value != NOT_ASKED:
            asked.setdefault(slot.item.id, []).append((slot, value))
    found = (
        CategoryProgress(
            category,
            tuple(
                _item(framework, sheet, item, asked.get(item.id, []), marked)
                for item in category.items
                if item.id in asked or item.id in worded
            ),
        )
        for category in framework.categories
    )
    return Progress(tuple(category for category in found if category.items))


def _item(
    framework: Framework,
    sheet: Sheet,
    item: Item,
    asked: list[tuple[Slot, int]],
    marked: Collection[str],
) -> ItemProgress:
    own = {item.id, *(slot.key for slot, _ in asked), *(each.id for each in item.questions)}
    marks = len(own & set(marked))
    if item.id in sheet.not_applicable:
        return ItemProgress(item, Count(not_applicable=len(asked), marked=marks), ())
    values = [value for _, value in asked]
    settled = _settled(framework, asked)
    waiting = tuple(
        slot.key for slot, value in asked if value == NOT_ANSWERED and slot.key not in settled
    )
    left_out = values.count(NOT_APPLICABLE)
    cant_judge = values.count(CANT_JUDGE)
    answered = len(values) - left_out - cant_judge - values.count(NOT_ANSWERED)
    return ItemProgress(
        item,
        Count(len(values) - left_out, answered, cant_judge, left_out, len(waiting), marks),
        waiting,
    )


def _settled(framework: Framework, asked: list[tuple[Slot, int]]) -> set[str]:
    """What need not be answered any more: a judgement beats attributes, and they may make it."""
    judgement = [(slot, value) for slot, value in asked if slot.kind == "judgement"]
    attributes = [(slot, value) for slot, value in asked if slot.kind == "attribute"]
    if any(value != NOT_ANSWERED for _, value in judgement):
        return {slot.key for slot, _ in attributes}
    computed = framework.scoring.item != "judged" and attributes
    if computed and all(value != NOT_ANSWERED for _, value in attributes):
        return {slot.key for slot, _ in judgement}
    return set()
