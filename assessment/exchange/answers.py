"""ANSWERS.csv -> sheets and words. One row an answer; all problems are named in one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.core.framework import Framework
from assessment.core.release import Answers, KeyFactor
from assessment.core.sheet import NOT_ANSWERED, NOT_ASKED, Sheet, blank_sheet
from assessment.exchange.answer_people import Person
from assessment.exchange.answer_reading import Reading
from assessment.exchange.rows import FileRefused, Header, Row, RowProblem, read_rows

HEADER = Header(
    ("respondent", "question", "answer"),
    ("group", "unit", "comment", "strength", "ofi", "evidence"),
)


@dataclass(frozen=True, slots=True)
class PersonAnswers:
    """What a file says of one person. `words` are by place and kind; `reason` is that of an na."""

    sheet: Sheet
    codes: Mapping[str, int]
    words: Mapping[tuple[str, str], str]
    line: int


def read_answers(framework: Framework, path: Path) -> Answers:
    """The answers in *path*; raises FileRefused naming every bad row."""
    rows, problems = read_rows(path, HEADER)
    answers, more = answers_from_rows(framework, rows)
    if problems or more:
        raise FileRefused(sorted([*problems, *more]))
    return answers


def answers_from_rows(
    framework: Framework, rows: Iterable[Row]
) -> tuple[Answers, list[RowProblem]]:
    """Answers from *rows*, and everything that is wrong with them."""
    reading = _read(framework, rows)
    answers = Answers(
        tuple(_sheet(framework, name, person) for name, person in reading.people.items()),
        tuple(reading.comments),
        tuple(
            KeyFactor(question.id, tuple(sorted(reading.factors[question.id])))
            for question in framework.context
            if question.id in reading.factors
        ),
    )
    return answers, reading.problems


def people_from_rows(
    framework: Framework, rows: Iterable[Row]
) -> tuple[tuple[PersonAnswers, ...], list[RowProblem]]:
    """The same as `answers_from_rows`, person by person, as they are kept until the closing."""
    reading = _read(framework, rows)
    return tuple(
        PersonAnswers(
            _sheet(framework, name, person),
            dict(person.codes),
            {place: "\n".join(entries) for place, entries in person.words.items()},
            min(person.seen.values(), default=1),
        )
        for name, person in reading.people.items()
    ), reading.problems


def _read(framework: Framework, rows: Iterable[Row]) -> Reading:
    reading = Reading(framework)
    for row in rows:
        reading.take(row)
    reading.finish()
    return reading


def _sheet(framework: Framework, name: str, person: Person) -> Sheet:
    """A form's slots are asked, and whatever else was answered; rotating blocks only if drawn.

    An item that a judge waives was asked of them; staff who waive a category do not become judges.
    """
    form = framework.forms.get(person.group)
    is_judge = person.is_judge or (form is not None and form.judges)
    sheet = blank_sheet(framework, name, person.group, person.unit)
    drawn = {
        slot.question.block
        for slot in framework.slots
        if slot.question and slot.key in person.codes
    }
    values = bytearray(sheet.values)
    for place, slot in enumerate(framework.slots):
        question = slot.question
        if question and question.block and question.block not in drawn:
            values[place] = NOT_ASKED
        if slot.key in person.codes:
            values[place] = person.codes[slot.key]
        elif is_judge and question is None and slot.item.id in person.waived:
            values[place] = NOT_ANSWERED
    return Sheet(name, person.group, person.unit, bytes(values), frozenset(person.waived))
