"""A power cut: what a process wrote and synced, and the files as they may be found afterwards.

strace records the calls. The files are then built again up to any of them: what was synced is
there, and of the rest nothing, some, all, or some of it torn in half. A name in a folder counts as
synced when the folder was.
"""

from __future__ import annotations

import functools
import os
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Left = Literal["none", "some", "all", "torn"]
LEFT: tuple[Left, ...] = ("none", "some", "all", "torn")
CALLS = "openat,pwrite64,write,fdatasync,fsync,ftruncate,unlink"
STRACE = ("strace", "--seccomp-bpf", "-f", "-y")
"""The filter in the kernel keeps all other calls at their own speed."""
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) = (\d+)(?:<(.*)>)?$")
_FILE = re.compile(r"^\d+<([^>]*)>")
_TEXT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Step:
    """One call: what was written where, cut to a length, synced, made, dropped, or said."""

    deed: Literal["write", "cut", "sync", "make", "drop", "say"]
    path: str
    data: bytes = b""
    at: int = 0


@dataclass
class _File:
    """What is on the disk for certain, and what may be."""

    certain: bytearray = field(default_factory=bytearray)
    waiting: list[Step] = field(default_factory=list)


@functools.cache
def strace_works() -> bool:
    """Whether strace is here, and allowed: containers may forbid it. In CI it has to be."""
    if os.environ.get("CI"):
        return True
    try:
        return subprocess.run([*STRACE, "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def recorded(command: Sequence[str], cwd: Path, log: Path) -> list[Step]:
    """Run *command* and return its steps, those of Python itself left in: they harm nothing."""
    strace = [*STRACE, "-xx", "-s", "200000", "-o", str(log), "-e", f"trace={CALLS}"]
    subprocess.run([*strace, *command], cwd=cwd, check=True, capture_output=True, timeout=120)
    return list(_steps(log))


def _steps(log: Path) -> Iterator[Step]:
    for line in log.read_text(encoding="ascii").splitlines():
        found = _CALL.match(line)
        if not found:
            continue
        call, given, answer, opened = found.groups()
        file = _FILE.match(given)
        path = _plain(file[1]).decode() if file else ""
        if call == "openat" and "O_CREAT" in given:
            yield Step("make", _plain(opened).decode())
        elif call == "unlink":
            yield Step("drop", _plain(_text(given)).decode())
        elif call in ("fsync", "fdatasync"):
            yield Step("sync", path)
        elif call == "ftruncate":
            yield Step("cut", path, at=int(given.rpartition(", ")[2]))
        elif call == "pwrite64":
            yield Step("write", path, _plain(_text(given)), int(given.rpartition(", ")[2]))
        elif call == "write" and given.startswith("1<"):
            yield Step("say", "", _plain(_text(given))[: int(answer)])


def _text(given: str) -> str:
    found = _TEXT.search(given)
    assert found is not None
    return found[1]


def _plain(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal.replace("\\x", ""))


class Disk:
    """The files of one folder, as far as *steps* went when the power was cut."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self.before = before
        self._files = {path: _File(bytearray(data)) for path, data in before.items()}
        self._names: dict[str, _File] = dict(self._files)
        """The names that are certain; `_files` are those the process sees."""
        self._renames: list[tuple[str, _File | None]] = []

    def take(self, step: Step) -> None:
        """Do what the process did."""
        if step.deed == "make" and step.path not in self._files:
            made = self._files[step.path] = _File()
            self._renames.append((step.path, made))
        elif step.deed == "drop" and self._files.pop(step.path, None):
            self._renames.append((step.path, None))
        elif step.deed == "sync" and step.path in self._files:
            file = self._files[step.path]
            for waiting in file.waiting:
                _apply(file.certain, waiting)
            file.waiting.clear()
        elif step.deed == "sync":
            self._name(self._names, self._renames)
            self._renames.clear()
        elif step.deed in ("write", "cut") and step.path in self._files:
            self._files[step.path].waiting.append(step)

    def found(self, left: Left, dice: random.Random) -> dict[str, bytes]:
        """The files after the cut, by path."""
        count = {"none": 0, "all": len(self._renames)}.get(
            left, dice.randint(0, len(self._renames))
        )
        names = dict(self._names)
        # A file system may forget the last changes of a folder; it does not reorder them.
        self._name(names, self._renames[:count])
        return {path: bytes(_after(file, left, dice)) for path, file in names.items()}

    @staticmethod
    def _name(names: dict[str, _File], renames: Sequence[tuple[str, _File | None]]) -> None:
        for path, file in renames:
            if file is None:
                names.pop(path, None)
            else:
                names[path] = file


def _after(file: _File, left: Left, dice: random.Random) -> bytearray:
    content = bytearray(file.certain)
    torn = dice.randrange(len(file.waiting)) if left == "torn" and file.waiting else None
    for number, step in enumerate(file.waiting):
        if number == torn:
            _apply(content, Step(step.deed, step.path, step.data[: len(step.data) // 2], step.at))
        elif left == "all" or (left in ("some", "torn") and dice.random() < 0.5):
            _apply(content, step)
    return content


def _apply(content: bytearray, step: Step) -> None:
    if step.deed == "cut":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(step.data)] = step.data
