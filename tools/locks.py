"""The lock files: exact versions with hashes for every system, and no addresses.

Without addresses, a checkout installs from whichever package index a machine is set up for.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from environment import LOCKS, ROOT
from machine import Stop, say

_OLDEST_PYTHON = "3.11"
_FILES = ("test.txt", "runtime.txt", "uv.txt")


def write_locks(uv: Path, env: dict[str, str], arguments: list[str]) -> int:
    """Resolve pyproject.toml into requirements/; present versions stay unless told otherwise."""
    if unknown := set(arguments) - {"--upgrade", "--check"}:
        raise Stop(f"./dev lock knows --upgrade and --check, not {' '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in _FILES:
            if LOCKS.joinpath(name).exists():
                shutil.copy(LOCKS / name, folder)
        _resolve(uv, env, folder, ["--upgrade"] if "--upgrade" in arguments else [])
        changed = [name for name in _FILES if not _same(folder / name, LOCKS / name)]
        if "--check" in arguments:
            for name in changed:
                say(f"requirements/{name} does not follow from pyproject.toml: run ./dev lock.")
            return int(bool(changed))
        for name in changed:
            shutil.copy(folder / name, LOCKS)
            say(f"Wrote requirements/{name}.")
    return 0


def _resolve(uv: Path, env: dict[str, str], folder: Path, options: list[str]) -> None:
    """The larger set comes first and bounds the smaller, so that both name the same versions."""
    test, runtime, own = (folder / name for name in _FILES)
    _compile(uv, env, test, [*options, "--extra", "test", "pyproject.toml"])
    _compile(uv, env, runtime, [*options, "--constraints", str(test), "pyproject.toml"])
    _compile(uv, env, own, [*options, "-"], words="uv\n")


def _compile(
    uv: Path, env: dict[str, str], target: Path, options: list[str], words: str = ""
) -> None:
    universal = ["--universal", "--python-version", _OLDEST_PYTHON, "--generate-hashes"]
    plain = ["--no-emit-index-url", "--no-header", "--no-annotate"]
    done = subprocess.run(
        [uv, "pip", "compile", "--quiet", *universal, *plain, "--output-file", target, *options],
        check=False,
        cwd=ROOT,
        env=env,
        input=words,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    if done.returncode:
        raise Stop(f"requirements/{target.name} could not be resolved; uv says why above.")


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()
