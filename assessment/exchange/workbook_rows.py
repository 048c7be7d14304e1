"""What the sheets of the workbook are made of: rows of plain values, titles beside ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.core.framework import TOTAL, Framework

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Heads = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns with their widths, and its rows."""

    title: str
    columns: Heads
    rows: tuple[Row, ...]


PLACE: Heads = (("Id", 10), ("Title", 44))


def titles_of(framework: Framework) -> dict[str, str]:
    """The title of every place, the text of a question."""
    found = {TOTAL: "The whole"}
    found |= {question.id: question.text for question in framework.context}
    for category in framework.categories:
        found[category.id] = category.title
        for item in category.items:
            found[item.id] = item.title
            found |= {question.id: question.text for question in item.questions}
            for slot in framework.slots_by_item[item.id]:
                found.setdefault(slot.key, item.title)
    return found


def picked(node: Mapping[str, Any], *keys: str) -> Row:
    return tuple(node[key] for key in keys)
