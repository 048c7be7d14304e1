"""Web processes that share one socket. Slow clients hold a connection, never a thread.

waitress reads a request whole before a thread sees it; docs/decisions has the figures.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from assessment.processes import beside, can_fork, stop, supervise
from assessment.services.criteria_files import shipped
from assessment.services.errors import NotThere
from assessment.services.fillings import reading_by_session
from assessment.store.faults import NotKept
from assessment.web.security import HEADERS, LARGEST_BODY
from assessment.web.settings import SettingsRefused
from assessment.web.unit import db, now

THREADS = 8
FIRST_PORT = 8000
PORTS = 50


class _Refusal(ErrorTask):
    """What the server itself refuses carries our headers too, and no name of a program."""

    def execute(self) -> None:
        """Answer in a line of text."""
        request: Any = self.request
        self.status = f"{request.error.code} {request.error.reason}"
        body = f"{self.status}\n".encode("ascii", "replace")
        self.response_headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
            ("Cache-Control", "no-store"),
            *HEADERS.items(),
        ]
        self.close_on_finish = True
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):
    """A connection whose refusals are ours."""

    error_task_class = _Refusal


def listen(host: str, port: int | None) -> socket.socket:
    """A socket on *port*, or on the first free one from 8000 on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for each in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        taken = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((host, each))
            taken.listen(1024)
        except OSError as error:
            taken.close()
            reason = error.strerror
            continue
        taken.setblocking(False)
        return taken
    place = f"Port {port}" if port is not None else f"Every port from {FIRST_PORT} on"
    raise SettingsRefused([f"{place} on {host} cannot be used: {reason}."])


def server_for(app: Flask, listening: socket.socket) -> BaseWSGIServer:
    """The server of one process on a socket that others may share."""
    server: Any = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        channel_timeout=10,
        connection_limit=1000,
        max_request_body_size=LARGEST_BODY,
        ident=None,
        clear_untrusted_proxy_headers=not app.config["TOUCHSTONE"].proxies,
    )
    server.channel_class = _Channel
    return server  # type: ignore[no-any-return]


def serve(
    make_app: Callable[[], Flask],
    listening: socket.socket,
    processes: int,
    work: Callable[[], None],
    workers: int,
    worker_command: Sequence[str] = ("worker",),
) -> None:
    """Serve until told to stop, in *processes* processes, with *workers* beside them that *work*.

    Where a process cannot fork there is one of each kind, the other by its own command.
    """
    log_to_stderr()
    if not can_fork():
        with beside(*worker_command) if workers else contextlib.nullcontext():
            _run(make_app, listening)
        return
    web = ("web", lambda: _run(make_app, listening))
    supervise([web] * max(processes, 1) + [("worker", work)] * workers)


def _run(make_app: Callable[[], Flask], listening: socket.socket) -> None:
    signal.signal(signal.SIGTERM, stop)
    with contextlib.suppress(KeyboardInterrupt, SystemExit):
        app = make_app()
        warm_up(app)
        # A second of reading, of use to organisers and assessors; nobody waits for its end.
        threading.Thread(target=shipped, daemon=True).start()
        server_for(app, listening).run()


def warm_up(app: Flask) -> None:
    """Compile the templates, and the statement that each page of a questionnaire begins with.

    Else the first one whom a new process serves would wait a quarter of a second for it.
    """
    read_templates(app)
    with app.test_request_context(), contextlib.suppress(NotThere, NotKept):
        reading_by_session(db(), "nobody", now())


def read_templates(app: Flask) -> None:
    """Compile them; those that are compiled already cost next to nothing."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)


class _OneLine(logging.Formatter):
    """A record is one line, whatever is in it: nobody writes a second one into the log."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with every control character spelled out."""
        line = super().format(record)
        return "".join(
            sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line
        )


def one_line_formatter() -> logging.Formatter:
    """How log lines look: a moment, a level, where from, what."""
    return _OneLine("%(asctime)s %(levelname)s %(name)s %(message)s")


def log_to_stderr() -> None:
    """Log lines go where the operator looks; each is one line."""
    handler = logging.StreamHandler()
    handler.setFormatter(one_line_formatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # It would name every connection that waits; the routes and their times are what we look at.
    logging.getLogger("waitress").setLevel(logging.ERROR)
