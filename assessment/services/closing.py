"""Closing a cycle: answers stop at once, and a job makes the release that closes it for good."""

from __future__ import annotations

import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assessment.exchange.frozen import ReleaseKind
from assessment.services import jobs
from assessment.services.cycle_reading import read_cycle
from assessment.services.cycles import cycle, locked
from assessment.services.errors import CycleClosed, NotOpenYet, Refused, Sentence, _
from assessment.services.organisations import hold
from assessment.services.permissions import Member, need
from assessment.services.releases import frozen_parts, keep_release
from assessment.services.sheet_queries import of_respondent
from assessment.services.work import Work
from assessment.store.tables import Cycle, Job, Respondent, SheetRow


def ask_to_close(session: Session, member: Member, row: Cycle, now: datetime.datetime) -> Job:
    """Take no more answers, and ask for the release. Asking again changes nothing more.

    A save that is under way is waited for; the next one is told.
    """
    need(member, "run_cycles")
    hold(session, row.organisation_id)
    session.execute(
        update(Cycle)
        .where(
            Cycle.organisation_id == row.organisation_id,
            Cycle.id == row.id,
            Cycle.state == "open",
        )
        .values(state="closing", closed_at=now)
        .execution_options(synchronize_session=False)
    )
    row = locked(session, row)
    if row.state == "draft":
        raise Refused({"cycle": Sentence(_("A draft cannot be closed: it was never open."))})
    return jobs.ask(session, member, "close", row, None, {}, now)


def ask_for_interim(session: Session, member: Member, row: Cycle, now: datetime.datetime) -> Job:
    """Ask for results before the closing, marked as such: of a cycle with names, while it is open.

    As long as nobody has saved anything since, it is the same request.
    """
    need(member, "run_cycles")
    if row.mode != "named":
        raise Refused({"cycle": Sentence(_("There are no results before this cycle is closed."))})
    if row.state == "draft":
        raise NotOpenYet
    if row.state != "open":
        raise CycleClosed(row.title)
    saved = session.scalar(
        select(func.max(SheetRow.saved_at))
        .join(Respondent, of_respondent(SheetRow))
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
    )
    arguments = {"saved": saved.isoformat() if saved else ""}
    return jobs.ask(session, member, "interim", row, None, arguments, now)


def job_of(session: Session, row: Cycle) -> Job | None:
    """The job that closes, or has closed, this cycle."""
    return session.scalars(
        select(Job).where(
            Job.organisation_id == row.organisation_id, Job.cycle_id == row.id, Job.kind == "close"
        )
    ).first()


def cancel(session: Session, member: Member, job: Job, now: datetime.datetime) -> bool:
    """Stop a job that has not ended; a cycle that was being closed is open again."""
    stopped = jobs.cancel(session, member, job, now)
    if stopped and job.kind == "close":
        session.execute(
            update(Cycle)
            .where(
                Cycle.organisation_id == job.organisation_id,
                Cycle.id == job.cycle_id,
                Cycle.state == "closing",
            )
            .values(state="open", closed_at=None)
            .execution_options(synchronize_session="fetch")
        )
    return stopped


def again(session: Session, member: Member, job: Job, now: datetime.datetime) -> Job:
    """Begin a job anew that has failed or was cancelled; a cycle that is open closes with it."""
    if job.kind == "close":
        return ask_to_close(session, member, cycle(session, job.organisation_id, job.cycle_id), now)
    return jobs.again(session, member, job, now)


def run(work: Work) -> None:
    """Make the release a job asks for: read, compute while nobody waits, then keep all at once."""
    held = work.held
    kind: ReleaseKind = "final" if held.kind == "close" else "interim"
    work.progress("reading", 0, 1)
    with work.reading() as session:
        row = cycle(session, held.organisation_id, held.cycle_id)
        read = read_cycle(session, row, kind, held.asked_at)
    parts = frozen_parts(read, work.progress)
    with work.finishing() as session:
        row = cycle(session, held.organisation_id, held.cycle_id)
        keep_release(session, row, kind, parts, work.clock())
