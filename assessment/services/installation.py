"""The first person of an installation, and links for those who are known."""

from __future__ import annotations

import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.services.organisations import make_organisation
from assessment.services.people import invite_person, people_of_address
from assessment.services.sessions import sign_in_link
from assessment.store.tables import Organisation, Person, SessionRow, SignInLink

FIRST_ADDRESS = "administrator@localhost"


def is_new(session: Session) -> bool:
    """Whether nobody is known here yet."""
    return not session.scalar(select(func.count()).select_from(Person))


def begin(session: Session, email: str, organisation_name: str, now: datetime.datetime) -> Person:
    """Make the first organisation and its administrator."""
    made = make_organisation(session, organisation_name, now)
    name = "Administrator" if email == FIRST_ADDRESS else ""
    return invite_person(session, made.id, email, name, "administrator", now=now)


def first_link(session: Session, organisation_name: str, now: datetime.datetime) -> str | None:
    """The secret of a link for the first administrator, until somebody has come in by one."""
    if is_new(session):
        return sign_in_link(session, begin(session, FIRST_ADDRESS, organisation_name, now), now)
    known = session.scalars(select(Person).limit(2)).all()
    entered = session.scalar(
        select(func.count()).select_from(SignInLink).where(SignInLink.used_at.is_not(None))
    ) or session.scalar(select(func.count()).select_from(SessionRow))
    if len(known) > 1 or known[0].email != FIRST_ADDRESS or entered:
        return None
    return sign_in_link(session, known[0], now)


def link_for(
    session: Session, email: str, organisation_name: str | None, now: datetime.datetime
) -> str:
    """The secret of a link for whoever has this address; of several organisations one is named."""
    found = people_of_address(session, email)
    if organisation_name is not None:
        found = [each for each in found if _name_of(session, each) == organisation_name]
    if not found:
        raise NotThere(_("Nobody here has the address %(email)s."), email=email)
    if len(found) > 1:
        names = ", ".join(f"“{_name_of(session, each)}”" for each in found)
        sentence = Sentence(
            _("This address belongs to several organisations: %(names)s."), names=names
        )
        raise Refused({"organisation": sentence})
    return sign_in_link(session, found[0], now)


def _name_of(session: Session, person: Person) -> str | None:
    return session.scalar(
        select(Organisation.name).where(Organisation.id == person.organisation_id)
    )
