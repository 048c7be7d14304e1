"""Bytes -> text: UTF-8 and nothing else, with other encodings called by their names."""

from __future__ import annotations

import re

from assessment.catalogue.problems import START, Place, Refused

LIMIT = 2 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"
_OTHER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# What YAML calls printable; line breaks are those that the parser counts.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def decoded(data: bytes) -> str:
    """The text of a file, or a refusal that names its encoding or the character in the way."""
    if len(data) > LIMIT:
        raise Refused(START, "too-large", f"This file is larger than {LIMIT // 1024**2} MiB.")
    _refuse_other_encodings(data)
    data = data.removeprefix(_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = place_in(before, len(before))
        raise Refused(place, "not-utf8", _not_utf8(data[error.start])) from None
    found = _FORBIDDEN.search(text)
    if found:
        sentence = (
            f"There is an invisible control character here (U+{ord(found[0]):04X}). Delete it."
        )
        raise Refused(place_in(text, found.start()), "control-character", sentence)
    return text


def place_in(text: str, index: int) -> Place:
    """Line and column of the character at *index* of *text*."""
    breaks = list(BREAK.finditer(text, 0, index))
    start = breaks[-1].end() if breaks else 0
    return Place(len(breaks) + 1, index - start + 1)


def _refuse_other_encodings(data: bytes) -> None:
    for mark, name in _OTHER_MARKS:
        if data.startswith(mark):
            raise Refused(START, "not-utf8", f"This file is in {name}. Save it as UTF-8.")
    head = data[:1000]
    if head.count(0) * 5 > len(head) * 2:
        sentence = "This file seems to be in UTF-16 or UTF-32. Save it as UTF-8."
        raise Refused(START, "not-utf8", sentence)
    if b"\x00" in data:
        raise Refused(START, "not-text", "This is not a text file.")


def _not_utf8(byte: int) -> str:
    sign = bytes([byte]).decode("cp1252", errors="replace")
    if byte == 0xED or not sign.isprintable() or sign == "\N{REPLACEMENT CHARACTER}":
        return f"This file is not in UTF-8: byte {byte:02X} makes no character here."
    return (
        f"This file is not in UTF-8: byte {byte:02X} would be “{sign}” in Windows-1252 (Latin-1)."
        " Save it as UTF-8."
    )
