"""Starting and serving: the first start, the port, slow clients (F12), the log (C67)."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from assessment.cli import main
from assessment.store.engine import open_engine
from assessment.web.security import HEADERS
from assessment.web.serving import listen, one_line_formatter, warm_up
from assessment.web.settings import SettingsRefused
from tests.web.slow_clients import measure


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("TOUCHSTONE_DATA", str(tmp_path / "data"))
    for name in ("URL", "DATABASE_URL", "SECRET_KEY", "DEBUG"):
        monkeypatch.delenv(f"TOUCHSTONE_{name}", raising=False)
    return tmp_path / "data"


def run(*words, **typed):
    return CliRunner().invoke(main, [*words], **typed)


def test_the_first_start_prepares_everything_and_serves_until_it_is_stopped(data):
    serving = subprocess.Popen(
        [sys.executable, "-m", "assessment", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TOUCHSTONE_PROCESSES": "2", "PYTHONUNBUFFERED": "1"},
    )
    try:
        address = serving.stdout.readline().split()[-1]
        link = serving.stdout.readline().split()[-1]
        assert re.fullmatch(rf"{address}/sign-in#[\w-]{{43}}", link)
        with urllib.request.urlopen(f"{address}/healthz", timeout=20) as answer:  # noqa: S310
            assert answer.read() == b"ok\n"
    finally:
        serving.send_signal(signal.SIGTERM)
        try:
            said = serving.communicate(timeout=30)[1]
        finally:
            serving.kill()
    assert serving.returncode == 0
    assert "GET /healthz 200" in said
    assert link.partition("#")[2] not in said
    for name in ("secret-key", "touchstone.sqlite"):
        assert data.joinpath(name).stat().st_mode & 0o777 == 0o600


def test_workers_work_until_they_are_stopped_and_end_with_whoever_started_them(data):
    assert run("migrate").exit_code == 0
    for number in (signal.SIGTERM, signal.SIGKILL):
        working = subprocess.Popen(
            [sys.executable, "-m", "assessment", "worker"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "TOUCHSTONE_WORKERS": "2", "PYTHONUNBUFFERED": "1"},
        )
        try:
            assert "does jobs" in working.stdout.readline()
            while not data.joinpath("nudges.sqlite").exists():
                assert working.poll() is None
            working.send_signal(number)
            # Its workers hold the other end of the pipe: that it closes says that they are gone.
            working.communicate(timeout=30)
        finally:
            working.kill()
        assert working.returncode == (0 if number == signal.SIGTERM else -signal.SIGKILL)


def test_a_taken_port_is_passed_over_unless_it_was_named():
    first = listen("127.0.0.1", None)
    second = listen("127.0.0.1", None)
    port = first.getsockname()[1]
    assert second.getsockname()[1] > port
    with pytest.raises(SettingsRefused, match=f"Port {port}"):
        listen("127.0.0.1", port)
    first.close()
    second.close()


def test_serving_others_without_an_address_of_theirs_is_refused(data):
    answer = run("serve", "--host", "0.0.0.0")
    assert answer.exit_code == 1
    assert "TOUCHSTONE_URL" in answer.stderr


def test_weak_settings_end_the_start_in_sentences(data, monkeypatch):
    monkeypatch.setenv("TOUCHSTONE_URL", "http://assess.example.org")
    answer = run("serve")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("TOUCHSTONE_URL must begin with https://")


def test_an_older_schema_asks_for_an_upgrade(data):
    assert run("migrate").output == "The database is ready.\n"
    assert run("migrate").output == "The database is up to date.\n"
    engine = open_engine(f"sqlite:///{data}/touchstone.sqlite")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of-the-future'"))
    engine.dispose()
    for command in (["serve"], ["migrate"]):
        answer = run(*command)
        assert answer.exit_code == 1
        assert "newer version" in answer.stderr


def test_the_first_link_is_for_an_administrator_of_a_named_organisation(data):
    first = run("user", "link", "ada@example.org", input="Northwind\n")
    assert first.exit_code == 0, first.output
    assert "/sign-in#" in first.stdout
    again = run("user", "link", "ADA@example.org")
    assert again.exit_code == 0
    assert "Name of" not in again.stdout
    unknown = run("user", "link", "bob@example.org")
    assert unknown.exit_code == 1
    assert "bob@example.org" in unknown.stderr


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(data, monkeypatch):
    monkeypatch.setenv("TOUCHSTONE_DATABASE_URL", "nonsense")
    answer = run("migrate")
    assert answer.exit_code == 1
    assert answer.stderr == "TOUCHSTONE_DATABASE_URL is not the address of a database.\n"


def test_slow_clients_stop_nobody(installation, serve_live):
    host, port = serve_live(installation.app).url.removeprefix("http://").split(":")
    met = measure(host, int(port), seconds=3, path="/sign-in")
    assert met.opened == 300
    assert met.failed == 0
    assert met.p95 < 500
    print(f"F12: {met}")


def test_a_process_is_warm_before_its_first_page(installation, monkeypatch):
    templates = installation.app.jinja_env
    warm_up(installation.app)
    monkeypatch.setattr(templates, "compile", lambda *_args, **_named: pytest.fail("compiled late"))
    assert installation.client().get("/r/").status_code == 200


def test_what_the_server_itself_refuses_carries_the_headers_too(installation, serve_live):
    host, port = serve_live(installation.app).url.removeprefix("http://").split(":")
    for words in (
        b"GET / HTTP/1.1\r\nBad header\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=5) as asking:
            asking.sendall(words)
            answer = b""
            while part := asking.recv(4096):
                answer += part
        said = answer.decode()
        assert said.startswith("HTTP/1.")
        assert "waitress" not in said.lower()
        for name, value in HEADERS.items():
            assert f"{name}: {value}" in said


def test_nobody_writes_a_second_line_into_the_log():
    forged = "x\n2026-06-01 INFO touchstone.access GET / 200 1 ms\r\x1b[2J\u2028end"
    record = logging.LogRecord("touchstone.errors", logging.INFO, "", 0, "%s", (forged,), None)
    line = one_line_formatter().format(record)
    assert line.splitlines() == [line]
    assert "\x1b" not in line
    assert "x\\n2026" in line


def test_the_log_holds_a_route_and_an_answer_and_nothing_that_was_typed(installation, caplog):
    caplog.set_level(logging.INFO)
    client = installation.signed_in("administrator")
    secret = installation.link("leader")
    client.get("/nothing/canary-path?q=canary-query", headers={"User-Agent": "canary-agent"})
    client.send("/profile", name="canary-name", language="en")
    installation.client().send("/sign-in", code=secret)
    assert "POST /profile 303" in caplog.text
    assert "canary" not in caplog.text
    assert secret not in caplog.text
