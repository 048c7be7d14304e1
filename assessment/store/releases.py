"""Tables of releases: what may be said of a cycle, computed once and frozen."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.base import NAME, Base, Moment, Owned, below, one_of, within


class ReleaseRow(Owned, Base):
    """One release of a cycle: the final one, or an interim one of an open named cycle.

    `number` counts the releases of a cycle; `sha256` covers every part.
    """

    __tablename__ = "release"
    __table_args__ = (
        below("cycle"),
        one_of("kind", "interim", "final"),
        CheckConstraint("number >= 1", name="number"),
        UniqueConstraint("organisation_id", "cycle_id", "number"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    cycle_id: Mapped[uuid.UUID]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64))
    software: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[Moment]


class ReleasePart(Owned, Base):
    """What is said of the whole organisation (`part` is empty) or of one unit with those below it.

    `content` is the frozen JSON, packed; `sha256` is that of the JSON itself.
    """

    __tablename__ = "release_part"
    __table_args__ = (
        below("release"),
        within("name"),
    )

    release_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes]
