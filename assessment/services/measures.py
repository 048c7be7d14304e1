"""Measures of a cycle: the series that results items are judged on, kept until it closes."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from assessment.core.exact import written
from assessment.core.framework import Framework
from assessment.core.measures import MeasureSeries, in_order
from assessment.core.trend import Dated
from assessment.services.cycles import locked
from assessment.services.errors import NotAllowed, NotThere, Refusal, _
from assessment.services.permissions import Member, units_of
from assessment.services.typed_measures import TypedMeasure, checked
from assessment.store.ids import new_id
from assessment.store.tables import Cycle, Measure, MeasureValue


class MeasuresFixed(Refusal):
    """The cycle closes or is closed: what its results rest on does not change any more."""

    default = _("This cycle is closed: its measures stay as they are. Nothing was changed.")


class MeasureChanged(Refusal):
    """Somebody else has changed the measure since it was shown; `kept` is how it stands now."""

    default = _("Somebody changed this measure meanwhile. Nothing was changed by you yet.")

    def __init__(self, kept: KeptMeasure) -> None:
        super().__init__()
        self.kept = kept


@dataclass(frozen=True, slots=True)
class KeptMeasure:
    """A series with the version it has, and who changed it last."""

    series: MeasureSeries
    version: int
    changed_by: str
    changed_at: datetime.datetime


def measures(session: Session, row: Cycle, framework: Framework) -> list[KeptMeasure]:
    """All measures of a cycle by item. One statement."""
    kept = _kept(
        session, Measure.organisation_id == row.organisation_id, Measure.cycle_id == row.id
    )
    by_id = {each.series.id: each for each in kept}
    return [by_id[series.id] for series in in_order(framework, (each.series for each in kept))]


def measure(session: Session, row: Cycle, measure_id: uuid.UUID) -> KeptMeasure:
    """The measure of this cycle, or NotThere."""
    kept = _kept(
        session,
        Measure.organisation_id == row.organisation_id,
        Measure.cycle_id == row.id,
        Measure.id == measure_id,
    )
    if not kept:
        raise NotThere
    return kept[0]


def measures_at(
    session: Session, organisation_id: uuid.UUID, cycle_id: uuid.UUID, item: str
) -> tuple[MeasureSeries, ...]:
    """The series at one item, to be judged by. One statement."""
    kept = _kept(
        session,
        Measure.organisation_id == organisation_id,
        Measure.cycle_id == cycle_id,
        Measure.place == item,
    )
    return tuple(each.series for each in kept)


def may_manage(member: Member) -> bool:
    """Whether measures are theirs to keep: who leads one unit has no say on the whole's figures."""
    return units_of(member, "manage_measures") is None


def add_measure(
    session: Session,
    member: Member,
    row: Cycle,
    framework: Framework,
    typed: TypedMeasure,
    now: datetime.datetime,
) -> MeasureSeries:
    """Keep a new measure; Refused names everything that is wrong with what was typed."""
    row = changing(session, member, row)
    known = [each.series for each in measures(session, row, framework)]
    series = checked(typed, framework, known, str(new_id()))
    add_series(session, member, row, [series], now)
    return series


def change_measure(
    session: Session,
    member: Member,
    row: Cycle,
    framework: Framework,
    shown: tuple[uuid.UUID, int],
    typed: TypedMeasure,
    now: datetime.datetime,
) -> MeasureSeries:
    """Change the measure that was *shown*, an id and a version; MeasureChanged if it has another.

    The same as before is no change, whoever sends it.
    """
    row = changing(session, member, row)
    known = [each.series for each in measures(session, row, framework)]
    before = measure(session, row, shown[0])
    others = [each for each in known if each.id != before.series.id]
    series = checked(typed, framework, others, before.series.id)
    if series == before.series:
        return series
    if before.version != shown[1]:
        raise MeasureChanged(before)
    rewrite_series(session, member, row, series, now)
    return series


def remove_measure(
    session: Session, member: Member, row: Cycle, shown: tuple[uuid.UUID, int]
) -> MeasureSeries:
    """Take the measure that was *shown* away, with its values."""
    row = changing(session, member, row)
    before = measure(session, row, shown[0])
    if before.version != shown[1]:
        raise MeasureChanged(before)
    session.delete(_row_of(session, row, before.series.id))
    session.flush()
    return before.series


def changing(session: Session, member: Member, row: Cycle) -> Cycle:
    """The cycle, held until the end; NotAllowed or MeasuresFixed where nothing may change."""
    if not may_manage(member):
        raise NotAllowed
    row = locked(session, row)
    if row.state not in ("draft", "open"):
        raise MeasuresFixed
    return row


def add_series(
    session: Session,
    member: Member,
    row: Cycle,
    series: Sequence[MeasureSeries],
    now: datetime.datetime,
) -> None:
    """Keep checked series behind those that are there."""
    last = session.scalar(
        select(Measure.position)
        .where(Measure.organisation_id == row.organisation_id, Measure.cycle_id == row.id)
        .order_by(Measure.position.desc())
        .limit(1)
    )
    rows = [
        {
            "organisation_id": row.organisation_id,
            "id": uuid.UUID(each.id),
            "cycle_id": row.id,
            "position": position,
            "version": 1,
            **_columns(each),
            "changed_by": member.name,
            "changed_at": now,
        }
        for position, each in enumerate(series, start=(last or 0) + 1)
    ]
    if rows:
        session.execute(insert(Measure), rows)
        _write_values(session, row.organisation_id, series)


def rewrite_series(
    session: Session, member: Member, row: Cycle, series: MeasureSeries, now: datetime.datetime
) -> None:
    """Put a checked series in the place of the one with its id."""
    kept = _row_of(session, row, series.id)
    for name, value in _columns(series).items():
        setattr(kept, name, value)
    kept.version += 1
    kept.changed_by, kept.changed_at = member.name, now
    session.flush()
    session.execute(
        delete(MeasureValue).where(
            MeasureValue.organisation_id == row.organisation_id, MeasureValue.measure_id == kept.id
        )
    )
    _write_values(session, row.organisation_id, [series])


def _row_of(session: Session, row: Cycle, measure_id: str) -> Measure:
    found = session.get(Measure, (row.organisation_id, uuid.UUID(measure_id)))
    if found is None:
        raise NotThere
    return found


def _columns(series: MeasureSeries) -> dict[str, str]:
    target, comparison = (
        "" if each is None else written(each) for each in (series.target, series.comparison)
    )
    return {
        "place": series.place,
        "title": series.title,
        "unit_of_measure": series.unit,
        "direction": series.direction,
        "target": target,
        "comparison": comparison,
        "source": series.source,
    }


def _write_values(
    session: Session, organisation_id: uuid.UUID, series: Iterable[MeasureSeries]
) -> None:
    rows = [
        {
            "organisation_id": organisation_id,
            "measure_id": uuid.UUID(each.id),
            "on": value.on,
            "value": written(value.value),
        }
        for each in series
        for value in each.values
    ]
    if rows:
        session.execute(insert(MeasureValue), rows)


def _kept(session: Session, *which: ColumnElement[bool]) -> list[KeptMeasure]:
    rows = session.execute(
        select(Measure, MeasureValue.on, MeasureValue.value)
        .outerjoin(
            MeasureValue,
            (MeasureValue.organisation_id == Measure.organisation_id)
            & (MeasureValue.measure_id == Measure.id),
        )
        .where(*which)
        .order_by(Measure.position, Measure.title, MeasureValue.on)
        .execution_options(populate_existing=True)
    )
    found: dict[uuid.UUID, tuple[Measure, list[Dated]]] = {}
    for kept, day, value in rows:
        values = found.setdefault(kept.id, (kept, []))[1]
        if day is not None:
            values.append(Dated(day, Fraction(value)))
    return [
        KeptMeasure(_series(kept, values), kept.version, kept.changed_by, kept.changed_at)
        for kept, values in found.values()
    ]


def _series(kept: Measure, values: Iterable[Dated]) -> MeasureSeries:
    return MeasureSeries(
        str(kept.id),
        kept.place,
        kept.title,
        kept.unit_of_measure,
        "higher" if kept.direction == "higher" else "lower",
        tuple(values),
        Fraction(kept.target) if kept.target else None,
        Fraction(kept.comparison) if kept.comparison else None,
        kept.source,
    )
