"""A consultant compares two editions of a framework: what changed, and what answers make of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assessment.catalogue.check import check_file, load_framework
from assessment.catalogue.diff import Change, as_json, changes, summed_up
from assessment.catalogue.schema import CriteriaFile


def changes_between(old: Path, new: Path) -> list[Change]:
    """Every change from the file *old* to the file *new*; CriteriaError if one has errors."""
    return changes(_file(old), _file(new))


def keeps_answers(found: list[Change]) -> bool:
    """Whether answers given before still count and mean the same."""
    return not any(change.effect == "incompatible" for change in found)


def change_lines(found: list[Change]) -> Iterator[str]:
    """The changes in words, a line each, and what they come to."""
    yield from map(str, found)
    yield summed_up(found)


def changes_text(found: list[Change]) -> str:
    """The same as JSON."""
    whole = {"keeps_answers": keeps_answers(found), "changes": as_json(found)}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _file(path: Path) -> CriteriaFile:
    checked = check_file(path)
    if checked.file is None or checked.framework is None:
        load_framework(path)  # refuses it, and says why
    assert checked.file is not None  # noqa: S101 - a framework has its file
    return checked.file
