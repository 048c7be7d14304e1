"""A process whose children work as workers do, made to be killed: see services/test_workers.py.

Run as `python -m tests.workers URL DATA`. For every line `HOW MOMENT SECONDS` it reads it forks a
worker that looks once for jobs, its clock SECONDS after the tests' morning, and is killed with -9
when it comes to the MOMENT-th statement or commit (0: never). It says how that ended: `killed`, or
`ended MOMENTS`. HOW is `honest`; or `printing`, where files that are written have moments too; or
`hasty`: a worker that commits its release piece by piece, and the test must notice.
"""

from __future__ import annotations

import datetime
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from assessment.reporting.engine import printing_module
from assessment.reporting.press import Press
from assessment.services import closing
from assessment.services import work as job_work
from assessment.services.cycle_reading import read_cycle
from assessment.services.cycles import cycle
from assessment.services.files import Files
from assessment.services.releases import frozen_parts, keep_release
from assessment.services.runners import RUNNERS
from assessment.services.work import Tools, Work
from assessment.store.engine import open_engine, open_reading_sessions, open_sessions
from assessment.store.tables import ReleasePart
from assessment.worker import look
from tests.rounds import NOW


def hasty(work: Work) -> None:
    """Makes a release as `closing.run` does, and lets others see it before it is whole."""
    with work.reading() as session:
        row = cycle(session, work.held.organisation_id, work.held.cycle_id)
        parts = frozen_parts(read_cycle(session, row, "final", work.held.asked_at))
    with work.tools.writing() as session, session.begin():
        made = keep_release(session, row, "final", parts[:1], work.clock())
    for part in parts[1:]:
        with work.tools.writing() as session, session.begin():
            session.add(
                ReleasePart(
                    organisation_id=made.organisation_id, release_id=made.id, part=part.part,
                    name=part.name, sha256=part.sha256, content=part.packed,
                )
            )  # fmt: skip
    with work.finishing():
        pass


LONG = datetime.timedelta(hours=1)


def work_until(url: str, data: Path, how: str, moment: int, seconds: int) -> None:
    """Look once for jobs, to be killed at *moment*."""
    # However slow the machine is, the moments are the same: none is for a lease that is renewed.
    vars(job_work)["RENEWED_EVERY"] = LONG
    engine = open_engine(url)
    passed = 0

    def note(*_about: object) -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", note)
    if how == "printing":
        really = os.fsync

        def fsync(fd: Any) -> None:
            note()
            really(fd)

        os.fsync = fsync
    tools = Tools(
        open_reading_sessions(engine),
        open_sessions(engine),
        Files(data / "files"),
        lambda: NOW + datetime.timedelta(seconds=seconds),
        Press(kept=data / "printed"),
    )
    runners = {**RUNNERS, "close": hasty if how == "hasty" else closing.run}
    look(tools, runners)
    os.write(1, f"ended {passed}\n".encode())
    os._exit(0)


def main() -> None:
    url, data = sys.argv[1], Path(sys.argv[2])
    for line in sys.stdin:
        how, moment, seconds = line.split()
        if how == "printing":
            printing_module()  # once, and not in every child
        child = os.fork()
        if child == 0:
            try:
                work_until(url, data, how, int(moment), int(seconds))
            finally:
                os._exit(1)
        _child, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            os.write(1, b"killed\n")
        elif status:
            os.write(1, b"failed\n")


if __name__ == "__main__":
    main()
