"""Jobs: one request is one job, one worker has it, and none is lost or done twice."""

from __future__ import annotations

import datetime
import threading
import uuid

import pytest
from sqlalchemy import func, select

from assessment.services import jobs
from assessment.services.closing import ask_to_close
from assessment.services.errors import NotAllowed, NotThere, Refused
from assessment.services.job_leases import (
    AT_ONCE,
    LEASE,
    TRIES,
    JobFile,
    JobLost,
    claim,
    due,
    fail,
    finish,
    give_up,
    note,
    put_back,
    renew,
)
from assessment.services.permissions import Grant, Member
from assessment.services.units import make_unit
from assessment.store.tables import Job
from tests.rounds import NOW, Round, open_round, runner

LATER = NOW + LEASE + datetime.timedelta(seconds=1)


@pytest.fixture
def opened(session) -> Round:
    made = open_round(session)
    session.commit()
    return made


def asked(session, opened, number=0, kind="report", unit=None, now=NOW) -> Job:
    ada = runner(opened.organisation_id)
    return jobs.ask(session, ada, kind, opened.cycle, unit, {"number": number}, now)


def taken(session, job, now=NOW):
    held = claim(session, job.organisation_id, job.id, now)
    session.refresh(job)
    return held


def test_the_same_request_is_the_same_job(session, opened):
    first = asked(session, opened)
    assert asked(session, opened).id == first.id
    assert asked(session, opened, 1).id != first.id
    assert asked(session, opened, kind="workbook").id != first.id
    finish(session, taken(session, first), None, NOW)
    assert asked(session, opened).state == "done"
    assert session.scalar(select(func.count()).select_from(Job)) == 3


@pytest.mark.parametrize("end", ["failed", "cancelled"])
def test_what_ended_without_a_result_begins_anew_when_asked_again(session, opened, end):
    job = asked(session, opened)
    held = taken(session, job)
    if end == "failed":
        fail(session, held, "It did not work.", NOW)
    else:
        jobs.cancel(session, runner(opened.organisation_id), job, NOW)
    session.refresh(job)
    assert (job.state, bool(job.problem)) == (end, end == "failed")
    again = asked(session, opened, now=LATER)
    assert (again.id, again.state, again.attempts, again.problem) == (job.id, "waiting", 0, "")
    assert again.asked_at == LATER


def test_the_same_request_from_many_at_once_is_one_job(sessions, opened):
    at_once = threading.Barrier(6, timeout=60)
    found: list[uuid.UUID] = []

    def ask() -> None:
        at_once.wait()
        with sessions() as session, session.begin():
            found.append(asked(session, opened).id)

    together(ask, 6)
    assert len(found) == 6
    assert len(set(found)) == 1


def together(deed, count: int) -> None:
    threads = [threading.Thread(target=deed, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_of_workers_who_want_the_same_job_one_has_it(session, sessions, opened):
    job = asked(session, opened)
    session.commit()
    at_once = threading.Barrier(8, timeout=60)
    winners = []

    def want() -> None:
        at_once.wait()
        with sessions() as own, own.begin():
            held = claim(own, job.organisation_id, job.id, NOW)
            if held is not None:
                winners.append(held.attempt)

    together(want, 8)
    assert winners == [1]


def test_a_job_whose_worker_is_silent_goes_to_another_and_the_first_may_do_nothing_more(
    session, opened
):
    job = asked(session, opened)
    first = taken(session, job)
    assert due(session, NOW) == []
    assert taken(session, job) is None
    renew(session, first, NOW + LEASE / 2)
    assert taken(session, job, LATER) is None
    later = LATER + LEASE
    assert due(session, later) == [(job.organisation_id, job.id)]
    second = taken(session, job, later)
    assert (first.attempt, second.attempt) == (1, 2)
    for deed in (
        lambda: renew(session, first, later),
        lambda: note(session, first, "counting", 1, 2, later),
        lambda: finish(session, first, None, later),
        lambda: fail(session, first, "Too late", later),
        lambda: put_back(session, first),
    ):
        with pytest.raises(JobLost):
            deed()
    finish(session, second, JobFile("a/b", "report.pdf", "0" * 64, 7), later)
    session.refresh(job)
    assert (job.state, job.file_name, job.file_size) == ("done", "report.pdf", 7)


def test_after_three_tries_it_has_failed_with_a_reason(session, opened):
    job = asked(session, opened)
    now = NOW
    for attempt in range(1, TRIES + 1):
        assert taken(session, job, now).attempt == attempt
        assert give_up(session, now) == 0
        now += LEASE + datetime.timedelta(seconds=1)
    assert due(session, now) == []
    assert taken(session, job, now) is None
    assert give_up(session, now) == 1
    session.refresh(job)
    assert job.state == "failed"
    assert job.problem.startswith("It was begun 3 times")
    assert give_up(session, now) == 0


def test_a_try_that_was_interrupted_does_not_count(session, opened):
    job = asked(session, opened)
    for _time in range(TRIES + 1):
        put_back(session, taken(session, job), counts=False)
    assert taken(session, job).attempt == 1


@pytest.mark.parametrize("hours", [-1, 400 * 24])
def test_a_clock_that_jumps_loses_no_job_and_does_none_twice(session, opened, hours):
    job = asked(session, opened)
    first = taken(session, job)
    jumped = NOW + datetime.timedelta(hours=hours)
    second = taken(session, job, jumped)
    assert second.attempt == 2
    with pytest.raises(JobLost):
        finish(session, first, None, jumped)
    finish(session, second, None, jumped)
    assert due(session, NOW) == due(session, jumped) == []


def test_who_cancels_stops_whoever_works_on_it(session, opened):
    job = asked(session, opened)
    held = taken(session, job)
    ada = runner(opened.organisation_id)
    assert jobs.cancel(session, ada, job, NOW)
    with pytest.raises(JobLost):
        note(session, held, "counting", 1, 2, NOW)
    with pytest.raises(JobLost):
        finish(session, held, None, NOW)
    assert due(session, LATER) == []
    assert not jobs.cancel(session, ada, job, NOW)


def test_what_is_done_is_not_cancelled(session, opened):
    job = asked(session, opened)
    finish(session, taken(session, job), None, NOW)
    assert not jobs.cancel(session, runner(opened.organisation_id), job, NOW)
    assert jobs.again(session, runner(opened.organisation_id), job, NOW).state == "done"


def test_only_so_many_run_at_once_and_a_closing_is_let_pass(session, opened):
    several = [asked(session, opened, number) for number in range(4)]
    held = [taken(session, job) for job in several]
    assert [each is not None for each in held] == [True, True, False, False]
    assert sum(each is not None for each in held) == AT_ONCE
    ada = runner(opened.organisation_id)
    assert taken(session, ask_to_close(session, ada, opened.cycle, NOW)) is not None
    finish(session, held[0], None, NOW)
    assert taken(session, several[2]) is None, "the closing counts among those that run"
    finish(session, held[1], None, NOW)
    assert taken(session, several[2]) is not None
    strangers = open_round(session)
    assert taken(session, asked(session, strangers)) is not None


def test_only_so_many_wait(session, opened):
    for number in range(jobs.WAITING):
        asked(session, opened, number)
    with pytest.raises(Refused, match="wait already"):
        asked(session, opened, 99)
    assert asked(session, opened, 0).state == "waiting"
    ada = runner(opened.organisation_id)
    assert ask_to_close(session, ada, opened.cycle, NOW).state == "waiting"


def test_a_job_is_seen_by_who_may_see_what_comes_of_it(session, opened):
    plant = make_unit(session, opened.organisation_id, "Plant")
    whole, of_unit = asked(session, opened), asked(session, opened, unit=plant.id)
    closing = ask_to_close(session, runner(opened.organisation_id), opened.cycle, NOW)

    def leader(*grants: Grant) -> Member:
        return Member(opened.organisation_id, uuid.uuid4(), "L", "l@x", grants)

    everything = leader(Grant("leader"))
    plants = leader(Grant("leader", frozenset({plant.id})))
    other = leader(Grant("leader", frozenset({uuid.uuid4()})))
    for job, readers in ((whole, [everything]), (of_unit, [everything, plants])):
        for member in (everything, plants, other):
            if member in readers:
                assert jobs.job(session, member, job.id).id == job.id
            else:
                with pytest.raises(NotThere):
                    jobs.job(session, member, job.id)
    assert jobs.job(session, other, closing.id).id == closing.id
    with pytest.raises(NotAllowed):
        jobs.cancel(session, everything, closing, NOW)
    with pytest.raises(NotThere):
        jobs.job(session, runner(uuid.uuid4()), whole.id)
