"""How a sheet is written: one update that guards itself, the words, and a line of history."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    Update,
    bindparam,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from assessment.core.sheet import Sheet
from assessment.exchange.answer_values import answer_code
from assessment.services.fillings import YES, Field, Filling
from assessment.store.tables import CommentRow, Cycle, HistoryRow, Respondent, SheetRow
from assessment.store.upsert import insert_or_update

_SHEET = ("slots", "not_applicable", "marked", "version", "saved_at")


def after_writes(filling: Filling, writes: Mapping[Field, str]) -> tuple[Sheet, frozenset[str]]:
    """The sheet and its marks as they are once *writes* are kept."""
    framework, sheet = filling.framework, filling.sheet
    given = {
        place: answer_code(framework.slots[framework.position[place]], text)
        for (place, kind), text in writes.items()
        if kind == "answer"
    }
    sheet = sheet.with_values(framework, given)
    waived = _overlay(sheet.not_applicable, writes, "waive")
    return (
        Sheet(sheet.respondent, sheet.group, sheet.unit, sheet.values, waived),
        _overlay(filling.marked, writes, "mark"),
    )


def changes_between(filling: Filling, writes: Mapping[Field, str]) -> dict[str, Any]:
    """What history keeps: place -> kind -> [before, after]."""
    found: dict[str, dict[str, list[str]]] = {}
    for (place, kind), text in writes.items():
        found.setdefault(place, {})[kind] = [filling.shown(place, kind), text]
    return found


def keep_writes(
    session: Session, filling: Filling, writes: Mapping[Field, str], now: datetime.datetime
) -> bool:
    """Write if the sheet is still the one that was weighed and takes answers; False if not."""
    sheet, marked = after_writes(filling, writes)
    key = {"organisation_id": filling.organisation_id, "respondent_id": filling.respondent.id}
    given = {
        "whose_organisation": filling.organisation_id,
        "whose": filling.respondent.id,
        "seen": filling.version,
        "slots": sheet.values,
        "not_applicable": sorted(sheet.not_applicable),
        "marked": sorted(marked),
        "version": filling.version + 1,
        "saved_at": now,
    }
    connection = session.connection()
    if connection.execute(_write_sheet(), given).rowcount != 1:
        return False
    words = [
        {**key, "place": place, "kind": kind, "text": text, "saved_at": now}
        for (place, kind), text in writes.items()
        if kind not in ("answer", "mark", "waive")
    ]
    insert_or_update(session, CommentRow, words)
    if filling.cycle.mode == "named":
        changes = changes_between(filling, writes)
        connection.execute(
            _ADD_HISTORY,
            {**key, "version": filling.version + 1, "changes": changes, "saved_at": now},
        )
    return True


def hand_in(session: Session, filling: Filling, now: datetime.datetime) -> bool:
    """Mark the sheet as submitted; False if it was already, or takes no answers any more."""
    given = {
        "whose_organisation": filling.organisation_id,
        "whose": filling.respondent.id,
        "at": now,
    }
    session.flush()
    return session.connection().execute(_hand_in(), given).rowcount == 1


# Statements are put together once: doing it for every save costs more than running them.

_ADD_HISTORY = insert(cast("Table", HistoryRow.__table__))


@functools.cache
def _write_sheet() -> Update:
    sheet = cast("Table", SheetRow.__table__)
    return (
        update(sheet)
        .where(
            sheet.c.organisation_id == bindparam("whose_organisation"),
            sheet.c.respondent_id == bindparam("whose"),
            sheet.c.version == bindparam("seen"),
            _takes_answers(),
        )
        .values({name: bindparam(name) for name in _SHEET})
    )


@functools.cache
def _hand_in() -> Update:
    respondent = cast("Table", Respondent.__table__)
    return (
        update(respondent)
        .where(
            respondent.c.organisation_id == bindparam("whose_organisation"),
            respondent.c.id == bindparam("whose"),
            respondent.c.submitted_at.is_(None),
            _takes_answers(),
        )
        .values(submitted_at=bindparam("at"))
    )


def _takes_answers() -> ColumnElement[bool]:
    """Looked at, and held, by the statement that writes: no save slips in behind the closing.

    On PostgreSQL the rows are shared with other saves and withheld from the closing and from the
    submission until this transaction ends; on SQLite there is only one writer anyway.
    """
    mine, cycle = Respondent.__table__.alias(), Cycle.__table__.alias()
    taking = (
        select(literal(1))
        .select_from(
            mine.join(
                cycle,
                (cycle.c.organisation_id == mine.c.organisation_id)
                & (cycle.c.id == mine.c.cycle_id),
            )
        )
        .where(
            mine.c.organisation_id == bindparam("whose_organisation"),
            mine.c.id == bindparam("whose"),
            mine.c.submitted_at.is_(None),
            cycle.c.state == "open",
        )
        .with_for_update(read=True)
        .scalar_subquery()
    )
    return taking == 1


def _overlay(before: frozenset[str], writes: Mapping[Field, str], kind: str) -> frozenset[str]:
    named = {place: text for (place, its_kind), text in writes.items() if its_kind == kind}
    return before - named.keys() | {place for place, text in named.items() if text == YES}
