"""One item's judgement: what its judges come to, as percent and points or as a level or grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.consensus import Agreed, Judgement, agree, agree_on_attributes
from assessment.core.framework import Item
from assessment.core.scales import GRADES
from assessment.core.tally import Scope
from assessment.core.trace import Input, State, Trace, Traces


@dataclass(frozen=True, slots=True)
class ItemAssessed:
    """One item's judgement: `percent` and `points`, or `level` (a level, a stage or a grade).

    `attributes` by id are what the judges see in it; they are shown and enter no figure.
    """

    id: str
    percent: Fraction | None
    points: Fraction | None
    level: int | str | None
    provisional: bool
    consensus: bool
    judges: int
    completeness: Fraction | None
    state: State
    traces: Traces
    attributes: Mapping[str, Fraction]


def assess_item(item: Item, given: Sequence[Judgement], scope: Scope) -> ItemAssessed:
    """What the judgements *given* make of *item*; *scope* tells how much of it was answered."""
    agreed = agree(item, given) if item.judge else _NOT_JUDGED
    kind = item.judge.answer if item.judge else None
    traces: dict[str, Trace] = {}
    level: int | str | None = None
    percent: Fraction | None = None
    if agreed.value is not None and agreed.trace is not None and item.judge is not None:
        if kind == "percent":
            percent = agreed.value
            traces["percent"] = agreed.trace
        else:
            level = GRADES[int(agreed.value)] if kind == "conformity" else int(agreed.value)
            traces["level"] = agreed.trace
            if item.points is not None and kind != "conformity":
                traces["percent"] = _percent_of_level(item, agreed.value)
                percent = traces["percent"].value
    if percent is not None and item.points is not None:
        traces["points"] = Trace(
            "percent of points",
            (Input(f"{item.id} percent", percent), Input(f"{item.id} possible", item.points)),
        )
    points = traces["points"].value if "points" in traces else None
    completeness = scope.completeness(deciding_slots(item, scope))
    if completeness:
        traces["completeness"] = completeness
    attributes = agree_on_attributes(item, given)
    traces |= {f"attributes[{key}]": trace for key, trace in attributes.items()}
    return ItemAssessed(
        item.id,
        percent,
        points,
        level,
        agreed.provisional,
        agreed.consensus,
        agreed.judges,
        completeness.value if completeness else None,
        agreed.state,
        traces,
        {key: trace.value for key, trace in attributes.items()},
    )


_NOT_JUDGED = Agreed("not applicable", None, 0, False, False, None)


def _percent_of_level(item: Item, level: Fraction) -> Trace:
    assert item.judge is not None  # noqa: S101 - only judged items have a level
    return Trace(
        "rescaled",
        (
            Input(f"{item.id} level", level),
            Input("lowest level", Fraction(item.judge.lowest)),
            Input("highest level", Fraction(item.judge.highest)),
        ),
    )


def deciding_slots(item: Item, scope: Scope) -> tuple[str, ...]:
    """The slots that settle an item: its judgement or its criteria.

    Attributes only inform, unless a rule makes the judgement of them and nobody gave one directly.
    """
    if item.judge is None:
        return ()
    if item.judge.answer == "met":
        return tuple(criterion.id for level in item.levels for criterion in level.criteria)
    attributes = tuple(f"{item.id}/{attribute.id}" for attribute in item.judge.attributes)
    is_computed = attributes and scope.framework.scoring.item != "judged"
    if is_computed and not scope.counts(item.id).n:
        return attributes
    return (item.id,)
