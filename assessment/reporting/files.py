"""Files that are either the old one or the new one, never half of it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Put *data* in place of what stands at *path*; when that fails, the old file stays as it was.

    The new file is written beside the old one, flushed to the disk and then renamed: a reader, a
    full disk or a power cut in between meets a whole file. A pipe or a device is just written to.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    aside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        _write_through(aside, data)
        if path.exists():
            aside.chmod(path.stat().st_mode)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _write_folder_through(path.parent)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _write_folder_through(folder: Path) -> None:
    """The rename itself reaches the disk with its folder; Windows has no such thing."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
