"""The story behind the demo: an invented organisation, its people, and what they say.

A story is data, read from a file beside the criteria it is told for. Nothing in it is drawn by
lot; `demo` does that.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assessment.catalogue.located import locate
from assessment.catalogue.problems import CriteriaError


class Part(BaseModel):
    """A part of the story, with these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Chance(Part):
    """How people differ: answers run from 1 to `steps`, the rest is in steps or of a hundred."""

    steps: int
    mood: float
    noise: float
    skipped: int
    stopped: int


class Statement(Part):
    """Where a statement stands, 0 to 100, and how many of a hundred cannot judge it."""

    percent: int
    before: int
    unknown: int


class Said(Part):
    """One answer with its comment."""

    answer: str
    text: str


Voice = Mapping[str, Said]
"""What one person says, by statement."""


class Unit(Part):
    """Some people of a group, and how they stand apart from the others, in points."""

    name: str = ""
    invited: int
    answered: int
    before: int
    shift: int = 0
    differs: Mapping[str, int] = {}
    voices: tuple[Voice, ...] = ()


class Group(Part):
    """People who are asked the same statements; the first of them writes the key factors."""

    id: str
    statements: Mapping[str, Statement]
    context: Mapping[str, str] = {}
    units: tuple[Unit, ...]


class Judged(Part):
    """A judgement with its words; what else stands there are attributes."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, int]

    percent: int
    comment: str = ""
    strengths: tuple[str, ...] = ()
    opportunities: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def attributes(self) -> Mapping[str, int]:
        return self.__pydantic_extra__


class JudgedItem(Part):
    """An item as each judge saw it, and what they agreed on, if they have."""

    id: str
    judges: Mapping[str, Judged]
    before: int
    agreed: Judged | None = None


class Panel(Part):
    """The few who judge every item."""

    group: str
    items: tuple[JudgedItem, ...]


class StoryTarget(Part):
    """Where leaders want an item or a statement to be."""

    id: str
    target: int
    importance: int
    effort: int
    reason: str
    date: datetime.date


class StoryMeasure(Part):
    """A series of figures at an item, by the day or the period they are of."""

    item: str
    title: str
    unit: str
    direction: str
    values: Mapping[str, str]
    target: str = ""
    comparison: str = ""
    source: str = ""


class StoryDecision(Part):
    """What the leaders are asked to decide."""

    what: str
    owner: str
    cost: str
    due: str
    gap: str = ""


class StoryReport(Part):
    """The report's own words, and what it may quote of what people wrote."""

    quotes: tuple[str, ...]
    strengths: tuple[str, ...]
    opportunities: tuple[str, ...]
    decisions: tuple[StoryDecision, ...]


class Story(Part):
    """All of it."""

    organisation: str
    cycle: str
    date: datetime.date
    criteria: str
    seed: int
    chance: Chance
    groups: tuple[Group, ...]
    panel: Panel
    targets: tuple[StoryTarget, ...]
    measures: tuple[StoryMeasure, ...] = ()
    purpose: str
    follow_up: str
    report: StoryReport


def read_story(path: Path) -> Story:
    """The story in *path*; raises CriteriaError or ValidationError where it is broken."""
    located = locate(path.read_bytes(), path.name)
    if located.problems:
        raise CriteriaError(located.problems)
    return Story.model_validate(located.value)


def a_year_before(story: Story) -> Story:
    """The cycle before: other people answered without a word, and everything had been agreed on."""
    return story.model_copy(
        update={
            "seed": story.seed + 1,
            "groups": tuple(map(_group_before, story.groups)),
            "panel": story.panel.model_copy(
                update={"items": tuple(map(_item_before, story.panel.items))}
            ),
        }
    )


def _group_before(group: Group) -> Group:
    statements = {
        key: statement.model_copy(update={"percent": statement.before})
        for key, statement in group.statements.items()
    }
    units = tuple(
        unit.model_copy(update={"answered": unit.before, "voices": ()}) for unit in group.units
    )
    return group.model_copy(update={"statements": statements, "context": {}, "units": units})


def _item_before(item: JudgedItem) -> JudgedItem:
    return item.model_copy(update={"judges": {}, "agreed": Judged(percent=item.before)})
