"""Processes beside each other end together, whenever the word comes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

DEAF = """
import signal, threading, time
from assessment import processes

processes.PATIENCE = 0.5
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
# Another thread hears the signal, and the main thread is not woken by it.
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
def begin():
    print("begun", flush=True)
    time.sleep(60)
processes.supervise([("test", begin)])
print("over", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
def test_a_signal_that_does_not_wake_whoever_waits_is_heard():
    with subprocess.Popen(
        [sys.executable, "-c", DEAF], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout.readline() == "begun\n"
            running.terminate()
            assert running.communicate(timeout=15)[0] == "over\n"
        finally:
            running.kill()
