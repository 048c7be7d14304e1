"""What this machine has, what it lacks, and how it is got: PDF libraries, a browser for tests."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

# WeasyPrint loads these at run time; no Python package carries them.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "fontconfig",
}
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# The browser, and what the program that steers it does not start without.
BROWSER_PACKAGES = ("chromium", "libatomic1")
Command: TypeAlias = Sequence[str | Path]
HOMEBREW = Path("/opt/homebrew/lib")


class Stop(Exception):
    """The work cannot go on; the message says why, and what to type."""


def say(line: str) -> None:
    """Tell the person, on the error stream: what the commands print stays clean for programs."""
    print(line, file=sys.stderr, flush=True)


def ran(command: Command, env: dict[str, str] | None = None) -> bool:
    """Run *command* quietly; where it fails, show the end of what it said."""
    try:
        done = subprocess.run(
            command,
            check=False,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        say(f"  {error}")
        return False
    if done.returncode:
        for line in done.stdout.strip().splitlines()[-15:]:
            say(f"  {line}")
    return done.returncode == 0


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def can_install() -> bool:
    """Whether apt-get may be used here without asking: as root on Debian or Ubuntu."""
    return is_root() and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str], why: str) -> bool:
    """Install *packages*, with the package lists read anew when they are absent or too old."""
    say(f"Installing {', '.join(packages)} with apt-get: {why}")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if any(Path("/var/lib/apt/lists").glob("*Packages*")) and ran(install, env):
        return True
    return ran([*apt, "update"], env) and ran(install, env)


def missing_pdf_packages() -> list[str]:
    """The Debian packages of the PDF libraries that cannot be loaded here."""
    return [package for library, package in PDF_LIBRARIES.items() if not _loads(library)]


def find_browser() -> Path | None:
    """A browser of the Chromium family, or None. TOUCHSTONE_BROWSER names one by its path."""
    named = os.environ.get("TOUCHSTONE_BROWSER")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return Path(found)
    return MAC_BROWSER if MAC_BROWSER.exists() else None


def prepare_browser(told: Path) -> None:
    """See that the browser tests can run, or say once what is missing; in CI that is an error."""
    lacks = find_browser() is None or (
        sys.platform.startswith("linux") and not _loads("libatomic.so.1")
    )
    if lacks and can_install():
        apt_install(BROWSER_PACKAGES, "pages are tested in a real browser.")
        lacks = find_browser() is None
    if not lacks:
        return
    notice = (
        "Browser tests are skipped: there is no Chromium. On Debian:\n"
        f"  sudo apt-get install -y --no-install-recommends {' '.join(BROWSER_PACKAGES)}"
    )
    if os.environ.get("CI"):
        raise Stop(notice)
    _say_once(notice, told)


def prepare_strace(told: Path) -> None:
    """See that tests can make a disk fail and cut the power, or say once that they cannot."""
    if not sys.platform.startswith("linux") or shutil.which("strace"):
        return
    if can_install() and apt_install(
        ["strace"], "tests make disks fail and cut the power with it."
    ):
        return
    notice = "Tests of failing disks are skipped: there is no strace. On Debian:\n"
    notice += "  sudo apt-get install -y --no-install-recommends strace"
    if os.environ.get("CI"):
        raise Stop(notice)
    _say_once(notice, told)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def prepare_pdf(told: Path) -> None:
    """See that PDF reports can be made, or say once (marked by the file *told*) what is missing.

    Only a report needs the libraries, so their absence stops nothing else. CI is told apart: there
    a skipped report would be a check that did not happen.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = missing_pdf_packages()
    if missing and can_install():
        apt_install(missing, "WeasyPrint draws the PDF reports with them.")
        missing = missing_pdf_packages()
    if not missing:
        return
    notice = (
        "PDF reports are off: the libraries that draw them are missing. On Debian or Ubuntu:\n"
        f"  sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
    )
    if os.environ.get("CI"):
        raise Stop(notice)
    _say_once(notice, told)


def _say_once(notice: str, told: Path) -> None:
    """Say *notice*, unless the file *told* marks that it was said before."""
    if not told.exists():
        say(notice)
        with contextlib.suppress(OSError):
            told.parent.mkdir(exist_ok=True)
            told.touch()


def for_programs() -> dict[str, str]:
    """The environment our programs run in: on macOS it lets any Python find Homebrew's Pango."""
    env = dict(os.environ)
    if sys.platform == "darwin" and HOMEBREW.is_dir():
        env.setdefault("DYLD_FALLBACK_LIBRARY_PATH", f"{HOMEBREW}:/usr/local/lib:/usr/lib")
    return env
