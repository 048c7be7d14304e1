"""An installation to test with, and a client that reads every page strictly."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from assessment.services.files import Files
from assessment.services.organisations import make_organisation
from assessment.services.people import invite_person
from assessment.services.permissions import RoleName
from assessment.services.sessions import sign_in_link
from assessment.services.units import make_unit
from assessment.services.work import Tools
from assessment.store.engine import open_reading_sessions, open_sessions
from assessment.store.tables import Organisation, Person
from assessment.web import create_app
from assessment.web.auth import wrong_links
from assessment.web.settings import Settings
from assessment.worker import look

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH"
MORNING = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=datetime.UTC)
ROLES: tuple[RoleName, ...] = ("leader", "consultant", "administrator")


class KeptTemplates(BytecodeCache):
    """Templates are compiled once a test run, not once an application: that took half the time."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* with what is kept, if it is of the same source."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = KeptTemplates()


@dataclass
class Clock:
    """Time that goes on only when a test says so."""

    now: datetime.datetime = MORNING

    def __call__(self) -> datetime.datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += datetime.timedelta(**by)


class StrictClient(FlaskClient):
    """Reads every page as a strict parser does, and sends forms with their seal.

    Pages of one session share a seal, so that the one of the last page read is good.
    """

    seal = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, and refuse broken HTML and an answer that is a fault of the program."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.text and not response.location:
            parse_strictly(response.text)
            if found := re.search(r'name="csrf_token" value="([^"]+)"', response.text):
                self.seal = found[1]
        return response

    def send(self, path: str, **fields: object) -> TestResponse:
        """Post a form as the page with it would, sealed."""
        if not self.seal:
            self.get("/sign-in")
        return self.post(path, data={"csrf_token": self.seal, **fields})


def parse_strictly(text: str) -> Any:
    """The page as a tree; the first mistake in it raises."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


@dataclass
class Installation:
    """An application with two organisations that are strangers, and a person in every role."""

    app: Flask
    engine: Engine
    clock: Clock
    people: dict[str, Person] = field(default_factory=dict)
    organisation: Organisation | None = None

    def session(self) -> Session:
        return open_sessions(self.engine)()

    def do_jobs(self) -> int:
        """Do what waits, as a worker does it, and say how many jobs that were."""
        settings: Settings = self.app.config["TOUCHSTONE"]
        files = Files(settings.data / "files")
        return look(
            Tools(open_reading_sessions(self.engine), open_sessions(self.engine), files, self.clock)
        )

    def client(self) -> StrictClient:
        self.app.test_client_class = StrictClient
        made: Any = self.app.test_client()
        return made  # type: ignore[no-any-return]

    def link(self, who: str) -> str:
        """The secret of a one-time link for *who*, a key of `people`."""
        with self.session() as session, session.begin():
            return sign_in_link(session, self.people[who], self.clock.now)

    def signed_in(self, who: str) -> StrictClient:
        """A browser in which *who* is signed in; `nobody` is signed out."""
        client = self.client()
        if who != "nobody":
            answer = client.send("/sign-in", code=self.link(who))
            assert answer.status_code == 303, answer.text
            client.get("/profile")
        return client


def make_installation(engine: Engine, folder: Path, url: str = "") -> Installation:
    """Northwind with a person for each role and a leader of one unit; and a stranger."""
    wrong_links.forget()
    clock = Clock()
    settings = Settings(KEY, f"sqlite:///{folder / 'touchstone.sqlite'}", folder, url=url)
    made = Installation(create_app(settings, engine, clock), engine, clock)
    made.app.config["TESTING"] = False
    made.app.jinja_env.bytecode_cache = TEMPLATES
    with made.session() as session, session.begin():
        here = make_organisation(session, "Northwind Care", MORNING, "Europe/London")
        made.organisation = here
        for role in ROLES:
            made.people[role] = invite_person(
                session, here.id, f"{role}@northwind.example", role.title(), role, now=MORNING
            )
        ward = make_unit(session, here.id, "Ward 3")
        made.people["unit leader"] = invite_person(
            session, here.id, "ward@northwind.example", "Wanda Ward", "leader", ward.id, now=MORNING
        )
        elsewhere = make_organisation(session, "Southwind", MORNING)
        made.people["stranger"] = invite_person(
            session, elsewhere.id, "admin@southwind.example", "Sam", "administrator", now=MORNING
        )
    return made
