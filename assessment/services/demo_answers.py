"""Draw by lot what the people of a story answer: the same wherever and whenever it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from assessment.core.framework import CONSENSUS
from assessment.services.demo_story import Group, Judged, Panel, Statement, Story, Unit, Voice

Cells = Mapping[str, str]
"""One row of a file by column; a column that is not there is empty."""


@dataclass(frozen=True, slots=True)
class _Person:
    """Who answers: `mood` lifts all answers alike, and after `last` statements they stop."""

    cells: Cells
    unit: Unit
    voice: Voice
    mood: float
    last: float


def answer_rows(story: Story) -> list[Cells]:
    """A row for everything that anybody in *story* was asked."""
    lot = Random(story.seed)  # noqa: S311 - nothing here is a secret
    rows: list[Cells] = []
    for group in story.groups:
        people = list(_people(story, group, lot))
        rows += [
            {**people[0].cells, "question": key, "answer": text}
            for key, text in group.context.items()
        ]
        for person in people:
            rows += _survey_rows(story, group, person, lot)
    return rows + _panel_rows(story.panel)


def _people(story: Story, group: Group, lot: Random) -> Iterator[_Person]:
    number = 0
    for unit in group.units:
        # Voices are spread over the unit, as people who write are.
        voices = {
            place * unit.answered // len(unit.voices): voice
            for place, voice in enumerate(unit.voices)
        }
        for place in range(unit.answered):
            number += 1
            cells = {
                "respondent": f"{group.id[0]}{number:03}",
                "group": group.id,
                "unit": unit.name,
            }
            voice = voices.get(place, {})
            drawn = story.chance.mood * _bell(lot)
            mood = _mood(story, group, unit, voice) if voice else drawn
            stops, where = lot.random() * 100 < story.chance.stopped, lot.random()
            last = (1 + where) / 2 * len(group.statements) if stops else math.inf
            yield _Person(cells, unit, voice, mood, last)


def _bell(lot: Random) -> float:
    """A number around 0 with a spread of 1.

    Only `random` and `fsum` give the same on every version of Python; `gauss` and `sum` need not.
    """
    return math.fsum(lot.random() for _ in range(12)) - 6


def _mood(story: Story, group: Group, unit: Unit, voice: Voice) -> float:
    """People who write are in a mood that fits it: half as far from the others as their words."""
    apart = [
        int(said.answer) - _expected(story, key, group.statements[key], unit)
        for key, said in voice.items()
        if said.answer.isdecimal()
    ]
    return math.fsum(apart) / len(apart) / 2 if apart else 0.0


def _expected(story: Story, key: str, statement: Statement, unit: Unit) -> float:
    percent = statement.percent + unit.shift + unit.differs.get(key, 0)
    return 1 + (story.chance.steps - 1) * percent / 100


def _survey_rows(story: Story, group: Group, person: _Person, lot: Random) -> Iterator[Cells]:
    for place, (key, statement) in enumerate(group.statements.items()):
        answer = _drawn(story, key, statement, person, lot)
        said = person.voice.get(key)
        if said:
            yield {**person.cells, "question": key, "answer": said.answer, "comment": said.text}
        else:
            answer = answer if place < person.last else ""
            yield {**person.cells, "question": key, "answer": answer}


def _drawn(story: Story, key: str, statement: Statement, person: _Person, lot: Random) -> str:
    """What *person* answers by lot; as much is drawn for every answer, whatever it comes to."""
    chance = story.chance
    noise, way_out = chance.noise * _bell(lot), lot.random() * 100
    if way_out < statement.unknown:
        return "unknown"
    if way_out >= 100 - chance.skipped:
        return ""
    step = math.floor(_expected(story, key, statement, person.unit) + person.mood + noise + 0.5)
    return str(min(max(step, 1), chance.steps))


def _panel_rows(panel: Panel) -> list[Cells]:
    judges = dict.fromkeys(judge for item in panel.items for judge in item.judges)
    rows = [
        row
        for judge in judges
        for item in panel.items
        for row in _judged_rows(judge, panel.group, item.id, item.judges[judge])
    ]
    for item in panel.items:
        if item.agreed:
            rows += _judged_rows(CONSENSUS, CONSENSUS, item.id, item.agreed)
    return rows


def _judged_rows(judge: str, group: str, item_id: str, judged: Judged) -> list[Cells]:
    """An item's judgement with its words, then its attributes."""
    who = {"respondent": judge, "group": group}
    words = {
        "comment": judged.comment,
        "strength": "\n".join(judged.strengths),
        "ofi": "\n".join(judged.opportunities),
        "evidence": "\n".join(judged.evidence),
    }
    return [
        {**who, "question": item_id, "answer": str(judged.percent), **words},
        *(
            {**who, "question": f"{item_id}/{attribute}", "answer": str(percent)}
            for attribute, percent in judged.attributes.items()
        ),
    ]
