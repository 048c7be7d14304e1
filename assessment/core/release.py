"""One release, many readers: everything that may be said of a cycle, computed once.

Screen, paper, CSV, JSON and API are views of a `Release`; nothing else computes a figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np

from assessment.core.assessed import Assessed, assess
from assessment.core.chance import NO_CHANCE, Chance, chance, sample
from assessment.core.consensus import Disagreement, Judgement, disagreements, judgements
from assessment.core.framework import CONSENSUS, STAFF, TOTAL, Framework, Item
from assessment.core.measures import MeasureSeries, in_order
from assessment.core.perceived import Perceived, perceive
from assessment.core.perception import PerceptionGap, perception_gaps
from assessment.core.sheet import HIGHEST_VALUE, Sheet
from assessment.core.statistics import LEAST_FOR_ALPHA, cronbach_alpha
from assessment.core.tally import Scope, SlotCounts, Tally, tally_sheets

CommentKind = Literal["comment", "strength", "ofi", "evidence", "text"]


@dataclass(frozen=True, slots=True)
class Comment:
    """Words somebody wrote at a question, an item or a criterion: `place` is its id."""

    place: str
    kind: CommentKind
    group: str
    unit: str | None
    text: str


@dataclass(frozen=True, slots=True)
class KeyFactor:
    """What leaders answered to a context question."""

    id: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """How many of a group (in one unit, or in all) answered. `invited` is None where unknown."""

    unit: str | None
    group: str
    answered: int
    invited: int | None

    @property
    def rate(self) -> Fraction | None:
        """Answered ÷ invited, 0 to 1; None where nobody said how many were invited."""
        return Fraction(self.answered, self.invited) if self.invited else None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha of the agreement statements of a category, or of the whole (`total`).

    `n` are complete rows. None below ten, or where it cannot be computed.
    """

    of: str
    statements: int
    n: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What one group, or one unit, sees and judges."""

    answered: int
    perceived: Perceived
    assessed: Assessed


@dataclass(frozen=True)
class Answers:
    """What people gave: a sheet each, and their words; and the organisation's own figures."""

    sheets: tuple[Sheet, ...]
    comments: tuple[Comment, ...] = ()
    key_factors: tuple[KeyFactor, ...] = ()
    measures: tuple[MeasureSeries, ...] = ()


@dataclass(frozen=True)
class Release:
    """Everything that may be said of a cycle. Top-level perceived figures are those of staff.

    A consensus is an agreement, not a person: it is nowhere counted as having answered.
    """

    framework: Framework
    answered: int
    perceived: Perceived
    assessed: Assessed
    groups: Mapping[str, Result]
    units: Mapping[str, Result]
    participation: tuple[Participation, ...]
    perception_gaps: tuple[PerceptionGap, ...]
    chance: Chance
    """How far chance moves what staff see; a change since another cycle is held against it."""
    disagreements: tuple[Disagreement, ...]
    reliability: tuple[Reliability, ...]
    judgements: tuple[Judgement, ...]
    criteria: Mapping[str, SlotCounts]
    """How often each criterion of a level was judged met (1) and not met (0)."""
    comments: tuple[Comment, ...]
    key_factors: tuple[KeyFactor, ...]
    measures: tuple[MeasureSeries, ...] = ()
    """The organisation's own figures, as they stood at the closing, in the order of the items."""


@dataclass(frozen=True, slots=True)
class Invited:
    """How many people were invited, by unit (None: no unit named) and group."""

    people: Mapping[tuple[str | None, str], int] = field(default_factory=dict)

    def of_group(self, group: str) -> int | None:
        """Everybody of *group*; None where the list does not name it."""
        found = [number for (_, its_group), number in self.people.items() if its_group == group]
        return sum(found) if found else None


def release(framework: Framework, answers: Answers, invited: Invited | None = None) -> Release:
    """Compute what may be said of *answers*."""
    invited = invited or Invited()
    tally = tally_sheets(framework, answers.sheets)
    given = judgements(framework, [answers.sheets[row] for row in tally.judging()])
    groups = _groups(tally, given)
    samples = {
        group: sample(tally, group, result.perceived, invited.of_group(group))
        for group, result in groups.items()
    }
    return Release(
        framework=framework,
        answered=sum(result.answered for result in groups.values()),
        perceived=perceive(tally.scope(group=STAFF)),
        assessed=assess(framework, given, tally.scope()),
        groups=groups,
        units=_units(tally, given),
        participation=_participation(tally, invited),
        perception_gaps=perception_gaps(framework, samples),
        chance=chance(framework, samples[STAFF]) if STAFF in samples else NO_CHANCE,
        disagreements=disagreements(framework, given),
        reliability=_reliability(tally),
        judgements=given,
        criteria=_criteria(tally),
        comments=_in_order(framework, answers.comments),
        key_factors=answers.key_factors,
        measures=in_order(framework, answers.measures),
    )


def _groups(tally: Tally, given: Sequence[Judgement]) -> dict[str, Result]:
    own: dict[str, list[Judgement]] = {group: [] for group in tally.groups}
    for judgement in given:
        own[judgement.group].append(judgement)
    return {
        group: _result(tally.scope(group=group), tally.scope(group=group), own[group])
        for group in tally.groups
        if group != CONSENSUS
    }


def _units(tally: Tally, given: Sequence[Judgement]) -> dict[str, Result]:
    """Each unit as its staff see it, and as whoever belongs to it judges it."""
    own: dict[str, list[Judgement]] = {unit: [] for unit in tally.units}
    for judgement in given:
        if judgement.unit is not None:
            own[judgement.unit].append(judgement)
    return {
        unit: _result(tally.scope(unit=unit), tally.scope(group=STAFF, unit=unit), own[unit])
        for unit in tally.units
    }


def _result(everybody: Scope, survey: Scope, given: Sequence[Judgement]) -> Result:
    return Result(
        everybody.answered, perceive(survey), assess(everybody.framework, given, everybody)
    )


def _criteria(tally: Tally) -> Mapping[str, SlotCounts]:
    everybody = tally.scope()
    return {
        slot.key: everybody.counts(slot.key)
        for slot in tally.framework.slots
        if slot.kind == "criterion"
    }


def _in_order(framework: Framework, comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """Comments by place, kind, group and text: never in the order in which people answered."""
    places = _places(framework)
    return tuple(
        sorted(
            comments,
            key=lambda each: (
                places.get(each.place, len(places)),
                each.kind,
                each.group,
                each.text,
                each.unit or "",
            ),
        )
    )


def _places(framework: Framework) -> dict[str, int]:
    ids: list[str] = [question.id for question in framework.context]
    for category in framework.categories:
        ids.append(category.id)
        for item in category.items:
            ids.append(item.id)
            ids += [question.id for question in item.questions]
            ids += [slot.key for slot in framework.slots_by_item[item.id]]
    return {key: place for place, key in reversed(list(enumerate(ids)))}


def _participation(tally: Tally, invited: Invited) -> tuple[Participation, ...]:
    """A row for each group and for each group within a unit, answered or only invited."""
    groups = {group for group in tally.groups if group != CONSENSUS}
    groups |= {group for _, group in invited.people}
    cells = {(unit, group) for unit, group in tally.cells if unit is not None and group in groups}
    cells |= {(unit, group) for unit, group in invited.people if unit is not None}
    whole = [
        Participation(None, group, tally.scope(group=group).answered, invited.of_group(group))
        for group in sorted(groups)
    ]
    parts = [
        Participation(
            unit,
            group,
            tally.answered(unit, group),
            invited.people.get((unit, group)),
        )
        for unit, group in sorted(cells, key=lambda cell: (cell[0] or "", cell[1]))
    ]
    return tuple(whole + parts)


def _reliability(tally: Tally) -> tuple[Reliability, ...]:
    """Alpha of staff's agreement statements: of all, then of each category that has two or more."""
    framework = tally.framework
    parts: list[tuple[str, Sequence[Item]]] = [(TOTAL, framework.items)]
    parts += [(category.id, category.items) for category in framework.categories]
    rows = tally.rows(STAFF)
    found = []
    for part, items in parts:
        places = [
            framework.position[question.id]
            for item in items
            for question in item.questions
            if question.scale.answer == "agreement"
            and STAFF in question.forms
            and question.block is None
        ]
        if len(places) < 2 or not len(rows):
            continue
        answers = rows[:, places]
        complete = answers[(answers <= HIGHEST_VALUE).all(axis=1)].astype(np.float64)
        alpha = cronbach_alpha(complete) if len(complete) >= LEAST_FOR_ALPHA else None
        found.append(Reliability(part, len(places), len(complete), alpha))
    return tuple(found)
