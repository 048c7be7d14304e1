"""What a worker gives to whoever runs a job: database, files, and a way to say how far it is."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session, sessionmaker

from assessment.reporting.press import Press
from assessment.services import job_leases
from assessment.services.errors import NotKept, Refusal, _
from assessment.services.files import Files
from assessment.services.job_leases import RENEWED_EVERY, TRIES, Held, JobFile, JobLost
from assessment.services.outline import outline

NOTED_EVERY = 0.5
"""Seconds between two notes of how far a job is: each is a write that others wait for."""

FAILED = _("It did not work. The log of the worker says why.")

log = logging.getLogger("touchstone.jobs")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a worker works with. `reading` opens sessions that wait for no writer; the `press` stays
    warm from one report to the next.
    """

    reading: sessionmaker[Session]
    writing: sessionmaker[Session]
    files: Files
    clock: Callable[[], datetime.datetime]
    press: Press = field(default_factory=Press)


@dataclass
class Work:
    """One try at one job. What came of it is kept in `finishing`, together with the job's end."""

    tools: Tools
    held: Held
    file: JobFile | None = None
    _noted: tuple[str, float] = ("", 0.0)
    _lost: threading.Event = field(default_factory=threading.Event)

    @property
    def clock(self) -> Callable[[], datetime.datetime]:
        return self.tools.clock

    @property
    def is_lost(self) -> bool:
        """Somebody has cancelled the job, or another worker has it."""
        return self._lost.is_set()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees the database as it is at one moment."""
        with self.tools.reading() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    def progress(self, stage: str, done: int, steps: int) -> None:
        """Say how far it is; JobLost if somebody has cancelled it, or another worker has it."""
        if self.is_lost:
            raise JobLost
        last, moment = self._noted
        if stage == last and time.monotonic() - moment < NOTED_EVERY:
            return
        with self.tools.writing() as session, session.begin():
            job_leases.note(session, self.held, stage, done, steps, self.clock())
        self._noted = stage, time.monotonic()

    def store_file(self, name: str, data: bytes) -> JobFile:
        """Put away the file that comes of this job; people find it once the job is done."""
        sha256 = hashlib.sha256(data).hexdigest()
        key = f"{self.held.organisation_id.hex}/{self.held.id.hex}-{sha256[:16]}"
        self.tools.files.put(key, data)
        self.file = JobFile(key, name, sha256, len(data))
        return self.file

    @contextmanager
    def finishing(self) -> Iterator[Session]:
        """A session in which everything is kept that came of the job, and the job is done."""
        with self.tools.writing() as session, session.begin():
            job_leases.finish(session, self.held, self.file, self.clock())
            yield session

    def keep_hold(self) -> None:
        """Renew the lease. A database that does not answer now may do so the next time."""
        try:
            with self.tools.writing() as session, session.begin():
                job_leases.renew(session, self.held, self.clock())
        except JobLost:
            self._lost.set()
        except NotKept as fault:
            log.warning("job %s: lease not renewed: %s", self.held.id, outline(fault))


Runner = Callable[[Work], None]


def run(tools: Tools, held: Held, runners: Mapping[str, Runner]) -> None:
    """Do the job, holding it meanwhile; whatever happens, its row says how it stands."""
    work = Work(tools, held)
    try:
        with _holding(work):
            runners[held.kind](work)
    except JobLost:
        log.info("job %s: cancelled, or with another worker", held.id)
    except Refusal as refusal:
        _end(work, str(refusal))
    except (KeyboardInterrupt, SystemExit):
        with contextlib.suppress(JobLost), tools.writing() as session, session.begin():
            job_leases.put_back(session, held, counts=False)
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the job must not hang
        log.error("job %s: try %d of %d: %s", held.id, held.attempt, TRIES, outline(error))  # noqa: TRY400
        _end(work, None if held.attempt < TRIES else FAILED)
    else:
        log.info("job %s: %s done", held.id, held.kind)


def _end(work: Work, problem: str | None) -> None:
    """Failed with a reason, or to be tried again. Where not even that can be kept, a lease ends."""
    try:
        with work.tools.writing() as session, session.begin():
            if problem is None:
                job_leases.put_back(session, work.held)
            else:
                job_leases.fail(session, work.held, problem, work.clock())
    except JobLost:
        log.info("job %s: cancelled, or with another worker", work.held.id)
    except NotKept as fault:
        log.warning("job %s: %s", work.held.id, outline(fault))


@contextmanager
def _holding(work: Work) -> Iterator[None]:
    """Renew the lease beside the work, however long a step of it takes."""
    over = threading.Event()

    def hold() -> None:
        while not over.wait(RENEWED_EVERY.total_seconds()):
            work.keep_hold()

    thread = threading.Thread(target=hold, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
