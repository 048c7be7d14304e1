"""What people change about themselves, and administrators about their organisation."""

from __future__ import annotations

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assessment.services.organisations import organisation
from assessment.services.permissions import Member, need
from assessment.services.typed import Fields
from assessment.store.tables import Organisation, Person, SessionRow


def change_person(session: Session, member: Member, name: str, language: str) -> None:
    """Give *member* the name they want to be shown under, and pages in the language they want."""
    fields = Fields()
    name = fields.text("name", name, needed=True)
    language = fields.text("language", language, 16)
    fields.refuse_wrong()
    session.execute(
        update(Person)
        .where(Person.organisation_id == member.organisation_id, Person.id == member.id)
        .values(name=name, language=language)
    )


def sessions_of(
    session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID
) -> list[SessionRow]:
    """Where a person is signed in, the last used first."""
    return list(
        session.scalars(
            select(SessionRow)
            .where(SessionRow.organisation_id == organisation_id, SessionRow.person_id == person_id)
            .order_by(SessionRow.seen_at.desc(), SessionRow.hash)
        )
    )


def change_organisation(
    session: Session, member: Member, name: str, time_zone: str
) -> Organisation:
    """Give the organisation of *member* another name or time zone."""
    need(member, "manage_people")
    fields = Fields()
    name = fields.text("name", name, needed=True)
    time_zone = fields.time_zone("time_zone", time_zone)
    fields.refuse_wrong()
    found = organisation(session, member.organisation_id)
    found.name, found.time_zone = name, time_zone
    session.flush()
    return found
