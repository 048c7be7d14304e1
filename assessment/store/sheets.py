"""Tables of what people answered: a sheet each, their words, and what was saved when."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assessment.core.text import COMMENT_LIMIT
from assessment.store.base import Base, Moment, Owned, one_of, within

PLACE = 160


def _of_a_respondent() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["organisation_id", "respondent_id"],
        ["respondent.organisation_id", "respondent.id"],
        ondelete="CASCADE",
    )


class SheetRow(Owned, Base):
    """One respondent's answers: a byte a slot of the cycle's edition. `version` counts saves.

    `not_applicable` and `marked` lie over the slots and never rewrite them.
    """

    __tablename__ = "sheet"
    __table_args__ = (_of_a_respondent(), CheckConstraint("version >= 0", name="version"))

    respondent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slots: Mapped[bytes]
    not_applicable: Mapped[list[str]]
    marked: Mapped[list[str]]
    version: Mapped[int]
    saved_at: Mapped[Moment | None]


class CommentRow(Owned, Base):
    """Words at a place of a sheet. A comment that was taken back stays as an empty text."""

    __tablename__ = "comment"
    __table_args__ = (
        _of_a_respondent(),
        one_of("kind", "comment", "strength", "ofi", "evidence", "text", "reason"),
        within("place", PLACE),
        within("text", COMMENT_LIMIT),
    )

    respondent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(PLACE), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[Moment]


class HistoryRow(Owned, Base):
    """What one save changed, in named cycles only. Rows are added, never changed.

    `changes` is place -> kind -> [before, after], in the words of an answers file.
    """

    __tablename__ = "history"
    __table_args__ = (_of_a_respondent(),)

    respondent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    changes: Mapped[dict[str, Any]]
    saved_at: Mapped[Moment]
