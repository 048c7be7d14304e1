"""Open a database with the settings that carry our promises.

SQLite's journal is chosen by its version: in WAL mode older ones can lose committed pages in a rare
race of checkpoint and writer. Writes begin at once (BEGIN IMMEDIATE), so that two writers wait for
each other instead of failing half-way.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from assessment.store.faults import Busy, NotKept, fault_of

BUSY_MILLISECONDS = 5000
READ_ONLY = "touchstone_read_only"
_TURN = "touchstone_turn"
_SAFE_WAL = ((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51)), ((3, 51, 3), (99,))
"""From, up to but not including: versions in which WAL keeps every committed page."""
_POSTGRESQL_OPTIONS = (
    "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
)


def open_engine(url: str) -> Engine:
    """An engine for *url*: SQLite in a file or in memory, or PostgreSQL through psycopg."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _make_private(parsed)
        engine = create_engine(parsed)
        _prepare_sqlite(engine)
    else:
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            connect_args={"options": _POSTGRESQL_OPTIONS},
            pool_size=8,
            max_overflow=8,
        )
    event.listen(engine, "handle_error", _name_the_fault)
    return engine


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that may write. Their objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def open_reading_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that only read: they wait for no writer, and writing in one is refused."""
    options = {READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options["postgresql_readonly"] = True
    return sessionmaker(engine.execution_options(**options), expire_on_commit=False)


def journal(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """Journal mode and synchronous setting for an SQLite of *version*."""
    if any(start <= version < end for start, end in _SAFE_WAL):
        return "WAL", "FULL"
    return "DELETE", "EXTRA"


def _make_private(url: URL) -> None:
    """A database file is its owner's alone; its journals take over the mode of the file."""
    if not url.database or url.database == ":memory:" or url.query.get("uri"):
        return
    path = Path(url.database)
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_sqlite(engine: Engine) -> None:
    # SQLite's own waiting is sleeping and looking again: with eight threads most time is slept, and
    # some wait for ever. So the writers of a process take turns; other processes are polled for.
    turn = threading.Lock()

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: object, record: ConnectionPoolEntry) -> None:
        if record.info.pop(_TURN, False):
            turn.release()

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own BEGIN would come too late and be a plain one.
        connection.isolation_level = None
        mode, synchronous = journal()
        for statement in (
            f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
            "PRAGMA foreign_keys=ON",
            "PRAGMA trusted_schema=OFF",
            f"PRAGMA journal_mode={mode}",
            f"PRAGMA synchronous={synchronous}",
        ):
            connection.execute(statement).close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        reads = bool(connection.get_execution_options().get(READ_ONLY))
        if not reads and _TURN not in connection.info:
            if not turn.acquire(timeout=BUSY_MILLISECONDS / 1000):
                raise Busy("Too many wait to write.")
            connection.info[_TURN] = True
        driver: Any = connection.connection.driver_connection
        # A setting of the connection, not of the transaction: it is set anew each time. Through the
        # driver, since it touches no data and is nobody's statement.
        driver.execute(f"PRAGMA query_only={'ON' if reads else 'OFF'}").close()
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _name_the_fault(context: ExceptionContext) -> NotKept | None:
    """What is returned here is raised in place of the driver's error."""
    return fault_of(context.original_exception)
