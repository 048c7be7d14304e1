"""Printed sections kept in a folder for the next print, a file each.

They hold what the report holds, so their folder needs the care that reports need: it is made
readable for its owner alone. They are only copies: what cannot be read is printed again.
"""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from assessment.reporting.files import write_whole
from assessment.reporting.sections import Bookmark, PrintedSection

MOST_KEPT = 200


def find(folder: Path, key: str) -> PrintedSection | None:
    """What was kept by that name, if it still is and nobody changed it."""
    path = folder / key
    try:
        digest, _, rest = path.read_bytes().partition(b"\n")
        if sha256(rest).hexdigest().encode() != digest:
            return None
        path.touch()
        return _read(rest)
    except OSError:
        return None


def keep(folder: Path, key: str, section: PrintedSection) -> None:
    """Keep *section* as far as the disk allows; what was not asked for longest goes."""
    data = _written(section)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        write_whole(folder / key, sha256(data).hexdigest().encode() + b"\n" + data)
        by_age = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for path in by_age[:-MOST_KEPT]:
            path.unlink(missing_ok=True)


def forget(folder: Path, seconds: float, pattern: str = "*") -> None:
    """Remove the files below *folder*, of those like *pattern*, that are older than that."""
    with contextlib.suppress(OSError):
        for path in list(folder.rglob(pattern)):
            if path.is_file() and time.time() - path.stat().st_mtime > seconds:
                path.unlink(missing_ok=True)


def _written(section: PrintedSection) -> bytes:
    """A line of JSON about the section, then its PDF."""
    about = asdict(section)
    del about["pdf"]
    return json.dumps(about).encode() + b"\n" + section.pdf


def _read(data: bytes) -> PrintedSection:
    line, _, pdf = data.partition(b"\n")
    about = json.loads(line)
    return PrintedSection(
        pdf,
        about["pages"],
        {anchor: (int(place[0]), *place[1:]) for anchor, place in about["anchors"].items()},
        tuple(
            Bookmark(each["level"], each["label"], tuple(each["place"]))
            for each in about["bookmarks"]
        ),
        tuple(about["refused"]),
        tuple(about["remarks"]),
    )
