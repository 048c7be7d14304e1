"""Measures as CSV, out and in: one row a value. All problems are named in one run."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from assessment.core.exact import NotAFigure, exact, written
from assessment.core.framework import Framework
from assessment.core.measures import MOST_SERIES, MOST_VALUES, MeasureSeries, in_order
from assessment.core.periods import last_day
from assessment.core.sentence import Sentence, _
from assessment.core.text import COMMENT_LIMIT, NAME_LIMIT, clean
from assessment.core.trend import Dated, Direction
from assessment.exchange.rows import (
    FileRefused,
    Header,
    Row,
    RowProblem,
    guarded,
    read_rows,
    unguarded,
    write_rows,
)

HEADER = Header(
    ("item", "title", "unit", "direction", "date", "value"), ("target", "comparison", "source")
)
UNIT_LIMIT = 40
_LIMITS = {"title": NAME_LIMIT, "unit": UNIT_LIMIT, "source": COMMENT_LIMIT}
_DIRECTIONS = get_args(Direction)
_FIGURES = {
    "no figure": _(
        "“%(typed)s” is not a figure such as 12.5, without a unit or signs for thousands."
    ),
    "two readings": _(
        "“%(typed)s” is a thousand to some and a decimal to others."
        " Write it without a sign for thousands, and decimals after a point."
    ),
    "too long": _("“%(typed)s” has too many digits: at most 15, six of them decimals."),
}

Said = Literal["unit", "direction", "target", "comparison", "source"]
_SAID: tuple[Said, ...] = get_args(Said)
"""What the rows of one series say alike, or leave empty."""


class _Wrong(ValueError):
    """A cell that cannot be used: its column and the sentence."""

    def __init__(self, column: str, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.column, self.sentence = column, sentence


@dataclass
class _Series:
    """One series, row by row."""

    place: str
    title: str
    first: Row
    said: dict[Said, str] = field(default_factory=dict)
    values: dict[datetime.date, Fraction] = field(default_factory=dict)


def figure_refused(typed: str, refused: NotAFigure) -> Sentence:
    """Why *typed* is not taken for a figure."""
    return Sentence(_FIGURES[refused.why], typed=typed.strip()[:40])


def day_refused(typed: str) -> Sentence:
    """What a day looks like."""
    return Sentence(
        _("“%(typed)s” is not a date such as 2025-12-31, nor 2025, 2025-Q3 or 2025-09."),
        typed=typed.strip()[:40],
    )


def day_taken(day: datetime.date) -> Sentence:
    """A series has one figure a day."""
    return Sentence(_("%(day)s has a value already."), day=day.isoformat())


def too_many_values() -> Sentence:
    """How many figures a series has room for."""
    return Sentence(_("A series has at most %(most)s values."), most=MOST_VALUES)


def read_measures(framework: Framework, path: Path) -> tuple[MeasureSeries, ...]:
    """The series in *path*, by item; raises FileRefused naming every bad row."""
    rows, problems = read_rows(path, HEADER)
    series, more = measures_from_rows(framework, rows)
    if problems or more:
        raise FileRefused(sorted([*problems, *more]))
    return series


def measures_from_rows(
    framework: Framework, rows: Iterable[Row]
) -> tuple[tuple[MeasureSeries, ...], list[RowProblem]]:
    """The series in *rows* in the order of the items, and everything that is wrong with them."""
    reading: dict[tuple[str, str], _Series] = {}
    problems: list[RowProblem] = []
    for row in rows:
        problems += _take(framework, reading, row)
    problems += [
        found.first.problem("direction", Sentence(_("Say which way is better: higher or lower.")))
        for found in reading.values()
        if "direction" not in found.said
    ]
    if len(reading) > MOST_SERIES:
        extra = list(reading.values())[MOST_SERIES]
        sentence = Sentence(_("These are more than %(most)s series."), most=MOST_SERIES)
        problems.append(extra.first.problem("title", sentence))
    if problems:
        return (), problems
    series = in_order(framework, (_made(place, each) for place, each in _numbered(reading)))
    return series, []


def _numbered(reading: dict[tuple[str, str], _Series]) -> Iterator[tuple[str, _Series]]:
    """Each series with an id of its own: its item and its number there."""
    counts: dict[str, int] = {}
    for each in reading.values():
        counts[each.place] = counts.get(each.place, 0) + 1
        yield f"{each.place}-{counts[each.place]}", each


def _made(series_id: str, found: _Series) -> MeasureSeries:
    target, comparison = found.said.get("target"), found.said.get("comparison")
    return MeasureSeries(
        series_id,
        found.place,
        found.title,
        found.said.get("unit", ""),
        "higher" if found.said["direction"] == "higher" else "lower",
        tuple(Dated(on, found.values[on]) for on in sorted(found.values)),
        None if target is None else exact(target),
        None if comparison is None else exact(comparison),
        found.said.get("source", ""),
    )


def _take(
    framework: Framework, reading: dict[tuple[str, str], _Series], row: Row
) -> Iterator[RowProblem]:
    """Add *row* to its series; what is wrong comes back, cell by cell."""
    place, title = _text(row, "item"), _line(row, "title")
    if place not in framework.item_by_id:
        unknown = Sentence(_("There is no item “%(item)s” in these criteria."), item=place[:60])
        near = get_close_matches(place, framework.item_by_id, n=1)
        hint = Sentence(_("Did you mean “%(near)s”?"), near=near[0]) if near else None
        yield row.problem("item", unknown.then(hint))
        return
    if not title:
        yield row.problem("title", Sentence(_("A measure needs a title.")))
        return
    found = reading.setdefault((place, title), _Series(place, title, row))
    for column, limit in _LIMITS.items():
        length = len(_text(row, column))
        if length > limit:
            sentence = Sentence(
                _("This text has %(length)s characters: at most %(limit)s are kept."),
                length=f"{length:,}",
                limit=f"{limit:,}",
            )
            yield row.problem(column, sentence)
    for said in _SAID:
        try:
            _say(found, said, row)
        except _Wrong as wrong:
            yield row.problem(wrong.column, wrong.sentence)
    try:
        _add_value(found, row)
    except _Wrong as wrong:
        yield row.problem(wrong.column, wrong.sentence)


def _say(found: _Series, column: Said, row: Row) -> None:
    """Note what *row* says of the whole series; two rows that differ contradict each other."""
    text = _said(column, row)
    if not text:
        return
    before = found.said.setdefault(column, text)
    if before != text:
        raise _Wrong(
            column,
            Sentence(
                _(
                    "Line %(line)s says “%(before)s” of the same measure, this one “%(now)s”."
                    " Make them alike, or give the measures two titles."
                ),
                line=found.first.line,
                before=before[:40],
                now=text[:40],
            ),
        )


def _said(column: Said, row: Row) -> str:
    if column in ("target", "comparison"):
        return written(_figure(row, column)) if _text(row, column) else ""
    if column == "source":
        return _text(row, column)
    text = _line(row, column)
    if column == "direction" and text and text.casefold() not in _DIRECTIONS:
        raise _Wrong(
            column,
            Sentence(
                _("“%(typed)s” is not a direction: higher or lower (is better)."), typed=text[:40]
            ),
        )
    return text.casefold() if column == "direction" else text


def _add_value(found: _Series, row: Row) -> None:
    """A row without date and value adds a series that has none yet."""
    day, value = _text(row, "date"), _text(row, "value")
    if not day and not value:
        return
    on = last_day(day)
    if on is None:
        raise _Wrong("date", day_refused(day))
    figure = _figure(row, "value")
    if on in found.values:
        raise _Wrong("date", day_taken(on))
    if len(found.values) == MOST_VALUES:
        raise _Wrong("value", too_many_values())
    found.values[on] = figure


def _figure(row: Row, column: str) -> Fraction:
    typed = _text(row, column)
    try:
        return exact(typed)
    except NotAFigure as refused:
        raise _Wrong(column, figure_refused(typed, refused)) from None


def _text(row: Row, column: str) -> str:
    return clean(unguarded(row.cells.get(column, ""))).strip()


def _line(row: Row, column: str) -> str:
    return " ".join(_text(row, column).split())


def measures_csv(series: Iterable[MeasureSeries]) -> str:
    """The series as the same kind of file; no spreadsheet takes a text of it for a formula."""
    return write_rows(HEADER.known, (cells for each in series for cells in _rows(each)))


def _rows(series: MeasureSeries) -> Iterator[list[str]]:
    head = [guarded(text) for text in (series.place, series.title, series.unit)]
    target, comparison = (
        "" if each is None else written(each) for each in (series.target, series.comparison)
    )
    tail = [target, comparison, guarded(series.source)]
    for each in series.values:
        yield [*head, series.direction, each.on.isoformat(), written(each.value), *tail]
    if not series.values:
        yield [*head, series.direction, "", "", *tail]
