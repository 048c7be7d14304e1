"""One request, one session, one transaction, kept only when the request succeeded."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from assessment.store.engine import open_reading_sessions, open_sessions
from assessment.store.tables import Job

Nudge = Callable[[uuid.UUID, uuid.UUID], None]
"""Tells a worker of a job, by its organisation and its id."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})
_STORE = "touchstone_store"


@dataclass(frozen=True, slots=True)
class Store:
    """How this application opens sessions: to write, or only to read."""

    writing: sessionmaker[Session]
    reading: sessionmaker[Session]
    nudge: Nudge


class Application(Flask):
    """An application whose views change the database as a whole or not at all."""

    def dispatch_request(self) -> Response:
        """Run the view; commit before the response leaves, so that "saved" is never said too early.

        A commit that fails is refused like any other error, with a page in words.
        """
        response = self.make_response(super().dispatch_request())
        if "db" in g and (response.status_code < 400 or g.get("keep_though_refused")):
            g.db.commit()
            for job in g.pop("jobs_asked", ()):
                current_app.extensions[_STORE].nudge(*job)
        return response


def init_app(app: Flask, engine: Engine, nudge: Nudge) -> None:
    """Give *app* the database behind *engine*, and a way to tell workers of jobs."""
    app.extensions[_STORE] = Store(open_sessions(engine), open_reading_sessions(engine), nudge)
    app.teardown_appcontext(_close)


def db() -> Session:
    """The session of this request. A request that only reads waits for no writer."""
    if "db" not in g:
        store: Store = current_app.extensions[_STORE]
        g.db = store.reading() if request.method in READING else store.writing()
    session: Session = g.db
    return session


def own_transaction() -> Session:
    """A session beside the request's own, for what is kept whatever becomes of the request.

    A request that only reads lets go of what it read from: a writer waits for readers, and this
    request would wait for itself. What it has loaded stays as it is.
    """
    if "db" in g and request.method in READING:
        g.db.commit()
    store: Store = current_app.extensions[_STORE]
    return store.writing()


def only_read() -> None:
    """Give up what this request was to write; what it shows instead, it reads anew."""
    if session := g.pop("db", None):
        session.close()
    store: Store = current_app.extensions[_STORE]
    g.db = store.reading()


def keep_though_refused() -> None:
    """Commit although the answer is a refusal: of a page in conflict the other fields are saved."""
    g.keep_though_refused = True


def nudge_after(job: Job) -> None:
    """Tell a worker of *job* once it is there to be found: after the commit of this request."""
    g.setdefault("jobs_asked", []).append((job.organisation_id, job.id))


def now() -> datetime.datetime:
    """The moment of this request, the same wherever it is asked for."""
    if "now" not in g:
        g.now = current_app.config["TOUCHSTONE_CLOCK"]()
    moment: datetime.datetime = g.now
    return moment


def _close(_error: BaseException | None) -> None:
    if session := g.pop("db", None):
        session.close()
