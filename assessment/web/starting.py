"""Before anything is served: a secret key, a database of the right schema, a first way in."""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from assessment.services.installation import begin, first_link, is_new, link_for
from assessment.services.sessions import sign_in_link
from assessment.store.demo_mark import is_demo, mark_as_demo
from assessment.store.engine import open_engine, open_sessions
from assessment.store.schema import standing, upgrade
from assessment.web.settings import (
    Settings,
    SettingsRefused,
    is_loopback,
    read_settings,
    refuse_weak,
)

_REFUSALS = {
    "empty": "The database is empty. Run once: touchstone migrate",
    "older": (
        "The database has an older schema than this version of Touchstone. "
        "Make a backup, then run: touchstone migrate"
    ),
    "newer": (
        "The database belongs to a newer version of Touchstone. Start that version; "
        "nothing was changed."
    ),
}
_A_DEMO = (
    "This database belongs to the demo, and nothing real is kept there. "
    "Name another with TOUCHSTONE_DATABASE_URL; nothing was changed."
)
_NOT_A_DEMO = (
    "This database does not belong to a demo, so the demo leaves it alone. "
    "Name another folder with --folder; nothing was changed."
)


def started(variables: Mapping[str, str], host: str) -> Settings:
    """The settings of an installation that is ready to serve on *host*, made ready where due."""
    settings = read_settings(variables)
    if not is_loopback(host) and not settings.is_public:
        raise SettingsRefused(
            [
                (
                    f"Others can reach {host}: set TOUCHSTONE_URL to the https:// address "
                    "they type, and put a server with TLS in front."
                )
            ]
        )
    return ready(settings)


def ready(settings: Settings) -> Settings:
    """*settings* with a key, of an installation whose database this version can work with."""
    settings = with_secret_key(settings)
    refuse_weak(settings)
    require_schema(settings)
    return settings


def with_secret_key(settings: Settings) -> Settings:
    """*settings* with the key of this installation; the first start makes it, its owner's alone."""
    if settings.secret_key:
        return settings
    path = settings.data / "secret-key"
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return replace(settings, secret_key=path.read_text(encoding="ascii").strip())
    key = secrets.token_urlsafe(48)
    with os.fdopen(file, "w", encoding="ascii") as writing:
        writing.write(f"{key}\n")
    return replace(settings, secret_key=key)


def require_schema(settings: Settings) -> None:
    """See that the database has this program's schema; only an empty SQLite one is filled at once.

    Several machines may share a PostgreSQL: there a person says when.
    """
    engine = open_engine(settings.database_url)
    try:
        found = standing(engine)
        if found == "empty" and settings.demo:
            mark_as_demo(engine)
        if is_demo(engine) != settings.demo:
            raise SettingsRefused([_NOT_A_DEMO if settings.demo else _A_DEMO])
        if found == "empty" and engine.dialect.name == "sqlite":
            upgrade(engine)
        elif found != "current":
            raise SettingsRefused([_REFUSALS[found]])
    finally:
        engine.dispose()


def first_words(settings: Settings, bound: tuple[Any, ...]) -> Iterator[str]:
    """What is printed at the start: where the pages are, and for the first person a way in."""
    address = settings.url or local_address(bound)
    yield f"Touchstone: {address}"
    with _session(settings) as session:
        secret = first_link(session, "Your organisation", _now())
    if secret:
        yield f"Sign in, once and within the hour: {address}/sign-in#{secret}"
    yield "Stop with Ctrl+C."


def local_address(bound: tuple[Any, ...]) -> str:
    """How a browser on this machine reaches a bound socket."""
    host, port = str(bound[0]), int(bound[1])
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def needs_organisation(variables: Mapping[str, str]) -> bool:
    """Whether the first person is yet to come, so that their organisation has to be named."""
    settings = read_settings(variables)
    require_schema(settings)
    with _session(settings) as session:
        return is_new(session)


def link_address(variables: Mapping[str, str], email: str, organisation: str | None) -> str:
    """A link that signs in *email* once; in an empty database they become administrator."""
    settings = read_settings(variables)
    require_schema(settings)
    address = settings.url or local_address(("127.0.0.1", 8000))
    with _session(settings) as session:
        if is_new(session):
            first = begin(session, email, organisation or "", _now())
            secret = sign_in_link(session, first, _now())
        else:
            secret = link_for(session, email, organisation, _now())
    return f"{address}/sign-in#{secret}"


@contextmanager
def _session(settings: Settings) -> Iterator[Session]:
    """A transaction of its own, and the database closed again: processes must not share one."""
    engine = open_engine(settings.database_url)
    try:
        with open_sessions(engine)() as session, session.begin():
            yield session
    finally:
        engine.dispose()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
