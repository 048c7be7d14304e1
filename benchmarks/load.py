"""A deadline (F13), reports made meanwhile, and slow clients (F12), against `touchstone serve`.

500 people fill in a questionnaire within a minute, each saving a page about every ten seconds: ten
times what an installation of this size usually meets. The second time the cycle closes meanwhile.
Then every answer that was acknowledged is read back.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import resource
import tempfile
import time
from itertools import islice, product
from pathlib import Path

from sqlalchemy import func, select

from assessment.reporting.report_input import Paper
from assessment.services.demo_installation import seed
from assessment.services.report_requests import ReportChoice, ask_for_report
from assessment.store.engine import open_engine, open_sessions
from assessment.store.schema import upgrade
from assessment.store.tables import Cycle, Job, Unit
from tests.databases import postgresql_server
from tests.rounds import runner
from tests.web.crowd import Met, Pace, crowd, kept
from tests.web.served import ask, serving
from tests.web.slow_clients import measure

PEOPLE = 500
PACES = {
    "open throughout": Pace(),
    "closing after 45 s": Pace(closing=lambda met: met.elapsed > 45),
}
ASKED_AT_ONCE = 5
PROCESSES = min(os.cpu_count() or 1, 4)


def percentiles(times: list[float]) -> str:
    """p50, p95 and p99 of *times*, in ms."""
    ordered = sorted(times) or [0.0]
    found = [ordered[int(len(ordered) * share)] for share in (0.5, 0.95, 0.99)]
    return f"{len(times):>6,}  p50 {found[0]:.0f}  p95 {found[1]:.0f}  p99 {found[2]:.0f} ms"


def bench_load(*, on_postgresql: bool, people: int = PEOPLE) -> None:
    """Send the crowd, first to a cycle that stays open, then to one that closes."""
    kind = "PostgreSQL" if on_postgresql else "SQLite"
    for name, pace in PACES.items():
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            url = f"sqlite:///{data / 'touchstone.sqlite'}"
            if on_postgresql:
                url = postgresql_server(syncs=True).url
            asked = ask(url, people)
            before = _children()
            with serving(data, url, PROCESSES) as address:
                met = asyncio.run(crowd(address, asked, pace))
            spent = _children() - before
            print(f"{kind}, {people} people in {pace.seconds:.0f} s, {name}")
            tell(met)
            each = 1000 * spent / met.answers.total()
            print(
                f"  CPU of the server, its start included: {spent:.1f} s, {each:.1f} ms an answer"
            )
            found = kept(asked, met)
            print(f"  answers acknowledged {found.acknowledged:,}, lost {found.lost}")
            print(f"  saves after the closing that are kept: {found.late}")


def bench_beside(people: int = 100) -> None:
    """Send a smaller crowd twice: while nobody wants a report, and while one follows the other."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'touchstone.sqlite'}"
        tell_story(url, data / "example")
        asked = ask(url, people)
        for name in ("no report is made", "reports are made"):
            with serving(data, url, PROCESSES) as address:
                while not (before := reports_done(url)):  # the story itself has asked for one
                    time.sleep(0.5)
                if name == "reports are made":
                    want_reports(url)
                met = asyncio.run(crowd(address, asked, Pace()))
            print(f"SQLite, {people} people in 60 s while {name}")
            tell(met)
            found = kept(asked, met)
            print(f"  answers acknowledged {found.acknowledged:,}, lost {found.lost}")
            print(f"  reports made meanwhile: {reports_done(url) - before}")


def tell_story(url: str, folder: Path) -> None:
    """Fill the database at *url* with what the demo tells, for reports worth their name."""
    engine = open_engine(url)
    upgrade(engine)
    with open_sessions(engine)() as session, session.begin():
        seed(session, folder, datetime.datetime.now(datetime.UTC))
    engine.dispose()


def want_reports(url: str) -> None:
    """Ask for as many reports of the story's cycles, whole and by unit, as one may at a time."""
    engine = open_engine(url)
    papers: tuple[Paper, ...] = ("a4", "letter")
    now = datetime.datetime.now(datetime.UTC)
    with open_sessions(engine)() as session, session.begin():
        cycles = session.scalars(select(Cycle).where(Cycle.state == "closed")).all()
        units = session.scalars(
            select(Unit.id).where(Unit.organisation_id == cycles[0].organisation_id)
        )
        for unit, row, paper in islice(product((None, *units), cycles, papers), ASKED_AT_ONCE):
            choice = ReportChoice(paper, "whole")
            ask_for_report(session, runner(row.organisation_id), row, unit, choice, now)
    engine.dispose()


def reports_done(url: str) -> int:
    """How many jobs have ended well."""
    engine = open_engine(url)
    with open_sessions(engine)() as session:
        done = session.scalar(select(func.count()).select_from(Job).where(Job.state == "done"))
    engine.dispose()
    return done or 0


def _children() -> float:
    """CPU seconds of the programs that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tell(met: Met) -> None:
    """Print the times, and what was answered."""
    for name, times in (("opening", met.entering), ("views", met.views), ("saves", met.saves)):
        print(f"  {name:<8}{percentiles(times)}")
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(met.answers.items()))
    print(f"  answers by status: {statuses}; connections without an answer: {met.broken}")
    print(f"  told that it has closed: {met.answers[410] + met.turned_away}")
    print(f"  5xx other than 503: {met.faults()}")


def bench_slow(seconds: float = 30) -> None:
    """Ask as usual while 150 clients are slow with their headers and 150 with their bodies."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'touchstone.sqlite'}"
        ask(url, 1)
        for each in (0, 150):
            with serving(data, url, PROCESSES) as (host, port):
                met = measure(host, port, seconds, "/r/", each)
            print(
                f"{met.opened} slow clients for {seconds:.0f} s: {met.answered:,} answered, "
                f"{met.failed} failed, p50 {met.median} p95 {met.p95} slowest {met.slowest} ms"
            )
