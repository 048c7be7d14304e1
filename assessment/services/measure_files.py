"""Measures from a file, shown first and then read in; out into a file; on into the next cycle."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from assessment.core.exact import written
from assessment.core.framework import Framework
from assessment.core.measures import MOST_SERIES, MOST_VALUES, MeasureSeries
from assessment.exchange.measures import HEADER, measures_csv, measures_from_rows
from assessment.exchange.rows import FileRefused, RowProblem, rows_in
from assessment.services.errors import Sentence, _
from assessment.services.measures import add_series, changing, measures, rewrite_series
from assessment.services.permissions import Member
from assessment.store.ids import new_id
from assessment.store.tables import Cycle


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One thing a file changes on a series that is there: a text, a figure, or that of a day."""

    series: MeasureSeries
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class MeasurePlan:
    """What a file would do. What it leaves empty or does not name stays."""

    new: tuple[MeasureSeries, ...]
    changed: tuple[MeasureSeries, ...]
    changes: tuple[MeasureChange, ...]
    unchanged: int

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed


def export_measures(session: Session, row: Cycle, framework: Framework) -> str:
    """All measures of the cycle as a file that can be read in again."""
    return measures_csv(each.series for each in measures(session, row, framework))


def plan_measures(
    session: Session, row: Cycle, framework: Framework, data: bytes, name: str
) -> MeasurePlan:
    """What reading the file in would do; FileRefused names every bad row of it."""
    rows, problems = rows_in(data, name, HEADER)
    read, more = measures_from_rows(framework, rows)
    kept = [each.series for each in measures(session, row, framework)]
    by_title = {(each.place, each.title): each for each in kept}
    pairs = [(by_title.get((each.place, each.title)), each) for each in read]
    new = tuple(replace(each, id=str(new_id())) for before, each in pairs if before is None)
    merged = [(before, _merged(before, each)) for before, each in pairs if before is not None]
    problems += [*more, *_too_many(name, kept, new, (after for _before, after in merged))]
    if problems:
        raise FileRefused(sorted(problems))
    return MeasurePlan(
        new,
        tuple(after for before, after in merged if after != before),
        tuple(change for before, after in merged for change in _changes(before, after)),
        sum(after == before for before, after in merged),
    )


def import_measures(
    session: Session,
    member: Member,
    row: Cycle,
    framework: Framework,
    data: bytes,
    name: str,
    now: datetime.datetime,
) -> MeasurePlan:
    """Take the measures of a file over: all, or with a bad row none. Again it changes nothing."""
    row = changing(session, member, row)
    plan = plan_measures(session, row, framework, data, name)
    add_series(session, member, row, plan.new, now)
    for series in plan.changed:
        rewrite_series(session, member, row, series, now)
    return plan


def to_take_over(
    session: Session, row: Cycle, framework: Framework, previous: Cycle
) -> tuple[MeasureSeries, ...]:
    """What could go on from *previous*: measures at items still there, that are not here yet."""
    kept = [each.series for each in measures(session, row, framework)]
    here = {(each.place, each.title) for each in kept}
    before = (each.series for each in measures(session, previous, framework))
    found = [
        each
        for each in before
        if each.place in framework.item_by_id and (each.place, each.title) not in here
    ]
    return tuple(found[: MOST_SERIES - len(kept)])


def take_over(
    session: Session,
    member: Member,
    row: Cycle,
    framework: Framework,
    previous: Cycle,
    now: datetime.datetime,
) -> int:
    """Go on with the series of *previous*, values and all; returns how many are new here."""
    row = changing(session, member, row)
    found = to_take_over(session, row, framework, previous)
    add_series(session, member, row, [replace(each, id=str(new_id())) for each in found], now)
    return len(found)


def _merged(before: MeasureSeries, read: MeasureSeries) -> MeasureSeries:
    values = {each.on: each for each in (*before.values, *read.values)}
    return replace(
        before,
        unit=read.unit or before.unit,
        direction=read.direction,
        values=tuple(values[on] for on in sorted(values)),
        target=before.target if read.target is None else read.target,
        comparison=before.comparison if read.comparison is None else read.comparison,
        source=read.source or before.source,
    )


def _changes(before: MeasureSeries, after: MeasureSeries) -> Iterator[MeasureChange]:
    was, now = _said(before), _said(after)
    for what in dict.fromkeys([*was, *now]):
        if was.get(what, "") != now.get(what, ""):
            yield MeasureChange(after, what, was.get(what, ""), now.get(what, ""))


def _said(series: MeasureSeries) -> dict[str, str]:
    """Everything a series says, by the column of a file or by the day."""
    figures = {"target": series.target, "comparison": series.comparison}
    return {
        "unit": series.unit,
        "direction": series.direction,
        **{name: "" if each is None else written(each) for name, each in figures.items()},
        "source": series.source,
        **{each.on.isoformat(): written(each.value) for each in series.values},
    }


def _too_many(
    name: str,
    kept: list[MeasureSeries],
    new: tuple[MeasureSeries, ...],
    merged: Iterable[MeasureSeries],
) -> Iterator[RowProblem]:
    if len(kept) + len(new) > MOST_SERIES:
        sentence = Sentence(
            _("The cycle would have %(count)s series: %(most)s at most."),
            count=len(kept) + len(new),
            most=MOST_SERIES,
        )
        yield RowProblem(name, 1, 1, sentence)
    for each in merged:
        if len(each.values) > MOST_VALUES:
            sentence = Sentence(
                _("“%(title)s” would have %(count)s values: %(most)s at most."),
                title=each.title[:60],
                count=len(each.values),
                most=MOST_VALUES,
            )
            yield RowProblem(name, 1, 1, sentence)
