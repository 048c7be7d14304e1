"""A radar of three to nine axes, with the name and the figure of each axis beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from assessment.reporting import charts_marks
from assessment.reporting.charts_frame import with_unit
from assessment.reporting.charts_marks import (
    Style,
    aside,
    baseline,
    draw_key,
    figure,
    key_height,
    label,
)
from assessment.reporting.charts_profile import (
    draw_marks,
    key_of,
    main_figure,
    main_kind,
    main_value,
)
from assessment.reporting.lettering import Lines, text_width, wrapped
from assessment.reporting.marks import Profile, ProfileRow, Span
from assessment.reporting.svg import Drawing, Look, Point, area, line

RADIUS, SMALLEST, SHARE = 132.0, 48.0, 0.25
ROOM = 13.0
"""Between the outermost ring and the labels."""

MIDDLE = 0.35
"""The share of the width that a label right above or below the circle may take."""

ROUND = 5
"""With fewer axes the rings run too close together for figures between two spokes."""

At = Callable[[int, Fraction], Point]


def draw_radar(chart: Profile, width: float, style: Style) -> Drawing:
    """As large as its labels allow; the drawing grows with them, none is cut off."""
    entries, axes = key_of(chart.rows), len(chart.rows)
    radius = _radius(chart, width, style)
    labels = _labels(chart, radius, width, style)
    above = max(radius, -min(each.top for each in labels))
    below = max(radius, *(each.bottom(style) for each in labels))
    middle = width / 2, key_height(style, entries, width) + 6 + above
    drawing = Drawing(width, middle[1] + below + 6, style.font)

    def at(axis: int, value: Fraction) -> Point:
        return _point(middle, axis, axes, radius * float(value) / chart.span.highest)

    draw_key(drawing, style, entries, width)
    _draw_web(drawing, chart, middle, radius, style)
    _draw_outlines(drawing, chart.rows, at, style)
    for axis, row in enumerate(chart.rows):
        if row.state == "withheld":
            charts_marks.withheld(drawing, style, *_point(middle, axis, axes, radius / 2))
    draw_marks(drawing, style, chart.rows, at)
    for row, each in zip(chart.rows, labels, strict=True):
        _draw_label(drawing, row, each, middle, style)
    return drawing


def _radius(chart: Profile, width: float, style: Style) -> float:
    """The largest that leaves every word of a label whole, and no larger than looks good."""
    size, axes = style.sizes.text, len(chart.rows)
    words = [max(text_width(word, size) for word in row.label.split()) for row in chart.rows]

    def has_room(radius: float) -> bool:
        return all(
            word + 1 <= width / 2 - abs(_point((0, 0), axis, axes, radius + ROOM)[0])
            for axis, word in enumerate(words)
        )

    widest = max(text_width(row.label, size) for row in chart.rows) + 1
    most = max(SHARE * width, width / 2 - ROOM - min(widest, width / 4))
    radius = min(RADIUS, most)
    while radius > SMALLEST and not has_room(radius):
        radius -= 1
    return max(SMALLEST, radius)


def _point(middle: Point, axis: float, axes: int, reach: float) -> Point:
    """*reach* away from the middle; the first axis points up, the others follow the clock."""
    angle = 2 * math.pi * axis / axes
    return middle[0] + reach * math.sin(angle), middle[1] - reach * math.cos(angle)


def _draw_web(drawing: Drawing, chart: Profile, middle: Point, radius: float, style: Style) -> None:
    """Rings at the ticks, a spoke for each axis, and figures where no mark stands."""
    axes, span, word = len(chart.rows), chart.span, aside(style, "middle")
    said = ticks_apart(span, radius, word.size)
    thin = Look(stroke=style.colours.hairline, width=0.8)
    for axis in range(axes):
        drawing.draw(thin, line(middle, _point(middle, axis, axes, radius)))
    for tick in span.ticks[1:]:
        reach = radius * tick / span.highest
        drawing.draw(thin, area(_point(middle, axis, axes, reach) for axis in range(axes)))
        if tick not in said:
            continue
        text = with_unit(str(tick), span.unit) if tick == span.ticks[-1] else str(tick)
        if axes < ROUND:
            drawing.say(aside(style, "end"), middle[0] - 7, middle[1] - reach + word.size, text)
        else:
            x, y = _point(middle, -0.5, axes, reach * math.cos(math.pi / axes))
            drawing.say(word, x, baseline(y, word.size), text)


def ticks_apart(span: Span, radius: float, size: float) -> tuple[int, ...]:
    """The rings whose figures stand clear of each other: all, every other one, or the last."""
    for ticks in (span.ticks[1:], span.ticks[1::2]):
        steps = [after - before for before, after in pairwise((0, *ticks))]
        if ticks[-1] == span.ticks[-1] and min(steps) * radius / span.highest >= size:
            return ticks
    return span.ticks[-1:]


def _draw_outlines(drawing: Drawing, rows: Sequence[ProfileRow], at: At, style: Style) -> None:
    """Present tinted and target drawn round; where an axis has no figure the line is broken."""
    colours = style.colours
    points = _points([getattr(row, main_kind(rows)) for row in rows], at)
    if all(points):
        drawing.draw(Look(fill=colours.present_tint), area(point for point in points if point))
    targets = _points([row.target for row in rows], at)
    _draw_outline(drawing, targets, Look(stroke=colours.target, width=0.9))
    _draw_outline(drawing, points, Look(stroke=colours.present, width=style.sizes.stroke))


def _points(values: Sequence[Fraction | None], at: At) -> list[Point | None]:
    return [None if value is None else at(axis, value) for axis, value in enumerate(values)]


def _draw_outline(drawing: Drawing, points: Sequence[Point | None], look: Look) -> None:
    whole = [point for point in points if point]
    if len(whole) == len(points):
        drawing.draw(look, area(whole))
        return
    for one, other in zip(points, [*points[1:], points[0]], strict=True):
        if one and other:
            drawing.draw(look, line(one, other))


@dataclass(frozen=True, slots=True)
class _Label:
    """A label beside its axis, seen from the middle: its top, and the edge it leans on."""

    lines: Lines
    figure: str
    x: float
    top: float
    anchor: str

    def bottom(self, style: Style) -> float:
        return self.top + style.sizes.line * (len(self.lines.lines) + 1)

    def reach(self, style: Style) -> tuple[float, float]:
        """Where it begins and ends on the level."""
        figures = text_width(self.figure, style.sizes.text, bold=True)
        width = max(self.lines.width, figures) + 4
        start = self.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return start, start + width


def _labels(chart: Profile, radius: float, width: float, style: Style) -> list[_Label]:
    """A label for each axis, as wide as it may be there; those that would touch are moved apart."""
    step, labels = style.sizes.line, []
    for axis, row in enumerate(chart.rows):
        x, y = _point((0, 0), axis, len(chart.rows), radius + ROOM)
        is_upright = abs(x) < 1
        room = MIDDLE * width if is_upright else width / 2 - abs(x)
        lines = wrapped(row.label, style.sizes.text, room, most=4)
        height = step * (len(lines.lines) + 1)
        # Above the circle a label stands on its point, below it hangs from it, between it floats.
        top = y - height * (0.5 - 0.5 * y / (radius + ROOM))
        anchor = "middle" if is_upright else "start" if x > 0 else "end"
        labels.append(_Label(lines, _figure(row, chart.span.unit), x, top, anchor))
    return _apart(labels, style)


def _figure(row: ProfileRow, unit: str) -> str:
    return main_figure(row) if main_value(row) is None else with_unit(main_figure(row), unit)


def _apart(labels: Sequence[_Label], style: Style) -> list[_Label]:
    """Sides first, from the top down; then the label on top goes up and the one below goes down."""
    moved = list(labels)
    order = sorted(range(len(moved)), key=lambda place: moved[place].top)
    for side in ("start", "end"):
        edge = -math.inf
        for place in order:
            if moved[place].anchor == side:
                moved[place] = replace(moved[place], top=max(moved[place].top, edge + 3))
                edge = moved[place].bottom(style)
    for place, each in enumerate(moved):
        if each.anchor == "middle":
            others = [other for other in moved if other is not each and _touch(each, other, style)]
            height = each.bottom(style) - each.top
            if others and each.top < 0:
                top = min(other.top for other in others) - 3 - height
                moved[place] = replace(each, top=min(each.top, top))
            elif others:
                edge = max(other.bottom(style) for other in others)
                moved[place] = replace(each, top=max(each.top, edge + 3))
    return moved


def _touch(one: _Label, other: _Label, style: Style) -> bool:
    (start, end), (begin, stop) = one.reach(style), other.reach(style)
    is_beside = end < begin or stop < start
    return not is_beside and one.top < other.bottom(style) and other.top < one.bottom(style)


def _draw_label(
    drawing: Drawing, row: ProfileRow, each: _Label, middle: Point, style: Style
) -> None:
    """The name of an axis, and under it its figure."""
    word, step = label(style, each.anchor), style.sizes.line
    x, y = middle[0] + each.x, middle[1] + each.top + step / 2
    for text in each.lines.lines:
        drawing.say(word, x, baseline(y, word.size), text, row.label if each.lines.is_cut else "")
        y += step
    is_figure = main_value(row) is not None
    word = figure(style, each.anchor) if is_figure else aside(style, each.anchor)
    drawing.say(word, x, baseline(y, word.size), each.figure)
