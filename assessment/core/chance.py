"""How far chance moves the percents of a group: each figure with its standard error.

A category's percent is a mean of means over people who skipped different questions; what moves it
is worked out once for all questions, and then holds for every way of weighing them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from assessment.core.framework import TOTAL, Framework, Question
from assessment.core.perceived import PartPerceived, Perceived, QuestionPerceived
from assessment.core.sheet import HIGHEST_VALUE
from assessment.core.statistics import (
    LEAST_PARTICIPATION,
    Estimate,
    Moments,
    answer_moments,
    combined_estimate,
)
from assessment.core.tally import Bytes, Tally

Kind = Literal["whole", "category", "item", "question"]
Asked = Mapping[str, tuple[str, ...]]
"""Item id -> what goes into its figure, questions or pairs of two wordings."""


@dataclass(frozen=True)
class Sample:
    """The answers of one group as percents of their scales, a column a question."""

    perceived: Perceived
    invited: int | None
    columns: Mapping[str, int]
    given: npt.NDArray[np.bool_]
    moments: Moments

    @property
    def participation(self) -> float | None:
        """The share that answered, 0 to 1; None where nobody said how many were invited."""
        return self.perceived.n / self.invited if self.invited else None

    def people(self, questions: Iterable[str]) -> int:
        """How many gave a scored answer to at least one of *questions*."""
        chosen = [self.columns[question] for question in questions]
        return int(self.given[:, chosen].any(axis=1).sum())

    def estimate(self, weights: Mapping[str, Fraction], n: int) -> Estimate:
        """Σ weight × percent of each question, which *n* people answered, with its error."""
        shares = np.zeros(len(self.columns))
        shares[[self.columns[question] for question in weights]] = [
            float(weight) for weight in weights.values()
        ]
        return combined_estimate(self.moments, shares, n, self.invited)


def is_enough(participation: float | None) -> bool:
    """Whether an interval may be given: not below half, nor where the share is not known."""
    return participation is not None and participation >= LEAST_PARTICIPATION


def sample(tally: Tally, group: str, perceived: Perceived, invited: int | None) -> Sample:
    """The answers of *group*, whose figures are *perceived*, to every question it answered."""
    framework = tally.framework
    asked = [framework.question_by_id[each.id] for each in perceived.questions if each.n]
    codes = _sorted(tally.rows(group)[:, [framework.position[question.id] for question in asked]])
    given = codes <= HIGHEST_VALUE
    return Sample(
        perceived,
        invited,
        {question.id: column for column, question in enumerate(asked)},
        given,
        _in_percent(answer_moments(codes, given), asked),
    )


def _sorted(codes: Bytes) -> Bytes:
    """The rows by what they hold, so that who came first changes no last digit of a sum."""
    if not codes.size:
        return codes
    rows = np.ascontiguousarray(codes).view(f"S{codes.shape[1]}")
    return np.sort(rows, axis=0).view(np.uint8).reshape(codes.shape)


def _in_percent(moments: Moments, asked: Sequence[Question]) -> Moments:
    """Moments of answers on their scales as moments of percents of these scales."""
    lowest = np.array([question.scale.lowest for question in asked], np.float64)
    highest = np.array([question.scale.highest for question in asked], np.float64)
    step = 100 / (highest - lowest)
    return Moments(
        (moments.means - lowest) * step, moments.answers, moments.gram * np.outer(step, step)
    )


def parts(framework: Framework, asked: Asked) -> Iterator[tuple[Kind, str, Asked]]:
    """The whole, each category, each item and each question, with what goes into its figure."""
    if not asked:
        return
    yield "whole", TOTAL, asked
    for category in framework.categories:
        own = {item.id: asked[item.id] for item in category.items if item.id in asked}
        if own:
            yield "category", category.id, own
    for item_id, questions in asked.items():
        yield "item", item_id, {item_id: questions}
    for item_id, questions in asked.items():
        for question in questions:
            yield "question", question, {item_id: (question,)}


def weights(framework: Framework, asked: Asked) -> dict[str, Fraction]:
    """Each question's share of a figure: items weigh by points, questions alike in their item."""
    points = {item_id: framework.item_by_id[item_id].points or Fraction(1) for item_id in asked}
    whole = sum(points.values(), Fraction(0))
    return {
        question: points[item_id] / whole / len(own)
        for item_id, own in asked.items()
        for question in own
    }


@dataclass(frozen=True, slots=True)
class Chance:
    """How far chance moves the percents of one group, by kind and id of the figure."""

    participation: float | None
    estimates: Mapping[tuple[Kind, str], Estimate]


NO_CHANCE = Chance(None, {})
"""Of a group that gave no answers."""


def chance(framework: Framework, of: Sample) -> Chance:
    """Every percent of a group with its standard error."""
    asked = {
        item.id: own
        for item in framework.items
        if (own := tuple(each.id for each in item.questions if each.id in of.columns))
    }
    return Chance(
        of.participation,
        {
            (kind, place): of.estimate(weights(framework, own), part(of.perceived, kind, place).n)
            for kind, place, own in parts(framework, asked)
        },
    )


def part(
    perceived: Perceived, kind: Kind, place: str
) -> Perceived | PartPerceived | QuestionPerceived:
    """The whole, or the part of it that goes by *place*."""
    match kind:
        case "whole":
            return perceived
        case "category":
            return perceived.category(place)
        case "item":
            return perceived.item(place)
        case "question":
            return perceived.question(place)
