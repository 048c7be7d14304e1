"""The commands behind ./dev: prepare what is missing, then run. Standard library only.

On Windows it is called directly: py tools\\dev.py demo
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036  called directly, so by any Python there is
    sys.exit("Touchstone needs Python 3.11 or newer.")

from environment import PYTHON, ROOT, TOOLS, alone, find_uv, prepare, script, uv_environment
from locks import write_locks
from machine import (
    Command,
    Stop,
    for_programs,
    prepare_browser,
    prepare_pdf,
    prepare_strace,
    say,
)

LONGEST = 40 * 60
"""Seconds that all tests may take: many times what they take, yet an end."""
FAREWELL = 30
"""Seconds in which tests that are told to end may name those that still ran."""


def demo(arguments: list[str]) -> int:
    """Start Touchstone with a made-up organisation."""
    return touchstone(["demo", *arguments])


def touchstone(arguments: list[str]) -> int:
    """Run the installed command, from wherever the person is."""
    prepare("runtime")
    prepare_pdf(TOOLS / "pdf-told")
    _keep_compiled()
    # -P: a folder named assessment where the person stands must not be taken for ours.
    _become([PYTHON, "-P", "-m", "assessment", *arguments])


def test(arguments: list[str]) -> int:
    """Run every check, or with arguments pytest alone."""
    prepare("test")
    prepare_pdf(TOOLS / "pdf-told")
    prepare_browser(TOOLS / "browser-told")
    prepare_strace(TOOLS / "strace-told")
    _keep_compiled()
    if arguments:
        return _run([PYTHON, "-m", "pytest", *arguments])
    # A file's tests stay together: they share what is dear to make, a report or a database.
    workers = str((os.cpu_count() or 1) + 1)
    # They come in our order, the dearest first.
    spread = ("-n", workers, "--dist", "loadfile", "--no-loadscope-reorder")
    pytest: Command = [PYTHON, "-m", "pytest", *spread]
    results = _side_by_side({**_style_checks(), **_type_checks(), **_import_checks()})
    started = time.monotonic()
    results["pytest"] = run_within(LONGEST, pytest), time.monotonic() - started
    return _report(results)


def lint(arguments: list[str]) -> int:
    """Check style and import contracts."""
    prepare("test")
    return _report(_side_by_side({**_style_checks(*arguments), **_import_checks()}))


def types(arguments: list[str]) -> int:
    """Check types."""
    prepare("test")
    return _report(_side_by_side(_type_checks(*arguments)))


def format(arguments: list[str]) -> int:  # noqa: A001  named as the person types it
    """Put the code in the house layout."""
    prepare("test")
    ruff, where = script("ruff"), arguments or ["."]
    return _run([ruff, "check", "--fix-only", *where]) or _run([ruff, "format", *where])


def bench(arguments: list[str]) -> int:
    """Measure against the budgets."""
    return _own_program("benchmarks", ["-m", "benchmarks", *arguments])


def pictures(arguments: list[str]) -> int:
    """Make the pictures for the documentation."""
    return _own_program("tools/pictures.py", ["tools/pictures.py", *arguments])


def vendor(arguments: list[str]) -> int:
    """Build the browser files of others, or with --check only compare."""
    return _own_program("tools/vendor.py", ["tools/vendor.py", *arguments])


def words(arguments: list[str]) -> int:
    """Bring the interface's languages up to date with its words."""
    return _own_program("tools/words.py", ["tools/words.py", *arguments])


def shelf(arguments: list[str]) -> int:
    """Count the criteria files for the docs, or with --check only compare."""
    return _own_program("tools/shelf.py", ["tools/shelf.py", *arguments])


def wheel(arguments: list[str]) -> int:
    """Build the package into dist/."""
    prepare("test")
    return _run([PYTHON, "-m", "hatchling", "build", "--target", "wheel", *arguments])


def lock(arguments: list[str]) -> int:
    """Write the lock files anew, or with --check only compare."""
    with alone():
        return write_locks(find_uv(), uv_environment(), arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command
    for command in (
        demo,
        test,
        touchstone,
        lint,
        types,
        format,
        bench,
        pictures,
        vendor,
        words,
        shelf,
        wheel,
        lock,
    )
}


def _keep_compiled() -> None:
    """Keep compiled modules, out of everybody's way, also on a machine that keeps none.

    A test run starts dozens of Pythons, and each would compile a thousand modules; the demo would
    do so at every start.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(TOOLS / "compiled"))


def _style_checks(*where: str) -> dict[str, Command]:
    ruff, where = script("ruff"), where or (".",)
    return {
        "ruff check": [ruff, "check", *where],
        "ruff format": [ruff, "format", "--check", *where],
    }


def _type_checks(*where: str) -> dict[str, Command]:
    rooms = ("assessment", "tools", "tests", "benchmarks")
    there = [room for room in rooms if any(ROOT.joinpath(room).glob("**/*.py"))]
    return {"mypy": [PYTHON, "-m", "mypy", *(where or there)]}


def _import_checks() -> dict[str, Command]:
    return {"lint-imports": [script("lint-imports")]}


def _side_by_side(checks: dict[str, Command]) -> dict[str, tuple[int, float]]:
    """Run *checks* together, two at a time, and show each one's words in one piece."""
    results = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        # mypy takes longest by far: started first, it leaves the other core to the rest.
        order = sorted(checks, key=lambda name: name != "mypy")
        running = {name: pool.submit(_captured, checks[name]) for name in order}
        for name in checks:
            code, seconds, words = running[name].result()
            results[name] = code, seconds
            print(f"--- {name}\n{words.strip()}", flush=True)
    return results


def _captured(command: Command) -> tuple[int, float, str]:
    started = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=for_programs(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, time.monotonic() - started, done.stdout


def _report(results: dict[str, tuple[int, float]]) -> int:
    print()
    for name, (code, seconds) in results.items():
        print(f"{name:14}{seconds:7.1f} s  {'failed' if code else 'good'}")
    return int(any(code for code, _ in results.values()))


def _own_program(needed: str, arguments: list[str]) -> int:
    if not ROOT.joinpath(needed).exists():
        raise Stop(f"There is no {needed} in this checkout yet.")
    prepare("test")
    prepare_pdf(TOOLS / "pdf-told")
    return _run([PYTHON, *arguments])


def _run(command: Command) -> int:
    return subprocess.run(command, check=False, cwd=ROOT, env=for_programs()).returncode


def run_within(seconds: float, command: Command) -> int:
    """Run *command*; with it, or when its time is over, everything ends that it has started."""
    with contextlib.suppress(ValueError):  # only the main thread hears signals
        signal.signal(signal.SIGTERM, lambda *_about: sys.exit(143))
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        env=for_programs(),
        stdin=subprocess.DEVNULL,
        process_group=None if sys.platform == "win32" else 0,
    )
    try:
        return running.wait(seconds)
    except subprocess.TimeoutExpired:
        say(f"The tests were not over after {seconds / 60:g} minutes, and are ended.")
        return 1
    finally:
        _end_all(running)


def _end_all(running: subprocess.Popen[bytes]) -> None:
    if running.poll() is None:
        running.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(FAREWELL)
    if sys.platform == "win32":
        running.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _become(command: Command) -> NoReturn:
    """Go over into *command*, so that signals reach it; Windows can only wait for it."""
    env = for_programs()
    if sys.platform == "win32":
        sys.exit(subprocess.run(command, check=False, env=env).returncode)
    os.execve(command[0], [str(part) for part in command], env)


def main(arguments: list[str]) -> int:
    """Carry out one command; what cannot go on ends in a sentence, not a trace."""
    if not arguments or arguments[0] not in COMMANDS:
        known = not arguments or arguments[0] in {"help", "-h", "--help"}
        print(ROOT.joinpath("tools", "commands.txt").read_text(encoding="utf-8"), end="")
        return 0 if known else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
