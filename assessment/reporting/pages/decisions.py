"""Board paper, page 4: gaps that matter, and the decisions asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.core.findings import Gap, When
from assessment.core.framework import Item
from assessment.core.perception import ACT, PerceptionGap
from assessment.core.text import shown
from assessment.reporting import headlines
from assessment.reporting.elements import Column, Row, Table
from assessment.reporting.pages.limits import limits
from assessment.reporting.pages.perception import apart_table, widest_apart
from assessment.reporting.pages.room import COLUMN, PAGE_LINES, lines_of, paragraphs
from assessment.reporting.source import Source, measured_words, present_value
from assessment.reporting.wording import (
    counted,
    name,
    number_word,
    opening_of,
    percent,
    sentence,
    signed,
    typed_day,
)

MOST_GAPS, MOST_SCALES, MOST_DECISIONS = 8, 3, 3
PROPOSAL_LENGTH, TITLE_LENGTH, GRADED_LENGTH = 190, 46, 54

LEAST_APART, MOST_APART, APART_ROW = 3, 10, 1.9
"""How many statements that groups see far apart are listed, and the lines of each."""

PROPOSAL_WIDTH, ASKED_WIDTH, OWNER_WIDTH, COST_WIDTH = 54, 52, 22, 15
"""Letters to a line of a proposal, and of what people ask for."""

PROPOSED = (
    "Decisions asked. What is proposed is the next step in the words of the criteria; owner, cost "
    "and date are for the leaders to fill in"
)
TO_TALK_ABOUT = (
    "Decisions asked. Nothing is proposed; to talk about is what staff rate lowest. Owner, cost "
    "and date are for the leaders to fill in"
)

CONVENTION = "Now, next and later follow our own convention: importance × size of the gap ÷ effort."


@dataclass(frozen=True, slots=True)
class Decision:
    """What could come next where an item stands. Owner, cost and date are for the leaders."""

    when: When | Literal[""]
    about: str
    proposal: str

    @property
    def lines(self) -> float:
        return max(3.2, 0.8 * lines_of(self.about + self.proposal, PROPOSAL_WIDTH))


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision as people put it; what they left open is empty."""

    when: When | Literal[""]
    what: str
    about: str
    owner: str
    cost: str
    due: str

    @property
    def lines(self) -> float:
        return 0.4 + 0.8 * max(
            lines_of(self.what, ASKED_WIDTH) + bool(self.about),
            lines_of(self.owner, OWNER_WIDTH),
            lines_of(self.cost, COST_WIDTH),
            lines_of(self.due, COST_WIDTH),
        )


@dataclass(frozen=True, slots=True)
class Decisions:
    """Page 4. `asked` is what people put before the board; `decisions` stand in its place, in a
    form that says where they come from.
    """

    headline: str
    lead: str
    gaps: tuple[Table, ...]
    rest: str
    asked: tuple[Asked, ...]
    decisions: tuple[Decision, ...]
    form: str
    limits: tuple[str, ...]

    @property
    def lines(self) -> float:
        """About how many lines of the page it fills below its headline."""
        tables = sum(3 + 1.1 * len(table.rows) for table in self.gaps)
        rows = sum(each.lines for each in self.asked) + sum(each.lines for each in self.decisions)
        return 3 + tables + rows + paragraphs(self.limits, COLUMN)


def headline(source: Source) -> str:
    """The gaps; where none is measured, how many statements are seen far apart."""
    apart = sum(gap.reading == "act" for gap in _pairs(source))
    if source.gaps or not apart:
        return headlines.gaps(source)
    many = counted(apart, "statement is", "statements are")
    return sentence(f"{many} seen {ACT} points or more apart")


def decisions_asked(source: Source) -> Decisions:
    """Page 4, with as many gaps as there is room for beside decisions and limits."""
    asked, told = asked_for(source), tuple(limits(source))
    decisions = () if asked else tuple(_decisions(source))
    room = PAGE_LINES - paragraphs(told, COLUMN) - 6.5
    room -= sum(each.lines for each in asked) + sum(each.lines for each in decisions)
    most = max(LEAST_APART, min(MOST_APART, int((room - 3) / APART_ROW)))
    apart = () if source.gaps else widest_apart(source, most)
    tables = (apart_table(source, apart),) if apart else tuple(_gap_tables(source, int(room)))
    more = 0 if apart else len(source.gaps) - sum(len(table.rows) for table in tables)
    return Decisions(
        headline(source),
        _lead(source),
        tables,
        _rest(source, more),
        asked,
        decisions,
        PROPOSED if source.gaps else TO_TALK_ABOUT,
        told,
    )


def _rest(source: Source, more: int) -> str:
    if more <= 0:
        return ""
    said = sentence(counted(more, "more gap"))
    if not source.about.has_appendix:
        return f"{said} {'is' if more == 1 else 'are'} not listed here."
    return f"{said} {'stands' if more == 1 else 'stand'} in the appendix."


def asked_for(source: Source) -> tuple[Asked, ...]:
    """What people ask the board to decide, in their order and their words."""
    return tuple(
        Asked(
            gap.when if (gap := source.gap_of(each.gap)) else "",
            name(each.what),
            source.short_numbered(each.gap) if each.gap else "",
            name(each.owner) if each.owner else "",
            name(each.cost) if each.cost else "",
            typed_day(each.due) if each.due else "",
        )
        for each in source.written.decisions
    )


def _pairs(source: Source) -> Iterator[PerceptionGap]:
    return (gap for gap in source.release.perception_gaps if gap.kind == "pair")


def _lead(source: Source) -> str:
    if not source.gaps and any(gap.reading == "act" for gap in _pairs(source)):
        return (
            "No target was set. Listed are the statements that groups see furthest apart, counted "
            f"by who agrees. Choose three, no more, and ask those who answered for examples. "
            f"{ACT} points are our own convention."
        )
    if not source.gaps and not source.kinds:
        return "Nothing is judged here, and no target was set for a statement."
    if source.gaps and all(gap.measure == "grade" and not gap.is_chosen for gap in source.gaps):
        return f"Listed is what does not conform, and what could be better. {CONVENTION}"
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
    """The gaps that people chose; then the first of each scale, apart, as far as there is room.

    A process and its result are not ranked together. *room* counts the lines there are; a table's
    caption, head and end take about three.
    """
    chosen = source.chosen_gaps
    if chosen:
        yield _gap_table(source, f"Chosen for this paper: {counted(len(chosen), 'gap')}", chosen)
        room -= 3 + round(1.2 * len(chosen))
    by_scale: dict[str, list[Gap]] = {}
    for scale_id in gap_scales(source):
        if own := [gap for gap in source.gaps if gap.scale_id == scale_id and gap not in chosen]:
            by_scale[scale_id] = own
    # What people chose and ask for comes first; the rest is listed where there is room for it.
    least = 0 if chosen else 1
    while (
        (chosen or source.written.decisions) and len(by_scale) > least and room < 5 * len(by_scale)
    ):
        by_scale.popitem()
    yield from _ranked_tables(source, dict(list(by_scale.items())[:MOST_SCALES]), room)


def _ranked_tables(
    source: Source, by_scale: Mapping[str, Sequence[Gap]], room: int
) -> Iterator[Table]:
    rows = min(MOST_GAPS, room - 3 * len(by_scale))
    for place, (scale_id, own) in enumerate(by_scale.items()):
        others = len(by_scale) - place - 1
        most = max(1, min(len(own), rows - 2 * others))
        rows -= most
        first = own[:most]
        count = f"the first {number_word(most)} of {len(own)}"
        said = count if most < len(own) else counted(len(own), "gap")
        yield _gap_table(source, f"{source.scale_title(scale_id)}: {said}", first)


def gap_scales(source: Source) -> list[str]:
    """The scales with gaps: those of judgements first, then those of statements."""
    order = [scale.id for scale in source.judging_scales]
    order += [scale for scale in source.framework.scales if scale not in order]
    return sorted({gap.scale_id for gap in source.gaps}, key=order.index)


def _gap_table(source: Source, caption: str, gaps: Sequence[Gap]) -> Table:
    has_points = any(gap.points_to_win is not None for gap in gaps)
    graded = all(gap.measure == "grade" for gap in gaps)
    return Table(
        f"{caption}{'; to win, in points' if has_points else ''}",
        (
            Column("when", 7, "mark"),
            Column("where", 43 if has_points or graded else 53, "text"),
            Column("stands at", 26 if graded else 16, "text"),
            Column("aim", 24 if graded else 16, "text"),
            *([] if graded else [Column("gap", 8)]),
            *([Column("to win", 10)] if has_points else []),
        ),
        tuple(_gap_row(source, gap, has_points, graded) for gap in gaps),
        style="gaps",
    )


def _gap_row(source: Source, gap: Gap, has_points: bool, graded: bool) -> Row:
    scale = source.framework.scales[gap.scale_id]
    return Row(
        gap.when,
        (
            source.short_numbered(gap.id, GRADED_LENGTH if graded else TITLE_LENGTH),
            sentence(measured_words(scale, gap.measure, gap.present)),
            aim_words(source, gap),
            *([] if graded else [shown(abs(gap.gap))]),
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
