"""Roles: who may do what here, for all of the organisation or for a part of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.services.organisations import hold
from assessment.services.permissions import RoleName
from assessment.services.typed import Fields
from assessment.store.ids import new_id
from assessment.store.tables import Person, Role, Unit


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role somebody has; `unit` names the part of the organisation it is for, None for all."""

    id: uuid.UUID
    role: RoleName
    unit: str | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person as a list of people shows them."""

    person: Person
    roles: tuple[RoleHeld, ...]


def colleagues(session: Session, organisation_id: uuid.UUID) -> list[Colleague]:
    """Everybody who may sign in, or once might, by name, with their roles. One statement."""
    roles: dict[uuid.UUID, list[RoleHeld]] = {}
    people: dict[uuid.UUID, Person] = {}
    for person, role, unit in session.execute(
        select(Person, Role, Unit.name)
        .outerjoin(
            Role, (Role.organisation_id == Person.organisation_id) & (Role.person_id == Person.id)
        )
        .outerjoin(Unit, (Unit.organisation_id == Role.organisation_id) & (Unit.id == Role.unit_id))
        .where(Person.organisation_id == organisation_id)
        .order_by(func.lower(Person.name), Person.email, Role.role, Unit.name)
    ):
        people[person.id] = person
        if role is not None:
            held = RoleHeld(role.id, cast("RoleName", role.role), unit)
            roles.setdefault(person.id, []).append(held)
    return [Colleague(person, tuple(roles.get(key, ()))) for key, person in people.items()]


def add_role(
    session: Session,
    organisation_id: uuid.UUID,
    person_id: uuid.UUID,
    role: RoleName,
    unit_id: uuid.UUID | None = None,
) -> None:
    """One more role for somebody. The same again changes nothing."""
    fields = Fields()
    check_unit(fields, role, unit_id)
    fields.refuse_wrong()
    hold(session, organisation_id)
    person = session.get(Person, (organisation_id, person_id))
    if person is None:
        raise NotThere
    grant(session, person, role, unit_id)


def take_role(
    session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID, role_id: uuid.UUID
) -> None:
    """Take a role away, but not the last administrator's: nobody could give it back."""
    hold(session, organisation_id)
    row = session.get(Role, (organisation_id, role_id))
    if row is None or row.person_id != person_id:
        raise NotThere
    if row.role == "administrator":
        refuse_without_administrator(session, organisation_id, person_id)
    session.delete(row)
    session.flush()


def refuse_without_administrator(
    session: Session, organisation_id: uuid.UUID, without: uuid.UUID
) -> None:
    """Refuse what would leave nobody who can let people in: *without* is the last who can."""
    active = select(Person.id).where(
        Person.organisation_id == organisation_id,
        Person.is_active,
        Person.id.in_(
            select(Role.person_id).where(
                Role.organisation_id == organisation_id, Role.role == "administrator"
            )
        ),
    )
    if set(session.scalars(active)) == {without}:
        raise Refused(
            {
                "administrator": Sentence(
                    _("This is the last administrator. Make somebody else one first.")
                )
            }
        )


def check_unit(fields: Fields, role: RoleName, unit_id: uuid.UUID | None) -> None:
    """Note a unit beside a role that is never for one."""
    if unit_id is not None and role != "leader":
        fields.wrong["unit"] = Sentence(_("Only a leader's role is for one unit."))


def grant(session: Session, person: Person, role: RoleName, unit_id: uuid.UUID | None) -> None:
    """Give *person* a role, unless they have it."""
    if unit_id is not None and session.get(Unit, (person.organisation_id, unit_id)) is None:
        raise NotThere
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
