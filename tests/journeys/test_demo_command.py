"""`touchstone demo` as it is typed: it starts, refuses what would mix, begins anew."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessment.cli import main
from assessment.services import demo as demo_files
from assessment.services.demo_folder import DATABASE

ROOT = Path(__file__).resolve().parents[2]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "assessment", *words]


def variables(folder: Path, **own: str) -> dict[str, str]:
    usual = {name: value for name, value in os.environ.items() if "TOUCHSTONE_" not in name}
    return {**usual, "TOUCHSTONE_DATA": str(folder), "PYTHONUNBUFFERED": "1", **own}


@contextmanager
def running(folder: Path, *options: str, **own: str):
    """What a demo says before it serves; it is stopped at the end."""
    with subprocess.Popen(
        command("demo", *options),
        cwd=ROOT,
        env=variables(folder, **own),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            said: list[str] = []
            while not said or not said[-1].startswith("Nothing in it is real"):
                line = process.stdout.readline()
                assert line, said
                said.append(line.strip())
            yield said
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=30)
            finally:
                process.kill()


def refused(folder: Path, *words: str, **own: str) -> str:
    done = subprocess.run(
        command(*words),
        cwd=ROOT,
        env=variables(folder, **own),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


def address_in(said: list[str]) -> str:
    [found] = [line.partition(": ")[2] for line in said if line.startswith("Touchstone demo: ")]
    return found


def page_of(address: str, path: str) -> str:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


def test_a_demo_starts_beside_whatever_is_real_and_touches_none_of_it(tmp_path):
    real = f"sqlite:///{tmp_path / 'real.sqlite'}"
    with running(
        tmp_path, TOUCHSTONE_DATABASE_URL=real, TOUCHSTONE_URL="https://real.example"
    ) as said:
        assert "Told the story of a made-up water company" in said[0]
        assert "Nothing here is real" in page_of(address_in(said), "/demo")
        if os.name == "posix":
            assert "runs from" in refused(tmp_path, "demo", "--reset")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo"]
    demo = f"sqlite:///{tmp_path / 'demo' / DATABASE}"
    said = refused(tmp_path, "serve", TOUCHSTONE_DATABASE_URL=demo)
    assert "belongs to the demo, and nothing real is kept there" in said


def test_a_demo_is_kept_until_it_is_begun_anew(tmp_path, copy_demo):
    folder = copy_demo(tmp_path / "demo")
    with running(tmp_path) as said:
        assert not any("Told the story" in line for line in said)
    key = (folder / "secret-key").read_text()
    with running(tmp_path, "--reset") as said:
        assert "Told the story" in said[0]
    assert (folder / "secret-key").read_text() != key


def test_a_folder_with_real_data_is_refused_in_words(tmp_path):
    (tmp_path / "touchstone.sqlite").write_text("real")
    said = refused(tmp_path, "demo", "--reset", "--folder", str(tmp_path))
    assert "holds something other than a demo" in said
    assert (tmp_path / "touchstone.sqlite").read_text() == "real"


def test_the_files_are_written_without_a_server(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(demo_files, "write_gap_report", lambda *given: given[2].touch())
    done = CliRunner().invoke(main, ["demo", "--files", str(tmp_path / "there")])
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "there").iterdir()} == {
        "answers.csv", "previous.csv", "targets.csv", "invited.csv", "measures.csv",
        "previous-invited.csv",
        "gap-report.pdf",
    }  # fmt: skip
