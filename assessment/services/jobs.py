"""Jobs as people know them: asked for once, seen and stopped on a page, begun anew.

The row is the truth; `job_leases` has what workers do with it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.services.organisations import hold
from assessment.services.permissions import Deed, Member, need, units_of
from assessment.store.ids import new_id
from assessment.store.tables import Cycle, Job
from assessment.store.upsert import insert_missing

JobKind = Literal["close", "interim", "report", "workbook"]

WAITING = 5
"""How many jobs of one organisation may wait; a closing is always taken."""


def ask(
    session: Session,
    member: Member,
    kind: JobKind,
    cycle: Cycle,
    unit_id: uuid.UUID | None,
    arguments: Mapping[str, Any],
    now: datetime.datetime,
) -> Job:
    """The job that does this. The same request again is the same job; one that ended without a
    result, or whose file is kept no longer, begins anew. Refused while too many wait.
    """
    hold(session, cycle.organisation_id)
    once = _once(kind, cycle.id, unit_id, arguments)
    known = _of_request(session, cycle.organisation_id, once)
    if known is not None and not _begins_anew(known):
        return known
    _refuse_crowd(session, cycle.organisation_id, kind)
    if known is not None:
        return _begin_anew(session, known, member, now)
    row = {
        "organisation_id": cycle.organisation_id,
        "id": new_id(),
        "cycle_id": cycle.id,
        "unit_id": unit_id,
        "kind": kind,
        "arguments": dict(arguments),
        "once": once,
        "state": "waiting",
        "attempts": 0,
        "stage": "",
        "steps_done": 0,
        "steps": 0,
        "problem": "",
        "asked_by": member.name,
        "asked_at": now,
    }
    insert_missing(session, Job, [row])
    made = _of_request(session, cycle.organisation_id, once)
    assert made is not None  # noqa: S101 - it was there, or it is now
    return made


def job(session: Session, member: Member, job_id: uuid.UUID) -> Job:
    """The job, for somebody who may see what comes of it; any other is not there."""
    found = session.get(Job, (member.organisation_id, job_id), populate_existing=True)
    if found is None:
        raise NotThere
    reach = units_of(member, "see_results")
    concerns_all = found.kind in ("close", "interim")
    if reach is not None and not concerns_all and found.unit_id not in reach:
        raise NotThere
    return found


def deed_of(kind: str) -> Deed:
    """What somebody must be allowed to do who asks for a job of this kind, or stops it."""
    return "make_reports" if kind in ("report", "workbook") else "run_cycles"


def again(session: Session, member: Member, row: Job, now: datetime.datetime) -> Job:
    """Begin a job anew that failed, was cancelled or lost its file; any other stays as it is."""
    need(member, deed_of(row.kind), row.unit_id)
    hold(session, row.organisation_id)
    if not _begins_anew(row):
        return row
    _refuse_crowd(session, row.organisation_id, row.kind)
    return _begin_anew(session, row, member, now)


def cancel(session: Session, member: Member, row: Job, now: datetime.datetime) -> bool:
    """Stop a job that has not ended; False if it had. A worker on it finds out at its next step."""
    need(member, deed_of(row.kind), row.unit_id)
    return _change(session, row, Job.state.in_(("waiting", "running", "failed")), {
        "state": "cancelled", "ended_at": now, "leased_until": None,
    })  # fmt: skip


def _once(
    kind: str, cycle_id: uuid.UUID, unit_id: uuid.UUID | None, arguments: Mapping[str, Any]
) -> str:
    """What makes two requests the same."""
    request = [kind, str(cycle_id), str(unit_id or ""), dict(arguments)]
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()


def _of_request(session: Session, organisation_id: uuid.UUID, once: str) -> Job | None:
    return session.scalar(
        select(Job)
        .where(Job.organisation_id == organisation_id, Job.once == once)
        .execution_options(populate_existing=True)
    )


def _refuse_crowd(session: Session, organisation_id: uuid.UUID, kind: str) -> None:
    if kind == "close":
        return
    waiting = session.scalar(
        select(func.count())
        .select_from(Job)
        .where(Job.organisation_id == organisation_id, Job.state == "waiting", Job.kind != "close")
    )
    if (waiting or 0) >= WAITING:
        sentence = Sentence(
            _("%(waiting)d of your requests wait already. Ask again when one of them is done."),
            waiting=waiting,
        )
        raise Refused({"job": sentence})


def _begins_anew(row: Job) -> bool:
    """Whether nothing is there of what it was asked for, and nobody works on it."""
    is_gone = row.state == "done" and row.file_sha256 is not None and row.file_key is None
    return is_gone or row.state in ("failed", "cancelled")


def _begin_anew(session: Session, row: Job, member: Member, now: datetime.datetime) -> Job:
    is_gone = and_(Job.state == "done", Job.file_sha256.is_not(None), Job.file_key.is_(None))
    _change(session, row, or_(Job.state.in_(("failed", "cancelled")), is_gone), {
        "state": "waiting", "attempts": 0, "stage": "", "steps_done": 0, "steps": 0,
        "problem": "", "asked_by": member.name, "asked_at": now, "started_at": None,
        "ended_at": None, "leased_until": None,
    })  # fmt: skip
    return row


def _change(
    session: Session, row: Job, condition: ColumnElement[bool], values: Mapping[str, Any]
) -> bool:
    changed = session.execute(
        update(Job)
        .where(Job.organisation_id == row.organisation_id, Job.id == row.id, condition)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
    return cast("CursorResult[object]", changed).rowcount == 1
