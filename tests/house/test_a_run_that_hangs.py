"""A run of all tests comes to an end, whatever hangs, and says what it was."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import dev
import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")


@pytest.fixture
def suite(tmp_path):
    """A test that fails and one that hangs, with a process that it has started."""
    tmp_path.joinpath("test_it.py").write_text(
        textwrap.dedent(
            """
            import pathlib, subprocess, sys, threading

            def test_wrong():
                assert "cheese" == "chalk"

            def test_hanging():
                child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
                pathlib.Path(__file__).with_name("child").write_text(str(child.pid))
                threading.Lock().acquire() and threading.Event().wait()
            """
        )
    )
    tmp_path.joinpath("pytest.ini").write_text("[pytest]\n")
    return tmp_path


def is_running(process: int) -> bool:
    """Whether it runs; one that has ended and whom nobody has asked about does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except OSError:
        return False


def words(suite, *options: str) -> list[str]:
    return [
        sys.executable, "-m", "pytest", "-n", "1", "-p", "tests.telling", "-p", "no:cacheprovider",
        "-c", str(suite / "pytest.ini"), str(suite), *options,
    ]  # fmt: skip


def test_a_test_that_hangs_fails_and_the_run_goes_on(suite):
    done = subprocess.run(
        words(suite, "--timeout", "2"),
        cwd=environment.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "2 failed" in done.stdout
    assert "Timeout (>2.0s)" in done.stdout


def test_a_run_that_takes_too_long_ends_with_all_it_started_and_has_told_what_failed(
    suite, capfd, monkeypatch
):
    monkeypatch.setattr("signal.signal", lambda *_about: None)
    monkeypatch.setattr(dev, "FAREWELL", 1)
    assert dev.run_within(15, words(suite)) == 1
    said = capfd.readouterr().out
    assert "call of test_it.py::test_wrong" in said
    assert "assert 'cheese' == 'chalk'" in said
    assert "still running: test_it.py::test_hanging" in said
    child, until = int(suite.joinpath("child").read_text()), time.monotonic() + 10
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_running(child)
