"""Where groups see the same thing differently: leader-versus-staff gaps on what both answered.

Only questions, or pairs of two wordings, that both groups answered go into a gap. It is called a
difference only when an interval says that it is larger than chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessment.core.chance import Asked, Sample, is_enough, parts, weights
from assessment.core.framework import STAFF, Framework
from assessment.core.statistics import Estimate, Interval, difference
from assessment.core.trace import Input, Trace

Verdict = Literal["larger than chance", "no clear difference", "not tested"]
Kind = Literal["whole", "category", "item", "pair"]
Reading = Literal["aligned", "worth watching", "act"]

WATCH, ACT = 10, 20
"""From how many points of favourable answers on a gap is watched, and acted on. [convention]"""


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """How another group sees a thing beside staff: percents, and other − staff in points.

    `favourable` and `staff_favourable` say the same in percent of favourable answers, where every
    question compared knows which answers those are. `id` is a category's, an item's or a pair's.
    "Not tested" means that too little is known to tell a difference from chance: nobody said how
    many were invited, or too few answered.
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
    favourable: Fraction | None = None
    staff_favourable: Fraction | None = None

    @property
    def favourable_points(self) -> Fraction | None:
        """Other − staff in percentage points of favourable answers."""
        if self.favourable is None or self.staff_favourable is None:
            return None
        return self.favourable - self.staff_favourable

    @property
    def reading(self) -> Reading | None:
        """What the size of the difference in favourable answers asks for, whoever is higher."""
        apart = self.favourable_points
        if apart is None:
            return None
        return (
            "act" if abs(apart) >= ACT else "worth watching" if abs(apart) >= WATCH else "aligned"
        )

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
    """One group's answers by pair: which of its questions stands for a pair."""

    sample: Sample
    questions: Mapping[str, str]

    def percent(self, of: Mapping[str, Fraction]) -> Trace:
        """Σ weight × the percent of each pair."""
        return Trace(
            "weighted mean",
            tuple(
                Input(f"{answered.id} percent", answered.percent, weight)
                for pair, weight in of.items()
                if (answered := self.sample.perceived.question(self.questions[pair])).percent
                is not None
            ),
        )

    def favourable(self, of: Mapping[str, Fraction]) -> Trace | None:
        """Σ weight × the percent of favourable answers; None where a question has none."""
        found = {
            pair: self.sample.perceived.question(self.questions[pair]).favourable for pair in of
        }
        inputs = tuple(
            Input(f"{self.questions[pair]} favourable", value, of[pair])
            for pair, value in found.items()
            if value is not None
        )
        return Trace("weighted mean", inputs) if len(inputs) == len(found) else None

    def estimate(self, of: Mapping[str, Fraction]) -> Estimate:
        """The same figure with its standard error."""
        own = {self.questions[pair]: weight for pair, weight in of.items()}
        return self.sample.estimate(own, self.sample.people(own))


def perception_gaps(
    framework: Framework, samples: Mapping[str, Sample]
) -> tuple[PerceptionGap, ...]:
    """Every gap between staff and each other group, whole first, then in the framework's order."""
    if STAFF not in samples:
        return ()
    staff = _side(framework, samples[STAFF])
    found: list[PerceptionGap] = []
    for group in sorted(set(samples) - {STAFF}):
        other = _side(framework, samples[group])
        for kind, place, pairs in parts(framework, _shared(framework, staff, other)):
            what: Kind = "pair" if kind == "question" else kind
            found.append(_gap((what, place, group), staff, other, weights(framework, pairs)))
    return tuple(found)


def _side(framework: Framework, own: Sample) -> _Side:
    answered: dict[str, str] = {}
    for question in own.columns:
        answered.setdefault(framework.question_by_id[question].pair_id, question)
    return _Side(own, answered)


def _shared(framework: Framework, staff: _Side, other: _Side) -> Asked:
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


def _gap(
    what: tuple[Kind, str, str], staff: _Side, other: _Side, of: Mapping[str, Fraction]
) -> PerceptionGap:
    own, of_staff = other.percent(of), staff.percent(of)
    traces = {"percent": own, "staff_percent": of_staff}
    favourable, staff_favourable = other.favourable(of), staff.favourable(of)
    if favourable and staff_favourable:
        traces |= {"favourable": favourable, "staff_favourable": staff_favourable}
    estimates = other.estimate(of), staff.estimate(of)
    tested = all(is_enough(side.sample.participation) for side in (staff, other))
    return PerceptionGap(
        *what,
        own.value,
        of_staff.value,
        estimates[0].n,
        estimates[1].n,
        difference(*estimates) if tested else None,
        traces,
        favourable.value if favourable and staff_favourable else None,
        staff_favourable.value if favourable and staff_favourable else None,
    )
