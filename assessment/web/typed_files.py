"""A file that was chosen, or the same pasted as text: small tables come in both ways."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

_UNSEEN = dict.fromkeys({*range(32), 127} - {*map(ord, "\t\n\r")})
"""Signs that no page may hold; the cells of a table lose them in any case."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought: its bytes, its name, and its text as far as it is text."""

    data: bytes
    name: str

    @property
    def text(self) -> str:
        """The text for a field of a page; none of a file that is not UTF-8, lest it lose signs."""
        try:
            return self.data.decode("utf-8-sig").translate(_UNSEEN)
        except UnicodeDecodeError:
            return ""

    @property
    def is_empty(self) -> bool:
        return not self.data.strip()


def brought(pasted_name: str) -> Brought:
    """The file of this request if one was chosen, else what was pasted."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return Brought(file.stream.read(), file.filename)
    text = request.form.get("text", "")
    name = request.form.get("name", "") or pasted_name
    return Brought(text.encode("utf-8", "replace"), name[:200])
