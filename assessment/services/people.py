"""Organisations, their units, and the people who sign in to run cycles or read results."""

from __future__ import annotations

import datetime
import uuid

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.services.permissions import RoleName
from assessment.services.sessions import end_sessions_of
from assessment.services.typed import Fields
from assessment.store.ids import new_id
from assessment.store.tables import Organisation, Person, Role, Unit


def make_organisation(
    session: Session,
    name: str,
    now: datetime.datetime,
    time_zone: str = "UTC",
    language: str = "en",
) -> Organisation:
    """A new organisation, a stranger to all others."""
    fields = Fields()
    row = Organisation(
        id=new_id(),
        name=fields.text("name", name, needed=True),
        time_zone=fields.time_zone("time_zone", time_zone),
        language=fields.text("language", language, 16, needed=True),
        created_at=now,
    )
    fields.refuse_wrong()
    session.add(row)
    session.flush()
    return row


def organisation(session: Session, organisation_id: uuid.UUID) -> Organisation:
    """The organisation, or NotThere."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotThere
    return found


def units(session: Session, organisation_id: uuid.UUID) -> list[Unit]:
    """All units of an organisation, by their place in its list."""
    return list(
        session.scalars(
            select(Unit)
            .where(Unit.organisation_id == organisation_id)
            .order_by(Unit.position, Unit.name)
        )
    )


def make_unit(
    session: Session, organisation_id: uuid.UUID, name: str, parent_id: uuid.UUID | None = None
) -> Unit:
    """A new unit under *parent_id*, or at the top. The same name again gives the same unit."""
    fields = Fields()
    name = fields.text("name", name, needed=True)
    fields.refuse_wrong()
    present = {unit.name: unit for unit in units(session, organisation_id)}
    if name in present:
        if parent_id not in (None, present[name].parent_id):
            raise Refused({"name": Sentence(_("A unit of this name stands elsewhere already."))})
        return present[name]
    if parent_id is not None and parent_id not in {unit.id for unit in present.values()}:
        raise NotThere
    row = Unit(
        organisation_id=organisation_id,
        id=new_id(),
        parent_id=parent_id,
        name=name,
        position=1 + max((unit.position for unit in present.values()), default=0),
    )
    session.add(row)
    session.flush()
    return row


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
    if unit_id is not None and role != "leader":
        fields.wrong["unit"] = Sentence(_("Only a leader's role is for one unit."))
    fields.refuse_wrong()
    organisation(session, organisation_id)
    if unit_id is not None and session.get(Unit, (organisation_id, unit_id)) is None:
        raise NotThere
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
    _grant(session, person, role, unit_id)
    return person


def _grant(session: Session, person: Person, role: RoleName, unit_id: uuid.UUID | None) -> None:
    has = session.scalar(
        select(func.count())
        .select_from(Role)
        .where(
            Role.organisation_id == person.organisation_id,
            Role.person_id == person.id,
            Role.role == role,
            Role.unit_id.is_(None) if unit_id is None else Role.unit_id == unit_id,
        )
    )
    if not has:
        session.add(
            Role(
                organisation_id=person.organisation_id,
                id=new_id(),
                person_id=person.id,
                role=role,
                unit_id=unit_id,
            )
        )
        session.flush()


def people(session: Session, organisation_id: uuid.UUID) -> list[Person]:
    """Everybody who may sign in to this organisation, or once might, by name."""
    return list(
        session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation_id)
            .order_by(func.lower(Person.name), Person.email)
        )
    )


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
    """They are signed out everywhere at once, and no link lets them in again."""
    changed = session.execute(
        update(Person)
        .where(Person.organisation_id == organisation_id, Person.id == person_id)
        .values(is_active=False)
        .returning(Person.id)
    ).first()
    if changed is None:
        raise NotThere
    end_sessions_of(session, organisation_id, person_id)
