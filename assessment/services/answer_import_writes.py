"""How imported answers are written: new people with their sheets, and what changes on others."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from assessment.core.sheet import NOT_ANSWERED
from assessment.exchange.answer_values import answer_text
from assessment.exchange.answers import PersonAnswers
from assessment.services.editions import Edition
from assessment.services.fillings import YES, Field, Filling
from assessment.services.invitation_plans import respondents
from assessment.services.invitations import sheet_row, unit_ids
from assessment.services.sheet_writes import after_writes, changes_between
from assessment.store.ids import new_id
from assessment.store.tables import CommentRow, Cycle, HistoryRow, Respondent, SheetRow
from assessment.store.upsert import insert_or_update

Writes = Mapping[Field, str]


def given_by(edition: Edition, one: PersonAnswers) -> dict[Field, str]:
    """Everything a file says of a person, as the fields of a page."""
    framework = edition.framework
    writes: dict[Field, str] = {
        (key, "answer"): answer_text(framework.slots[framework.position[key]], code)
        for key, code in one.codes.items()
        if code != NOT_ANSWERED
    }
    writes |= {(item, "waive"): YES for item in sorted(one.sheet.not_applicable)}
    return writes | dict(one.words)


def add_people(
    session: Session,
    row: Cycle,
    edition: Edition,
    new: Sequence[PersonAnswers],
    new_units: Sequence[str],
    now: datetime.datetime,
) -> None:
    """Put people who are not on the list yet on it, as having submitted."""
    if not new:
        return
    by_unit = unit_ids(session, row, new_units)
    last = max((one.position for one in respondents(session, row)), default=0)
    people, sheets, words, history = [], [], [], []
    for position, one in enumerate(new, start=last + 1):
        key = {"organisation_id": row.organisation_id, "respondent_id": new_id()}
        people.append(
            {
                "organisation_id": row.organisation_id,
                "id": key["respondent_id"],
                "cycle_id": row.id,
                "position": position,
                "code": one.sheet.respondent,
                "name": "",
                "email": "",
                "form": one.sheet.group,
                "unit_id": by_unit.get(one.sheet.unit or ""),
                "started_at": now,
                "submitted_at": now,
            }
        )
        blank = sheet_row(row.organisation_id, key["respondent_id"], one.sheet)
        sheets.append({**blank, "version": 1, "saved_at": now})
        writes = given_by(edition, one)
        words += _word_rows(key, writes, now)
        changes: dict[str, dict[str, list[str]]] = {}
        for (place, kind), text in writes.items():
            changes.setdefault(place, {})[kind] = ["", text]
        history.append({**key, "version": 1, "changes": changes, "saved_at": now})
    session.execute(insert(Respondent), people)
    session.execute(insert(SheetRow), sheets)
    insert_or_update(session, CommentRow, words)
    session.execute(insert(HistoryRow), history)


def change_sheets(
    session: Session,
    row: Cycle,
    changed: Sequence[tuple[Filling, Writes]],
    now: datetime.datetime,
) -> None:
    """Write what the file says of people who are on the list."""
    if not changed:
        return
    _update_sheets(session, row, changed, now)
    words, history = [], []
    for filling, writes in changed:
        key = {"organisation_id": row.organisation_id, "respondent_id": filling.respondent.id}
        words += _word_rows(key, writes, now)
        changes = changes_between(filling, writes)
        history.append({**key, "version": filling.version + 1, "changes": changes, "saved_at": now})
    insert_or_update(session, CommentRow, words)
    session.execute(insert(HistoryRow), history)


def _word_rows(
    key: Mapping[str, object], writes: Writes, now: datetime.datetime
) -> list[dict[str, object]]:
    return [
        {**key, "place": place, "kind": kind, "text": text, "saved_at": now}
        for (place, kind), text in writes.items()
        if kind not in ("answer", "mark", "waive")
    ]


def _update_sheets(
    session: Session,
    row: Cycle,
    changed: Sequence[tuple[Filling, Writes]],
    now: datetime.datetime,
) -> None:
    table = SheetRow.__table__
    rows = []
    for filling, writes in changed:
        sheet, marked = after_writes(filling, writes)
        rows.append(
            {
                "whose": filling.respondent.id,
                "slots": sheet.values,
                "not_applicable": sorted(sheet.not_applicable),
                "marked": sorted(marked),
                "version": filling.version + 1,
                "saved_at": now,
            }
        )
    session.connection().execute(
        update(SheetRow.__table__)  # type: ignore[arg-type]
        .where(
            table.c.organisation_id == row.organisation_id,
            table.c.respondent_id == bindparam("whose"),
        )
        .values(
            {
                name: bindparam(name)
                for name in ("slots", "not_applicable", "marked", "version", "saved_at")
            }
        ),
        rows,
    )
