"""The two small files beside the answers: who was invited, and where leaders want to be."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from assessment.core.findings import DEFAULT_WEIGHT, Target
from assessment.core.framework import STAFF, Framework, Item
from assessment.core.release import Invited
from assessment.core.scales import GRADES
from assessment.core.text import clean
from assessment.exchange.answer_people import group_names
from assessment.exchange.rows import FileRefused, Header, Row, RowProblem, read_rows, unguarded

INVITED_HEADER = Header(("unit", "group", "invited"))
TARGETS_HEADER = Header(("id", "target"), ("importance", "effort", "reason", "date"))


Value = TypeVar("Value")


class _Wrong(ValueError):
    """A cell that cannot be used: its column and the sentence."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def read_invited(framework: Framework, path: Path) -> Invited:
    """How many people were invited, by unit and group; raises FileRefused naming every bad row."""
    rows, problems = read_rows(path, INVITED_HEADER)
    groups = group_names(framework)
    people: dict[tuple[str | None, str], int] = {}
    for row in rows:
        unit = _text(row, "unit") or None
        group = _text(row, "group") or STAFF
        key = unit, groups.get(group.casefold(), group)
        try:
            number = _whole(row, "invited", 0, 10_000_000)
            if key in people:
                raise _Wrong("unit", "This unit and group stand in the file already.")
            people[key] = number
        except _Wrong as wrong:
            problems.append(row.problem(wrong.column, str(wrong)))
    return _unless(problems, Invited(people))


def read_targets(framework: Framework, path: Path) -> Mapping[str, Target]:
    """Targets by the id of an item or question; raises FileRefused naming every bad row.

    A row that says only how much an item matters has no target: the next step stands in for it.
    """
    rows, problems = read_rows(path, TARGETS_HEADER)
    targets: dict[str, Target] = {}
    for row in rows:
        try:
            target = _target(framework, row)
            if target.id in targets:
                raise _Wrong("id", f"“{target.id}” has a target already.")
            targets[target.id] = target
        except _Wrong as wrong:
            problems.append(row.problem(wrong.column, str(wrong)))
    return _unless(problems, targets)


def _unless(problems: list[RowProblem], value: Value) -> Value:
    if problems:
        raise FileRefused(sorted(problems))
    return value


def _target(framework: Framework, row: Row) -> Target:
    found = _text(row, "id")
    item = framework.item_by_id.get(found)
    aim: Fraction | None
    if item is not None and item.judge is not None:
        only_weighs = not _text(row, "target") and _text(row, "importance")
        aim = None if only_weighs else _judged_aim(item, row)
    elif found in framework.question_by_id and framework.question_by_id[found].scale.favourable:
        aim = Fraction(_whole(row, "target", 0, 100))
    else:
        raise _Wrong(
            "id",
            f"“{found[:60]}” is not an item that is judged, nor a statement: neither has a target.",
        )
    return Target(
        found,
        aim,
        _weight(row, "importance"),
        _weight(row, "effort"),
        _text(row, "reason"),
        _date(row),
    )


def _judged_aim(item: Item, row: Row) -> Fraction:
    scale = item.judge
    assert scale is not None  # noqa: S101 - the caller has looked
    if scale.answer == "conformity":
        grade = _text(row, "target").casefold()
        if grade not in GRADES:
            raise _Wrong("target", f"A target here is one of: {', '.join(GRADES)}.")
        return Fraction(GRADES.index(grade))
    aim = _whole(row, "target", scale.lowest, scale.highest)
    if aim not in scale.values:
        raise _Wrong("target", f"A target here is a percent in steps of {scale.step}.")
    return Fraction(aim)


def _weight(row: Row, column: str) -> int:
    return _whole(row, column, 1, 3) if _text(row, column) else DEFAULT_WEIGHT


def _date(row: Row) -> str:
    typed = _text(row, "date")
    if not typed:
        return ""
    try:
        return datetime.date.fromisoformat(typed).isoformat()
    except ValueError:
        raise _Wrong("date", f"“{typed[:40]}” is not a date such as 2027-06-30.") from None


def _text(row: Row, column: str) -> str:
    return clean(unguarded(row.cells.get(column, ""))).strip()


def _whole(row: Row, column: str, lowest: int, highest: int) -> int:
    typed = _text(row, column)
    if typed.isascii() and typed.isdecimal() and len(typed) <= 9:
        number = int(typed)
        if lowest <= number <= highest:
            return number
    raise _Wrong(column, f"“{typed[:40]}” is not a whole number from {lowest} to {highest}.")
