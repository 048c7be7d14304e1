"""Jobs as workers know them: taken, held, done, failed or let go.

A worker holds a job by a lease that it renews; one that dies lets go of it by doing nothing. Each
try has a number, and only the newest may go on, so that a worker which was thought dead and wakes
up again changes nothing more.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from assessment.services.errors import Sentence, _
from assessment.services.jobs import JobKind
from assessment.services.organisations import hold
from assessment.store.jobs import PROBLEM
from assessment.store.tables import Job

LEASE = datetime.timedelta(seconds=30)
RENEWED_EVERY = datetime.timedelta(seconds=10)
TRIES = 3
AT_ONCE = 2
"""How many jobs of one organisation run at once; a closing is let pass."""

LOST = _("It was begun %(tries)d times and never came to its end. The log of the worker says more.")


class JobLost(Exception):
    """The job was cancelled, or another worker has it: whoever works on it stops, unsaved."""


@dataclass(frozen=True, slots=True)
class Held:
    """A job as the worker has it that may do it. `attempt` is the number of this try."""

    organisation_id: uuid.UUID
    id: uuid.UUID
    cycle_id: uuid.UUID
    unit_id: uuid.UUID | None
    kind: JobKind
    arguments: Mapping[str, Any]
    asked_by: str
    asked_at: datetime.datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class JobFile:
    """The file that came of a job: where it is kept, and what it is called for people."""

    key: str
    name: str
    sha256: str
    size: int


def claim(
    session: Session, organisation_id: uuid.UUID, job_id: uuid.UUID, now: datetime.datetime
) -> Held | None:
    """Take a job that waits, or that its worker has let go of; None if there is nothing to take.

    One statement takes it: of many workers who come at once one has it.
    """
    hold(session, organisation_id)
    others = (
        select(func.count())
        .select_from(Job)
        .where(
            Job.organisation_id == organisation_id,
            Job.id != job_id,
            Job.state == "running",
            ~_is_let_go(now),
        )
        .scalar_subquery()
    )
    taken = session.execute(
        update(Job)
        .where(
            Job.organisation_id == organisation_id,
            Job.id == job_id,
            _is_free(now),
            Job.attempts < TRIES,
            or_(Job.kind == "close", others < AT_ONCE),
        )
        .values(
            state="running",
            attempts=Job.attempts + 1,
            leased_until=now + LEASE,
            started_at=now,
            stage="",
            steps_done=0,
            steps=0,
        )
        .returning(*(getattr(Job, name) for name in _HELD), Job.attempts)
        .execution_options(synchronize_session=False)
    ).first()
    return None if taken is None else Held(*taken)


_HELD = (
    "organisation_id", "id", "cycle_id", "unit_id", "kind", "arguments", "asked_by", "asked_at",
)  # fmt: skip


def renew(session: Session, held: Held, now: datetime.datetime) -> None:
    """Hold the job for longer; JobLost if it is no longer ours."""
    _change_held(session, held, {"leased_until": now + LEASE})


def note(
    session: Session, held: Held, stage: str, done: int, steps: int, now: datetime.datetime
) -> None:
    """Say how far the job is, and hold it for longer; JobLost if it is no longer ours."""
    far = {"stage": stage, "steps_done": min(done, steps), "steps": steps}
    _change_held(session, held, {**far, "leased_until": now + LEASE})


def finish(session: Session, held: Held, file: JobFile | None, now: datetime.datetime) -> None:
    """The job is done, in the transaction that keeps what came of it; else JobLost."""
    values: dict[str, Any] = {"state": "done", "ended_at": now, "leased_until": None, "problem": ""}
    if file is not None:
        values |= {
            "file_key": file.key,
            "file_name": file.name,
            "file_sha256": file.sha256,
            "file_size": file.size,
        }
    _change_held(session, held, values)


def fail(session: Session, held: Held, problem: str, now: datetime.datetime) -> None:
    """The job cannot be done; *problem* says why, for people."""
    values = {"state": "failed", "ended_at": now, "leased_until": None}
    _change_held(session, held, {**values, "problem": problem[:PROBLEM]})


def put_back(session: Session, held: Held, *, counts: bool = True) -> None:
    """Let another worker try. A try that was only interrupted does not count."""
    values: dict[str, Any] = {"state": "waiting", "leased_until": None}
    if not counts:
        values["attempts"] = held.attempt - 1
    _change_held(session, held, values)


def due(session: Session, now: datetime.datetime) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """The jobs, by organisation and id, that a worker could take now; the oldest request first."""
    rows = session.execute(
        select(Job.organisation_id, Job.id)
        .where(_is_free(now), Job.attempts < TRIES)
        .order_by(Job.asked_at)
        .limit(50)
    )
    return [(row.organisation_id, row.id) for row in rows]


def give_up(session: Session, now: datetime.datetime) -> int:
    """Call those failed that were begun as often as allowed and let go of each time; how many."""
    sentence = Sentence(LOST, tries=TRIES)
    given_up = session.execute(
        update(Job)
        .where(_is_free(now), Job.attempts >= TRIES)
        .values(state="failed", ended_at=now, leased_until=None, problem=str(sentence))
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[object]", given_up).rowcount


def _is_let_go(now: datetime.datetime) -> ColumnElement[bool]:
    """No lease is that long: one that ends far ahead was given before the clock was put back."""
    return or_(Job.leased_until < now, Job.leased_until > now + 2 * LEASE)


def _is_free(now: datetime.datetime) -> ColumnElement[bool]:
    return or_(Job.state == "waiting", and_(Job.state == "running", _is_let_go(now)))


def _change_held(session: Session, held: Held, values: Mapping[str, Any]) -> None:
    changed = session.execute(
        update(Job)
        .where(
            Job.organisation_id == held.organisation_id,
            Job.id == held.id,
            Job.state == "running",
            Job.attempts == held.attempt,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[object]", changed).rowcount != 1:
        raise JobLost
