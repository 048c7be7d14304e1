"""An installation as it runs: `touchstone serve` in processes of its own, on a database with data.

A cycle is open, with as many people as are asked for, on pages of eight questions.
"""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from assessment.exchange.rows import Row
from assessment.services.closing import ask_to_close
from assessment.services.criteria_files import upload
from assessment.services.cycle_plans import CyclePlan
from assessment.services.cycles import create_cycle, cycle, open_cycle
from assessment.services.fillings import Filling, reading
from assessment.services.invitations import add_respondents, make_links
from assessment.services.organisations import make_organisation
from assessment.store.engine import open_engine, open_sessions
from assessment.store.schema import upgrade
from tests.rounds import runner

ROOT = Path(__file__).resolve().parents[2]
ITEMS = tuple(f"1.{number}" for number in range(1, 7))
QUESTIONS = 8

_HEAD = """\
kind: framework
id: pages-of-eight
title: Pages of eight
edition: '2026'
language: en
owner: Nobody
notice: Own words.
scales:
  agreement:
    answer: agreement
    labels: [strongly disagree, disagree, neither, agree, strongly agree]
    favourable: [4, 5]
forms:
  staff: {audience: Everyone, intro: Hello}
categories:
  - id: 1
    title: Leadership
    items:
"""


@dataclass(frozen=True)
class Asked:
    """A cycle that is open: the id and the pass of everyone who is asked."""

    url: str
    organisation_id: uuid.UUID
    cycle_id: uuid.UUID
    passes: dict[uuid.UUID, str]

    def close(self) -> None:
        """Close the cycle, as an administrator would, from another process."""
        with _session(self.url) as session:
            row = cycle(session, self.organisation_id, self.cycle_id)
            ask_to_close(session, runner(self.organisation_id), row, _now())

    def fillings(self) -> dict[uuid.UUID, Filling]:
        """What is kept of everyone's answers."""
        with _session(self.url) as session:
            return {
                each: reading(session, self.organisation_id, each) for each in sorted(self.passes)
            }


def questions_of(item: str) -> list[str]:
    """The ids of the questions on the page of *item*."""
    return [f"{item}-s{number}" for number in range(1, QUESTIONS + 1)]


def criteria() -> str:
    """Six items of eight statements."""
    lines = [_HEAD]
    for item in ITEMS:
        lines.append(f"      - id: {item}\n        title: Subject {item}\n        questions:\n")
        lines += [
            f"          - {{id: {each}, form: staff, scale: agreement,"
            f" text: Senior leaders here act on what they have promised us in meeting {each}.}}\n"
            for each in questions_of(item)
        ]
    return "".join(lines) + "scoring: {total: none, category: none}\n"


def ask(url: str, people: int) -> Asked:
    """An upgraded database at *url* in which a cycle with that many people has opened."""
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    now = _now()
    with _session(url) as session:
        owner = make_organisation(session, "Northwind Care", now, "Europe/London")
        upload(session, owner.id, "eight.yaml", criteria().encode(), by="Tests", now=now)
        plan = CyclePlan(
            title="At the deadline",
            criteria="uploaded/eight.yaml",
            forms=("staff",),
            closes_on=now.date() + datetime.timedelta(days=2),
            time_zone="Europe/London",
            purpose="To see what it bears.",
        )
        row = create_cycle(session, owner.id, plan, now)
        listed = [
            Row("people.csv", number + 2, {"code": f"p{number}", "form": "staff"}, {})
            for number in range(people)
        ]
        add_respondents(session, row, listed, now)
        open_cycle(session, row, now)
        links = make_links(session, row, now)
        return Asked(url, owner.id, row.id, {link.respondent.id: link.secret for link in links})


@contextmanager
def serving(folder: Path, database: str, processes: int) -> Iterator[tuple[str, int]]:
    """Where `touchstone serve` listens, until the end; its log is *folder*/log."""
    variables = {
        "TOUCHSTONE_DATA": str(folder / "data"),
        "TOUCHSTONE_DATABASE_URL": database,
        "TOUCHSTONE_PROCESSES": str(processes),
        "PYTHONUNBUFFERED": "1",
    }
    usual = {name: value for name, value in os.environ.items() if "TOUCHSTONE_" not in name}
    with (
        folder.joinpath("log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "assessment", "serve"],
            cwd=ROOT,
            env={**usual, **variables},
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdout is not None
        try:
            address = process.stdout.readline().rpartition("//")[2].strip()
            host, _colon, port = address.rpartition(":")
            yield host, int(port)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=30)
            finally:
                process.kill()


@contextmanager
def _session(url: str) -> Iterator[Session]:
    engine = open_engine(url)
    try:
        with open_sessions(engine)() as session, session.begin():
            yield session
    finally:
        engine.dispose()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
