"""Settings: TOUCHSTONE_* variables become one value that create_app is given.

Two ways to run: for this machine alone (http on a loopback address, nothing to set), or for others,
behind TLS under the address TOUCHSTONE_URL names. The second refuses to start with weak settings.
"""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assessment.resources import data_folder

SHORTEST_KEY = 32
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
KNOWN_WORDS = ("changeme", "change-me", "secret", "default", "example", "password", "development")


class SettingsRefused(Exception):
    """Touchstone does not start; every reason is a sentence that says what to set."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation decides. `url` is the address people type, without a path."""

    secret_key: str
    database_url: str
    data: Path
    url: str = ""
    criteria: Path | None = None
    debug: bool = False
    proxies: int = 0
    """How many proxies stand in front; their forwarded headers count only then."""
    processes: int = 1
    workers: int = 1
    """How many processes answer requests, and how many do jobs beside them."""
    redis_url: str = ""
    """Where workers on several machines hear of jobs; without it they find them in the database."""
    demo: bool = False
    """An invented organisation with doors that anybody may go in by; no variable sets it."""

    @property
    def is_public(self) -> bool:
        """Whether people on other machines use it."""
        return bool(self.url) and not is_loopback(urlsplit(self.url).hostname or "")

    @property
    def is_secure(self) -> bool:
        return urlsplit(self.url).scheme == "https"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that a request may carry; links are never made from any other."""
        host = urlsplit(self.url).hostname
        return (host,) if host and self.is_public else LOOPBACK_NAMES


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine as seen from itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_settings(variables: Mapping[str, str]) -> Settings:
    """The settings in *variables*; a variable NAME_FILE names a file that holds the value."""
    data = data_folder(variables.get("TOUCHSTONE_DATA")).absolute()
    criteria = variables.get("TOUCHSTONE_CRITERIA")
    return Settings(
        secret_key=_value(variables, "SECRET_KEY") or "",
        database_url=_value(variables, "DATABASE_URL") or f"sqlite:///{data / 'touchstone.sqlite'}",
        data=data,
        url=(variables.get("TOUCHSTONE_URL") or "").rstrip("/"),
        criteria=Path(criteria).absolute() if criteria else None,
        debug=variables.get("TOUCHSTONE_DEBUG", "") not in {"", "0", "false", "no"},
        proxies=_number(variables, "PROXIES", 0),
        processes=_number(variables, "PROCESSES", min(os.cpu_count() or 1, 4)),
        workers=_number(variables, "WORKERS", 1),
        redis_url=_value(variables, "REDIS_URL") or "",
    )


def refuse_weak(settings: Settings) -> None:
    """Stop where people on other machines would be served with weak settings."""
    if sentences := list(_weaknesses(settings)):
        raise SettingsRefused(sentences)


def _weaknesses(settings: Settings) -> Iterator[str]:
    key = settings.secret_key
    if not settings.is_public:
        return
    if not settings.is_secure:
        yield "TOUCHSTONE_URL must begin with https:// when others use Touchstone."
    if urlsplit(settings.url).path:
        yield "TOUCHSTONE_URL is the address without a path, such as https://assess.example.org."
    if settings.debug:
        yield "TOUCHSTONE_DEBUG is on; it is for one's own machine only."
    if len(key) < SHORTEST_KEY or len(set(key)) < SHORTEST_KEY // 3:
        yield (
            "TOUCHSTONE_SECRET_KEY is too short or too plain: 32 random characters or more. "
            "Leave it out, and the first start makes one."
        )
    elif any(word in key.lower() for word in KNOWN_WORDS):
        yield "TOUCHSTONE_SECRET_KEY looks like an example: leave it out, and one is made."
    for path in _private_files(settings):
        if _is_open_to_others(path):
            yield f"{path} can be read by everybody on this machine: chmod 600 {path}"


def _private_files(settings: Settings) -> Iterator[Path]:
    if settings.database_url.startswith("sqlite:///"):
        yield Path(settings.database_url.removeprefix("sqlite:///"))
    yield settings.data / "secret-key"


def _is_open_to_others(path: Path) -> bool:
    return os.name == "posix" and path.is_file() and bool(path.stat().st_mode & stat.S_IRWXO)


def _value(variables: Mapping[str, str], name: str) -> str | None:
    """A secret stands in its variable, or in a file that another variable names."""
    if file := variables.get(f"TOUCHSTONE_{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            sentence = f"TOUCHSTONE_{name}_FILE: {file} cannot be read: {error.strerror}."
            raise SettingsRefused([sentence]) from error
    return variables.get(f"TOUCHSTONE_{name}")


def _number(variables: Mapping[str, str], name: str, usual: int) -> int:
    said = variables.get(f"TOUCHSTONE_{name}", "")
    if not said:
        return usual
    if not (said.isascii() and said.isdigit() and len(said) <= 3):
        raise SettingsRefused([f"TOUCHSTONE_{name} is a whole number, not {said[:20]!r}."])
    return int(said)
