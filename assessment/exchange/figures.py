"""Every figure of a release as one long table: where it stands, what it is, its value, its state.

The rows are those of the result JSON, under the places that its traces have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessment.core.release import Release
from assessment.exchange.result import Json, result_json
from assessment.exchange.rows import guarded, write_rows

HEADER = ("place", "figure", "value", "state")

_PARTS = frozenset({"perceived", "assessed", "total"})
_BY_NAME = frozenset({"groups", "units"})
_LISTS: Mapping[str, str] = {
    "categories": "{id}",
    "items": "{id}",
    "questions": "{id}",
    "bands": "{of}",
    "participation": "{unit}, {group}",
    "perception_gaps": "{group}, {kind} {id}",
    "disagreements": "{id}",
    "criteria": "{id}",
    "reliability": "{of}",
    "measures": "{item}, {title}",
}
"""Lists of things, and what each thing goes by."""
_NO_FIGURES = frozenset({"framework", "doubts", "traces", "state"})

Value = int | float | str | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure; `state` says why there is no value, where its kind of figure has a state."""

    place: str
    figure: str
    value: Value
    state: str


def figures_csv(release: Release) -> str:
    """The table as CSV, of which no spreadsheet takes a cell for a formula."""
    rows = figures(result_json(release))
    cells = ((guarded(row.place), row.figure, _cell(row.value), row.state) for row in rows)
    return write_rows(HEADER, cells)


def figures(result: Json) -> Iterator[FigureRow]:
    """The rows of a result, in its own order."""
    return _of("", result, "")


def _of(place: str, node: Json, named: str) -> Iterator[FigureRow]:
    """The rows of one thing at *place*; what it is *named* by is no figure of it."""
    for key, value in node.items():
        here = f"{place}.{key}" if place else key
        if key in _NO_FIGURES or f"{{{key}}}" in named:
            continue
        if key in _PARTS:
            yield from _of(here, value, "")
        elif key in _BY_NAME:
            for name, own in value.items():
                yield from _of(f"{here}[{name}]", own, "")
        elif key in _LISTS:
            for own in value:
                known = {name: "" if said is None else said for name, said in own.items()}
                yield from _of(f"{here}[{_LISTS[key].format(**known)}]", own, _LISTS[key])
        else:
            for figure, one in _single(key, value):
                yield FigureRow(place, figure, one, node.get("state", ""))


def _single(key: str, value: object) -> Iterator[tuple[str, Value]]:
    """A figure; or several of one kind, each under what it is counted by."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield f"{key}[{name}]", one
    elif isinstance(value, list):
        for number, one in enumerate(value, start=1):
            is_dated = isinstance(one, dict)
            yield f"{key}[{one['date'] if is_dated else number}]", one["value"] if is_dated else one
    elif isinstance(value, bool):
        yield key, "yes" if value else "no"
    else:
        assert value is None or isinstance(value, int | float | str)  # noqa: S101 - JSON has no more
        yield key, value


def _cell(value: Value) -> str:
    """Numbers in plain digits; text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
