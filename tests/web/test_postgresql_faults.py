"""PostgreSQL goes down under load (F7), or its line is cut as a COMMIT goes through (F8).

Each has its control, in which the protection is off and the same check goes red.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select, text

from assessment.services.sessions import sign_in_link
from assessment.store.engine import open_engine, open_sessions
from assessment.store.faults import Broken
from assessment.store.tables import HistoryRow, SignInLink
from tests.databases import postgresql_server
from tests.relay import relay_to
from tests.web.installation import MORNING, StrictClient, make_installation
from tests.web.questionnaires import Round, make_round

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
PLACE = "1.1-s1"
WRITERS = ("one", "two", "three", "four")
LOADED = 0.4
"""Seconds of load before the server goes down."""


def put(client: StrictClient, number: int) -> int:
    """Send what the script of a page sends, once; the number of the answer."""
    shown = str(number - 1) if number > 1 else ""
    change = {"place": PLACE, "kind": "comment", "shown": shown, "value": str(number)}
    headers = {"X-CSRFToken": client.seal, "Accept": "application/json"}
    return client.put("/r/answers", json={"changes": [change]}, headers=headers).status_code


@dataclass
class Load:
    """Writers that save one number after the other, and send again what was not taken."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    refusals: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def write(self, who: str, client: StrictClient) -> None:
        """Save until told to stop; a conflict would be a lost number, so it ends too."""
        number = 1
        while not self.over.is_set():
            status = put(client, number)
            self.answers[status] += 1
            (self.taken if status == 200 else self.refusals).append(time.monotonic())
            if status == 409:
                return
            if status == 200:
                self.acknowledged[who] = number
                number += 1
            else:
                time.sleep(0.01)

    def seconds_to_normal(self) -> float:
        """From the first refusal until each writer was heard again."""
        if not self.refusals:
            return 0.0
        return next(at for at in self.taken if at > max(self.refusals)) - min(self.refusals)


def damage(round_: Round, load: Load) -> tuple[int, int]:
    """How many acknowledged numbers are lost, and how many were kept twice."""
    lost = doubled = 0
    with round_.installation.session() as session:
        for who in WRITERS:
            number = int(round_.filling(who).shown(PLACE, "comment") or 0)
            rows = session.scalar(
                select(func.count())
                .select_from(HistoryRow)
                .where(HistoryRow.respondent_id == round_.ids[who])
            )
            lost += max(0, load.acknowledged.get(who, 0) - number)
            doubled += max(0, rows - number)
    return lost, doubled


@contextmanager
def loaded(round_: Round) -> Iterator[Load]:
    load = Load()
    clients = {who: round_.enter(who) for who in WRITERS}
    threads = [
        threading.Thread(target=load.write, args=each, daemon=True) for each in clients.items()
    ]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.over.set()
        for thread in threads:
            thread.join(timeout=60)


def run_through_a_failure(round_: Round) -> Load:
    """The load before, while and after the server goes down."""
    with loaded(round_) as load:
        time.sleep(LOADED)
        postgresql_server().fail_and_restart()
        time.sleep(LOADED)
    return load


@pytest.fixture
def round_(installation) -> Round:
    return make_round(installation, people=dict.fromkeys(WRITERS, "staff"))


def test_a_server_that_fails_under_load_loses_nothing_and_is_normal_again(round_):
    load = run_through_a_failure(round_)
    lost, doubled = damage(round_, load)
    print(
        f"PostgreSQL failed: lost {lost}, doubled {doubled}, answers {dict(load.answers)}, "
        f"{load.seconds_to_normal():.2f} s to normal"
    )
    assert set(load.answers) == {200, 503}
    assert (lost, doubled) == (0, 0)
    assert all(put(round_.enter(who), load.acknowledged[who] + 1) == 200 for who in WRITERS)


def test_a_server_that_commits_at_leisure_would_be_found_out(round_):
    """The control: commits are acknowledged before they are written."""
    engine = round_.installation.engine
    commits = "ALTER ROLE tests {} synchronous_commit"
    with engine.begin() as connection:
        connection.execute(text(commits.format("SET") + " = off"))
    engine.dispose()
    try:
        for _failure in range(5):
            load = run_through_a_failure(round_)
            if load.answers[409] or damage(round_, load)[0]:
                return
    finally:
        with engine.begin() as connection:
            connection.execute(text(commits.format("RESET")))
        engine.dispose()
    pytest.fail("The check cannot fail: it did not notice commits that came too late.")


# A commit whose outcome is unknown


@pytest.fixture
def relayed(engine, tmp_path) -> Iterator[Any]:
    """An installation whose database is reached through a relay."""
    with relay_to(postgresql_server().socket) as relay:
        through = open_engine(f"postgresql://tests@127.0.0.1:{relay.port}/postgres?sslmode=disable")
        yield relay, make_installation(through, tmp_path)
        through.dispose()


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_save_whose_commit_went_unanswered_is_kept_once_when_it_is_sent_again(relayed, cut):
    relay, installation = relayed
    round_ = make_round(installation, people={"one": "staff"})
    client = round_.enter("one")
    for number in range(1, 11):
        relay.cut = cut
        assert put(client, number) == 503
        kept = round_.filling("one").shown(PLACE, "comment")
        assert (kept == str(number)) is (cut == "after")
        assert put(client, number) == 200
        assert put(client, number) == 200
    filling = round_.filling("one")
    with installation.session() as session:
        rows = session.scalar(select(func.count()).select_from(HistoryRow))
    print(f"{relay.cuts} commits cut {cut}: doubled {rows - 10}")
    assert (relay.cuts, filling.version, rows) == (10, 10, 10)


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_submission_whose_commit_went_unanswered_is_one(relayed, cut):
    relay, installation = relayed
    round_ = make_round(installation, people={"one": "staff"})
    client = round_.enter("one")
    relay.cut = cut
    assert client.send("/r/submit", open="yes").status_code == 503
    first = round_.filling("one").respondent.submitted_at
    assert (first is not None) is (cut == "after")
    installation.clock.forward(minutes=1)
    assert client.send("/r/submit", open="yes").status_code == 303
    assert client.get("/r/thanks").status_code == 200
    if first:
        assert round_.filling("one").respondent.submitted_at == first


def test_a_deed_without_a_key_would_be_found_doubled(relayed):
    """The control: a new link each time it is asked for."""
    relay, installation = relayed
    person = installation.people["leader"]
    sessions = open_sessions(installation.engine)
    relay.cut = "after"
    with pytest.raises(Broken), sessions() as session, session.begin():
        sign_in_link(session, person, MORNING)
    with sessions() as session, session.begin():
        sign_in_link(session, person, MORNING)
        links = session.scalar(select(func.count()).select_from(SignInLink))
    assert links == 2
