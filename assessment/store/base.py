"""What all tables share: names of constraints by rule, times in UTC, keys led by the organisation.

Order is by an explicit position, never by id. Text was cleaned before it came here.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from assessment.core.text import NAME_LIMIT

NAME = NAME_LIMIT
HASH = 32
"""Bytes of a SHA-256: of secrets only the hash is kept."""

Moment = datetime.datetime


class Utc(TypeDecorator[datetime.datetime]):
    """A moment in UTC, aware on both databases; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Moment | None, dialect: Dialect) -> Moment | None:
        """To UTC; a moment without a time zone is a mistake of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be kept.")
        value = value.astimezone(datetime.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Moment | None, dialect: Dialect) -> Moment | None:
        """In UTC, whatever the connection's time zone is."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=datetime.UTC)
        return value.astimezone(datetime.UTC)


class Base(DeclarativeBase):
    """Names of constraints are made by rule, so that a migration can name them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime.datetime: Utc(),
        uuid.UUID: Uuid(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        bytes: LargeBinary(),
    }


class Owned:
    """A row of one organisation: its key leads with it.

    A row below another one of the same organisation has its foreign key there, and none to the
    organisation: every save would lock that one row for nothing.
    """

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, sort_order=-1)


def within(column: str, limit: int = NAME) -> CheckConstraint:
    """SQLite does not look at the length of a text by itself."""
    return CheckConstraint(f"length({column}) <= {limit}", name=f"{column}_length")


def one_of(column: str, *words: str) -> CheckConstraint:
    """The words that may stand in *column*."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def below(table: str) -> ForeignKeyConstraint:
    """That a row belongs to one of *table* in the same organisation, and goes when that goes."""
    return ForeignKeyConstraint(
        ["organisation_id", f"{table}_id"],
        [f"{table}.organisation_id", f"{table}.id"],
        ondelete="CASCADE",
    )
