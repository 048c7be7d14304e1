"""Tables of organisations, their units and people, and of who is signed in."""

from __future__ import annotations

import uuid

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.base import HASH, NAME, Base, Moment, Owned, below, one_of, within


class Organisation(Base):
    """Strangers to each other. `time_zone` is where its cycles' last days end by default."""

    __tablename__ = "organisation"
    __table_args__ = (within("name"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME))
    time_zone: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[Moment]


class Unit(Owned, Base):
    """A part of the organisation; units form a tree."""

    __tablename__ = "unit"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        ForeignKeyConstraint(["organisation_id", "parent_id"], ["unit.organisation_id", "unit.id"]),
        UniqueConstraint("organisation_id", "name"),
        within("name"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[uuid.UUID | None]
    name: Mapped[str] = mapped_column(String(NAME))
    position: Mapped[int]


class Person(Owned, Base):
    """Somebody who signs in: a leader, a consultant, an administrator. `email` is lower case.

    `language` is the one they chose for the pages; empty, their browser's.
    """

    __tablename__ = "person"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        UniqueConstraint("organisation_id", "email"),
        within("email"),
        within("name"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(NAME), index=True)
    name: Mapped[str] = mapped_column(String(NAME))
    language: Mapped[str] = mapped_column(String(16), default="")
    is_active: Mapped[bool]
    created_at: Mapped[Moment]


class Role(Owned, Base):
    """What a person may do; a leader's role may be for one unit and those below it only."""

    __tablename__ = "role"
    __table_args__ = (
        below("person"),
        ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"]),
        one_of("role", "leader", "consultant", "administrator"),
        CheckConstraint("unit_id IS NULL OR role = 'leader'", name="unit_of_a_leader"),
        UniqueConstraint("organisation_id", "person_id", "role", "unit_id"),
        # Two NULLs are never equal: "for everything" is kept apart by an index of its own.
        Index(
            "uq_role_for_everything",
            "organisation_id",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID]
    role: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[uuid.UUID | None]


class SignInLink(Base):
    """A way in that works once. Only the hash of its secret is kept."""

    __tablename__ = "sign_in_link"
    __table_args__ = (below("person"),)

    hash: Mapped[bytes] = mapped_column(LargeBinary(HASH), primary_key=True)
    organisation_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID]
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class SessionRow(Base):
    """A browser that is signed in as a person, or that holds a respondent's pass."""

    __tablename__ = "session"
    __table_args__ = (
        below("person"),
        below("respondent"),
        CheckConstraint(
            "(person_id IS NULL) <> (respondent_id IS NULL)", name="one_of_person_respondent"
        ),
        Index("ix_session_person", "organisation_id", "person_id"),
        Index("ix_session_respondent", "organisation_id", "respondent_id"),
    )

    hash: Mapped[bytes] = mapped_column(LargeBinary(HASH), primary_key=True)
    organisation_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID | None]
    respondent_id: Mapped[uuid.UUID | None]
    is_shared_device: Mapped[bool | None]
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]
