"""The paper as a job: the same request is the same file, to the byte, and nobody else's."""

from __future__ import annotations

import datetime
import hashlib
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from assessment.core.editorial import EditorialWords
from assessment.reporting.press import Press
from assessment.services import job_leases, jobs, report_jobs
from assessment.services.answer_files import edition_of_cycle
from assessment.services.editorial import check_facts, save_words, sign_off
from assessment.services.errors import NotAllowed, NotThere
from assessment.services.files import Files
from assessment.services.organisations import make_organisation
from assessment.services.people import invite_person
from assessment.services.permissions import Grant, Member
from assessment.services.quotes import key_of, read_quote
from assessment.services.releases import make_release
from assessment.services.report_files import KEPT, file_made, files_made, forget_old, recognised
from assessment.services.report_requests import (
    ReportChoice,
    ask_for_report,
    ask_for_workbook,
    request_of,
)
from assessment.services.results import part
from assessment.services.targets import TypedTarget, set_target, vote
from assessment.services.work import Tools
from assessment.store.tables import Cycle, Job
from assessment.worker import look
from tests.closed import closed_cycle, unit_named
from tests.reporting.pdf_checks import text_of
from tests.rounds import NOW, given, open_round, runner, said

ROOT = Path(__file__).resolve().parents[2]
WHOLE, BOARD = ReportChoice(), ReportChoice("a4", "board")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def row(session) -> Cycle:
    owner = make_organisation(session, "North Works", NOW, "Europe/Berlin")
    made = closed_cycle(session, owner.id)
    session.commit()
    return made


def leader(row, *units: uuid.UUID) -> Member:
    reach = frozenset(units) or None
    return Member(row.organisation_id, uuid.uuid4(), "Lea", "l@x", (Grant("leader", reach),))


def person(session, row, name: str) -> Member:
    """A leader who is kept as a person too, since a vote is kept with who gave it."""
    kept = invite_person(
        session, row.organisation_id, f"{name}@example.org", name, "leader", now=NOW
    )
    return Member(row.organisation_id, kept.id, name, kept.email, (Grant("leader"),))


def asked(session, row, unit=None, choice=WHOLE, member=None) -> Job:
    return ask_for_report(session, member or leader(row), row, unit, choice, NOW)


def read(files: Files, job: Job) -> bytes:
    with files.open(job.file_key) as file:
        return file.read()


@pytest.fixture
def files(tmp_path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture
def do(sessions, reading_sessions, session, tmp_path, files):
    """Do what waits, and say what came of a job: its bytes."""

    def done(job: Job, press: Press | None = None) -> bytes:
        session.commit()
        press = press or Press(kept=tmp_path / "printed")
        look(Tools(reading_sessions, sessions, files, lambda: NOW, press))
        session.refresh(job)
        assert job.state == "done", job.problem
        data = read(files, job)
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (job.file_sha256, job.file_size)
        return data

    return done


# What makes a request


def test_the_same_request_is_the_same_job_and_what_changes_the_paper_changes_the_job(session, row):
    first = asked(session, row)
    assert asked(session, row).id == first.id
    others = [
        asked(session, row, choice=ReportChoice("letter")),
        asked(session, row, choice=BOARD),
        asked(session, row, unit_named(session, row, "Plant")),
        ask_for_workbook(session, leader(row), row, None, NOW),
    ]
    assert len({first.id, *(each.id for each in others)}) == 5


def test_what_leaders_add_changes_the_request_and_not_the_one_that_was_made(session, row):
    framework = edition_of_cycle(session, row).framework
    lea, max_ = person(session, row, "lea"), person(session, row, "max")
    requests = [request_of(asked(session, row).arguments)]

    def request_now():
        for waiting in files_made(session, lea, row, None):
            jobs.cancel(session, lea, waiting.job, NOW)
        return request_of(asked(session, row).arguments)

    set_target(session, lea, row, framework, ("1.1", 0), TypedTarget("70", "1", "Why", ""), NOW)
    requests.append(request_now())
    vote(session, lea, row, framework, {"1.1": "3"}, NOW)
    requests.append(request_now())
    words = EditorialWords(headline="We begin with listening")
    version = save_words(session, lea, row, framework, 0, words, NOW + DAY).version
    requests.append(request_now())
    comments = part(session, lea, row).release.comments
    for reader in (lea, max_):
        read_quote(session, reader, row, comments, (key_of(comments[0]), "release"), NOW)
    requests.append(request_now())
    assert len({str(each) for each in requests}) == 5
    assert [each.targets[0].importance for each in requests[1:3]] == [2, 3]
    assert requests[-1].quotes == (key_of(comments[0]),)
    check_facts(session, lea, row, version, "", NOW + DAY)
    assert request_now().date == NOW.date()
    sign_off(session, lea, row, version + 1, NOW + 9 * DAY)
    assert request_now().date == (NOW + 9 * DAY).date()
    of_unit = request_of(asked(session, row, unit_named(session, row, "Plant")).arguments)
    assert (of_unit.editorial, of_unit.quotes, of_unit.date) == (0, (), NOW.date())


# What comes of it


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_two_processes_make_the_same_bytes_of_the_same_request(
    session, row, database, do, tmp_path, files
):
    job = asked(session, row, choice=BOARD)
    first = do(job)
    assert first.startswith(b"%PDF")
    assert first.rstrip().endswith(b"%%EOF")
    assert forget_old(session, files, NOW + KEPT + DAY) == 1
    session.commit()
    assert asked(session, row, choice=BOARD).id == job.id
    session.commit()
    other = tmp_path / "other"
    done = subprocess.run(
        [sys.executable, "-m", "tests.workers", database, str(other)],
        input="printing 0 0\n", capture_output=True, text=True, cwd=ROOT, check=True,
        timeout=120,
    )  # fmt: skip
    assert done.stdout.startswith("ended")
    session.refresh(job)
    assert read(Files(other / "files"), job) == first


def test_a_request_of_another_version_of_the_program_is_refused(
    session, row, sessions, reading_sessions, tmp_path, monkeypatch
):
    job = asked(session, row)
    session.commit()
    monkeypatch.setattr("assessment.services.report_requests.__version__", "99.0")
    look(Tools(reading_sessions, sessions, Files(tmp_path), lambda: NOW))
    session.refresh(job)
    assert (job.state, job.file_key) == ("failed", None)
    assert "brought up to date" in job.problem
    assert asked(session, row).id != job.id


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_report_of_a_unit_is_about_that_unit_and_says_so(session, row, do):
    job = asked(session, row, unit_named(session, row, "Plant"))
    text = text_of(do(job))
    assert "Plant" in text
    assert "Office" not in text
    assert job.file_name == "North-Works-Plant-Spring-2026-gap-report.pdf"


def test_an_interim_report_is_marked_as_such(session, do):
    opened = open_round(session)
    said(session, opened, "s1", given("1.1-s1", "4"))
    make_release(session, opened.cycle, "interim", NOW)
    job = asked(session, opened.cycle, choice=BOARD)
    assert "nterim" in text_of(do(job))
    assert job.file_name == "North-Works-Spring-2026-gap-report-board-paper-interim.pdf"


# Whose it is


def test_who_leads_a_unit_makes_and_fetches_its_report_and_no_other(session, row, do):
    plant, office = (unit_named(session, row, name) for name in ("Plant", "Office"))
    of_plant, of_office = leader(row, plant), leader(row, office)
    job = asked(session, row, plant, BOARD, of_plant)
    do(job)
    assert file_made(session, of_plant, job.id).id == job.id
    assert file_made(session, leader(row), job.id).id == job.id
    stranger = runner(make_organisation(session, "Elsewhere", NOW, "UTC").id)
    for member in (of_office, stranger):
        with pytest.raises(NotThere):
            file_made(session, member, job.id)
    for ask in (ask_for_report, ask_for_workbook):
        extra = (ReportChoice(), NOW) if ask is ask_for_report else (NOW,)
        with pytest.raises(NotAllowed):
            ask(session, of_plant, row, None, *extra)
        with pytest.raises(NotAllowed):
            ask(session, of_plant, row, office, *extra)
        with pytest.raises(NotThere):
            ask(session, leader(row), row, uuid.uuid4(), *extra)


def test_what_is_not_done_has_no_file(session, row):
    job = asked(session, row)
    with pytest.raises(NotThere):
        file_made(session, leader(row), job.id)


def test_a_file_is_recognised_by_its_own_organisation_and_after_it_is_gone_too(
    session, row, do, files
):
    job = ask_for_workbook(session, leader(row), row, unit_named(session, row, "Plant"), NOW)
    data = do(job)
    known = recognised(session, leader(row), data)
    assert (known.cycle.id, known.part, known.made.job.id) == (row.id, "Plant", job.id)
    assert recognised(session, leader(row), data + b"\n") is None
    stranger = runner(make_organisation(session, "Elsewhere", NOW, "UTC").id)
    assert recognised(session, stranger, data) is None
    assert forget_old(session, files, NOW + KEPT - DAY) == 0
    assert forget_old(session, files, NOW + KEPT + DAY) == 1
    session.refresh(job)
    with pytest.raises(NotThere):
        file_made(session, leader(row), job.id)
    assert recognised(session, leader(row), data).made.is_gone
    assert [each.is_gone for each in files_made(session, leader(row), row, job.unit_id)] == [True]
    assert not list(files.folder.rglob("*.xlsx"))
    again = ask_for_workbook(session, leader(row), row, job.unit_id, NOW)
    assert (again.id, again.state) == (job.id, "waiting")
    assert do(again) == data


# What takes too long


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_printing_that_takes_too_long_is_stopped_and_said_so(
    session, row, sessions, reading_sessions, do, tmp_path, monkeypatch, files
):
    job = asked(session, row, choice=BOARD)
    session.commit()
    with Press(2) as press:
        tools = Tools(reading_sessions, sessions, files, lambda: NOW, press)
        monkeypatch.setattr(report_jobs, "LONGEST", 0.0)
        monkeypatch.setattr(report_jobs, "LOOKED_EVERY", 0.05)
        look(tools)
        session.refresh(job)
        assert (job.state, job.file_key) == ("failed", None)
        assert job.problem.startswith("Printing it took longer than 0 seconds")
        monkeypatch.undo()
        assert asked(session, row, choice=BOARD).id == job.id
        do(job, press)


def test_a_job_that_prints_says_which_share_is_done_and_never_goes_back(
    session, row, do, monkeypatch
):
    heard: list[tuple[str, int, int]] = []
    note = job_leases.note

    def noted(session, held, stage, done, steps, now):
        heard.append((stage, done, steps))
        note(session, held, stage, done, steps, now)

    monkeypatch.setattr("assessment.services.work.NOTED_EVERY", 0)
    monkeypatch.setattr(job_leases, "note", noted)
    do(asked(session, row))
    shares = [done / steps for stage, done, steps in heard if stage == "printing" and steps]
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_printing_for_nobody_is_stopped(
    session, row, sessions, reading_sessions, do, monkeypatch, files
):
    job = asked(session, row, choice=BOARD)
    session.commit()
    monkeypatch.setattr(report_jobs, "LOOKED_EVERY", 0.05)
    monkeypatch.setattr("assessment.services.work.RENEWED_EVERY", datetime.timedelta(seconds=0.1))
    stopped: list[bool] = []
    with Press(2) as press:
        real = press.print_all

        def cancelled_meanwhile(printing):
            with sessions() as other, other.begin():
                row_of = jobs.job(other, leader(row), job.id)
                assert jobs.cancel(other, leader(row), row_of, NOW)
            until = time.monotonic() + 30
            while not stopped and time.monotonic() < until:
                time.sleep(0.02)
            return real(printing)

        monkeypatch.setattr(press, "print_all", cancelled_meanwhile)
        stop = press.stop

        def noted() -> None:
            stopped.append(True)
            stop()

        monkeypatch.setattr(press, "stop", noted)
        look(Tools(reading_sessions, sessions, files, lambda: NOW, press))
    session.refresh(job)
    assert stopped
    assert (job.state, job.file_key) == ("cancelled", None)
