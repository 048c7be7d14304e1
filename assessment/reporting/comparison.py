"""This cycle beside the last one: only what was asked and judged in the same way both times.

A category whose questions or items differ is not compared: its change might be theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessment.core.changes import Change, change
from assessment.core.framework import TOTAL, Category, Item
from assessment.core.release import Release
from assessment.reporting.source import present_value
from assessment.reporting.wording import counted, listed, name, sentence, some

THEN_UNKNOWN = (
    "how many were invited then is not known. Intervals of changes are wider for it, so fewer "
    "changes are called clear."
)


def knows_participation(before: Release) -> bool:
    """Staff's figures of an earlier cycle come with the number of those who were invited."""
    return before.chance.participation is not None or not before.perceived.n


@dataclass(frozen=True)
class Comparison:
    """Figures of the last cycle that may stand beside those of this one; None where not."""

    now: Release
    before: Release | None

    @cached_property
    def _asked_now(self) -> frozenset[str]:
        return frozenset(each.id for each in self.now.perceived.questions if each.n)

    @cached_property
    def _asked_before(self) -> frozenset[str]:
        if self.before is None:
            return frozenset()
        return frozenset(each.id for each in self.before.perceived.questions if each.n)

    @cached_property
    def _withheld(self) -> frozenset[str]:
        """Questions whose figures are kept back in one of the two cycles."""
        both = (self.now, self.before) if self.before else (self.now,)
        return frozenset(
            each.id
            for release in both
            for each in release.perceived.questions
            if each.state == "withheld"
        )

    @cached_property
    def _same_questions(self) -> frozenset[str]:
        """Questions that staff answered both times, in the same words on the same scale."""
        if self.before is None:
            return frozenset()
        old, new = self.before.framework.question_by_id, self.now.framework.question_by_id
        return frozenset(
            place
            for place in (self._asked_now & self._asked_before) - self._withheld
            if old[place].text == new[place].text
            and old[place].scale.values == new[place].scale.values
        )

    @cached_property
    def _same_items(self) -> frozenset[str]:
        """Items judged both times, on a scale of the same kind and for the same points."""
        if self.before is None:
            return frozenset()
        old = self.before.framework.item_by_id
        return frozenset(
            item.id
            for item in self.now.framework.items
            if item.id in old
            and self.now.assessed.item(item.id).state == "scored"
            and self.before.assessed.item(item.id).state == "scored"
            and _judged_alike(item, old[item.id])
        )

    def favourable(self, question_id: str) -> Fraction | None:
        if self.before is None or question_id not in self._same_questions:
            return None
        return self.before.perceived.question(question_id).favourable

    def question(self, question_id: str) -> Change | None:
        """How staff's percent of a question has changed since the last cycle."""
        if self.before is None or question_id not in self._same_questions:
            return None
        return change(self.now, self.before, "question", question_id)

    def perceived_item(self, item: Item) -> Change | None:
        """How staff's percent of *item* has changed, where they answered the same questions."""
        if self.before is None or not self._asked_alike(item):
            return None
        return change(self.now, self.before, "item", item.id)

    def _asked_alike(self, item: Item) -> bool:
        """Staff answered the same questions of *item* both times, and at least one."""
        if self.before is None or item.id not in self.before.framework.item_by_id:
            return False
        now = {question.id for question in item.questions} & self._asked_now
        old = self.before.framework.item_by_id[item.id]
        before = {question.id for question in old.questions} & self._asked_before
        return bool(now) and now == before and now <= self._same_questions

    def perceived_category(self, category: Category) -> Change | None:
        """How staff's percent of *category* has changed, where they answered the same questions."""
        before = self._category_before(category)
        if self.before is None or before is None:
            return None
        asked = [item for item in category.items if self._has_answers(self.now, item)]
        earlier = {item.id for item in before.items if self._has_answers(self.before, item)}
        if {item.id for item in asked} != earlier or not all(map(self._asked_alike, asked)):
            return None
        return change(self.now, self.before, "category", category.id)

    def perceived_whole(self) -> Change | None:
        """How staff's percent of the whole has changed, where every category may be compared."""
        if self.before is None:
            return None
        same = all(
            self.perceived_category(category) is not None
            for category in self.now.framework.categories
            if self.now.perceived.category(category.id).percent is not None
        )
        if not same or not self._same_categories:
            return None
        return change(self.now, self.before, "whole", TOTAL)

    def assessed_item(self, item: Item) -> Fraction | None:
        """Last cycle's percent, level or grade of *item*."""
        if self.before is None or item.id not in self._same_items:
            return None
        old = self.before.framework.item_by_id[item.id]
        return present_value(old, self.before.assessed.item(item.id))

    def assessed_category(self, category: Category) -> Fraction | None:
        """Last cycle's percent of *category*, where the same items were scored."""
        before = self._category_before(category)
        if self.before is None or before is None:
            return None
        if _scored(self.now, category.items) != _scored(self.before, before.items):
            return None
        if not _scored(self.now, category.items) <= self._same_items:
            return None
        return self.before.assessed.category(category.id).percent

    def assessed_points(self) -> Fraction | None:
        """Last cycle's points of the whole, where the same items were scored."""
        if self.before is None:
            return None
        now = _scored(self.now, self.now.framework.items)
        before = _scored(self.before, self.before.framework.items)
        return self.before.assessed.total.points if now == before <= self._same_items else None

    def _category_before(self, category: Category) -> Category | None:
        return self.before.framework.category_by_id.get(category.id) if self.before else None

    @property
    def _same_categories(self) -> bool:
        assert self.before is not None  # noqa: S101 - asked only beside a last cycle
        return set(self.now.framework.category_by_id) == set(self.before.framework.category_by_id)

    @staticmethod
    def _has_answers(release: Release, item: Item) -> bool:
        return release.perceived.item(item.id).percent is not None

    def left_out(self) -> tuple[str, ...]:
        """What could not be compared with the last cycle, in sentences."""
        if self.before is None:
            return ()
        same = self._same_questions | self._withheld
        found = [
            _kept_back(sorted(self._withheld)),
            _questions(sorted(self._asked_now - same), "this"),
            _questions(sorted(self._asked_before - same), "the last"),
            _items(sorted(_scored(self.now, self.now.framework.items) - self._same_items), "this"),
            _items(
                sorted(_scored(self.before, self.before.framework.items) - self._same_items),
                "the last",
            ),
        ]
        return tuple(each for each in found if each)


def _judged_alike(now: Item, before: Item) -> bool:
    if now.judge is None or before.judge is None:
        return False
    return now.judge.values == before.judge.values and now.points == before.points


def _scored(release: Release, items: Sequence[Item]) -> frozenset[str]:
    return frozenset(item.id for item in items if release.assessed.item(item.id).state == "scored")


def _questions(ids: Sequence[str], cycle: str) -> str:
    if not ids:
        return ""
    was = "was" if len(ids) == 1 else "were"
    named = some([name(each) for each in ids], 6, "question", "questions")
    count = sentence(counted(len(ids), "question"))
    return f"{count} {was} answered in this form only in {cycle} cycle and not compared: {named}."


def _kept_back(ids: Sequence[str]) -> str:
    if not ids:
        return ""
    named = some([name(each) for each in ids], 6, "question", "questions")
    verb = "is" if len(ids) == 1 else "are"
    return f"{named} {verb} withheld in one of the two cycles and not compared."


def _items(ids: Sequence[str], cycle: str) -> str:
    if not ids:
        return ""
    was = "was" if len(ids) == 1 else "were"
    named = (
        listed(name(each) for each in ids[:6]) if len(ids) <= 6 else some(ids, 6, "item", "items")
    )
    return f"{sentence(counted(len(ids), 'item'))} {was} judged only in {cycle} cycle: {named}."
