"""Importance from customers' requirements: a table in words, and a column of a targets file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assessment.core.framework import Framework
from assessment.core.importance import HouseOfQuality, Importance
from assessment.core.text import shown
from assessment.exchange.rows import FileRefused, guarded, read_rows, unguarded, write_rows
from assessment.exchange.settings import TARGETS_HEADER

_CLASSES = {1: "1 little", 2: "2 much", 3: "3 most"}


def ranked(framework: Framework, house: HouseOfQuality) -> list[Importance]:
    """What each item matters to customers, the most important first."""
    order = {item.id: place for place, item in enumerate(framework.items)}
    return sorted(house.importance.values(), key=lambda one: (-one.value, order[one.item]))


def importance_lines(framework: Framework, house: HouseOfQuality) -> Iterator[str]:
    """What customers require with its weight, then what follows for the items."""
    yield f"{house.title} · {framework.title} · {framework.edition}"
    yield ""
    for each in house.requirements:
        share = shown(100 * house.relative[each.id])
        yield f"{share:>6} %  {each.text}"
    yield ""
    yield f"{'share':>8}  {'importance':<10}  item"
    for one in ranked(framework, house):
        title = framework.item_by_id[one.item].title
        share = shown(100 * one.share)
        yield f"{share:>6} %  {_CLASSES[one.weight]:<10}  {one.item} {title}"
    if house.unmet:
        yield ""
        yield f"No item serves: {', '.join(house.unmet)}."


def targets_with_importance(framework: Framework, house: HouseOfQuality, path: Path) -> str:
    """The targets file *path* with the importance of items in it; a new one where there is none.

    Whatever else its rows say stays. Raises FileRefused where it cannot be read.
    """
    rows = _rows(path) if path.exists() else []
    known = {row["id"] for row in rows}
    found = {
        item.id: str(house.importance[item.id].weight)
        for item in framework.items
        if item.judge is not None and item.id in house.importance
    }
    rows += [{"id": item} for item in found if item not in known]
    for row in rows:
        if row["id"] in found:
            row["importance"] = found[row["id"]]
    columns = TARGETS_HEADER.known
    return write_rows(
        columns, [[guarded(row.get(column, "")) for column in columns] for row in rows]
    )


def _rows(path: Path) -> list[dict[str, str]]:
    rows, problems = read_rows(path, TARGETS_HEADER)
    if problems:
        raise FileRefused(sorted(problems))
    return [{column: unguarded(cell) for column, cell in row.cells.items()} for row in rows]
