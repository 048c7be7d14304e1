"""Signing in by a link that works once, and who a browser is. Secrets are kept as hashes only."""

from __future__ import annotations

import datetime
import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assessment.services.errors import LinkUsedUp, NotThere
from assessment.services.permissions import Grant, Member, RoleName, with_those_below
from assessment.store.tables import Person, Role, SessionRow, SignInLink, Unit

LINK_LASTS = datetime.timedelta(hours=1)
IDLE = datetime.timedelta(minutes=30)
LONGEST = datetime.timedelta(hours=12)
NOTED_EVERY = datetime.timedelta(minutes=1)
CLOCK_SLACK = datetime.timedelta(minutes=5)
"""A session last seen in the future by more than this is over: the clock has been put back."""


SWEPT_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person's browser. `is_due` says that `note_seen` is called for, at most once a minute."""

    member: Member
    hash: bytes
    is_due: bool


def new_secret() -> str:
    """256 random bits, as text that stands in a link."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> bytes:
    """What is kept of a secret. It is random, so that a plain hash cannot be reversed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def sign_in_link(session: Session, person: Person, now: datetime.datetime) -> str:
    """The secret of a new link for *person*. It works once, within the hour."""
    if not person.is_active:
        raise NotThere
    secret = new_secret()
    session.add(
        SignInLink(
            hash=secret_hash(secret),
            organisation_id=person.organisation_id,
            person_id=person.id,
            made_at=now,
            expires_at=now + LINK_LASTS,
            used_at=None,
        )
    )
    session.flush()
    return secret


def use_link(session: Session, secret: str, now: datetime.datetime) -> str:
    """The secret of a new session, in exchange for a link's; LinkUsedUp for any that is not good.

    One statement uses the link up, so that of many who come at once one gets in.
    """
    used = session.execute(
        update(SignInLink)
        .where(
            SignInLink.hash == secret_hash(secret),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now,
            SignInLink.made_at <= now + CLOCK_SLACK,
            select(Person.id)
            .where(
                Person.organisation_id == SignInLink.organisation_id,
                Person.id == SignInLink.person_id,
                Person.is_active,
            )
            .exists(),
        )
        .values(used_at=now)
        .returning(SignInLink.organisation_id, SignInLink.person_id)
        .execution_options(synchronize_session=False)
    ).first()
    if used is None:
        raise LinkUsedUp
    return start_session(session, used.organisation_id, now, person_id=used.person_id)


def start_session(
    session: Session,
    organisation_id: uuid.UUID,
    now: datetime.datetime,
    *,
    person_id: uuid.UUID | None = None,
    respondent_id: uuid.UUID | None = None,
) -> str:
    """The secret of a new session of a person or of a respondent."""
    secret = new_secret()
    session.add(
        SessionRow(
            hash=secret_hash(secret),
            organisation_id=organisation_id,
            person_id=person_id,
            respondent_id=respondent_id,
            is_shared_device=None,
            created_at=now,
            seen_at=now,
        )
    )
    session.flush()
    return secret


def person_of_session(session: Session, secret: str, now: datetime.datetime) -> SignedIn | None:
    """Who is signed in, or None: ended, idle for half an hour, twelve hours old, deactivated.

    One statement; a second one for somebody who leads only some units.
    """
    found = session.execute(
        select(Person, SessionRow.hash, SessionRow.seen_at, Role.role, Role.unit_id)
        .select_from(SessionRow)
        .join(
            Person,
            (Person.organisation_id == SessionRow.organisation_id)
            & (Person.id == SessionRow.person_id),
        )
        .outerjoin(
            Role, (Role.organisation_id == Person.organisation_id) & (Role.person_id == Person.id)
        )
        .where(
            SessionRow.hash == secret_hash(secret),
            SessionRow.seen_at > now - IDLE,
            SessionRow.seen_at <= now + CLOCK_SLACK,
            SessionRow.created_at > now - LONGEST,
            Person.is_active,
        )
    ).all()
    if not found:
        return None
    person = found[0].Person
    scoped = {row.unit_id for row in found if row.unit_id is not None}
    parents: dict[uuid.UUID, uuid.UUID | None] = {}
    if scoped:
        rows = session.execute(
            select(Unit.id, Unit.parent_id).where(Unit.organisation_id == person.organisation_id)
        )
        parents = {row.id: row.parent_id for row in rows}
    grants = [
        Grant(
            cast("RoleName", row.role),
            None if row.unit_id is None else with_those_below(parents, [row.unit_id]),
        )
        for row in found
        if row.role is not None
    ]
    member = Member(
        person.organisation_id,
        person.id,
        person.name,
        person.email,
        tuple(sorted(grants, key=lambda grant: (grant.role, grant.units is not None))),
        person.language,
    )
    return SignedIn(member, found[0].hash, found[0].seen_at <= now - NOTED_EVERY)


def note_seen(session: Session, secret: str, now: datetime.datetime) -> None:
    """The half hour of a person's session begins anew; one that has ended is not revived."""
    session.execute(
        update(SessionRow)
        .where(
            SessionRow.hash == secret_hash(secret),
            SessionRow.seen_at > now - IDLE,
            SessionRow.seen_at <= now - NOTED_EVERY,
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def note_shared_device(session: Session, secret: str, is_shared: bool) -> None:
    """What the respondent said about their device: a shared one keeps nothing."""
    session.execute(
        update(SessionRow)
        .where(SessionRow.hash == secret_hash(secret), SessionRow.respondent_id.is_not(None))
        .values(is_shared_device=is_shared)
        .execution_options(synchronize_session=False)
    )


def end_session(session: Session, secret: str) -> None:
    """Sign out: a copied cookie is worthless from here on."""
    session.execute(delete(SessionRow).where(SessionRow.hash == secret_hash(secret)))


def end_sessions_of(session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Sign a person out everywhere, and void the links they have not used."""
    for table in (SessionRow, SignInLink):
        session.execute(
            delete(table).where(
                table.organisation_id == organisation_id, table.person_id == person_id
            )
        )


def end_old_sessions(session: Session, now: datetime.datetime) -> None:
    """Throw away what no longer opens anything: some of it each time, so that nobody waits long."""
    ended = (
        select(SessionRow.hash)
        .where(
            SessionRow.person_id.is_not(None),
            (SessionRow.seen_at <= now - IDLE) | (SessionRow.created_at <= now - LONGEST),
        )
        .limit(SWEPT_AT_ONCE)
    )
    expired = select(SignInLink.hash).where(SignInLink.expires_at <= now).limit(SWEPT_AT_ONCE)
    session.execute(delete(SessionRow).where(SessionRow.hash.in_(ended.scalar_subquery())))
    session.execute(delete(SignInLink).where(SignInLink.hash.in_(expired.scalar_subquery())))
