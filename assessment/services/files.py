"""Files that jobs make: put away whole, opened, removed. Each has a key that we have made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assessment.reporting.files import write_whole
from assessment.services.errors import NotThere

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*(\.[a-z0-9]+)?")


@dataclass(frozen=True, slots=True)
class Files:
    """A folder of files that is its owner's alone."""

    folder: Path

    def put(self, key: str, data: bytes) -> None:
        """Keep *data* under *key*: there entirely, or not at all."""
        path = self._path(key)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, data)

    def open(self, key: str) -> BinaryIO:
        """The file, to be read; NotThere if it was removed."""
        try:
            return self._path(key).open("rb")
        except FileNotFoundError:
            raise NotThere from None

    def remove(self, key: str) -> None:
        """Take the file away; one that is not there stays so."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of a file.")
        return self.folder / key
