"""A measure over time on one small line: where it began, where it stands, and against what."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

from assessment.reporting import charts_marks
from assessment.reporting.charts_marks import Style, aside, baseline, figure
from assessment.reporting.lettering import text_width
from assessment.reporting.marks import Sparkline
from assessment.reporting.svg import Drawing, Look, across, circle, line

GAP = 6.0
LINES = 2.4
"""How high the line may swing, in lines of text."""
DASH = "3 2.5"


def draw_sparkline(chart: Sparkline, width: float, style: Style) -> Drawing:
    """The line between its first and its last value, their periods below."""
    sizes, (first, last) = style.sizes, (chart.points[0], chart.points[-1])
    room = sizes.mark + GAP
    start = room + (text_width(first.text, sizes.small) if first is not last else 0)
    end = width - room - text_width(last.text, sizes.text, bold=True)
    top, bottom = sizes.line / 2, sizes.line / 2 + LINES * sizes.line
    drawing = Drawing(width, bottom + 1.7 * sizes.line, style.font)
    x, y = _days(chart, start, end), _heights(chart, top, bottom)
    if chart.comparison is not None:
        look = Look(stroke=style.colours.previous, width=1.2, dash=DASH)
        drawing.draw(look, across(start, y(chart.comparison), end))
    way = Look(stroke=style.colours.present, width=sizes.stroke, layer=1)
    dot = Look(fill=style.colours.present, layer=3)
    drawing.draw(way, line(*((x(each.on), y(each.value)) for each in chart.points)))
    for each in chart.points[:-1]:
        drawing.draw(dot, circle(x(each.on), y(each.value), sizes.mark * 0.45))
    if chart.target is not None:
        charts_marks.target(drawing, style, x(last.on), y(chart.target))
    charts_marks.present(drawing, style, x(last.on), y(last.value))
    _draw_words(drawing, chart, style, (start - room, end + room), (y(first.value), y(last.value)))
    return drawing


def _draw_words(
    drawing: Drawing,
    chart: Sparkline,
    style: Style,
    across_from: tuple[float, float],
    heights: tuple[float, float],
) -> None:
    """Values beside the ends of the line, periods below them."""
    first, last, word = chart.points[0], chart.points[-1], aside(style)
    left, right = across_from
    foot = drawing.height - 0.3 * style.sizes.line
    at = baseline(heights[1], style.sizes.text)
    drawing.say(figure(style, "start"), right, at, last.text)
    drawing.say(aside(style, "end"), drawing.width, foot, last.when)
    if first is not last:
        drawing.say(aside(style, "end"), left, baseline(heights[0], word.size), first.text)
        drawing.say(word, 0, foot, first.when)


def _days(chart: Sparkline, start: float, end: float) -> Callable[[datetime.date], float]:
    """Where days stand: by time, so that a missing year is a longer way."""
    first = chart.points[0].on
    whole = (chart.points[-1].on - first).days

    def place(day: datetime.date) -> float:
        return start + (end - start) * (day - first).days / whole if whole else end

    return place


def _heights(chart: Sparkline, top: float, bottom: float) -> Callable[[Fraction], float]:
    """Where figures stand: from the lowest of all marks to the highest."""
    others = (chart.target, chart.comparison)
    marks = [each.value for each in chart.points] + [each for each in others if each is not None]
    lowest, highest = min(marks), max(marks)

    def place(value: Fraction) -> float:
        share = (value - lowest) / (highest - lowest) if highest > lowest else Fraction(1, 2)
        return bottom - (bottom - top) * float(share)

    return place
