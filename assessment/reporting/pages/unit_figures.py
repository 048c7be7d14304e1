"""Figures of units in compact tables: forty units of a long framework must stay a few pages.

A table for each measure, units down, parts of the framework across.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from assessment.core.assessed import Assessed
from assessment.core.assessed_items import ItemAssessed
from assessment.core.perceived import PartPerceived, Perceived, QuestionPerceived
from assessment.reporting.elements import Row, Table, chunks, columns
from assessment.reporting.source import Source
from assessment.reporting.withheld import keeps_back
from assessment.reporting.wording import (
    NO_FIGURE,
    beside,
    figure_or_state,
    kept_back,
    name,
    share,
)

MOST_COLUMNS, MOST_QUESTION_CELLS = 18, 600

Of = TypeVar("Of", Perceived, Assessed)
Columns = Sequence[tuple[str, Callable[[Of], str]]]


def unit_tables(source: Source) -> Iterator[Table]:
    """Perceived figures of each unit, then what was judged in it; units stand by name."""
    units = dict(sorted(source.release.units.items()))
    seen = {
        unit: result.perceived
        for unit, result in units.items()
        if result.perceived.n or keeps_back(result.perceived)
    }
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


def _is_known(part: PartPerceived | QuestionPerceived) -> bool:
    return bool(part.n) or part.state == "withheld"


def questions_fit(source: Source) -> bool:
    """Single questions by unit are printed only where that stays a few pages."""
    asked = sum(map(_is_known, source.release.perceived.questions))
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
                (
                    people[unit],
                    figure_or_state(seen.percent, seen.state),
                    beside(str(seen.n), seen.state),
                    beside(share(seen.completeness), seen.state),
                ),
            )
            for unit, seen in units.items()
        ),
        style="compact",
    )


PART_MEASURES: tuple[tuple[str, Callable[[PartPerceived], str]], ...] = (
    ("in %", lambda part: figure_or_state(part.percent, part.state)),
    ("n", lambda part: kept_back(str(part.n), part.state)),
    ("complete, in %", lambda part: kept_back(share(part.completeness), part.state)),
)
QUESTION_MEASURES: tuple[tuple[str, Callable[[QuestionPerceived], str]], ...] = (
    ("mean", lambda question: figure_or_state(question.mean, question.state, 2)),
    ("in %", lambda question: figure_or_state(question.percent, question.state)),
    ("favourable, in %", lambda question: figure_or_state(question.favourable, question.state)),
    ("n", lambda question: kept_back(str(question.n), question.state)),
    ("complete, in %", lambda question: kept_back(share(question.completeness), question.state)),
)


def _categories(source: Source, units: Mapping[str, Perceived]) -> Iterator[Table]:
    ids = [part.id for part in source.release.perceived.categories if _is_known(part)]
    for measure, value in PART_MEASURES:
        parts = [(name(place), _of_category(place, value)) for place in ids]
        yield from _matrix(
            f"Categories as perceived by staff of each unit, {measure}", units, parts
        )


def _of_category(place: str, value: Callable[[PartPerceived], str]) -> Callable[[Perceived], str]:
    return lambda seen: value(seen.category(place))


def _items(source: Source, units: Mapping[str, Perceived]) -> Iterator[Table]:
    ids = [part.id for part in source.release.perceived.items if _is_known(part)]
    for measure, value in PART_MEASURES:
        parts = [(name(place), _of_item(place, value)) for place in ids]
        yield from _matrix(f"Items as perceived by staff of each unit, {measure}", units, parts)


def _of_item(place: str, value: Callable[[PartPerceived], str]) -> Callable[[Perceived], str]:
    return lambda seen: value(seen.item(place))


def _questions(source: Source, units: Mapping[str, Perceived]) -> Iterator[Table]:
    if not questions_fit(source):
        return
    ids = [each.id for each in source.release.perceived.questions if _is_known(each)]
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
        ("points", lambda judged: figure_or_state(judged.total.points, judged.total.state)),
        ("of", lambda judged: figure_or_state(judged.total.possible, judged.total.state)),
        ("%", lambda judged: figure_or_state(judged.total.percent, judged.total.state)),
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
    def points(judged: Assessed) -> str:
        part = judged.category(place)
        return figure_or_state(part.points, part.state)

    return points


def _judgement_of(place: str) -> Callable[[Assessed], str]:
    return lambda judged: _value(judged.item(place))


def _value(assessed: ItemAssessed) -> str:
    if assessed.percent is not None or assessed.state == "withheld":
        return figure_or_state(assessed.percent, assessed.state)
    return NO_FIGURE if assessed.level is None else str(assessed.level)
