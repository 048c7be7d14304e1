"""How ./dev test gets the browser that pages are tested in."""

import sys

import pytest

import machine


@pytest.fixture
def lacking(monkeypatch):
    """A machine without a browser, used by a person who may not install anything."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "find_browser", lambda: None)
    monkeypatch.setattr(machine, "can_install", lambda: False)
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("lacking")
def test_a_missing_browser_is_said_once(tmp_path, capsys):
    machine.prepare_browser(tmp_path / "told")
    machine.prepare_browser(tmp_path / "told")
    assert capsys.readouterr().err.count("sudo apt-get install") == 1


@pytest.mark.usefixtures("lacking")
def test_a_missing_browser_is_an_error_in_ci(tmp_path, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(machine.Stop, match="libatomic1"):
        machine.prepare_browser(tmp_path / "told")


@pytest.mark.usefixtures("lacking")
def test_root_gets_the_browser_and_what_steers_it(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(machine, "can_install", lambda: True)
    monkeypatch.setattr(machine, "apt_install", lambda packages, _why: asked.extend(packages))
    machine.prepare_browser(tmp_path / "told")
    assert asked == ["chromium", "libatomic1"]


def test_a_browser_may_be_named_by_its_path(monkeypatch, tmp_path):
    monkeypatch.setenv("TOUCHSTONE_BROWSER", str(tmp_path))
    assert machine.find_browser() == tmp_path
