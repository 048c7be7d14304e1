"""The Python environment of a checkout: .venv, filled by uv from a lock file, and only when due."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from machine import Command, Stop, apt_install, can_install, ran, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
LOCKS = ROOT / "requirements"
STAMP = VENV / "touchstone.json"

_WINDOWS = sys.platform == "win32"
_SCRIPTS = VENV / ("Scripts" if _WINDOWS else "bin")
_EXE = ".exe" if _WINDOWS else ""
PYTHON = _SCRIPTS / f"python{_EXE}"


def script(name: str) -> Path:
    """The program *name* of the environment."""
    return _SCRIPTS / f"{name}{_EXE}"


def prepare(wanted: str) -> None:
    """See that .venv holds the packages of requirements/*wanted*.txt, or more.

    Nothing is written when nothing changed, so that a prepared checkout also works read-only.
    """
    if _is_ready(wanted):
        return
    with alone():
        # Another ./dev may have done the work while this one waited.
        if not _is_ready(wanted):
            _fill("test" if _stamped().get("set") == "test" else wanted)


def _fill(wanted: str) -> None:
    uv, env = find_uv(), uv_environment()
    lock = LOCKS / f"{wanted}.txt"
    usable = _base_python() is not None and _stamped().get("python") == _base_python()
    STAMP.unlink(missing_ok=True)
    if not usable:
        say(f"Making an environment in {VENV}: the packages stay inside it.")
        if not ran([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], env):
            raise Stop(f"The environment {VENV} could not be made; uv says why above.")
    say(f"Installing the packages of requirements/{lock.name} into it.")
    sync: Command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock]
    if not ran(sync, env):
        raise Stop("The packages could not be installed; uv says why above. Is the network there?")
    _point_at_checkout()
    STAMP.write_text(json.dumps(_state(wanted), indent=1), encoding="utf-8")


def _point_at_checkout() -> None:
    """Make the checkout importable with one line, so that no build tool has to be fetched."""
    packages = next(VENV.glob("lib/python*/site-packages"), VENV / "Lib" / "site-packages")
    (packages / "touchstone_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def _is_ready(wanted: str) -> bool:
    stamped = _stamped()
    kind = str(stamped.get("set"))
    # The test set contains the runtime set: who tests and then starts the demo waits once.
    return kind in {wanted, "test"} and stamped == _state(kind)


def _state(kind: str) -> dict[str, str | None]:
    """What the environment depends on: moving the checkout or upgrading Python makes it anew."""
    return {
        "set": kind,
        "lock": hashlib.sha256((LOCKS / f"{kind}.txt").read_bytes()).hexdigest(),
        "checkout": str(ROOT),
        "python": _base_python(),
    }


def _stamped() -> dict[str, str | None]:
    try:
        stamped = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamped if isinstance(stamped, dict) else {}


def _base_python() -> str | None:
    """The interpreter behind .venv; None where there is none, or it has gone."""
    return str(PYTHON.resolve()) if PYTHON.exists() else None


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one ./dev at a time change the environment; the others wait, then find it ready."""
    try:
        TOOLS.mkdir(exist_ok=True)
        lock = (TOOLS / "lock").open("w", encoding="utf-8")
    except OSError as error:
        raise Stop(
            f"{ROOT} cannot be written to ({error.strerror}), and .venv has to be made in it.\n"
            "Copy the folder to a place of yours, and run ./dev there."
        ) from error
    with lock:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  Windows has no such module

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def uv_environment() -> dict[str, str]:
    """The environment uv runs in."""
    env = dict(os.environ)
    # Without this uv trusts its own list of authorities, and fails where a network has another.
    env.setdefault("UV_SYSTEM_CERTS", "1")
    # uv keeps its downloads in the home folder, and stops where there is none.
    if not _WINDOWS and "UV_CACHE_DIR" not in env and not _has_cache_folder():
        say(f"There is no home folder to write to: downloads are kept in {TOOLS / 'cache'}.")
        env["UV_CACHE_DIR"] = str(TOOLS / "cache")
    return env


def _has_cache_folder() -> bool:
    told = os.environ.get("XDG_CACHE_HOME") or os.environ.get("HOME")
    if not told:
        return False
    folder = Path(told)
    return any(os.access(folder / inner, os.W_OK) for inner in (".cache/uv", ".cache", "."))


def find_uv() -> Path:
    """The uv on the path when it is new enough, else the pinned one, fetched when not there yet."""
    pinned = _pinned_uv()
    found = shutil.which("uv")
    if found and _version(found) >= _numbers(pinned):
        return Path(found)
    own = TOOLS / f"uv-{pinned}"
    program = own / "bin" / f"uv{_EXE}"
    if not program.exists():
        _fetch_uv(own, pinned)
    return program


def _pinned_uv() -> str:
    match = re.search(r"^uv==(\S+)", (LOCKS / "uv.txt").read_text(encoding="utf-8"), re.MULTILINE)
    if match is None:
        raise Stop("requirements/uv.txt names no version of uv.")
    return match[1]


def _version(program: str) -> tuple[int, ...]:
    done = subprocess.run([program, "--version"], check=False, capture_output=True, text=True)
    return _numbers(done.stdout)


def _numbers(text: str) -> tuple[int, ...]:
    match = re.search(r"\d+(\.\d+)+", text)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def _fetch_uv(folder: Path, version: str) -> None:
    with tempfile.TemporaryDirectory(dir=TOOLS) as scratch:
        pip, target = _pip(Path(scratch, "pip")), Path(scratch, "uv")
        say(f"Fetching uv {version} with pip: it installs the packages several times as fast.")
        # --target is allowed where Debian's Python refuses other installs of pip.
        install: Command = [*pip, "install", "--quiet", "--no-deps", "--target", target]
        locked: Command = ["--require-hashes", "-r", LOCKS / "uv.txt"]
        # Two settings of pip that some people keep do not go together with --target.
        env = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
        if not ran([*install, *locked], env):
            raise Stop("uv could not be fetched; pip says why above. Is the network there?")
        # Moved whole, so that an interrupted download never looks like a finished one.
        target.rename(folder)


def _pip(folder: Path) -> list[str | Path]:
    """How pip is called: as a module of this Python, else from an environment in *folder*."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if not importlib.util.find_spec("ensurepip"):
        if can_install():
            apt_install(["python3-venv"], "this Python has no pip.")
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") and ran([sys.executable, "-m", "venv", folder]):
        return [folder / _SCRIPTS.name / PYTHON.name, "-m", "pip"]
    raise Stop(
        f"The Python at {sys.executable} has no pip, and cannot make one. On Debian or Ubuntu:\n"
        "  sudo apt-get install -y python3-venv"
    )
