"""Who stands behind the doors of the demo: three who are signed in, and two parts to play."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.exchange.rows import Header, rows_in, write_rows
from assessment.services.cycles import cycle, extend_cycle
from assessment.services.invitations import add_respondents
from assessment.services.permissions import RoleName
from assessment.store.tables import Cycle, Job, Person, Respondent

COLUMNS = ("code", "name", "email", "form", "unit")
LASTS = datetime.timedelta(days=21)
"""How long the open cycle takes answers, from when it is seeded or found to have ended."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who signs in. Invented, like everybody here; the addresses lead nowhere."""

    role: RoleName
    name: str
    email: str


LEADER = Persona("leader", "Ingrid Sorley, chief executive", "ingrid@alderbrook.example")
CONSULTANT = Persona("consultant", "Marcus Feld, consultant", "marcus@feld.example")
ADMINISTRATOR = Persona("administrator", "Priya Nair, quality office", "priya@alderbrook.example")
PERSONAS = (LEADER, CONSULTANT, ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list of a cycle."""

    code: str
    form: str
    unit: str = ""
    name: str = ""


VISITORS = (
    Listed("you-staff", "staff", "Customer Services", "You, in Customer Services"),
    Listed("you-assessor", "assessors", "", "You, on the panel"),
)
"""On the list of the open cycle: those whose part a visitor plays."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """The two cycles that the start page is about."""

    closed: Cycle
    open: Cycle


def rounds(session: Session) -> Rounds:
    """The cycle that visitors are on the list of, and the one before it."""
    open_one = session.scalars(
        select(Cycle)
        .join(
            Respondent,
            (Respondent.organisation_id == Cycle.organisation_id)
            & (Respondent.cycle_id == Cycle.id),
        )
        .where(Respondent.code == VISITORS[0].code)
        .order_by(Cycle.created_at)
        .limit(1)
    ).one()
    assert open_one.previous_id is not None  # noqa: S101 - it is seeded with one
    return Rounds(cycle(session, open_one.organisation_id, open_one.previous_id), open_one)


def report_job(session: Session) -> Job | None:
    """The printing of the report of the cycle that is closed; None before anybody asked for it."""
    row = rounds(session).closed
    return session.scalars(
        select(Job)
        .where(
            Job.organisation_id == row.organisation_id,
            Job.cycle_id == row.id,
            Job.kind == "report",
            Job.unit_id.is_(None),
        )
        .order_by(Job.asked_at)
        .limit(1)
    ).first()


def persona(session: Session, role: RoleName) -> Person:
    """The person who is signed in by a door."""
    email = next(each.email for each in PERSONAS if each.role == role)
    return session.scalars(select(Person).where(Person.email == email)).one()


def visitor(session: Session, form: str, now: datetime.datetime) -> Respondent:
    """The one whose part a visitor plays. After they have submitted, another takes their place."""
    keep_open(session, now)
    row = rounds(session).open
    first = next(each for each in VISITORS if each.form == form)
    mine = (
        Respondent.organisation_id == row.organisation_id,
        Respondent.cycle_id == row.id,
        Respondent.code.startswith(first.code, autoescape=True),
    )
    known = session.scalars(select(Respondent).where(*mine).order_by(Respondent.position)).all()
    waiting = [each for each in known if each.submitted_at is None]
    if waiting or row.state != "open":
        return waiting[0] if waiting else known[-1]
    another = replace(first, code=f"{first.code}-{len(known) + 1}")
    put_on_list(session, row, [another], now)
    return session.scalars(select(Respondent).where(*mine, Respondent.code == another.code)).one()


def put_on_list(
    session: Session, row: Cycle, people: Sequence[Listed], now: datetime.datetime
) -> None:
    """Put people on the list of a cycle, as a file would."""
    lines = [[each.code, each.name, "", each.form, each.unit] for each in people]
    text = write_rows(COLUMNS, lines)
    rows, _problems = rows_in(text.encode(), "people.csv", Header((), COLUMNS))
    add_respondents(session, row, rows, now)


def keep_open(session: Session, now: datetime.datetime) -> None:
    """Give the open cycle a later last day where it has had its last: a demo may be kept."""
    row = rounds(session).open
    if row.state == "open" and row.closes_on < now.date():
        extend_cycle(session, row, now.date() + LASTS, now)
