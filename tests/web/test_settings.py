"""What an installation is told, and what it refuses to start with (C68)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assessment.web import create_app
from assessment.web.settings import (
    Settings,
    SettingsRefused,
    is_loopback,
    read_settings,
    refuse_weak,
)
from tests.web.installation import KEY

PUBLIC = Settings(
    KEY, "postgresql://db/touchstone", Path("/nowhere"), url="https://assess.example.org"
)


def test_good_settings_for_the_public_are_taken():
    refuse_weak(PUBLIC)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"secret_key": ""}, "too short"),
        ({"secret_key": "short"}, "too short"),
        ({"secret_key": "a" * 64}, "too plain"),
        ({"secret_key": "changeme-changeme-0123456789-abcdefgh"}, "looks like an example"),
        ({"debug": True}, "TOUCHSTONE_DEBUG"),
        ({"url": "http://assess.example.org"}, "https://"),
        ({"url": "https://assess.example.org/touchstone"}, "without a path"),
    ],
)
def test_weak_settings_do_not_start_for_the_public(change, said):
    with pytest.raises(SettingsRefused, match=said):
        create_app(replace(PUBLIC, **change))


def test_every_weakness_is_named_at_once():
    with pytest.raises(SettingsRefused) as refused:
        refuse_weak(replace(PUBLIC, secret_key="x", debug=True))
    assert len(refused.value.sentences) == 2


@pytest.mark.parametrize("name", ["touchstone.sqlite", "secret-key"])
def test_a_file_that_everybody_can_read_does_not_start_for_the_public(tmp_path, name):
    path = tmp_path / name
    path.touch(mode=0o644)
    settings = replace(
        PUBLIC, data=tmp_path, database_url=f"sqlite:///{tmp_path}/touchstone.sqlite"
    )
    with pytest.raises(SettingsRefused, match=f"chmod 600 .*{name}"):
        refuse_weak(settings)
    path.chmod(0o600)
    refuse_weak(settings)


def test_on_this_machine_alone_nothing_has_to_be_set(tmp_path):
    settings = read_settings({"TOUCHSTONE_DATA": str(tmp_path)})
    refuse_weak(settings)
    assert not settings.is_public
    assert settings.database_url == f"sqlite:///{tmp_path}/touchstone.sqlite"


def test_a_secret_may_stand_in_a_file(tmp_path):
    tmp_path.joinpath("key").write_text("from the file\n")
    settings = read_settings({"TOUCHSTONE_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert settings.secret_key == "from the file"
    with pytest.raises(SettingsRefused, match="cannot be read"):
        read_settings({"TOUCHSTONE_SECRET_KEY_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("said", ["many", "-1", "1e3", "１", "9" * 20])
def test_a_number_is_a_number(said):
    with pytest.raises(SettingsRefused, match="whole number"):
        read_settings({"TOUCHSTONE_PROCESSES": said})


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("a.b", False),
    ],
)
def test_this_machine_is_known_from_others(host, alone):
    assert is_loopback(host) is alone
