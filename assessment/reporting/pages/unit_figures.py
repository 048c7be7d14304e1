"""Figures of units in compact tables: forty units of a long framework must stay a few pages.

A table for each measure, units down, parts of the framework across.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from assessment.core.assessed import Assessed, ItemAssessed
from assessment.core.perceived import PartPerceived, Perceived, QuestionPerceived
from assessment.core.text import shown
from assessment.reporting.elements import Row, Table, chunks, columns
from assessment.reporting.source import Source
from assessment.reporting.wording import NO_FIGURE, figure, name, share

MOST_COLUMNS, MOST_QUESTION_CELLS = 18, 600

Of = TypeVar("Of", Perceived, Assessed)
Columns = Sequence[tuple[str, Callable[[Of], str]]]


def unit_tables(source: Source) -> Iterator[Table]:
    """Perceived figures of each unit, then what was judged in it; units stand by name."""
    units = dict(sorted(source.release.units.items()))
    seen = {unit: result.perceived for unit, result in units.items() if result.perceived.n}
    if seen:
        people = {unit: str(units[unit].answered) for unit in seen}
        yield _whole(seen, people)
        yield from _categories(source, seen)
        yield from _items(source, seen)
        yield from _questions(source, seen)
    judged = {
        unit: result.assessed
        for unit, result in units.items()
        if any(item.judges for item in result.assessed.items)
    }
    if judged:
        yield from _judged(source, judged)


def questions_fit(source: Source) -> bool:
    """Single questions by unit are printed only where that stays a few pages."""
    asked = sum(1 for question in source.release.perceived.questions if question.n)
    return asked * len(source.release.units) <= MOST_QUESTION_CELLS


def _matrix(title: str, units: Mapping[str, Of], parts: Columns[Of]) -> Iterator[Table]:
    for own in chunks(parts, MOST_COLUMNS):
        yield Table(
            title,
            columns("Unit", 19, *(head for head, _ in own)),
            tuple(
                Row(name(unit), tuple(value(result) for _, value in own))
                for unit, result in units.items()
            ),
            style="compact tight",
        )


def _whole(units: Mapping[str, Perceived], people: Mapping[str, str]) -> Table:
    return Table(
        "Units: everybody who answered, and the whole as perceived by staff",
        columns("Unit", 34, "people of all groups", "staff, %", "n", "complete, %"),
        tuple(
            Row(
                name(unit),
                (people[unit], figure(seen.percent), str(seen.n), share(seen.completeness)),
            )
            for unit, seen in units.items()
        ),
        style="compact",
    )


PART_MEASURES: tuple[tuple[str, Callable[[PartPerceived], str]], ...] = (
    ("in %", lambda part: figure(part.percent)),
    ("n", lambda part: str(part.n)),
    ("complete, in %", lambda part: share(part.completeness)),
)
QUESTION_MEASURES: tuple[tuple[str, Callable[[QuestionPerceived], str]], ...] = (
    ("mean", lambda question: figure(question.mean, 2)),
    ("in %", lambda question: figure(question.percent)),
    ("favourable, in %", lambda question: figure(question.favourable)),
    ("n", lambda question: str(question.n)),
    ("complete, in %", lambda question: share(question.completeness)),
)


def _categories(source: Source, units: Mapping[str, Perceived]) -> Iterator[Table]:
    ids = [part.id for part in source.release.perceived.categories if part.n]
    for measure, value in PART_MEASURES:
        parts = [(name(place), _of_category(place, value)) for place in ids]
        yield from _matrix(
            f"Categories as perceived by staff of each unit, {measure}", units, parts
        )


def _of_category(place: str, value: Callable[[PartPerceived], str]) -> Callable[[Perceived], str]:
    return lambda seen: value(seen.category(place))


def _items(source: Source, units: Mapping[str, Perceived]) -> Iterator[Table]:
    ids = [part.id for part in source.release.perceived.items if part.n]
    for measure, value in PART_MEASURES:
        parts = [(name(place), _of_item(place, value)) for place in ids]
        yield from _matrix(f"Items as perceived by staff of each unit, {measure}", units, parts)


def _of_item(place: str, value: Callable[[PartPerceived], str]) -> Callable[[Perceived], str]:
    return lambda seen: value(seen.item(place))


def _questions(source: Source, units: Mapping[str, Perceived]) -> Iterator[Table]:
    if not questions_fit(source):
        return
    ids = [question.id for question in source.release.perceived.questions if question.n]
    for measure, value in QUESTION_MEASURES:
        parts = [(name(place), _of_question(place, value)) for place in ids]
        yield from _matrix(f"Questions answered by staff of each unit, {measure}", units, parts)


def _of_question(
    place: str, value: Callable[[QuestionPerceived], str]
) -> Callable[[Perceived], str]:
    return lambda seen: value(seen.question(place))


def _judged(source: Source, units: Mapping[str, Assessed]) -> Iterator[Table]:
    """Points where the framework has them, and each item's value."""
    sums: list[tuple[str, Callable[[Assessed], str]]] = [
        ("points", lambda judged: figure(judged.total.points)),
        ("of", lambda judged: figure(judged.total.possible)),
        ("%", lambda judged: figure(judged.total.percent)),
    ]
    if source.has_points:
        sums += [
            (f"{name(category.id)}: points", _points_of(category.id))
            for category in source.framework.categories
        ]
        yield from _matrix("Judged in each unit: the whole and its categories", units, sums)
    values = [(name(item.id), _judgement_of(item.id)) for item in source.judged]
    yield from _matrix("Judged in each unit: items, in % or by level", units, values)


def _points_of(place: str) -> Callable[[Assessed], str]:
    return lambda judged: figure(judged.category(place).points)


def _judgement_of(place: str) -> Callable[[Assessed], str]:
    return lambda judged: _value(judged.item(place))


def _value(assessed: ItemAssessed) -> str:
    if assessed.percent is not None:
        return shown(assessed.percent)
    return NO_FIGURE if assessed.level is None else str(assessed.level)
