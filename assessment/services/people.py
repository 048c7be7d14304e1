"""The people who sign in to run cycles or read results: invited, shut out, let in again."""

from __future__ import annotations

import datetime
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.services.organisations import hold
from assessment.services.permissions import RoleName
from assessment.services.roles import check_unit, grant, refuse_without_administrator
from assessment.services.sessions import end_sessions_of
from assessment.services.typed import Fields
from assessment.store.ids import new_id
from assessment.store.tables import Organisation, Person


def invite_person(
    session: Session,
    organisation_id: uuid.UUID,
    email: str,
    name: str,
    role: RoleName,
    unit_id: uuid.UUID | None = None,
    *,
    now: datetime.datetime,
) -> Person:
    """Let somebody sign in, in a role. Inviting them again only adds the role."""
    fields = Fields()
    email = fields.email("email", email, needed=True)
    name = fields.text("name", name)
    check_unit(fields, role, unit_id)
    fields.refuse_wrong()
    hold(session, organisation_id)
    person = session.scalar(
        select(Person).where(Person.organisation_id == organisation_id, Person.email == email)
    )
    if person is None:
        person = Person(
            organisation_id=organisation_id,
            id=new_id(),
            email=email,
            name=name or email,
            is_active=True,
            created_at=now,
        )
        session.add(person)
        session.flush()
    elif not person.is_active:
        raise Refused(
            {"email": Sentence(_("This person was shut out. Let them in again on their own page."))}
        )
    grant(session, person, role, unit_id)
    return person


def person_of(session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID) -> Person:
    """The person, or NotThere."""
    found = session.get(Person, (organisation_id, person_id))
    if found is None:
        raise NotThere
    return found


def people_of_address(session: Session, email: str) -> list[Person]:
    """Who signs in with this address: one person in each organisation they belong to."""
    address = Fields().email("email", email)
    return list(
        session.scalars(
            select(Person)
            .join(Organisation, Organisation.id == Person.organisation_id)
            .where(Person.email == address, Person.is_active)
            .order_by(Organisation.name)
        )
    )


def deactivate_person(session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """They are signed out everywhere at once, and no link lets them in; not the last administrator.

    Their roles stay as they were, for the day they are let in again.
    """
    hold(session, organisation_id)
    person = person_of(session, organisation_id, person_id)
    refuse_without_administrator(session, organisation_id, person_id)
    person.is_active = False
    session.flush()
    end_sessions_of(session, organisation_id, person_id)


def activate_person(session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Let somebody in again who was shut out; they need a new link."""
    person_of(session, organisation_id, person_id).is_active = True
    session.flush()
