"""Where groups see the same thing differently: leader-versus-staff gaps on what both answered.

Only questions, or pairs of two wordings, that both groups answered go into a gap. It is called a
difference only when an interval says that it is larger than chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from assessment.core.framework import CONSENSUS, STAFF, TOTAL, Framework, Question
from assessment.core.perceived import Perceived, QuestionPerceived
from assessment.core.sheet import HIGHEST_VALUE
from assessment.core.statistics import (
    LEAST_PARTICIPATION,
    Estimate,
    Interval,
    Moments,
    answer_moments,
    combined_estimate,
    difference,
)
from assessment.core.tally import Tally
from assessment.core.trace import Input, Trace

Verdict = Literal["larger than chance", "no clear difference", "not tested"]
Kind = Literal["whole", "category", "item", "pair"]


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """How another group sees a thing beside staff: percents, and other − staff in points.

    `id` is a category's, an item's or a pair's. "Not tested" means that too little is known to
    tell a difference from chance: nobody said how many were invited, or too few answered.
    """

    kind: Kind
    id: str
    group: str
    percent: Fraction
    staff_percent: Fraction
    n: int
    staff_n: int
    interval: Interval | None
    traces: Mapping[str, Trace]

    @property
    def points(self) -> Fraction:
        return self.percent - self.staff_percent

    @property
    def verdict(self) -> Verdict:
        if self.interval is None:
            return "not tested"
        return "larger than chance" if self.interval.excludes_zero else "no clear difference"


@dataclass(frozen=True)
class _Side:
    """One group's answers by pair: figures, who answered what, and how chance moves it."""

    perceived: Perceived
    invited: int | None
    questions: Mapping[str, QuestionPerceived]
    columns: Mapping[str, int]
    given: npt.NDArray[np.bool_]
    moments: Moments

    @property
    def can_be_tested(self) -> bool:
        if not self.invited:
            return False
        return self.perceived.n / self.invited >= LEAST_PARTICIPATION

    def percent(self, weights: Mapping[str, Fraction]) -> Trace:
        """Σ weight × the percent of each pair."""
        return Trace(
            "weighted mean",
            tuple(
                Input(f"{answered.id} percent", answered.percent, weight)
                for pair, weight in weights.items()
                if (answered := self.questions[pair]).percent is not None
            ),
        )

    def estimate(self, weights: Mapping[str, Fraction]) -> Estimate:
        """The same figure with its standard error."""
        chosen = [self.columns[pair] for pair in weights]
        shares = np.zeros(len(self.columns))
        shares[chosen] = [float(weight) for weight in weights.values()]
        n = int(self.given[:, chosen].any(axis=1).sum())
        return combined_estimate(self.moments, shares, n, self.invited)


def perception_gaps(
    tally: Tally, perceived: Mapping[str, Perceived], invited: Mapping[str, int]
) -> tuple[PerceptionGap, ...]:
    """Every gap between staff and each other group, whole first, then in the framework's order."""
    if STAFF not in perceived:
        return ()
    staff = _side(tally, STAFF, perceived, invited)
    found: list[PerceptionGap] = []
    for group in sorted(set(perceived) - {STAFF, CONSENSUS}):
        other = _side(tally, group, perceived, invited)
        for kind, part, pairs in _parts(tally.framework, _shared(tally.framework, staff, other)):
            weights = _weights(tally.framework, pairs)
            found.append(_gap((kind, part, group), staff, other, weights))
    return tuple(found)


def _side(
    tally: Tally, group: str, perceived: Mapping[str, Perceived], invited: Mapping[str, int]
) -> _Side:
    framework = tally.framework
    own = perceived[group]
    answered: dict[str, QuestionPerceived] = {}
    for question in own.questions:
        pair = framework.question_by_id[question.id].pair_id
        if question.n and pair not in answered:
            answered[pair] = question
    asked = [framework.question_by_id[question.id] for question in answered.values()]
    codes = tally.rows(group)[:, [framework.position[question.id] for question in asked]]
    given = codes <= HIGHEST_VALUE
    return _Side(
        own,
        invited.get(group),
        answered,
        {pair: column for column, pair in enumerate(answered)},
        given,
        _in_percent(answer_moments(codes, given), asked),
    )


def _in_percent(moments: Moments, asked: Sequence[Question]) -> Moments:
    """Moments of answers on their scales as moments of percents of these scales."""
    lowest = np.array([question.scale.lowest for question in asked], np.float64)
    highest = np.array([question.scale.highest for question in asked], np.float64)
    step = 100 / (highest - lowest)
    return Moments(
        (moments.means - lowest) * step, moments.answers, moments.gram * np.outer(step, step)
    )


Pairs = Mapping[str, tuple[str, ...]]


def _shared(framework: Framework, staff: _Side, other: _Side) -> Pairs:
    """Item id -> the pairs that both sides answered, in the order of the file; never none."""
    shared = {
        item.id: tuple(
            dict.fromkeys(
                question.pair_id
                for question in item.questions
                if question.pair_id in staff.questions and question.pair_id in other.questions
            )
        )
        for item in framework.items
    }
    return {item_id: pairs for item_id, pairs in shared.items() if pairs}


def _parts(framework: Framework, shared: Pairs) -> Iterator[tuple[Kind, str, Pairs]]:
    """What is compared: the whole, each category, each item, each pair, with its shared pairs."""
    if not shared:
        return
    yield "whole", TOTAL, shared
    for category in framework.categories:
        own = {item.id: shared[item.id] for item in category.items if item.id in shared}
        if own:
            yield "category", category.id, own
    for item_id, pairs in shared.items():
        yield "item", item_id, {item_id: pairs}
    for item_id, pairs in shared.items():
        for pair in pairs:
            yield "pair", pair, {item_id: (pair,)}


def _weights(framework: Framework, pairs: Pairs) -> dict[str, Fraction]:
    """Pair -> its share of the figure: items weigh by points, pairs alike within their item."""
    points = {item_id: framework.item_by_id[item_id].points or Fraction(1) for item_id in pairs}
    whole = sum(points.values(), Fraction(0))
    return {
        pair: points[item_id] / whole / len(own) for item_id, own in pairs.items() for pair in own
    }


def _gap(
    what: tuple[Kind, str, str], staff: _Side, other: _Side, weights: Mapping[str, Fraction]
) -> PerceptionGap:
    own, of_staff = other.percent(weights), staff.percent(weights)
    estimates = other.estimate(weights), staff.estimate(weights)
    tested = staff.can_be_tested and other.can_be_tested
    return PerceptionGap(
        *what,
        own.value,
        of_staff.value,
        estimates[0].n,
        estimates[1].n,
        difference(*estimates) if tested else None,
        {"percent": own, "staff_percent": of_staff},
    )
