"""Sections printed by a pool of processes, remembered while nothing in them changes."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Self

from assessment.reporting.engine import Job, PdfUnavailable, do, printing_module
from assessment.reporting.kept import find, keep
from assessment.reporting.sections import PrintedSection

MOST = 4
"""More processes than that wait for the longest section."""
RENEWED_AFTER = 500
"""Sections after which the processes begin anew: what libraries forget to give back is returned."""


class PrintingStopped(Exception):
    """A process that printed was ended before it was done; nothing was written."""


class Press:
    """Prints sections: in this process or, with two and more, in a pool of them that stays warm.

    What lies in the folder `kept` is not printed again; `printed` counts what was. To be closed
    after use.
    """

    def __init__(self, processes: int = 1, kept: Path | None = None) -> None:
        self.processes = processes
        self.kept = kept
        self.printed = 0
        self._pool: ProcessPoolExecutor | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; the next job would start new ones."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """Kill the processes, from another thread: whoever waits for them is told at once.

        PrintingStopped is what they are told; the next job would start new processes.
        """
        self._stopped = True
        pool = self._pool
        for process in list((pool._processes or {}).values()) if pool else ():
            process.kill()

    def print_all(self, jobs: Sequence[Job]) -> list[PrintedSection]:
        """What comes of each of *jobs*, in their order."""
        done: dict[Job, PrintedSection] = {}
        if self.kept:
            done = {job: section for job in jobs if (section := find(self.kept, job.key))}
        # The longest first, so that no process is left alone with it at the end.
        new = sorted((job for job in jobs if job not in done), key=lambda job: -len(job.html))
        fresh = dict(zip(new, self._print(new), strict=True))
        if self.kept:
            for job, section in fresh.items():
                keep(self.kept, job.key, section)
        return [{**done, **fresh}[job] for job in jobs]

    def _print(self, jobs: Sequence[Job]) -> list[PrintedSection]:
        if self.processes == 1 or not jobs:
            done = [do(job) for job in jobs]
        else:
            done = self._print_in_pool(jobs)
        before, self.printed = self.printed, self.printed + len(jobs)
        if before // RENEWED_AFTER != self.printed // RENEWED_AFTER:
            self.close()
        return done

    def _print_in_pool(self, jobs: Sequence[Job]) -> list[PrintedSection]:
        was_idle, self._stopped = self._pool is not None, False
        try:
            running = [self._started().submit(do, job) for job in jobs]
            return [each.result() for each in running]
        except BrokenProcessPool as error:
            self.close()
            # Perhaps it broke while nothing was to do: that is nobody's loss.
            if was_idle and not self._stopped:
                return self._print_in_pool(jobs)
            raise PrintingStopped(
                "A process that printed was ended, perhaps for want of memory. "
                "Nothing was written. Please try again."
            ) from error

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                # Forked processes would inherit locks and threads in whatever state they are.
                self._pool = ProcessPoolExecutor(
                    self.processes, multiprocessing.get_context("spawn"), _begin
                )
            return self._pool


def sensible_processes() -> int:
    """As many as there are cores, up to four."""
    return max(1, min(os.cpu_count() or 1, MOST))


def _begin() -> None:
    """A process of the pool begins."""
    # Ctrl-C reaches all processes of a terminal; the one that people started answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(PdfUnavailable):  # the first job says it to somebody who can listen
        printing_module()
    # The collector leaves alone for ever what stays in use for ever.
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    """Nobody waits for what a process prints whose parent was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
