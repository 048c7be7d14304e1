"""What happens to answers when things break: killed processes, failing disks, locked databases.

Each fault has its control, in which the protection is off and the same check goes red.
`TOUCHSTONE_KILLS=300 ./dev test -k killed -s` kills more often and prints the counts.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from assessment.services.errors import Broken, Busy, NoRoom, NotKept
from assessment.store import engine as engine_module
from assessment.store.engine import open_engine, open_sessions
from assessment.store.tables import HistoryRow
from tests.power import STRACE, strace_works
from tests.rounds import Round, filling_of, given, open_round, said
from tests.savers import changes_to, page_of

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("TOUCHSTONE_KILLS", "15"))
PEOPLE = ("s1,staff", "s2,staff")


@pytest.fixture
def opened(sessions) -> Round:
    with sessions() as session:
        made = open_round(session, PEOPLE)
        session.commit()
    return made


@dataclass
class Savers:
    """A process that forks savers, the pages they have acknowledged, and how they are killed."""

    process: subprocess.Popen[str]
    acknowledged: dict[str, int] = field(default_factory=dict)
    saves: int = 0

    def kill_after(self, seconds: float) -> None:
        """Start savers and kill them all that long after the first of them has saved."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        children, timer = self._children(), None
        for line in self._lines():
            if line == "gone":
                break
            self._note(line)
            if timer is None:
                timer = threading.Timer(seconds, _kill, [children])
                timer.daemon = True
                timer.start()
        if timer is not None:
            timer.join(timeout=60)

    def _children(self) -> list[int]:
        for line in self._lines():
            if line.startswith("savers"):
                return [int(child) for child in line.split()[1:]]
            self._note(line)
        raise AssertionError("the savers have not started")

    def _lines(self) -> Iterator[str]:
        assert self.process.stdout is not None
        return (line.strip() for line in iter(self.process.stdout.readline, ""))

    def _note(self, line: str) -> None:
        _saved, respondent, number = line.split()
        self.acknowledged[respondent] = int(number)
        self.saves += 1


def _kill(children: list[int]) -> None:
    for child in children:
        os.kill(child, signal.SIGKILL)


@contextmanager
def savers(database: str, session, opened: Round, how: str) -> Iterator[Savers]:
    command = [sys.executable, "-m", "tests.savers", database, str(opened.organisation_id), how]
    command += [str(filling_of(session, opened, code).respondent.id) for code in ("s1", "s2")]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            yield Savers(process)
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=20)
        finally:
            process.kill()


def damage(session, opened: Round, acknowledged: dict[str, int]) -> tuple[int, int]:
    """How many acknowledged pages are lost, and how many pages are half there."""
    lost = halves = 0
    for code in ("s1", "s2"):
        filling = filling_of(session, opened, code)
        numbers = page_of(filling)
        halves += len(numbers) != 1
        lost += max(0, acknowledged.get(str(filling.respondent.id), 0) - max(numbers))
        rows = session.scalar(
            select(func.count())
            .select_from(HistoryRow)
            .where(HistoryRow.respondent_id == filling.respondent.id)
        )
        halves += not (rows == filling.version == max(numbers))
    return lost, halves


def test_nothing_acknowledged_is_lost_when_savers_are_killed(database, sessions, opened):
    lost = halves = 0
    dice = random.Random(database)
    with sessions() as session, savers(database, session, opened, "honest") as running:
        session.rollback()
        for _kill_point in range(KILLS):
            running.kill_after(dice.uniform(0, 0.06))
            with sessions() as reader:
                now_lost, now_halves = damage(reader, opened, running.acknowledged)
            lost, halves = lost + now_lost, halves + now_halves
        saves = running.saves
    kind = database.partition(":")[0]
    print(f"{kind}: lost {lost}, half pages {halves}, of {saves} saves and {KILLS} kills")
    assert (lost, halves) == (0, 0)
    assert saves > KILLS
    if kind == "sqlite":
        with sessions() as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_savers_that_are_too_hasty_would_be_found_out(database, sessions, opened):
    """The control: they acknowledge before the commit."""
    dice = random.Random(1)
    with sessions() as session, savers(database, session, opened, "hasty") as running:
        session.rollback()
        for _kill_point in range(200):
            running.kill_after(dice.uniform(0, 0.01))
            with sessions() as reader:
                lost, _halves = damage(reader, opened, running.acknowledged)
            if lost:
                return
    pytest.fail("The check cannot fail: it did not notice savers that acknowledge too early.")


# A disk that fails, a disk that is full


def _save_once(database: str, session, opened: Round, *before: str) -> str:
    respondent = filling_of(session, opened, "s1").respondent.id
    session.rollback()
    command = [sys.executable, "-m", "tests.savers", database, str(opened.organisation_id), "once"]
    return subprocess.run(
        [*before, *command, str(respondent)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    ).stdout.strip()


@pytest.mark.skipif(not strace_works(), reason="strace is not here: nothing can fail")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_sync_that_fails_is_not_acknowledged(database, sessions, opened, tmp_path):
    """SQLite itself goes on where only the folder fails as a journal is made: that is harmless."""
    calls, log = "fsync,fdatasync", tmp_path / "calls"
    strace = (*STRACE, "-o", str(log), "-e", f"trace={calls}")
    with sessions() as session:
        first = _save_once(database, session, opened, *strace)
        assert re.match(r"saved \S+ 1$", first)  # the control: no call fails
        synced = log.read_text().count("sync(")
        assert synced
        for when in range(1, synced + 2):
            [before] = page_of(filling_of(session, opened, "s1"))
            inject = ("-e", f"inject={calls}:error=EIO:when={when}")
            answer = _save_once(database, session, opened, *strace, *inject)
            failed = re.findall(r"sync\(\d+<([^>]*)>.*INJECTED", log.read_text())
            assert len(failed) == (when <= synced)
            if any(place.startswith(database.removeprefix("sqlite:///")) for place in failed):
                assert answer == Broken.__name__
            filling = filling_of(session, opened, "s1")
            [number] = page_of(filling)
            if answer.startswith("saved"):
                assert number == before + 1
            session.rollback()
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert said(session, opened, "s1", *changes_to(filling, number + 1)).is_whole
            session.commit()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_refuses_the_save_and_reading_goes_on(sessions, opened):
    long = given("1.1-s1", "x" * 10_000, kind="comment")
    with sessions() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar()
        session.execute(text(f"PRAGMA max_page_count={pages}"))
        with pytest.raises(NoRoom):
            said(session, opened, "s1", long)
        session.rollback()
        assert filling_of(session, opened, "s1").version == 0
        session.execute(text("PRAGMA max_page_count=1000000"))
        session.commit()
    with sessions() as session:
        assert said(session, opened, "s1", long).is_whole
        session.commit()


# A database that is locked


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_save_waits_for_another_process_and_is_then_kept(database, sessions, opened):
    other = sqlite3.connect(
        database.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(0.8, lambda: other.execute("ROLLBACK")).start()
    started = time.monotonic()
    with sessions() as session:
        assert said(session, opened, "s1", given("1.1-s1", "4")).is_whole
        session.commit()
    assert time.monotonic() - started > 0.7
    other.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_save_that_waits_too_long_is_busy_and_nothing_is_lost(database, opened, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 200)
    impatient = open_engine(database)
    sessions = open_sessions(impatient)
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    with sessions() as session:
        said(session, opened, "s1", given("1.1-s1", "4"))
        session.commit()
    other.execute("BEGIN EXCLUSIVE")
    with sessions() as session, pytest.raises(Busy):
        said(session, opened, "s1", given("1.1-s1", "5", "4"))
    other.execute("ROLLBACK")
    # A reader that stays holds up the commit itself where the journal is not WAL.
    with sessions() as session:
        said(session, opened, "s1", given("1.1-s2", "5"))
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM sheet").fetchall()
        acknowledged = False
        try:
            session.commit()
            acknowledged = True
        except Busy:
            session.rollback()
        other.execute("ROLLBACK")
    with sessions() as session:
        filling = filling_of(session, opened, "s1")
        assert filling.shown("1.1-s1") == "4"
        assert filling.shown("1.1-s2") == ("5" if acknowledged else "")
    other.close()
    impatient.dispose()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_row_that_is_locked_too_long_is_busy_and_nothing_is_lost(sessions, opened):
    with sessions() as other, sessions() as session:
        other.execute(text("SELECT 1 FROM sheet FOR UPDATE"))
        session.execute(text("SET LOCAL lock_timeout = '200ms'"))
        with pytest.raises(Busy):
            said(session, opened, "s1", given("1.1-s1", "4"))
    with sessions() as session:
        assert filling_of(session, opened, "s1").version == 0
        assert said(session, opened, "s1", given("1.1-s1", "4")).is_whole


def test_a_lost_connection_is_a_fault_of_its_own(sessions, opened):
    if sessions.kw["bind"].name == "sqlite":
        pytest.skip("a file has no connection to lose")
    with sessions() as session, sessions() as other:
        said(session, opened, "s1", given("1.1-s1", "4"))
        mine = session.execute(text("SELECT pg_backend_pid()")).scalar()
        other.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
        with pytest.raises(NotKept):
            session.commit()
    with sessions() as session:
        assert filling_of(session, opened, "s1").version == 0
