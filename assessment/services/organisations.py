"""Organisations: strangers to each other, each with its own people, units and cycles."""

from __future__ import annotations

import datetime
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.services.errors import NotThere
from assessment.services.typed import Fields
from assessment.store.ids import new_id
from assessment.store.tables import Organisation


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


def hold(session: Session, organisation_id: uuid.UUID) -> None:
    """From here to the end of the transaction nobody else changes who and what belongs here.

    A rule about all people or all units at once (one administrator is left, no unit stands below
    itself) holds only while nobody else changes another of them. Saving answers waits for none.
    """
    held = session.scalar(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()
    )
    if held is None:
        raise NotThere
