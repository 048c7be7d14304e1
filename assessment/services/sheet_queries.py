"""All about a sheet in one statement: the respondent, their cycle, and last cycle's sheet."""

from __future__ import annotations

import functools
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from assessment.store.base import Utc
from assessment.store.tables import CommentRow, Cycle, Respondent, SessionRow, SheetRow, Unit

# Statements are put together once: doing it for every page costs more than running them.


@functools.cache
def by_id(dialect: str) -> Select[Any]:
    """The sheet of the respondent `id` of `organisation_id`."""
    return _query(dialect).where(
        Respondent.organisation_id == bindparam("organisation_id"), Respondent.id == bindparam("id")
    )


@functools.cache
def by_session(dialect: str) -> Select[Any]:
    """The sheet of the browser whose secret has `hash`; a shared device not `idle` for long."""
    return (
        _query(dialect)
        .add_columns(SessionRow.is_shared_device)
        .join(SessionRow, of_respondent(SessionRow))
        .where(
            SessionRow.hash == bindparam("hash"),
            SessionRow.is_shared_device.is_not(True)
            | (
                (SessionRow.seen_at > bindparam("idle", type_=Utc()))
                & (SessionRow.seen_at <= bindparam("ahead", type_=Utc()))
            ),
        )
    )


def _query(dialect: str) -> Select[Any]:
    """Everything about a sheet in one statement; its words come as one JSON list."""
    earlier, earlier_sheet, earlier_cycle = aliased(Respondent), aliased(SheetRow), aliased(Cycle)
    return (
        select(
            Respondent,
            Cycle,
            Unit.name.label("unit"),
            SheetRow.slots,
            SheetRow.not_applicable,
            SheetRow.marked,
            SheetRow.version,
            SheetRow.saved_at,
            _words(dialect).label("words"),
            earlier_sheet.slots.label("earlier_slots"),
            earlier_cycle.edition_sha256.label("earlier_sha256"),
        )
        .select_from(Respondent)
        .join(Cycle, _same(Cycle, Respondent, Cycle.id == Respondent.cycle_id))
        .join(SheetRow, of_respondent(SheetRow))
        .outerjoin(Unit, _same(Unit, Respondent, Unit.id == Respondent.unit_id))
        .outerjoin(
            earlier_cycle, _same(earlier_cycle, Cycle, earlier_cycle.id == Cycle.previous_id)
        )
        .outerjoin(
            earlier,
            _same(
                earlier,
                Respondent,
                (earlier.cycle_id == Cycle.previous_id)
                & (earlier.code == Respondent.code)
                & (earlier.form == Respondent.form),
            ),
        )
        .outerjoin(
            earlier_sheet, _same(earlier_sheet, earlier, earlier_sheet.respondent_id == earlier.id)
        )
        .execution_options(populate_existing=True)
    )


def of_respondent(row: type[CommentRow | SessionRow | SheetRow]) -> ColumnElement[bool]:
    """That a row is of the respondent whom a statement has beside it."""
    return _same(row, Respondent, row.respondent_id == Respondent.id)


def _same(one: Any, other: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(one.organisation_id == other.organisation_id, condition)


def _words(dialect: str) -> ColumnElement[Any]:
    if dialect == "sqlite":
        whole, one = func.json_group_array, func.json_array
    else:
        whole, one = func.json_agg, func.json_build_array
    listed = whole(one(CommentRow.place, CommentRow.kind, CommentRow.text), type_=JSON)
    return select(listed).where(of_respondent(CommentRow)).correlate(Respondent).scalar_subquery()
