"""Why this gap: its distance, its priority, what it would win, and the target behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assessment.core.findings import Gap
from assessment.core.scales import Scale
from assessment.core.text import shown
from assessment.reporting.source import Source, measured_words
from assessment.reporting.why_terms import Derived, Term, present_place
from assessment.reporting.wording import name, typed_day


def gap_figure(source: Source, of: str, figure: str) -> Derived | None:
    gap = source.gap_of(of)
    return _GAP_FIGURES[figure](source, gap) if gap is not None else None


def _distance(source: Source, gap: Gap) -> Derived:
    scale = source.framework.scales[gap.scale_id]
    present, target = (
        measured_words(scale, gap.measure, value) for value in (gap.present, gap.target)
    )
    steps = "; grades are counted in steps" if gap.measure == "grade" else ""
    return Derived(
        f"Gap of {source.numbered(gap.id)}",
        shown(abs(gap.gap)),
        f"How far it is from where it stands to where it should be{steps}.",
        (
            Term("stands at", present, present_place(source, gap.id)),
            Term(
                "target of the leaders" if gap.is_chosen else "next step, no target chosen",
                target,
                f"targets[{gap.id}].target",
            ),
        ),
    )


def _priority(source: Source, gap: Gap) -> Derived:
    return Derived(
        f"Priority of {source.numbered(gap.id)}",
        shown(gap.priority),
        "Importance × class of the gap ÷ effort. The class is 1 below 10 percent, 2 below 25, else "
        "3; of levels and grades it is their number, at most 3. Where leaders gave no importance "
        "or effort, 2 is taken.",
        (
            Term("importance, the middle of the leaders’ views", str(gap.importance)),
            Term("gap", shown(abs(gap.gap)), f"gaps[{gap.id}].gap"),
            Term("class of the gap", str(gap.gap_class)),
            Term("effort, as the leaders see it", str(gap.effort)),
        ),
    )


def _to_win(source: Source, gap: Gap) -> Derived | None:
    item = source.framework.item_by_id.get(gap.id)
    if gap.points_to_win is None or item is None or item.points is None or item.judge is None:
        return None
    scale = item.judge
    span = 100 if scale.answer == "percent" else scale.highest - scale.lowest
    return Derived(
        f"Points to win on {source.numbered(gap.id)}",
        shown(gap.points_to_win),
        "The gap as a part of the whole scale, times the points of the item.",
        (
            Term("gap", shown(gap.gap), f"gaps[{gap.id}].gap"),
            Term("length of the scale", str(span)),
            Term("points of the item", shown(item.points)),
        ),
    )


def target(source: Source, of: str) -> Derived | None:
    """What leaders chose, with their reason; or the next step of the scale."""
    gap, chosen = source.gap_of(of), source.about.targets.get(of)
    value = gap.target if gap is not None else chosen.target if chosen is not None else None
    scale = _scale_of(source, of)
    if value is None or scale is None:
        return None
    measure = (
        gap.measure
        if gap is not None
        else ""
        if of in source.framework.item_by_id
        else "favourable"
    )
    is_chosen = gap.is_chosen if gap is not None else True
    words = measured_words(scale, measure, value)
    if not is_chosen:
        return Derived(
            f"Next step of {source.numbered(of)}",
            words,
            "Leaders chose no target. This is where the next range or level of the scale starts.",
            (),
        )
    reason = name(chosen.reason) if chosen is not None and chosen.reason else "none given"
    day = typed_day(chosen.date) if chosen is not None and chosen.date else "none given"
    return Derived(
        f"Target of {source.numbered(of)}",
        words,
        "The leaders chose it; it is not worked out from anything.",
        (Term("their reason", reason), Term("by when", day)),
    )


def _scale_of(source: Source, of: str) -> Scale | None:
    if item := source.framework.item_by_id.get(of):
        return item.judge
    question = source.framework.question_by_id.get(of)
    return question.scale if question is not None else None


_GAP_FIGURES: Mapping[str, Callable[[Source, Gap], Derived | None]] = {
    "gap": _distance,
    "priority": _priority,
    "points_to_win": _to_win,
}
