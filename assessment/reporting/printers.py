"""Processes that print, each at the end of a pipe of its own.

They share nothing: one that is killed, at whatever moment, ends its own pipe and holds up nobody.
(The pool of the standard library shares queues and locks. It waits for ever for a process that
starts while another of its processes is killed.)
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from assessment.reporting.engine import Job, PdfUnavailable, do, printing_module
from assessment.reporting.sections import PrintedSection

LOOKED_EVERY = 1.0
"""Seconds between two looks whether a process still lives whose pipe says nothing."""


class PrinterEnded(Exception):
    """A process was ended before it had answered."""


class NoMemoryLeft(Exception):
    """Printing a section took more memory than one process may have."""


class Printer:
    """One process that prints one job after the other."""

    def __init__(self, memory: int) -> None:
        # Forked processes would inherit locks and threads in whatever state they are.
        context = multiprocessing.get_context("spawn")
        self.pipe, its_end = context.Pipe()
        # Daemons end with this program even if nobody closes the press.
        self._process = context.Process(target=_serve, args=(its_end, memory), daemon=True)
        self._process.start()
        its_end.close()

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def begin(self, job: Job) -> None:
        """Hand *job* over."""
        try:
            self.pipe.send(job)
        except OSError as error:
            raise PrinterEnded from error

    def answer(self) -> PrintedSection:
        """What came of the job; raises what the job has raised."""
        try:
            done = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise PrinterEnded from error
        if isinstance(done, PrintedSection):
            return done
        raise done

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


def print_with(
    printers: Sequence[Printer], jobs: Sequence[Job], tell: Callable[[int], None]
) -> list[PrintedSection]:
    """What comes of *jobs*, in their order; each printer takes the next as soon as it is free.

    *tell* hears how many are done, each time one more is. Where this raises, printers may still be
    at work: they are to be ended.
    """
    waiting = list(reversed(range(len(jobs))))
    done: dict[int, PrintedSection] = {}
    busy: dict[Connection[Any, Any], tuple[Printer, int]] = {}
    for printer in printers[: len(jobs)]:
        number = waiting.pop()
        printer.begin(jobs[number])
        busy[printer.pipe] = printer, number
    while busy:
        for pipe in _answered(busy):
            printer, number = busy.pop(pipe)
            done[number] = printer.answer()
            if waiting:
                number = waiting.pop()
                printer.begin(jobs[number])
                busy[pipe] = printer, number
            tell(len(done))
    return [done[number] for number in range(len(jobs))]


def _answered(
    busy: Mapping[Connection[Any, Any], tuple[Printer, int]],
) -> list[Connection[Any, Any]]:
    """The pipes that have something to say, if only that they have ended."""
    while True:
        lived = all(printer.is_alive() for printer, _number in busy.values())
        found = [pipe for pipe in wait(list(busy), LOOKED_EVERY) if isinstance(pipe, Connection)]
        if found:
            return found
        if not lived:
            raise PrinterEnded


def _serve(pipe: Connection[Any, Any], memory: int) -> None:
    """A process of its own: print what comes through *pipe* until that has ended."""
    # Ctrl-C reaches all processes of a terminal; the one that people started answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(memory)
    with contextlib.suppress(PdfUnavailable):  # the first job says it to somebody who can listen
        printing_module()
    # The collector leaves alone for ever what stays in use for ever.
    gc.collect()
    gc.freeze()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(_done(pipe.recv()))


def _done(job: Job) -> PrintedSection | Exception:
    try:
        return do(job)
    except PdfUnavailable as refusal:
        return refusal
    except MemoryError:
        return NoMemoryLeft()
    except Exception as error:  # noqa: BLE001 - whatever it was, it is raised where it is waited for
        return RuntimeError(f"A section was not printed.\n{traceback.format_exc()}{error!r}")


def _limit_memory(most: int) -> None:
    """Bytes of data beyond *most* are refused by the system, as a MemoryError; not on Windows."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - Windows has none

        _now, highest = resource.getrlimit(resource.RLIMIT_DATA)
        allowed = most if highest == resource.RLIM_INFINITY else min(most, highest)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, highest))


def _end_with_parent() -> None:
    """Nobody waits for what a process prints whose parent was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
