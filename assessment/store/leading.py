"""Tables of what leaders add to the results: targets, importance, the report's own words."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assessment.core.text import COMMENT_LIMIT
from assessment.store.base import NAME, Base, Moment, Owned, below, one_of, within
from assessment.store.sheets import PLACE

VALUE = 16


class TargetRow(Owned, Base):
    """Where leaders want an item (or a question) to be, why, and by when. `target` is exact."""

    __tablename__ = "target"
    __table_args__ = (
        below("cycle"),
        CheckConstraint("effort BETWEEN 1 AND 3", name="effort"),
        within("place", PLACE),
        within("target", VALUE),
        within("reason", COMMENT_LIMIT),
    )

    cycle_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(PLACE), primary_key=True)
    target: Mapped[str] = mapped_column(String(VALUE))
    effort: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    due_on: Mapped[datetime.date | None]
    version: Mapped[int]
    set_by: Mapped[str] = mapped_column(String(NAME))
    set_at: Mapped[Moment]


class ImportanceVote(Owned, Base):
    """How much one leader says an item matters, 1 to 3."""

    __tablename__ = "importance_vote"
    __table_args__ = (
        below("cycle"),
        below("person"),
        CheckConstraint("importance BETWEEN 1 AND 3", name="importance"),
        within("place", PLACE),
    )

    cycle_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(PLACE), primary_key=True)
    importance: Mapped[int]
    voted_at: Mapped[Moment]


class EditorialVersion(Owned, Base):
    """The report's own words as one version: a change adds a row, and no row is ever changed.

    `content` holds headline, themes, gaps, decisions and quotes, in `core.editorial`'s shape.
    """

    __tablename__ = "editorial_version"
    __table_args__ = (
        below("cycle"),
        one_of("state", "draft", "checked", "signed off"),
        CheckConstraint("version >= 1", name="version"),
    )

    cycle_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(NAME))
    made_at: Mapped[Moment]


class QuoteReading(Owned, Base):
    """One reader's word on a comment: it may be quoted in the board paper, or not.

    `comment` is the hash of place, kind, group and text: the comment as it stands in the release.
    """

    __tablename__ = "quote_reading"
    __table_args__ = (
        below("cycle"),
        below("person"),
        one_of("verdict", "release", "withhold"),
    )

    cycle_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    comment: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(String(16))
    read_at: Mapped[Moment]
