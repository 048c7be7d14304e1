"""Leaders and staff, and every other group beside staff, on what both answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment.core.framework import STAFF, TOTAL
from assessment.core.perception import ACT, WATCH, PerceptionGap
from assessment.core.text import shown
from assessment.reporting import headlines_groups
from assessment.reporting.elements import Column, Figure, Part, Row, Table
from assessment.reporting.marks import Dumbbell, DumbbellRow
from assessment.reporting.source import PERCENT_SPAN, Source
from assessment.reporting.wording import (
    NO_FIGURE,
    counted,
    figure,
    listed,
    name,
    perception_sentence,
    plain,
    sentence,
    shortened,
    signed,
)

MOST_ROWS, MOST_GROUPS = 24, 3
QUESTION_LENGTH = 74

FAVOURABLE = (
    f"The share of favourable answers differs by less than {WATCH} points where groups are "
    f"aligned; from {WATCH} on it is worth watching, from {ACT} on it asks to act. These limits "
    "are our convention; they say nothing of chance."
)


def perception(source: Source) -> Part | None:
    """None where no two groups answered the same questions."""
    gaps = source.release.perception_gaps
    if not gaps:
        return None
    return Part(
        "perception",
        "Seen from different places",
        headlines_groups.perception(source, gaps),
        tuple(_lead(source, gaps)),
        tuple(_blocks(source, gaps)),
    )


def _lead(source: Source, gaps: Sequence[PerceptionGap]) -> Iterator[str]:
    yield (
        "Compared are only questions, or pairs of two wordings, that both groups answered. A "
        "difference is called one only where its interval says that it is larger than chance. "
        "Intervals cover chance, not those who did not answer."
    )
    if any(gap.favourable is not None for gap in gaps):
        yield FAVOURABLE
    for gap in [gap for gap in gaps if gap.kind == "whole"][:MOST_GROUPS]:
        yield perception_sentence(source.framework, gap, "the whole")


def _blocks(source: Source, gaps: Sequence[PerceptionGap]) -> Iterator[Figure | Table]:
    """The whole and categories, then items and questions: first drawn, then in numbers.

    Where each category is one item, or the whole is one category, the same is not said twice.
    """
    yield from perception_figure(
        source, [gap for gap in gaps if gap.kind == "category"], "category"
    )
    kinds = ("whole", "category") if len(source.framework.categories) > 1 else ("whole",)
    yield from _tables(source, [gap for gap in gaps if gap.kind in kinds])
    if all(len(category.items) == 1 for category in source.framework.categories):
        yield from _tables(source, [gap for gap in gaps if gap.kind == "pair"])
        return
    yield from perception_figure(source, [gap for gap in gaps if gap.kind == "item"], "item")
    yield from _tables(source, [gap for gap in gaps if gap.kind in ("item", "pair")])


def perception_figure(source: Source, gaps: Sequence[PerceptionGap], what: str) -> Iterator[Figure]:
    """Where there are not too many rows, the first groups beside staff."""
    groups = tuple(dict.fromkeys(gap.group for gap in gaps))[:MOST_GROUPS]
    own = [gap for gap in gaps if gap.group in groups]
    places = list(dict.fromkeys(gap.id for gap in own))
    if 2 <= len(places) <= MOST_ROWS:
        rows = tuple(_figure_row(source, place, own, groups) for place in places)
        who = listed(source.group(group) for group in (STAFF, *groups))
        yield Figure(
            _figure_title(own, what),
            f"Percent as rated by {who}; n stands in the table. {sentence(source.when)}.",
            Dumbbell(_alt(rows), PERCENT_SPAN, (STAFF, *groups), rows),
        )


def _figure_title(gaps: Sequence[PerceptionGap], what: str) -> str:
    if all(gap.verdict == "not tested" for gap in gaps):
        return f"By {what}: not tested against chance"
    clear = sum(gap.verdict == "larger than chance" for gap in gaps)
    if clear == len(gaps):
        return f"By {what}: every difference is larger than chance"
    if not clear:
        return f"By {what}: no difference is larger than chance"
    verb = "difference is" if clear == 1 else "differences are"
    return f"By {what}: {counted(clear, verb, verb)} larger than chance, of {len(gaps)}"


def _figure_row(
    source: Source, place: str, gaps: Sequence[PerceptionGap], groups: Sequence[str]
) -> DumbbellRow:
    """One row; what is not larger than chance says so, where something in the figure is."""
    own = {gap.group: gap for gap in gaps if gap.id == place}
    mixed = len({gap.verdict for gap in gaps}) > 1
    clear = any(gap.verdict == "larger than chance" for gap in own.values())
    percents = {group: own[group].percent if group in own else None for group in groups}
    return DumbbellRow(
        place,
        plain(source.numbered(place)),
        {STAFF: next(iter(own.values())).staff_percent, **percents},
        "no clear difference" if mixed and not clear else "",
    )


def _alt(rows: Sequence[DumbbellRow]) -> str:
    said = []
    for row in rows:
        values = [
            f"{group} {shown(value)}%" for group, value in row.percents.items() if value is not None
        ]
        said.append(f"{row.label}: {listed(values)}")
    return plain(f"How groups rate the same. {'; '.join(said)}.")


def _tables(source: Source, gaps: Sequence[PerceptionGap]) -> Iterator[Table]:
    """Every gap of a group, with its interval and what it allows to say."""
    for group in dict.fromkeys(gap.group for gap in gaps):
        own = [gap for gap in gaps if gap.group == group]
        wide = any(gap.favourable is not None for gap in own)
        said = "; favourable = the same by who is favourable" if wide else ""
        yield Table(
            f"Staff and {source.group(group)} on what both answered; difference in points{said}",
            (
                Column("What", 21 if wide else 32, "text"),
                Column("staff, %", 8 if wide else 9),
                Column("n", 5 if wide else 6),
                Column(f"{source.group(group)}, %", 9 if wide else 10),
                Column("n", 5 if wide else 6),
                Column("difference", 9 if wide else 10),
                Column("95 % interval", 12 if wide else 13),
                Column("reading", 12 if wide else 14, "text"),
                *([Column("favourable", 9), Column("size", 10, "text")] if wide else []),
            ),
            tuple(_row(source, gap, wide) for gap in own),
            style="compact",
        )


def widest_apart(source: Source, most: int) -> tuple[PerceptionGap, ...]:
    """Statements on which another group and staff differ most in favourable answers, from the
    size on that asks to act; those larger than chance come first.
    """
    own = [
        (abs(apart), gap)
        for gap in source.release.perception_gaps
        if gap.kind == "pair" and gap.reading == "act" and (apart := gap.favourable_points)
    ]
    own.sort(key=lambda pair: (pair[1].verdict != "larger than chance", -pair[0]))
    return tuple(gap for _, gap in own[:most])


def apart_table(source: Source, gaps: Sequence[PerceptionGap]) -> Table:
    """Single statements by how far apart the groups are, in percent of favourable answers."""
    count = sum(
        gap.kind == "pair" and gap.reading == "act" for gap in source.release.perception_gaps
    )
    which = f"the first {len(gaps)} of {count}" if len(gaps) < count else f"all {count}"
    return Table(
        f"Statements {ACT} points or more apart, in percent of favourable answers: {which}",
        (
            Column("Statement", 52, "text"),
            Column("group", 10, "text"),
            Column("staff, %", 8),
            Column("group, %", 9),
            Column("apart", 8),
            Column("beyond chance", 13, "text"),
        ),
        tuple(
            Row(
                name(shortened(f"{gap.id} {_wording(source, gap.id)}", QUESTION_LENGTH)),
                (
                    source.group(gap.group),
                    figure(gap.staff_favourable),
                    figure(gap.favourable),
                    signed(gap.favourable_points),
                    READINGS[gap.verdict],
                ),
            )
            for gap in gaps
        ),
    )


def _wording(source: Source, pair: str) -> str:
    """The statement as staff read it."""
    for question in source.framework.questions:
        if question.pair_id == pair and STAFF in question.forms:
            return question.text
    return source.framework.question_by_id[pair].text


READINGS = {
    "larger than chance": "larger",
    "no clear difference": "not clear",
    "not tested": "not tested",
}
SIZES = {"aligned": "aligned", "worth watching": "watch", "act": "act"}


def _size(gap: PerceptionGap) -> str:
    return NO_FIGURE if gap.reading is None else SIZES[gap.reading]


def _row(source: Source, gap: PerceptionGap, wide: bool) -> Row:
    between = NO_FIGURE
    if gap.interval:
        low, high = Fraction(gap.interval.low), Fraction(gap.interval.high)
        between = f"{shown(low)} to {shown(high)}"
    head = "The whole" if gap.id == TOTAL else source.numbered(gap.id)
    return Row(
        f"Question {name(gap.id)}" if gap.kind == "pair" else head,
        (
            figure(gap.staff_percent),
            str(gap.staff_n),
            figure(gap.percent),
            str(gap.n),
            signed(gap.points),
            between,
            READINGS[gap.verdict],
            *((signed(gap.favourable_points), _size(gap)) if wide else ()),
        ),
        strong=gap.kind in ("whole", "category"),
    )
