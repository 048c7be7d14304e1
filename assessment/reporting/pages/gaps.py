"""Every gap with its aim and priority, a plan to fill in, and the questions hard to judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.findings import CANNOT_JUDGE_SHARE, Gap
from assessment.core.text import shown
from assessment.reporting import headlines
from assessment.reporting.comparison import Comparison
from assessment.reporting.elements import Column, Figure, Part, Row, Table
from assessment.reporting.marks import GapRanking, GapRow
from assessment.reporting.pages.decisions import aim_words, asked_for, gap_scales
from assessment.reporting.source import PERCENT_SPAN, Source, measured_words, span_of
from assessment.reporting.why_terms import present_place
from assessment.reporting.wording import (
    counted,
    name,
    plain,
    points,
    sentence,
    share,
    shortened,
    signed,
    typed_day,
)

MOST_ROWS, PLAN_ROWS, LABEL_LENGTH = 16, 12, 70


def all_gaps(source: Source) -> Part | None:
    """Every gap, drawn and in numbers, scale by scale; None where there is no gap."""
    if not source.gaps:
        return None
    scales = gap_scales(source)
    return Part(
        "gaps",
        "All gaps",
        headlines.gaps(source),
        tuple(_lead(source)),
        tuple(block for scale in scales for block in _blocks(source, scale)),
    )


def _blocks(source: Source, scale_id: str) -> Iterator[Figure | Table]:
    yield from _ranking(source, scale_id)
    yield _table(source, scale_id)


def _lead(source: Source) -> Iterator[str]:
    yield (
        "Priority = importance × class of the gap ÷ effort, each from 1 to 3. From 3 a gap is for "
        "now, from 1.5 for next, else for later. This is our own convention, a help to start "
        "talking. Where leaders gave no importance or effort, 2 is taken. Scales are ranked apart."
    )
    if not all(gap.is_chosen for gap in source.gaps):
        yield (
            "Where no target was chosen, a row shows the distance to the next step of the scale. "
            "That is not a target."
        )


def _ranking(source: Source, scale_id: str) -> Iterator[Figure]:
    """The gaps on one scale, most pressing first; grades have no distance to draw."""
    own = [gap for gap in source.gaps if gap.scale_id == scale_id and gap.measure != "grade"]
    if not own:
        return
    comparison = Comparison(source.release, source.previous)
    rows = tuple(_figure_row(source, comparison, gap) for gap in own[:MOST_ROWS])
    scale = source.framework.scales[scale_id]
    span = PERCENT_SPAN if own[0].measure == "favourable" else span_of(scale)
    widest = max(own, key=lambda gap: abs(gap.gap))
    where = source.short_title(widest.id)
    first = f", the first {len(rows)} of {len(own)}" if len(rows) < len(own) else ""
    finding = f"the widest on {where}" if len(own) > 1 else where
    yield Figure(
        f"{source.scale_title(scale_id)}: {counted(len(own), 'gap')}, {finding}",
        f"From where it stands to the aim{first}. {sentence(source.when)}.",
        GapRanking(_alt(rows), span, rows),
    )


def _figure_row(source: Source, comparison: Comparison, gap: Gap) -> GapRow:
    if gap.measure == "favourable":
        before = comparison.favourable(gap.id)
    else:
        before = comparison.assessed_item(source.framework.item_by_id[gap.id])
    return GapRow(
        gap.id,
        shortened(plain(source.numbered(gap.id)), LABEL_LENGTH),
        gap.present,
        gap.target,
        before,
        gap.is_chosen,
        "" if gap.points_to_win is None else f"+{points(gap.points_to_win)}",
        gap.when,
    )


def _alt(rows: Sequence[GapRow]) -> str:
    said = [
        f"{row.label}: from {shown(row.present)} to {shown(row.target)}"
        f"{'' if row.is_chosen else ', the next step'}"
        for row in rows
    ]
    return plain(f"Gaps, most pressing first. {'; '.join(said)}.")


def _table(source: Source, scale_id: str) -> Table:
    own = [gap for gap in source.gaps if gap.scale_id == scale_id]
    has_points = any(gap.points_to_win is not None for gap in own)
    graded = all(gap.measure == "grade" for gap in own)
    return Table(
        f"{source.scale_title(scale_id)}: all gaps. I = importance, E = effort, P = priority",
        (
            Column("when", 5, "mark"),
            Column("where", 30 if graded else 23, "text"),
            Column("stands at", 18 if graded else 10, "text"),
            Column("aim", 17, "text"),
            Column("steps" if graded else "gap", 5),
            *([Column("to win", 6)] if has_points else []),
            Column("I", 3),
            Column("E", 3),
            Column("P", 4),
            Column("reason and date", 15 if graded else 24 if has_points else 30, "text"),
        ),
        tuple(_row(source, gap, has_points) for gap in own),
        style="compact gaps",
    )


def _row(source: Source, gap: Gap, has_points: bool) -> Row:
    scale = source.framework.scales[gap.scale_id]
    reason = " ".join(part for part in (gap.reason and name(gap.reason), _by(gap.date)) if part)
    own = f"gaps[{gap.id}]."
    return Row(
        gap.when,
        (
            source.numbered(gap.id),
            sentence(measured_words(scale, gap.measure, gap.present)),
            aim_words(source, gap),
            shown(abs(gap.gap)),
            *([signed(gap.points_to_win)] if has_points else []),
            str(gap.importance),
            str(gap.effort),
            shown(gap.priority),
            reason or ("no reason given" if gap.is_chosen else "no target chosen"),
        ),
        whys=(
            "",
            present_place(source, gap.id),
            f"targets[{gap.id}].target",
            own + "gap",
            *(
                [own + "points_to_win" if gap.points_to_win is not None else ""]
                if has_points
                else []
            ),
            "",
            "",
            own + "priority",
            "",
        ),
    )


def _by(date: str) -> str:
    """The day leaders named."""
    return f"(by {typed_day(date)})" if date else ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the action plan; what is empty is for the leaders to fill in."""

    on: str
    what: str = ""
    owner: str = ""
    cost: str = ""
    due: str = ""


def plan_rows(source: Source) -> tuple[Planned, ...]:
    """What an action plan could start from: decisions as people put them, then the first gaps."""
    decided = tuple(
        Planned(each.about or "The whole", each.what, each.owner, each.cost, each.due)
        for each in asked_for(source)
    )
    known = {each.gap for each in source.written.decisions}
    rest = [gap for gap in source.gaps if gap.id not in known]
    return decided + tuple(
        Planned(source.short_numbered(gap.id)) for gap in rest[: max(0, PLAN_ROWS - len(decided))]
    )


def hard_to_judge_part(source: Source) -> Part | None:
    """Questions that 30 % or more of a group cannot judge."""
    rows = tuple(_hard_rows(source))
    if not rows:
        return None
    count = len({row.cells[0] for row in rows})
    return Part(
        "hard",
        "Hard to judge",
        sentence(f"{counted(count, 'question')} could not be judged by three in ten or more"),
        ("Where three in ten or more cannot judge, a practice has often not reached them.",),
        (
            Table(
                "Questions that 30 % or more of a group cannot judge",
                (
                    Column("Question", 44, "text"),
                    Column("id", 10, "text"),
                    Column("group", 14, "text"),
                    Column("can’t judge", 11),
                    Column("answered", 11),
                    Column("share, %", 10),
                ),
                rows,
                style="compact",
            ),
        ),
    )


def _hard_rows(source: Source) -> Iterator[Row]:
    for group in source.groups:
        for question in source.release.groups[group].perceived.questions:
            part = question.cannot_judge_share or Fraction(0)
            if part >= CANNOT_JUDGE_SHARE:
                cells = (
                    name(question.id),
                    source.group(group),
                    str(question.unknown),
                    str(question.unknown + question.n),
                    share(part),
                )
                place = f"groups[{group}].perceived.questions[{question.id}].cannot_judge"
                yield Row(
                    name(source.framework.question_by_id[question.id].text),
                    cells,
                    whys=("", "", "", "", place),
                )
