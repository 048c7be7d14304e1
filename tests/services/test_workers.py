"""Workers that are killed with -9 in the middle of a closing: nothing is lost, halved or doubled.

`TOUCHSTONE_KILLS=300 ./dev test tests/services/test_workers.py -s` kills at every moment there is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.services import closing, jobs
from assessment.services.closing import ask_to_close
from assessment.services.errors import NotThere
from assessment.services.files import Files
from assessment.services.job_leases import LEASE, TRIES
from assessment.services.organisations import make_organisation
from assessment.services.report_files import file_made
from assessment.services.report_requests import ReportChoice, ask_for_report
from assessment.services.results import final_or_latest
from assessment.store.tables import Cycle, Job, ReleasePart, ReleaseRow
from tests.closed import closed_cycle
from tests.rounds import NOW, Round, given, open_round, runner, said

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("TOUCHSTONE_KILLS", "6"))
PEOPLE = ("s1,staff,Plant", "s2,staff,Office", "s3,staff,Yard", "l1,leader", "j1,assessors")
LATER = int(LEASE.total_seconds()) + 1


class Workers:
    """Workers that look once for jobs and are killed at a moment, each with its own clock."""

    def __init__(self, url: str, data: Path, session: Session) -> None:
        self.session = session
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.workers", url, str(data)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, bufsize=1,
        )  # fmt: skip

    def work(self, moment: int = 0, seconds: int = 0, how: str = "honest") -> str:
        self.session.rollback()  # it would keep every worker on SQLite from writing
        self.process.stdin.write(f"{how} {moment} {seconds}\n")
        return self.process.stdout.readline().strip()


@pytest.fixture
def workers(database, tmp_path, session) -> Iterator[Workers]:
    made = Workers(database, tmp_path / "data", session)
    try:
        yield made
        made.process.communicate(timeout=20)
    finally:
        made.process.kill()


def closing_round(session) -> tuple[Round, Job]:
    """A cycle that somebody has asked to close, in an organisation of its own."""
    opened = open_round(session, PEOPLE)
    for code in ("s1", "s2", "s3"):
        said(session, opened, code, given("1.1-s1", "4"))
    job = ask_to_close(session, runner(opened.organisation_id), opened.cycle, NOW)
    session.commit()
    return opened, job


def standing(session, opened: Round, job: Job) -> tuple[str, str, int, int]:
    """The states of cycle and job, and how many releases and parts are there."""
    session.rollback()
    counted = [
        session.scalar(
            select(func.count())
            .select_from(table)
            .where(table.organisation_id == opened.organisation_id)
        )
        for table in (ReleaseRow, ReleasePart)
    ]
    states = [
        session.scalar(select(table.state).where(table.id == key))
        for table, key in ((Cycle, opened.cycle.id), (Job, job.id))
    ]
    return (*states, *counted)


WHOLE = ("closed", "done", 1, 4)
NOTHING = {("closing", "waiting", 0, 0), ("closing", "running", 0, 0)}


def moments(total: int, most: int = KILLS) -> list[int]:
    """As many as are to be tried, spread over all there are, the first and the last among them."""
    count = max(2, min(most, total))
    return sorted({1 + round(place * (total - 1) / (count - 1)) for place in range(count)})


def test_a_worker_killed_at_any_moment_leaves_all_or_nothing_and_another_ends_the_job(
    session, workers
):
    opened, job = closing_round(session)
    total = int(workers.work().removeprefix("ended "))
    assert standing(session, opened, job) == WHOLE
    undisturbed = final_or_latest(session, opened.cycle)
    whole_at_once = 0
    for moment in moments(total):
        opened, job = closing_round(session)
        assert workers.work(moment) == "killed"
        found = standing(session, opened, job)
        assert found in NOTHING | {WHOLE}, f"killed at {moment} of {total}"
        whole_at_once += found == WHOLE
        assert workers.work(seconds=LATER).startswith("ended")
        assert standing(session, opened, job) == WHOLE, f"after being killed at {moment}"
        made = final_or_latest(session, opened.cycle)
        assert (made.number, made.software) == (undisturbed.number, undisturbed.software)
    assert workers.work(seconds=2 * LATER).startswith("ended")
    print(f"F3: {len(moments(total))} kills over {total} moments: 0 halves, {whole_at_once} whole")


def test_a_release_that_is_shown_before_it_is_whole_would_be_noticed(session, workers):
    opened, job = closing_round(session)
    total = int(workers.work(how="hasty").removeprefix("ended "))
    assert standing(session, opened, job) == WHOLE
    for moment in range(total, total - 9, -1):
        opened, job = closing_round(session)
        assert workers.work(moment, how="hasty") == "killed"
        if standing(session, opened, job) not in NOTHING | {WHOLE}:
            return
    pytest.fail("The check cannot fail: it did not notice a release that was shown too early.")


def test_a_job_that_kills_its_worker_three_times_has_failed_and_can_be_begun_anew(session, workers):
    opened, job = closing_round(session)
    total = int(workers.work().removeprefix("ended "))
    opened, job = closing_round(session)
    for attempt in range(TRIES):
        assert workers.work(total - 2, attempt * LATER) == "killed"
        assert standing(session, opened, job) == ("closing", "running", 0, 0)
    workers.work(seconds=TRIES * LATER)
    assert standing(session, opened, job) == ("closing", "failed", 0, 0)
    ada = runner(opened.organisation_id)
    found = jobs.job(session, ada, job.id)
    assert found.problem.startswith("It was begun 3 times")
    assert closing.again(session, ada, found, NOW).state == "waiting"
    session.commit()
    workers.work()
    assert standing(session, opened, job) == WHOLE


def test_a_job_that_was_cancelled_meanwhile_leaves_nothing(session, workers):
    opened, job = closing_round(session)
    ada = runner(opened.organisation_id)
    assert closing.cancel(session, ada, job, NOW)
    session.commit()
    workers.work()
    assert standing(session, opened, job) == ("open", "cancelled", 0, 0)


# Reports


def report_asked(session) -> Job:
    """A short report of a closed cycle in an organisation of its own, asked for."""
    owner = make_organisation(session, "North Works", NOW, "Europe/Berlin")
    row = closed_cycle(session, owner.id)
    choice = ReportChoice("a4", "board")
    job = ask_for_report(session, runner(owner.id), row, None, choice, NOW)
    session.commit()
    return job


def file_of(session, job: Job, files: Files) -> str:
    """The hash of the whole file that people get; the job's state where there is none to get."""
    session.rollback()
    session.refresh(job)
    try:
        found = file_made(session, runner(job.organisation_id), job.id)
    except NotThere:
        return job.state
    with files.open(found.file_key) as file:
        return hashlib.sha256(file.read()).hexdigest()


def test_a_worker_killed_at_any_moment_of_a_report_leaves_one_whole_pdf_or_none(
    session, workers, tmp_path
):
    files = Files(tmp_path / "data" / "files")
    job = report_asked(session)
    total = int(workers.work(how="printing").removeprefix("ended "))
    whole = file_of(session, job, files)
    assert len(whole) == 64
    for moment in moments(total, KILLS // 2):
        job = report_asked(session)
        # What was printed for the one before is printed anew: the moments are the same then.
        shutil.rmtree(tmp_path / "data" / "printed")
        assert workers.work(moment, how="printing") == "killed"
        assert file_of(session, job, files) in {whole, "waiting", "running"}, f"at {moment}"
        assert workers.work(seconds=LATER, how="printing").startswith("ended")
        assert file_of(session, job, files) == whole, f"after being killed at {moment} of {total}"
        own = files.folder / job.organisation_id.hex
        assert len([path for path in own.iterdir() if not path.name.startswith(".")]) == 1
    print(f"F3: {len(moments(total, KILLS // 2))} kills over {total} moments of a report: 0 halves")
