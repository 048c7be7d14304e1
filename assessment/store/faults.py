"""What can go wrong with a database that is no fault of the program: said once, for every kind."""

from __future__ import annotations

import sqlite3


class NotKept(Exception):
    """The database did not keep what it was given."""


class Busy(NotKept):
    """Another transaction held the database for too long. The same deed may be tried again."""


class NoRoom(NotKept):
    """The disk is full. Reading goes on; writing works again when there is room."""


class Broken(NotKept):
    """The disk or the connection failed; of a commit that was under way nobody knows the end."""


_SQLITE: dict[int, type[NotKept]] = {
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_PROTOCOL: Busy,
    sqlite3.SQLITE_FULL: NoRoom,
    sqlite3.SQLITE_IOERR: Broken,
    sqlite3.SQLITE_CORRUPT: Broken,
    sqlite3.SQLITE_NOTADB: Broken,
    sqlite3.SQLITE_CANTOPEN: Broken,
    sqlite3.SQLITE_READONLY: Broken,
}
_POSTGRESQL: dict[str, type[NotKept]] = {
    "55P03": Busy,  # lock_not_available: lock_timeout
    "57014": Busy,  # query_canceled: statement_timeout
    "25P03": Busy,  # idle_in_transaction_session_timeout
    "40001": Busy,  # serialization_failure
    "40P01": Busy,  # deadlock_detected
    "53300": Busy,  # too_many_connections
    "53100": NoRoom,  # disk_full
}
_POSTGRESQL_CLASSES: dict[str, type[NotKept]] = {"08": Broken, "57": Broken, "58": Broken}


def fault_of(error: BaseException) -> NotKept | None:
    """The fault a driver's *error* stands for; None where the program itself is to blame."""
    primary = getattr(error, "sqlite_errorcode", None)
    if isinstance(primary, int):
        kind = _SQLITE.get(primary & 0xFF)
        return kind(str(error)) if kind else None
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        kind = _POSTGRESQL.get(state) or _POSTGRESQL_CLASSES.get(state[:2])
        return kind(str(error)) if kind else None
    lost = type(error).__module__.startswith("psycopg") and type(error).__name__ in {
        "OperationalError",
        "ConnectionTimeout",
    }
    return Broken(str(error)) if lost else None
