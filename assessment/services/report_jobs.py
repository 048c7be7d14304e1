"""Making the paper in a worker: what a job's arguments ask for, and nothing else, goes into it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assessment.core.findings import find_gaps
from assessment.exchange.workbook import WorkbookAbout, workbook
from assessment.reporting.gap_report import GapReport
from assessment.reporting.press import PrintingStopped, TooLarge
from assessment.services.cycles import cycle
from assessment.services.errors import Refused, Sentence, _
from assessment.services.job_leases import JobLost
from assessment.services.report_requests import Given, Request, given, request_of
from assessment.services.reports import gap_report_pdf
from assessment.services.work import Work

LONGEST = 120.0
"""Seconds that printing one report may take; a report that needs more is too large for paper."""
LOOKED_EVERY = 0.5
NAME_PART = 40

TOO_LARGE = _(
    "A part of it is too large to be printed. "
    "Ask for the board paper alone, or for the report of one unit."
)
TOO_LONG = _(
    "Printing it took longer than %(seconds)d seconds, so it was stopped. "
    "Ask for the board paper alone, or for the report of one unit."
)


def run_report(work: Work) -> None:
    """Print the report that a job asks for."""
    request, found = _read(work)
    work.progress("writing", 0, 0)
    release = found.frozen.release
    before = found.previous.release if found.previous else None
    gaps = find_gaps(release, found.about.targets)
    report = GapReport.of(release, gaps, before, found.about)
    work.progress("printing", 0, 0)
    with _within_limit(work), work.tools.press.telling(_share_told(work)):
        data = gap_report_pdf(report, work.tools.press)
    work.progress("keeping", 0, 0)
    work.store_file(_name(found, request, "gap-report", "pdf"), data)
    with work.finishing():
        pass


def run_workbook(work: Work) -> None:
    """Write the workbook that a job asks for."""
    request, found = _read(work)
    work.progress("writing", 0, 0)
    about = WorkbookAbout(found.frozen.about, request.part.sha256, request.date, request.software)
    data = workbook(found.frozen.release, about, found.about.targets)
    work.progress("keeping", 0, 0)
    work.store_file(_name(found, request, "results", "xlsx"), data)
    with work.finishing():
        pass


def _read(work: Work) -> tuple[Request, Given]:
    work.progress("reading", 0, 0)
    request = request_of(work.held.arguments)
    with work.reading() as session:
        row = cycle(session, work.held.organisation_id, work.held.cycle_id)
        return request, given(session, row, request)


def _share_told(work: Work) -> Callable[[int, int], None]:
    """Says which share of the sections is printed; the contents, which come last, are few."""
    most = 0

    def tell(done: int, sections: int) -> None:
        nonlocal most
        if sections >= most:
            most = sections
            work.progress("printing", done, sections)

    return tell


@contextmanager
def _within_limit(work: Work) -> Iterator[None]:
    """Printing that takes too long is stopped, and that of a job which somebody has cancelled."""
    over, late, until = threading.Event(), threading.Event(), time.monotonic() + LONGEST

    def watch() -> None:
        while not over.wait(LOOKED_EVERY):
            if time.monotonic() > until:
                late.set()
            if late.is_set() or work.is_lost:
                work.tools.press.stop()

    thread = threading.Thread(target=watch, name="limit", daemon=True)
    thread.start()
    try:
        yield
    except TooLarge:
        raise Refused({"job": Sentence(TOO_LARGE)}) from None
    except PrintingStopped:
        if work.is_lost:
            raise JobLost from None
        if late.is_set():
            raise Refused({"job": Sentence(TOO_LONG, seconds=int(LONGEST))}) from None
        raise
    finally:
        over.set()
        thread.join()


def _name(found: Given, request: Request, kind: str, ending: str) -> str:
    """What the file is called where it is downloaded: letters, digits and hyphens alone."""
    about = found.frozen.about
    parts = [about.organisation, about.part_name, about.cycle, kind]
    if ending == "pdf" and request.choice.extent == "board":
        parts.append("board-paper")
    if about.kind == "interim":
        parts.append("interim")
    return f"{'-'.join(plain for part in parts if (plain := _plain(part)))}.{ending}"


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text)[:NAME_PART].strip("-")
