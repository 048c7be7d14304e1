"""The table of jobs: what workers do, how far they are, and the file that came of it."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.base import NAME, Base, Moment, Owned, below, one_of, within

PROBLEM = 1000


class Job(Owned, Base):
    """One piece of work, written in the transaction that asks for it: this row is the truth.

    `once` is what makes two requests the same; a running job is its worker's until `leased_until`.
    """

    __tablename__ = "job"
    __table_args__ = (
        below("cycle"),
        one_of("kind", "close", "interim", "report", "workbook"),
        one_of("state", "waiting", "running", "done", "failed", "cancelled"),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("steps_done <= steps", name="steps"),
        within("problem", PROBLEM),
        within("asked_by"),
        UniqueConstraint("organisation_id", "once"),
        Index("ix_job_state", "state", "leased_until"),
        Index("ix_job_cycle", "organisation_id", "cycle_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    cycle_id: Mapped[uuid.UUID]
    unit_id: Mapped[uuid.UUID | None]
    kind: Mapped[str] = mapped_column(String(16))
    arguments: Mapped[dict[str, Any]]
    once: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    leased_until: Mapped[Moment | None]
    stage: Mapped[str] = mapped_column(String(32))
    steps_done: Mapped[int]
    steps: Mapped[int]
    problem: Mapped[str] = mapped_column(Text)
    file_key: Mapped[str | None] = mapped_column(String(NAME))
    file_name: Mapped[str | None] = mapped_column(String(NAME))
    file_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    file_size: Mapped[int | None]
    asked_by: Mapped[str] = mapped_column(String(NAME))
    asked_at: Mapped[Moment]
    started_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
