"""Scores and targets -> what to look at next: gaps in three classes, strengths, warnings.

Priority = importance × gap class ÷ effort, our own convention and said to be so in the report.
Items judged on different scales (process and results) are ranked apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessment.core.framework import Framework, Item, Question
from assessment.core.release import Release
from assessment.core.scales import GRADES

When = Literal["now", "next", "later"]
Measure = Literal["percent", "level", "grade", "favourable"]

DEFAULT_WEIGHT = 2
CANNOT_JUDGE_SHARE = Fraction(3, 10)
CLEAR_HIGH = Fraction(90)
DISAGREEMENT = 20


@dataclass(frozen=True, slots=True)
class Target:
    """Where leaders want to be, and why: a percent, a level, or % favourable of a question.

    Without a `target` they say only how much it matters; the next step is the measure then.
    """

    id: str
    target: Fraction | None
    importance: int = DEFAULT_WEIGHT
    effort: int = DEFAULT_WEIGHT
    reason: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """How far an item or question is from where it should be.

    `target` is the leaders' (`is_chosen`) or else the start of the next range or level.
    `points_to_win` is what closing the gap is worth, None where the model has no points.
    """

    id: str
    measure: Measure
    scale_id: str
    present: Fraction
    target: Fraction
    is_chosen: bool
    importance: int
    effort: int
    points_to_win: Fraction | None
    reason: str = ""
    date: str = ""

    @property
    def gap(self) -> Fraction:
        return self.target - self.present

    @property
    def gap_class(self) -> int:
        """1 under 10, 2 under 25, 3 from 25 percent; or one, two, three levels."""
        if self.measure in ("level", "grade"):
            return max(1, min(3, int(abs(self.gap))))
        return 1 if self.gap < 10 else 2 if self.gap < 25 else 3

    @property
    def priority(self) -> Fraction:
        """Importance × gap class ÷ effort."""
        return Fraction(self.importance * self.gap_class, self.effort)

    @property
    def when(self) -> When:
        if self.priority >= 3:
            return "now"
        return "next" if self.priority >= Fraction(3, 2) else "later"


def find_gaps(release: Release, targets: Mapping[str, Target]) -> tuple[Gap, ...]:
    """Every item, and every question with a target, that is not yet where it should be.

    First by class (now, next, later), then by priority, then in the framework's order; a reader
    who wants process and results apart keeps those of one `scale_id` together.
    """
    found = [
        gap
        for item in release.framework.items
        for gap in (
            _item_gap(release, item, targets.get(item.id)),
            *_questions(release, item, targets),
        )
        if gap is not None and gap.gap != 0 and _is_short(gap)
    ]
    order = {"now": 0, "next": 1, "later": 2}
    return tuple(sorted(found, key=lambda gap: (order[gap.when], -gap.priority)))


def _is_short(gap: Gap) -> bool:
    """A grade is short when it is more severe than its target, everything else when it is lower."""
    return gap.gap < 0 if gap.measure == "grade" else gap.gap > 0


def _item_gap(release: Release, item: Item, target: Target | None) -> Gap | None:
    scored = release.assessed.item(item.id)
    if item.judge is None or scored.state != "scored":
        return None
    kind = item.judge.answer
    if kind == "percent":
        measure: Measure = "percent"
        present = scored.percent
    elif kind == "conformity":
        measure, present = "grade", Fraction(GRADES.index(str(scored.level)))
    else:
        measure, present = "level", Fraction(int(scored.level or 0))
    if present is None:
        return None
    said = target or Target(item.id, None)
    aim = next_step(item, present) if said.target is None else said.target
    if aim is None:
        return None
    return Gap(
        item.id,
        measure,
        item.judge.id,
        present,
        aim,
        said.target is not None,
        said.importance,
        said.effort,
        _points_to_win(item, present, aim),
        said.reason,
        said.date,
    )


def next_step(item: Item, present: Fraction) -> Fraction | None:
    """The start of the range, or the level, above *present*; None at the top."""
    scale = item.judge
    if scale is None:
        return None
    if scale.answer == "conformity":
        return Fraction(0) if present > 0 else None
    steps = (
        [described.start for described in scale.ranges]
        if scale.answer == "percent"
        else [level.number for level in scale.levels]
    )
    above = [Fraction(step) for step in steps if step > present]
    return above[0] if above else None


def _points_to_win(item: Item, present: Fraction, aim: Fraction) -> Fraction | None:
    if item.points is None or item.judge is None or item.judge.answer == "conformity":
        return None
    span = 100 if item.judge.answer == "percent" else item.judge.highest - item.judge.lowest
    return item.points * (aim - present) / span


def _questions(
    release: Release, item: Item, targets: Mapping[str, Target]
) -> tuple[Gap | None, ...]:
    return tuple(
        _question_gap(release, question, targets[question.id])
        for question in item.questions
        if question.id in targets and question.scale.favourable
    )


def _question_gap(release: Release, question: Question, target: Target) -> Gap | None:
    present = release.perceived.question(question.id).favourable
    if present is None or target.target is None:
        return None
    return Gap(
        question.id,
        "favourable",
        question.scale.id,
        present,
        target.target,
        True,
        target.importance,
        target.effort,
        None,
        target.reason,
        target.date,
    )


def clear_highs(release: Release) -> tuple[str, ...]:
    """Questions that more than 90 % of staff see favourably."""
    return tuple(
        question.id
        for question in release.perceived.questions
        if question.favourable is not None and question.favourable > CLEAR_HIGH
    )


def hard_to_judge(release: Release) -> tuple[str, ...]:
    """Questions that 30 % or more of staff cannot judge: often a sign of poor deployment."""
    return tuple(
        question.id
        for question in release.perceived.questions
        if (share := question.cannot_judge_share) is not None and share >= CANNOT_JUDGE_SHARE
    )


def to_discuss(release: Release) -> tuple[str, ...]:
    """Items whose judges lie more than 20 points, or more than one level, apart."""
    framework: Framework = release.framework
    found = []
    for each in release.disagreements:
        judge = framework.item_by_id[each.item_id].judge
        allowed = DISAGREEMENT if judge and judge.answer == "percent" else 1
        if each.spread > allowed:
            found.append(each.item_id)
    return tuple(found)
