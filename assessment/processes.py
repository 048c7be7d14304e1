"""Processes beside each other: started, replaced when one dies, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

LOOKED_EVERY = 0.2
"""Seconds between two looks whether one has died."""
PAUSE = 1.0
"""Seconds before one that died is started again."""
PATIENCE = 10.0
"""Seconds that children have to end in peace."""
_PR_SET_PDEATHSIG = 1

P = ParamSpec("P")
T = TypeVar("T")

Task = tuple[str, Callable[[], None]]
"""What a process is called in the log, and what it does."""


@dataclass
class Orders:
    """What SIGTERM raises is lost when it comes in the middle of a fork; this stays.

    It has no lock, as an Event has: a second signal would wait for the first one to let go of it.
    """

    to_stop: bool = False


orders = Orders()

log = logging.getLogger("touchstone.serving")


def can_fork() -> bool:
    """Whether a process can share what this one has opened with others."""
    return hasattr(os, "fork")


def supervise(tasks: Sequence[Task]) -> None:
    """Keep a child running for each of *tasks* until told to stop; one that dies is replaced."""
    children: dict[int, Task] = {}
    signal.signal(signal.SIGTERM, stop)
    try:
        for task in tasks:
            children[_start(task)] = task
        while children and not orders.to_stop:
            # Never waits without an end: a signal that came just before would not be heard.
            ended, status = os.waitpid(-1, os.WNOHANG)
            if not ended:
                time.sleep(LOOKED_EVERY)
            elif ended in children:
                name, run = children.pop(ended)
                log.warning("a %s process ended (status %d) and is started again", name, status)
                time.sleep(PAUSE)
                children[_start((name, run))] = name, run
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _end(list(children))


def stop(_number: int, _frame: object) -> None:
    """What SIGTERM does: leave as if the end had been reached."""
    orders.to_stop = True
    raise SystemExit(0)


@contextmanager
def beside(*arguments: str) -> Iterator[None]:
    """Another `touchstone` command runs meanwhile: for systems where a process cannot fork."""
    other = subprocess.Popen([sys.executable, "-P", "-m", "assessment", *arguments])
    try:
        yield
    finally:
        other.terminate()
        other.wait(PATIENCE)


@contextmanager
def meanwhile(
    function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> Iterator[Callable[[], T]]:
    """Run *function* beside what follows, in a process of its own where there can be one.

    What is given is called for the result, and raises what the function has raised.
    """
    if not can_fork():
        done = function(*args, **kwargs)
        yield lambda: done
        return
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        yield pool.submit(function, *args, **kwargs).result


def _start(task: Task) -> int:
    _name, run = task
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    # A child answers to its parent's word alone: Ctrl+C reaches both at once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, stop)
    try:
        _end_with(parent)
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            run()
    finally:
        sys.stderr.flush()
        os._exit(0)


def _end_with(parent: int) -> None:
    """However the parent ends, this process is told to; else it would go on by itself."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(0)


def _end(children: list[int]) -> None:
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while children and time.monotonic() < until:
        children = [child for child in children if not _has_ended(child)]
        time.sleep(0.02)
    for child in children:
        log.warning("a process did not end in %d seconds and is killed", PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _has_ended(child: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(child, os.WNOHANG)[0] == child
    return True
