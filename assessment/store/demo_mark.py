"""A mark in the head of a database file: it belongs to a demo, and to nothing else.

A demo opens no database without it, and a real installation none with it: made-up answers and real
ones never come to lie in one place.
"""

from __future__ import annotations

from sqlalchemy import Engine

_MARK = int.from_bytes(b"DEMO", "big")


def mark_as_demo(engine: Engine) -> None:
    """Mark a database that is still empty."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {_MARK}")


def is_demo(engine: Engine) -> bool:
    """Whether the database carries the mark; only a file of SQLite can."""
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA application_id").scalar() == _MARK
