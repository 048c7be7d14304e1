"""What explains a figure that a reader worked out, and where the figures it rests on stand."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.core.release import Participation
from assessment.reporting.source import Source


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a figure was worked out from; `place` names its own explanation, if it has one."""

    what: str
    value: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that was worked out from others: what it is, its value, how, and from what."""

    title: str
    value: str
    rule: str
    terms: tuple[Term, ...]


def present_place(source: Source, of: str) -> str:
    """Where the present value of an item or a question of a gap stands."""
    item = source.framework.item_by_id.get(of)
    if item is None:
        return f"perceived.questions[{of}].favourable"
    is_percent = item.judge is not None and item.judge.answer == "percent"
    return f"assessed.items[{of}].{'percent' if is_percent else 'level'}"


def seen_place(kind: str, of: str) -> str:
    """Where staff's percent of the whole, a category, an item or a question stands."""
    if kind == "whole":
        return "perceived.percent"
    return f"perceived.{'categories' if kind == 'category' else kind + 's'}[{of}].percent"


def rate_place(row: Participation) -> str:
    """Where the rate of participation of a group stands, in a unit or in all."""
    where = f"[{row.unit}]" if row.unit is not None else ""
    return f"participation[{row.group}]{where}.rate"
