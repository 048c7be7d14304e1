"""When ./dev does work, and when it has nothing to do."""

import json
import sys

import pytest

import environment
import machine


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with two lock files and an environment that was filled for tests."""
    for name in ("ROOT", "VENV", "TOOLS", "LOCKS"):
        inner = {"ROOT": ".", "VENV": ".venv", "TOOLS": ".tools", "LOCKS": "requirements"}[name]
        monkeypatch.setattr(environment, name, tmp_path / inner)
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "touchstone.json")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "python")
    for folder in (".venv", "requirements"):
        tmp_path.joinpath(folder).mkdir()
    for kind in ("runtime", "test"):
        tmp_path.joinpath("requirements", f"{kind}.txt").write_text(kind)
    tmp_path.joinpath(".venv", "python").touch()
    environment.STAMP.write_text(json.dumps(environment._state("test")))
    return tmp_path


@pytest.mark.usefixtures("checkout")
def test_an_environment_filled_for_tests_also_serves_the_demo():
    assert environment._is_ready("test")
    assert environment._is_ready("runtime")


def test_an_environment_filled_for_the_demo_does_not_serve_tests(checkout):
    environment.STAMP.write_text(json.dumps(environment._state("runtime")))
    assert environment._is_ready("runtime")
    assert not environment._is_ready("test")


def test_a_changed_lock_asks_for_a_new_installation(checkout):
    checkout.joinpath("requirements", "test.txt").write_text("newer")
    assert not environment._is_ready("test")


def test_a_python_that_has_gone_asks_for_a_new_environment(checkout):
    checkout.joinpath(".venv", "python").unlink()
    assert not environment._is_ready("test")


def test_a_moved_checkout_asks_for_a_new_installation(checkout, monkeypatch):
    monkeypatch.setattr(environment, "ROOT", checkout / "moved")
    assert not environment._is_ready("test")


def test_a_stamp_cut_short_counts_as_none(checkout):
    environment.STAMP.write_text('{"set": "te')
    assert not environment._is_ready("test")


def test_a_place_that_cannot_be_written_to_is_said_in_a_sentence(checkout):
    checkout.joinpath(".tools").write_text("a file where the folder should be")
    checkout.joinpath("requirements", "test.txt").write_text("newer")
    with pytest.raises(machine.Stop, match="cannot be written to"):
        environment.prepare("test")


@pytest.mark.parametrize(
    ("told", "numbers"), [("uv 0.13.10 (abc 2026-11-20)", (0, 13, 10)), ("0.13.9", (0, 13, 9))]
)
def test_versions_are_compared_as_numbers(told, numbers):
    assert environment._numbers(told) == numbers


@pytest.fixture
def lacking(monkeypatch):
    """A machine without Pango, used by a person who may not install anything."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "missing_pdf_packages", lambda: ["libpango-1.0-0"])
    monkeypatch.setattr(machine, "can_install", lambda: False)
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("lacking")
def test_a_missing_pdf_library_is_said_once(tmp_path, capsys):
    machine.prepare_pdf(tmp_path / "told")
    machine.prepare_pdf(tmp_path / "told")
    assert capsys.readouterr().err.count("sudo apt-get install") == 1


@pytest.mark.usefixtures("lacking")
def test_a_missing_pdf_library_is_an_error_in_ci(tmp_path, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(machine.Stop, match="libpango"):
        machine.prepare_pdf(tmp_path / "told")
