"""Files that were made: listed, handed out, recognised by their hash, and not kept for ever."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assessment.services import jobs
from assessment.services.errors import Broken, NotThere
from assessment.services.files import Files
from assessment.services.permissions import Member
from assessment.services.report_requests import Request, request_of
from assessment.store.tables import Cycle, Job, ReleasePart

KINDS = ("report", "workbook")
KEPT = datetime.timedelta(days=30)
"""How long a file is kept. It can always be made again, and is the same then."""
LISTED = 20


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A job of ours, and what was asked of it."""

    job: Job
    request: Request

    @property
    def is_there(self) -> bool:
        return self.job.state == "done" and self.job.file_key is not None

    @property
    def is_gone(self) -> bool:
        """It was there, and its time was over."""
        return self.job.state == "done" and self.job.file_key is None

    @property
    def until(self) -> datetime.datetime | None:
        return self.job.ended_at + KEPT if self.job.ended_at else None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that was made here. `part` is a unit's name, and empty for the whole organisation."""

    made: MadeFile
    cycle: Cycle
    part: str


def files_made(
    session: Session, member: Member, row: Cycle, unit_id: uuid.UUID | None
) -> list[MadeFile]:
    """What was asked for of one part of a cycle, the newest first."""
    found = session.scalars(
        select(Job)
        .where(
            Job.organisation_id == member.organisation_id,
            Job.cycle_id == row.id,
            Job.kind.in_(KINDS),
            Job.unit_id.is_(None) if unit_id is None else Job.unit_id == unit_id,
        )
        .order_by(Job.asked_at.desc())
        .limit(LISTED)
    )
    return [MadeFile(job, request_of(job.arguments)) for job in found]


def file_made(session: Session, member: Member, job_id: uuid.UUID) -> Job:
    """The job whose file somebody may have; NotThere for anybody else, and where there is none."""
    found = jobs.job(session, member, job_id)
    if found.kind not in KINDS or found.state != "done" or found.file_key is None:
        raise NotThere
    return found


def content_of(files: Files, job: Job) -> bytes:
    """What is in the file of a job; Broken where it is not what was put there."""
    if job.file_key is None:
        raise NotThere
    with files.open(job.file_key) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != job.file_sha256:
        raise Broken("A file is not what its hash says.")
    return data


def recognised(session: Session, member: Member, data: bytes) -> Recognised | None:
    """What *data* is, if *member*'s organisation has made exactly this file."""
    found = session.scalars(
        select(Job)
        .where(
            Job.file_sha256 == hashlib.sha256(data).hexdigest(),
            Job.organisation_id == member.organisation_id,
        )
        .order_by(Job.asked_at)
        .limit(1)
    ).first()
    row = session.get(Cycle, (found.organisation_id, found.cycle_id)) if found else None
    if found is None or row is None:
        return None
    made = MadeFile(found, request_of(found.arguments))
    part = session.scalar(
        select(ReleasePart.name).where(
            ReleasePart.organisation_id == found.organisation_id,
            ReleasePart.release_id == uuid.UUID(made.request.part.release),
            ReleasePart.part == made.request.part.part,
        )
    )
    return Recognised(made, row, part or "")


def forget_old(session: Session, files: Files, now: datetime.datetime) -> int:
    """Remove the files whose time is over; their hashes stay. How many."""
    old = session.execute(
        select(Job.organisation_id, Job.id, Job.file_key)
        .where(Job.file_key.is_not(None), Job.state == "done", Job.ended_at < now - KEPT)
        .limit(100)
    ).all()
    for organisation_id, job_id, key in old:
        session.execute(
            update(Job)
            .where(Job.organisation_id == organisation_id, Job.id == job_id, Job.file_key == key)
            .values(file_key=None)
            .execution_options(synchronize_session=False)
        )
        files.remove(str(key))
    return len(old)
