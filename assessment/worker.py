"""A worker: one process that does one job after the other, until it is told to stop."""

from __future__ import annotations

import contextlib
import datetime
import logging
import signal
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.processes import orders, stop
from assessment.reporting.kept import forget
from assessment.reporting.press import Press, sensible_processes
from assessment.services.errors import NotKept, NotThere
from assessment.services.files import Files
from assessment.services.job_leases import claim, due, give_up
from assessment.services.nudges import Nudges
from assessment.services.outline import outline
from assessment.services.report_files import KEPT, forget_old
from assessment.services.runners import RUNNERS
from assessment.services.work import Runner, Tools, run
from assessment.store.engine import open_engine, open_reading_sessions, open_sessions

LOOKED_EVERY = 5.0
"""Seconds between two looks for jobs of which no nudge came, or whose worker has died."""
TIDIED_EVERY = 3600.0
"""Seconds between two looks for files whose time is over."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 0.5

log = logging.getLogger("touchstone.jobs")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker works: an installation's database and data folder."""

    database_url: str
    data: Path
    secret_key: str
    redis_url: str = ""

    def nudges(self) -> Nudges:
        return Nudges(self.data, self.database_url, self.secret_key, self.redis_url)

    def files(self) -> Files:
        return Files(self.data / "files")


def work(place: Place, runners: Mapping[str, Runner] = RUNNERS) -> None:
    """Do jobs until SIGTERM. A job that is under way then is put back, for another worker."""
    signal.signal(signal.SIGTERM, stop)
    engine = open_engine(place.database_url)
    nudges = place.nudges()
    # Two at least: what prints in a process of its own can be stopped.
    press = Press(max(2, sensible_processes()), place.data / "printed")
    reading, writing = open_reading_sessions(engine), open_sessions(engine)
    tools = Tools(reading, writing, place.files(), _utc_now, press)
    try:
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            _work_on(tools, nudges, runners)
    finally:
        press.stop()
        press.close()
        nudges.close()
        engine.dispose()


def _work_on(tools: Tools, nudges: Nudges, runners: Mapping[str, Runner]) -> None:
    looked, tidied, pause = -LOOKED_EVERY, -TIDIED_EVERY, SHORTEST_PAUSE
    while not orders.to_stop:
        told = nudges.take()
        if told is not None:
            do(tools, runners, *told)
            pause = SHORTEST_PAUSE
        elif time.monotonic() - looked >= LOOKED_EVERY:
            look(tools, runners)
            looked = time.monotonic()
        elif time.monotonic() - tidied >= TIDIED_EVERY:
            tidy(tools)
            tidied = time.monotonic()
        else:
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def look(tools: Tools, runners: Mapping[str, Runner] = RUNNERS) -> int:
    """Do whatever waits or was let go of, and give up what was tried too often; how many."""
    with _kept_going(), tools.writing() as session, session.begin():
        for_nothing = give_up(session, tools.clock())
        if for_nothing:
            log.warning("%d jobs were given up", for_nothing)
    waiting: list[tuple[uuid.UUID, uuid.UUID]] = []
    with _kept_going(), tools.reading() as session:
        waiting = due(session, tools.clock())
    return sum(do(tools, runners, *each) for each in waiting)


def tidy(tools: Tools) -> int:
    """Remove files whose time is over, and what else nobody needs any more; how many files."""
    removed = 0
    with _kept_going(), tools.writing() as session, session.begin():
        removed = forget_old(session, tools.files, tools.clock())
    if tools.press.kept:
        forget(tools.press.kept, KEPT.total_seconds())
    # What a worker was writing that was killed; nothing is written for that long.
    forget(tools.files.folder, TIDIED_EVERY, ".*")
    return removed


def do(
    tools: Tools, runners: Mapping[str, Runner], organisation_id: uuid.UUID, job_id: uuid.UUID
) -> bool:
    """Do the job if it can be had; False if another worker has it, or it is not there."""
    held = None
    with _kept_going(), tools.writing() as session, session.begin():
        held = claim(session, organisation_id, job_id, tools.clock())
    if held is None:
        return False
    log.info("job %s: %s begun, try %d", held.id, held.kind, held.attempt)
    run(tools, held, runners)
    return True


@contextlib.contextmanager
def _kept_going() -> Iterator[None]:
    """A database that does not answer now is asked again at the next look."""
    try:
        yield
    except NotThere:
        log.info("a nudge told of a job that is not there")
    except NotKept as fault:
        log.warning("the database did not answer: %s", outline(fault))


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
