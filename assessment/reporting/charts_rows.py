"""Charts of marks on a line: groups compared, gaps to close, judges apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from assessment.core.text import shown
from assessment.reporting import charts_marks
from assessment.reporting.charts_frame import (
    NO_FIGURE,
    Column,
    Frame,
    draw_track,
    draw_tracks,
    started,
)
from assessment.reporting.charts_marks import KeyEntry, Style, aside, baseline, group_mark
from assessment.reporting.lettering import text_width
from assessment.reporting.marks import Dumbbell, DumbbellRow, GapRanking, GapRow, Spread, SpreadRow
from assessment.reporting.svg import Drawing, Look, across, triangle

NEAR = 6.0
"""Marks closer than this stand above each other instead of on each other."""
LIFT, MOST_LIFT = 5.0, 9.0
JUDGE_RADIUS, JUDGE_STEP = 3.6, 6.0
AGREED, OPEN = "agreed", "open"


def draw_dumbbell(chart: Dumbbell, width: float, style: Style) -> Drawing:
    """How groups see each thing: a mark a group, joined from the lowest to the highest."""
    marks = {group: group_mark(group, place) for place, group in enumerate(chart.groups)}
    entries = [KeyEntry(group, mark) for group, mark in marks.items()]
    notes = Column("", tuple(row.note for row in chart.rows))
    labels, columns = [row.label for row in chart.rows], [notes] if any(notes.cells) else []
    drawing, place = started(style, width, chart.span, labels, entries, columns)
    for row, said in enumerate(chart.rows):
        _draw_reach(drawing, place, row, said)
    for row, said in enumerate(chart.rows):
        for group, (x, lift) in places(place, chart.groups, said.percents).items():
            marks[group](drawing, style, x, place.middle(row) + lift)
    return drawing


def _draw_reach(drawing: Drawing, place: Frame, row: int, said: DumbbellRow) -> None:
    """The line from the lowest to the highest, and their figures at its ends."""
    values = sorted(value for value in said.percents.values() if value is not None)
    if not values:
        draw_track(drawing, place, row, place.right, place.right)
        say_nothing(drawing, place, row)
        return
    style, low, high = place.style, values[0], values[-1]
    joined = Look(stroke=style.colours.previous, width=1.6)
    drawing.draw(joined, across(place.x(low), place.middle(row), place.x(high)))
    word, room = aside(style), style.sizes.mark + 4
    y = baseline(place.middle(row), word.size)
    start, end = place.x(low), place.x(high) + room
    drawing.say(word, end, y, shown(high))
    before = start - room - text_width(shown(low), word.size)
    if low != high and before > place.left + 3:
        start = before
        drawing.say(word, start, y, shown(low))
    draw_track(drawing, place, row, start - 3, end + text_width(shown(high), word.size) + 3)


def places(
    place: Frame, groups: Sequence[str], percents: Mapping[str, Fraction | None]
) -> dict[str, tuple[float, float]]:
    """Where the mark of each group stands on its row, and how far above or below it when near."""
    spots = {
        group: place.x(value) for group in groups if (value := percents.get(group)) is not None
    }
    return {
        group: (spots[group], _lift(rank, len(cluster)))
        for cluster in clusters(spots, NEAR)
        for rank, group in enumerate(cluster)
    }


def clusters(spots: Mapping[str, float], near: float) -> list[list[str]]:
    """The groups from left to right, those together that stand nearer than *near*."""
    together: list[list[str]] = []
    for group in sorted(spots, key=lambda group: (spots[group], group)):
        if together and spots[group] - spots[together[-1][-1]] < near:
            together[-1].append(group)
        else:
            together.append([group])
    return together


def _lift(rank: int, count: int) -> float:
    """How far the mark of this rank stands below the line when *count* of them share a spot."""
    if count == 1:
        return 0
    return min(LIFT, MOST_LIFT / (count - 1)) * (2 * rank - count + 1)


def draw_gaps(chart: GapRanking, width: float, style: Style) -> Drawing:
    """From present to target, and what that is worth."""
    columns = [
        Column("worth", tuple(row.worth for row in chart.rows), is_strong=True),
        Column("when", tuple(row.when for row in chart.rows), anchor="start"),
    ]
    columns = [column for column in columns if any(column.cells)]
    labels, entries = [row.label for row in chart.rows], _gap_key(chart.rows)
    drawing, place = started(style, width, chart.span, labels, entries, columns)
    draw_tracks(drawing, place)
    way = Look(stroke=style.colours.present, width=style.sizes.stroke)
    trail = Look(stroke=style.colours.previous, width=1.2)
    for row, said in enumerate(chart.rows):
        y = place.middle(row)
        drawing.draw(way, across(place.x(said.present), y, place.x(said.target)))
        if said.previous is not None:
            drawing.draw(trail, across(place.x(said.previous), y, place.x(said.present)))
    for row, said in enumerate(chart.rows):
        mark = charts_marks.target if said.is_chosen else charts_marks.assumed
        mark(drawing, style, place.x(said.target), place.middle(row))
        charts_marks.present(drawing, style, place.x(said.present), place.middle(row))
        if said.previous is not None:
            charts_marks.previous(drawing, style, place.x(said.previous), place.middle(row))
    return drawing


def _gap_key(rows: Sequence[GapRow]) -> list[KeyEntry]:
    """The marks that the chart really has."""
    chosen = [row.is_chosen for row in rows]
    entries = [
        (True, KeyEntry("present", charts_marks.present)),
        (any(chosen), KeyEntry("target", charts_marks.target)),
        (not all(chosen), KeyEntry("next step, no target chosen", charts_marks.assumed)),
        (
            any(row.previous is not None for row in rows),
            KeyEntry("last cycle", charts_marks.previous),
        ),
    ]
    return [entry for is_there, entry in entries if is_there]


def draw_spread(chart: Spread, width: float, style: Style) -> Drawing:
    """What each judge said, the range between them, and what was agreed."""
    entries = [
        KeyEntry("one judgement", group_mark("assessors", 0)),
        KeyEntry(AGREED, charts_marks.present),
    ]
    columns = [Column(AGREED, tuple(agreed_words(row) for row in chart.rows), is_strong=True)]
    labels = [row.label for row in chart.rows]
    most = max(rank for row in chart.rows for _, rank in [*ranked(row.values), (0, 0)])
    least = style.sizes.row + 6 + JUDGE_STEP * most
    drawing, place = started(style, width, chart.span, labels, entries, columns, least)
    draw_tracks(drawing, place)
    reach = Look(stroke=style.colours.previous, width=1.6)
    judge = Look(fill=style.colours.ink, layer=3)
    for row, said in enumerate(chart.rows):
        y = place.middle(row)
        if not said.values:
            say_nothing(drawing, place, row)
            continue
        drawing.draw(reach, across(place.x(min(said.values)), y, place.x(max(said.values))))
        for value, rank in ranked(said.values):
            middle = y - style.sizes.mark - JUDGE_RADIUS - JUDGE_STEP * rank
            drawing.draw(judge, triangle(place.x(value), middle, JUDGE_RADIUS))
    for row, said in enumerate(chart.rows):
        if said.agreed is not None:
            charts_marks.present(drawing, style, place.x(said.agreed), place.middle(row))
    return drawing


def agreed_words(row: SpreadRow) -> str:
    """The agreed figure; "open" where judges differ and have not settled it."""
    if row.agreed is not None and (row.settled or not row.values):
        return shown(row.agreed)
    return OPEN if row.values else NO_FIGURE


def ranked(values: Sequence[Fraction]) -> list[tuple[Fraction, int]]:
    """Equal judgements stand above each other: each with the number of its equals below it."""
    seen: dict[Fraction, int] = {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
    return [(value, rank) for value, count in seen.items() for rank in range(count)]


def say_nothing(drawing: Drawing, place: Frame, row: int) -> None:
    """A dash on the line: nobody answered."""
    word = aside(place.style)
    drawing.say(word, place.left + 5, baseline(place.middle(row), word.size) - 5, NO_FIGURE)
