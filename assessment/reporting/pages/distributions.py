"""How answers are spread, question by question, and what stands out in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment.core.findings import CANNOT_JUDGE_SHARE
from assessment.core.framework import STAFF, Item
from assessment.core.perceived import QuestionPerceived
from assessment.core.text import shown
from assessment.reporting.comparison import Comparison
from assessment.reporting.elements import Figure
from assessment.reporting.marks import Distribution, DistributionRow
from assessment.reporting.source import Source
from assessment.reporting.wording import (
    FEW_ANSWERED,
    PERCENT,
    name,
    percent,
    plain,
    sentence,
    share,
)

LONGEST_SCALE = 7
CLOSE = 5


def distributions(source: Source, comparison: Comparison, item: Item) -> Iterator[Figure]:
    """Each question once: as staff answered it, or else the first group that did."""
    done: set[str] = set()
    for group in source.survey_groups:
        by_scale: dict[str, list[QuestionPerceived]] = {}
        for question in source.questions_of(item, group):
            scale = source.framework.question_by_id[question.id].scale
            is_answered = question.n + question.unknown > 0 or question.state == "withheld"
            if question.id not in done and is_answered and len(scale.values) <= LONGEST_SCALE:
                by_scale.setdefault(scale.id, []).append(question)
                done.add(question.id)
        for scale_id, questions in by_scale.items():
            yield _distribution(source, comparison, group, scale_id, questions)


def _distribution(
    source: Source,
    comparison: Comparison,
    group: str,
    scale_id: str,
    questions: Sequence[QuestionPerceived],
) -> Figure:
    scale = source.framework.scales[scale_id]
    rows = tuple(
        DistributionRow(
            question.id,
            source.framework.question_by_id[question.id].text,
            tuple(question.counts.get(value, 0) for value in scale.values),
            question.unknown,
            question.n,
            question.favourable,
            comparison.favourable(question.id) if group == STAFF else None,
            question.state,
        )
        for question in questions
    )
    labels = tuple(scale.label_of(value) for value in scale.values)
    favourable = frozenset(
        place for place, value in enumerate(scale.values, start=1) if value in scale.favourable
    )
    return Figure(
        _title(source, group, rows),
        f"Answers of {source.group(group)}; {_n_range(rows)}. {sentence(source.when)}.",
        Distribution(_alt(source, group, rows, labels), labels, favourable, rows),
    )


def _n_range(rows: Sequence[DistributionRow]) -> str:
    counts = [row.n for row in rows if row.state != "withheld"]
    if not counts:
        return f"withheld: {FEW_ANSWERED}"
    low, high = min(counts), max(counts)
    return f"n = {low}" if low == high else f"n = {low} to {high}"


def _title(source: Source, group: str, rows: Sequence[DistributionRow]) -> str:
    who = source.group(group)
    known = [(row.favourable, row.id) for row in rows if row.favourable is not None]
    if not known and any(row.state == "withheld" for row in rows):
        return f"How {who} answered is withheld: {FEW_ANSWERED}"
    if not known:
        judged = any(row.n for row in rows)
        return f"How {who} answered" if judged else f"None of the {who} asked could judge this"
    low, high = min(known), max(known)
    if len(known) == 1:
        return f"{percent(low[0])} of {who} are favourable"
    if high[0] - low[0] < CLOSE:
        about = shown((low[0] + high[0]) / 2, 0)
        return f"About {about}{PERCENT} of {who} are favourable throughout"
    return (
        f"From {percent(low[0])} ({name(low[1])}) to {percent(high[0])} ({name(high[1])}) of "
        f"{who} are favourable"
    )


def _alt(source: Source, group: str, rows: Sequence[DistributionRow], labels: Sequence[str]) -> str:
    said = []
    for row in rows:
        if row.state == "withheld":
            said.append(f"{row.id}: withheld")
            continue
        counts = ", ".join(
            f"{label} {count}" for label, count in zip(labels, row.counts, strict=True)
        )
        said.append(f"{row.id}: {counts}; can’t judge {row.unknown}")
    return plain(f"Answers of {source.group(group)}. {'. '.join(said)}.")


def remarks(source: Source, item: Item) -> Iterator[str]:
    """What stands out: questions that many cannot judge, or that apply to nobody asked."""
    for group in source.survey_groups:
        who = source.group(group)
        for question in source.questions_of(item, group):
            part = question.cannot_judge_share or Fraction(0)
            if part >= CANNOT_JUDGE_SHARE:
                yield (
                    f"{share(part)}{PERCENT} of the {who} who answered {name(question.id)} cannot "
                    "judge it. That often means that a practice has not reached them."
                )
            elif question.state == "not applicable":
                yield f"To all {who} who answered {name(question.id)} it does not apply."
