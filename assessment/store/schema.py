"""Upgrade a database to the schema of this program, and say how the two stand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

Standing = Literal["empty", "older", "current", "newer"]

_LOCK = 7_020_331_877
"""Any number that is always the same: two upgrades at once wait for each other."""


class SchemaTooNew(Exception):
    """The database was upgraded by a newer program; this one must not touch it."""


def upgrade(engine: Engine) -> None:
    """Bring the database to this program's schema: entirely, or it stays as it was.

    Both databases change their schema inside the transaction, and a second upgrade waits for the
    first: on SQLite for the write lock of the file, on PostgreSQL for an advisory lock.
    """
    with _upgrading(engine) as connection:
        if _standing(connection) == "newer":
            raise SchemaTooNew(
                "This database belongs to a newer version of Touchstone. Start that version."
            )
        command.upgrade(_config(connection), "head")


def standing(engine: Engine) -> Standing:
    """How the database stands to this program: empty, older, current or newer."""
    with engine.connect() as connection:
        return _standing(connection)


def _standing(connection: Connection) -> Standing:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return "empty"
    scripts = ScriptDirectory.from_config(_config(connection))
    if found == scripts.get_current_head():
        return "current"
    known = {script.revision for script in scripts.walk_revisions()}
    return "older" if found in known else "newer"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
    )
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _upgrading(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                # Queueing for the lock may take as long as the other upgrade does.
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection
            return
        # A table that is built anew must not take the rows that refer to it along.
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - it was opened above
        driver.execute("PRAGMA foreign_keys=OFF").close()
        try:
            with connection.begin():
                yield connection
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise RuntimeError(f"The upgrade would leave {len(broken)} rows astray.")
        finally:
            driver.execute("PRAGMA foreign_keys=ON").close()
