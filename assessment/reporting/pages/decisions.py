"""Board paper, page 4: gaps that matter, decisions asked, and how far the evidence carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.core.findings import Gap, When
from assessment.core.framework import STAFF, Item
from assessment.core.statistics import LEAST_PARTICIPATION
from assessment.core.text import shown
from assessment.reporting import headlines
from assessment.reporting.elements import Column, Row, Table
from assessment.reporting.pages.participation import has_rates, participation_rows
from assessment.reporting.pages.room import COLUMN, PAGE_LINES, lines_of, paragraphs
from assessment.reporting.source import Source, measured_words, present_value
from assessment.reporting.wording import (
    PERCENT,
    counted,
    name,
    number_word,
    opening_of,
    percent,
    sentence,
    share,
    signed,
)

MOST_GAPS, MOST_SCALES, MOST_DECISIONS = 8, 3, 3
PROPOSAL_LENGTH, DOUBT_LENGTH, TITLE_LENGTH, FEW = 190, 150, 46, 10

PROPOSAL_WIDTH = 54
"""Letters to a line of a proposal."""

CONVENTION = "Now, next and later follow our own convention: importance × size of the gap ÷ effort."


@dataclass(frozen=True, slots=True)
class Decision:
    """What could come next where an item stands. Owner, cost and date are for the leaders."""

    when: When | Literal[""]
    about: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """Page 4."""

    headline: str
    lead: str
    gaps: tuple[Table, ...]
    rest: str
    decisions: tuple[Decision, ...]
    limits: tuple[str, ...]


def decisions_asked(source: Source) -> Decisions:
    """Page 4, with as many gaps as there is room for beside decisions and limits."""
    decisions, told = tuple(_decisions(source)), tuple(limits(source))
    room = PAGE_LINES - paragraphs(told, COLUMN) - 6.5
    room -= sum(
        max(3.2, 0.8 * lines_of(each.about + each.proposal, PROPOSAL_WIDTH)) for each in decisions
    )
    tables = tuple(_gap_tables(source, int(room)))
    more = len(source.gaps) - sum(len(table.rows) for table in tables)
    verb = "stands" if more == 1 else "stand"
    return Decisions(
        headlines.gaps(source),
        _lead(source),
        tables,
        f"{sentence(counted(more, 'more gap'))} {verb} in the appendix." if more > 0 else "",
        decisions,
        told,
    )


def _lead(source: Source) -> str:
    if not source.gaps:
        return (
            "Nothing lies below a target or below the next step of its scale."
            if source.scored
            else "A gap is measured from a judgement or a target; so far there is neither."
        )
    chosen = sum(gap.is_chosen for gap in source.gaps)
    if not chosen:
        return (
            "Nobody has set a target yet. Shown is the distance to the next step of the scale, "
            f"which is not a target. {CONVENTION}"
        )
    rest = len(source.gaps) - chosen
    other = (
        f" Of {counted(rest, 'other item')} the distance to the next step of the scale is shown, "
        "which is not a target."
        if rest
        else ""
    )
    verb = "is" if chosen == 1 else "are"
    return f"{sentence(counted(chosen, 'target'))} {verb} not reached yet.{other} {CONVENTION}"


def _gap_tables(source: Source, room: int) -> Iterator[Table]:
    """The first gaps of each scale, apart: a process and its result are not ranked together.

    *room* counts the lines there are; a table's caption, head and end take about three.
    """
    by_scale = {
        scale_id: [gap for gap in source.gaps if gap.scale_id == scale_id]
        for scale_id in gap_scales(source)[:MOST_SCALES]
    }
    rows = min(MOST_GAPS, room - 3 * len(by_scale))
    for place, (scale_id, own) in enumerate(by_scale.items()):
        others = len(by_scale) - place - 1
        most = max(1, min(len(own), rows - 2 * others))
        rows -= most
        yield _gap_table(source, scale_id, own[:most], len(own))


def gap_scales(source: Source) -> list[str]:
    """The scales with gaps: those of judgements first, then those of statements."""
    order = [scale.id for scale in source.judging_scales]
    order += [scale for scale in source.framework.scales if scale not in order]
    return sorted({gap.scale_id for gap in source.gaps}, key=order.index)


def _gap_table(source: Source, scale_id: str, gaps: Sequence[Gap], of: int) -> Table:
    count = f"the first {number_word(len(gaps))} of {of}" if len(gaps) < of else counted(of, "gap")
    has_points = any(gap.points_to_win is not None for gap in gaps)
    return Table(
        f"{source.scale_title(scale_id)}: {count}{'; to win, in points' if has_points else ''}",
        (
            Column("when", 7, "mark"),
            Column("where", 43 if has_points else 53, "text"),
            Column("stands at", 16, "text"),
            Column("aim", 16, "text"),
            Column("gap", 8),
            *([Column("to win", 10)] if has_points else []),
        ),
        tuple(_gap_row(source, gap, has_points) for gap in gaps),
        style="gaps",
    )


def _gap_row(source: Source, gap: Gap, has_points: bool) -> Row:
    scale = source.framework.scales[gap.scale_id]
    return Row(
        gap.when,
        (
            source.short_numbered(gap.id, TITLE_LENGTH),
            sentence(measured_words(scale, gap.measure, gap.present)),
            aim_words(source, gap),
            shown(abs(gap.gap)),
            *([signed(gap.points_to_win)] if has_points else []),
        ),
    )


def aim_words(source: Source, gap: Gap) -> str:
    """The target; a distance to the next step is said to be that."""
    aim = measured_words(source.framework.scales[gap.scale_id], gap.measure, gap.target)
    return sentence(aim) if gap.is_chosen else f"next step: {aim}"


def _decisions(source: Source) -> Iterator[Decision]:
    """What the criteria propose where the first gaps stand; nothing is invented.

    Without gaps, the items that staff rate lowest are named to talk about, with nothing proposed.
    """
    if not source.gaps:
        yield from _to_talk_about(source)
    given = 0
    for gap in source.gaps:
        item = source.framework.item_by_id.get(gap.id)
        proposal = next_text(source, item) if item else ""
        if proposal:
            about = source.short_numbered(gap.id)
            yield Decision(gap.when, about, opening_of(proposal, PROPOSAL_LENGTH))
            given += 1
        if given == MOST_DECISIONS:
            return


def _to_talk_about(source: Source) -> Iterator[Decision]:
    rated = [
        (value, item)
        for item in source.framework.items
        if (value := source.release.perceived.item(item.id).percent) is not None
    ]
    for value, item in sorted(rated, key=lambda pair: pair[0])[:MOST_DECISIONS]:
        yield Decision("", source.short_numbered(item.id), f"Rated {percent(value)} by staff.")


def next_text(source: Source, item: Item) -> str:
    """What the criteria say to do next, for the range or level where *item* stands."""
    present = present_value(item, source.assessed(item))
    if present is None:
        return ""
    reached = [start for start in sorted(item.improve) if start <= present]
    return item.improve[reached[-1]] if reached else ""


def limits(source: Source) -> Iterator[str]:
    """What a reader must know before deciding."""
    if participation_rows(source) and not has_rates(source):
        yield "No rate of participation is known."
    for row in participation_rows(source)[:4]:
        if row.rate is not None and row.rate < LEAST_PARTICIPATION:
            yield f"Only {share(row.rate)}{PERCENT} of {source.group(row.group)} answered."
    seen = source.release.perceived.n
    if 0 < seen < FEW:
        yield f"Only {source.people(STAFF, seen)} answered: every single answer moves the mean."
    yield from _judging_limits(source)
    for doubt in source.framework.doubts[:2]:
        yield name(opening_of(doubt, DOUBT_LENGTH))
    if source.asks_in_survey:
        yield "A survey shows what people see, not what is there."


def _judging_limits(source: Source) -> Iterator[str]:
    if source.kinds and not source.scored:
        yield "Nothing was judged on evidence."
    if provisional := sum(source.assessed(item).provisional for item in source.scored):
        verb = "is" if provisional == 1 else "are"
        yield f"{sentence(counted(provisional, 'judgement'))} {verb} provisional."
    total = source.release.assessed.total
    if total.points is not None and not total.complete:
        yield "The total is partial: not every item has been judged."
    if any(gap.points_to_win for gap in source.gaps):
        yield "Points to win assume that the gap closes wholly."
