"""Where an error came from, for the log; never its message, which may quote an answer."""

from __future__ import annotations

import traceback


def outline(error: BaseException) -> str:
    """The kind of *error* and the places it passed, the innermost first."""
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-8:]
    ]
    return " < ".join([type(error).__name__, *reversed(places)])
