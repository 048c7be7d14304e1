"""Tables of criteria editions, of cycles, and of the people who are asked."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.base import HASH, NAME, Base, Moment, Owned, below, one_of, within

PURPOSE = 10_000
FORM = 64


class EditionRow(Owned, Base):
    """The content of a criteria file, by its hash: what a cycle was opened with never changes."""

    __tablename__ = "edition"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes]
    created_at: Mapped[Moment]


class CriteriaUpload(Owned, Base):
    """A criteria file that a consultant brought, by its name; the newest content counts."""

    __tablename__ = "criteria_upload"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "sha256"], ["edition.organisation_id", "edition.sha256"]
        ),
        within("name"),
    )

    name: Mapped[str] = mapped_column(String(NAME), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[Moment]
    uploaded_by: Mapped[str] = mapped_column(String(NAME))


class Cycle(Owned, Base):
    """One round on one edition: a draft, then open, then closing until its release is made, closed.

    A draft names a criteria file; opening it pins that file's content. `set_aside` are the items
    that apply to nobody in it, each with reason, by whom and when: it lies over all sheets.
    """

    __tablename__ = "cycle"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        ForeignKeyConstraint(
            ["organisation_id", "edition_sha256"], ["edition.organisation_id", "edition.sha256"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "previous_id"], ["cycle.organisation_id", "cycle.id"]
        ),
        one_of("state", "draft", "open", "closing", "closed"),
        one_of("mode", "named"),
        CheckConstraint("state = 'draft' OR edition_sha256 IS NOT NULL", name="pinned"),
        within("title"),
        within("sponsor"),
        within("purpose", PURPOSE),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(NAME))
    purpose: Mapped[str] = mapped_column(Text)
    sponsor: Mapped[str] = mapped_column(String(NAME))
    criteria: Mapped[str] = mapped_column(String(NAME))
    edition_sha256: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))
    mode: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    forms: Mapped[list[str]]
    set_aside: Mapped[dict[str, Any]] = mapped_column(default=dict)
    time_zone: Mapped[str] = mapped_column(String(64))
    opens_on: Mapped[datetime.date | None]
    closes_on: Mapped[datetime.date]
    previous_id: Mapped[uuid.UUID | None]
    created_at: Mapped[Moment]
    opened_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]


class ChecklistTick(Owned, Base):
    """A step of the project around a cycle that somebody has marked as done."""

    __tablename__ = "checklist_tick"
    __table_args__ = (below("cycle"),)

    cycle_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(32), primary_key=True)
    done_by: Mapped[str] = mapped_column(String(NAME))
    done_at: Mapped[Moment]


class Respondent(Owned, Base):
    """A person's part in a cycle. The pass in their link is kept as a hash only."""

    __tablename__ = "respondent"
    __table_args__ = (
        below("cycle"),
        ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"]),
        UniqueConstraint("organisation_id", "cycle_id", "code"),
        Index("ix_respondent_unit", "organisation_id", "unit_id"),
        within("code"),
        within("name"),
        within("email"),
        within("form", FORM),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    cycle_id: Mapped[uuid.UUID]
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(NAME))
    name: Mapped[str] = mapped_column(String(NAME))
    email: Mapped[str] = mapped_column(String(NAME))
    form: Mapped[str] = mapped_column(String(FORM))
    unit_id: Mapped[uuid.UUID | None]
    pass_hash: Mapped[bytes | None] = mapped_column(LargeBinary(HASH), unique=True)
    started_at: Mapped[Moment | None]
    submitted_at: Mapped[Moment | None]
