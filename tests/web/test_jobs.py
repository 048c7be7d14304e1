"""A job's page: how far it is, with script and without; cancelled, failed, begun anew."""

from __future__ import annotations

import datetime
import uuid

import pytest
from sqlalchemy import select

from assessment.services.job_leases import claim, fail, note
from assessment.services.nudges import Nudges
from assessment.store.tables import Job
from tests.databases import KINDS
from tests.web.installation import KEY
from tests.web.rounds import bring_criteria, open_round

DATABASES = KINDS


@pytest.fixture
def client(installation):
    return installation.signed_in("consultant")


@pytest.fixture
def made(client, installation) -> str:
    """The address of a cycle that is open."""
    return open_round(client, bring_criteria(installation))


def closing_of(client, made: str) -> str:
    """The address of the job that closes it."""
    answer = client.send(f"{made}/close")
    assert answer.status_code == 303
    return str(answer.location)


def begun(session, job: str, now: datetime.datetime):
    """The job in a worker's hands."""
    found = session.scalars(select(Job).where(Job.id == uuid.UUID(job.rpartition("/")[2]))).one()
    return claim(session, found.organisation_id, found.id, now)


def test_the_page_says_how_far_it_is_and_looks_again_without_a_script_too(
    client, made, installation
):
    job = closing_of(client, made)
    page = client.get(job).text
    assert "It waits for its turn." in page
    assert '<noscript><meta http-equiv="refresh"' in page
    with installation.session() as session, session.begin():
        held = begun(session, job, installation.clock.now)
        note(session, held, "counting", 2, 5, installation.clock.now)
    assert 'value="2" max="5"' in client.get(job).text
    assert client.get(f"{job}.json").json == {
        "sentence": "Computing the results …", "done": 2, "steps": 5, "ended": False,
    }  # fmt: skip


def test_an_ended_job_is_not_looked_at_again(client, made, installation):
    job = closing_of(client, made)
    assert installation.do_jobs() == 1
    page = client.get(job).text
    assert "The cycle is closed." in page
    assert "refresh" not in page
    assert "Cancel" not in page
    assert client.get(f"{job}.json").json["ended"] is True


def test_a_worker_is_told_as_soon_as_the_request_is_kept(client, made, installation, tmp_path):
    job = closing_of(client, made)
    nudges = Nudges(tmp_path, installation.app.config["TOUCHSTONE"].database_url, KEY)
    told = nudges.take()
    nudges.close()
    assert told == (installation.organisation.id, uuid.UUID(job.rpartition("/")[2]))


def test_cancelling_opens_the_cycle_again_and_asking_again_closes_it(client, made, installation):
    job = closing_of(client, made)
    for _time in range(2):
        assert client.send(f"{job}/cancel").location == job
    assert "It was cancelled." in client.get(job).text
    assert "Open until" in client.get(made).text
    assert installation.do_jobs() == 0
    assert closing_of(client, made) == job
    assert installation.do_jobs() == 1
    assert "Closed" in client.get(made).text
    assert client.send(f"{job}/cancel").location == job
    assert "Closed" in client.get(made).text


def test_a_job_that_failed_says_why_and_is_begun_anew(client, made, installation):
    job = closing_of(client, made)
    with installation.session() as session, session.begin():
        held = begun(session, job, installation.clock.now)
        fail(session, held, "The disk was full.", installation.clock.now)
    page = client.get(job).text
    assert "It failed. The disk was full." in page
    assert "Begin again" in page
    assert client.send(f"{job}/again").location == job
    assert installation.do_jobs() == 1
    assert "The cycle is closed." in client.get(job).text


def test_who_only_reads_sees_how_far_it_is_and_has_no_buttons(client, made, installation):
    job = closing_of(client, made)
    leader = installation.signed_in("leader")
    page = leader.get(job)
    assert page.status_code == 200
    assert "Cancel" not in page.text
    assert leader.send(f"{job}/cancel").status_code == 403
    assert "Closing" in client.get(made).text


def test_another_organisation_s_job_is_not_there(client, made, installation):
    job = closing_of(client, made)
    stranger = installation.signed_in("stranger")
    for answer in (
        stranger.get(job), stranger.get(f"{job}.json"),
        stranger.send(f"{job}/cancel"), stranger.send(f"{job}/again"),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert "Closing" in client.get(made).text
