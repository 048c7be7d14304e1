"""Write many rows in one statement on either database, whether they are there or not."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assessment.store.base import Base

Rows = Sequence[Mapping[str, Any]]
_Insert = sqlite.Insert | postgresql.Insert


def insert_missing(session: Session, table: type[Base], rows: Rows) -> None:
    """Insert those of *rows* whose key is not there yet."""
    _execute(session, _leaving(session.get_bind().dialect.name, table), rows)


def insert_or_update(session: Session, table: type[Base], rows: Rows) -> None:
    """Insert *rows*; where the key is there already, the rest of the row is replaced."""
    _execute(session, _replacing(session.get_bind().dialect.name, table), rows)


def _execute(session: Session, statement: _Insert, rows: Rows) -> None:
    if rows:
        session.flush()
        session.connection().execute(statement, [dict(row) for row in rows])


# Statements are put together once: doing it for every save costs more than running them.


@functools.cache
def _leaving(dialect: str, table: type[Base]) -> _Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@functools.cache
def _replacing(dialect: str, table: type[Base]) -> _Insert:
    insert = _insert(dialect, table)
    columns = cast("Table", table.__table__).columns
    key = [column.name for column in columns if column.primary_key]
    rest = {
        column.name: insert.excluded[column.name] for column in columns if not column.primary_key
    }
    return insert.on_conflict_do_update(index_elements=key, set_=rest)


def _insert(dialect: str, table: type[Base]) -> _Insert:
    build = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return build(cast("Table", table.__table__))
