"""Show what Touchstone does: an invented organisation's files, and the report made from them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessment.exchange.answers import HEADER
from assessment.exchange.measures import HEADER as MEASURES_HEADER
from assessment.exchange.rows import guarded, write_rows
from assessment.exchange.settings import INVITED_HEADER, TARGETS_HEADER
from assessment.reporting.files import write_whole
from assessment.reporting.gap_report import ReportInput
from assessment.reporting.pdf import Press
from assessment.resources import CRITERIA
from assessment.services.demo_answers import Cells, answer_rows
from assessment.services.demo_story import Story, a_year_before, read_story
from assessment.services.reports import Sources, write_gap_report

STORY = CRITERIA / "demo" / "story.yaml"


@dataclass(frozen=True, slots=True)
class Example:
    """The files of an invented organisation, and what a report on it is told beside them."""

    criteria: Path
    answers: Path
    previous: Path
    targets: Path
    invited: Path
    measures: Path
    previous_invited: Path
    organisation: str
    cycle: str
    date: datetime.date


def run_demo(folder: Path, press: Press | None = None) -> Path:
    """Write the example into *folder* and print its gap report there; returns the report's path."""
    example = write_example(folder)
    report = folder / "gap-report.pdf"
    sources = Sources(
        example.criteria,
        example.answers,
        example.previous,
        example.targets,
        example.invited,
        example.measures,
        example.previous_invited,
    )
    about = ReportInput(example.date, organisation=example.organisation, cycle=example.cycle)
    write_gap_report(sources, about, report, press)
    return report


def write_example(folder: Path) -> Example:
    """Write the example's files into *folder*, in place of those from an earlier time."""
    story = read_story(STORY)
    example = Example(
        CRITERIA / story.criteria,
        folder / "answers.csv",
        folder / "previous.csv",
        folder / "targets.csv",
        folder / "invited.csv",
        folder / "measures.csv",
        folder / "previous-invited.csv",
        story.organisation,
        story.cycle,
        story.date,
    )
    folder.mkdir(parents=True, exist_ok=True)
    _write(example.answers, HEADER.known, answer_rows(story))
    _write(example.previous, (*HEADER.required, "group", "unit"), answer_rows(a_year_before(story)))
    _write(example.previous_invited, INVITED_HEADER.known, _invited_rows(a_year_before(story)))
    _write(example.targets, TARGETS_HEADER.known, _target_rows(story))
    _write(example.invited, INVITED_HEADER.known, _invited_rows(story))
    _write(example.measures, MEASURES_HEADER.known, _measure_rows(story))
    return example


def _write(path: Path, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    lines = [[guarded(row.get(column, "")) for column in columns] for row in rows]
    write_whole(path, write_rows(columns, lines).encode("utf-8"))


def _target_rows(story: Story) -> list[Cells]:
    return [{key: str(value) for key, value in target} for target in story.targets]


def _invited_rows(story: Story) -> list[Cells]:
    judges = {judge for item in story.panel.items for judge in item.judges}
    return [
        *(
            {"unit": unit.name, "group": group.id, "invited": str(unit.invited)}
            for group in story.groups
            for unit in group.units
        ),
        {"group": story.panel.group, "invited": str(len(judges))},
    ]


def _measure_rows(story: Story) -> list[Cells]:
    return [
        {
            "item": each.item,
            "title": each.title,
            "unit": each.unit,
            "direction": each.direction,
            "date": day,
            "value": value,
            "target": each.target,
            "comparison": each.comparison,
            "source": each.source,
        }
        for each in story.measures
        for day, value in each.values.items()
    ]
