"""Sections printed by several processes, remembered while nothing in them changes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from assessment.reporting.engine import Job, do
from assessment.reporting.kept import find, keep
from assessment.reporting.printers import NoMemoryLeft, Printer, PrinterEnded, print_with
from assessment.reporting.sections import PrintedSection

MOST = 4
"""More processes than that wait for the longest section."""
MEMORY = 1_500_000_000
"""Bytes that all processes of a press may hold together: an endless table stays a small matter."""
RENEWED_AFTER = 500
"""Sections after which the processes begin anew: what libraries forget to give back is returned."""


class PrintingStopped(Exception):
    """A process that printed was ended before it was done; nothing was written."""


class TooLarge(PrintingStopped):
    """One section is more than a machine should have to hold."""


Told = Callable[[int, int], None]
"""Hears how many sections are done, and of how many."""


class Press:
    """Prints sections: in this process or, with two and more, in others that stay warm.

    What lies in the folder `kept` is not printed again; `printed` counts what was. To be closed
    after use.
    """

    def __init__(self, processes: int = 1, kept: Path | None = None, memory: int = MEMORY) -> None:
        self.processes = processes
        self.kept = kept
        self.memory = memory
        self.printed = 0
        self._printers: list[Printer] = []
        self._stopped = False
        self._lock = threading.Lock()
        self._told: Told | None = None

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
            printers, self._printers = self._printers, []
            for printer in printers:
                printer.end()

    def stop(self) -> None:
        """Kill the processes, from another thread: whoever waits for them is told at once.

        PrintingStopped is what they are told; the next job would start new processes.
        """
        with self._lock:
            self._stopped = True
            for printer in self._printers:
                printer.kill()

    @contextmanager
    def telling(self, told: Told) -> Iterator[None]:
        """Within this, *told* hears of each section that is done; what it raises stops printing."""
        self._told = told
        try:
            yield
        finally:
            self._told = None

    def print_all(self, jobs: Sequence[Job]) -> list[PrintedSection]:
        """What comes of each of *jobs*, in their order."""
        done: dict[Job, PrintedSection] = {}
        if self.kept:
            done = {job: section for job in jobs if (section := find(self.kept, job.key))}
        # The longest first, so that no process is left alone with it at the end.
        new = sorted((job for job in jobs if job not in done), key=lambda job: -len(job.html))
        fresh = dict(zip(new, self._print(new, len(jobs) - len(new)), strict=True))
        if self.kept:
            for job, section in fresh.items():
                keep(self.kept, job.key, section)
        return [{**done, **fresh}[job] for job in jobs]

    def _print(self, jobs: Sequence[Job], known: int) -> list[PrintedSection]:
        """Print *jobs*; *known* others of the same document were printed at another time."""

        def tell(count: int) -> None:
            if self._told is not None:
                self._told(known + count, known + len(jobs))

        if self.processes == 1 or not jobs:
            done = []
            for job in jobs:
                done.append(do(job))
                tell(len(done))
        else:
            done = self._print_beside(jobs, tell)
        before, self.printed = self.printed, self.printed + len(jobs)
        if before // RENEWED_AFTER != self.printed // RENEWED_AFTER:
            self.close()
        return done

    def _print_beside(
        self, jobs: Sequence[Job], tell: Callable[[int], None]
    ) -> list[PrintedSection]:
        try:
            self._stopped = False
            return print_with(self._started(min(self.processes, len(jobs))), jobs, tell)
        except PrinterEnded as error:
            self.close()
            raise PrintingStopped(
                "A process that printed was ended, perhaps for want of memory. "
                "Nothing was written. Please try again."
            ) from error
        except NoMemoryLeft as error:
            self.close()
            raise TooLarge(
                "A part of this report is too large to be printed. Nothing was written."
            ) from error
        except BaseException:
            # Answers that nobody has waited for would be taken for those to the next jobs.
            self.close()
            raise

    def _started(self, count: int) -> list[Printer]:
        """That many printers; new ones stand in for those killed while nothing was to do."""
        with self._lock:
            for printer in [each for each in self._printers if not each.is_alive()]:
                self._printers.remove(printer)
                printer.end()
        while True:
            with self._lock:
                if self._stopped:
                    raise PrinterEnded
                if len(self._printers) >= count:
                    return self._printers[:count]
                self._printers.append(Printer(self.memory // self.processes))


def sensible_processes() -> int:
    """As many as there are cores, up to four."""
    return max(1, min(os.cpu_count() or 1, MOST))
