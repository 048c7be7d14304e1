"""A ladder of bands: the reached rung filled, and where the points stand."""

from __future__ import annotations

from assessment.core.text import shown
from assessment.reporting.charts_marks import Style, baseline, figure
from assessment.reporting.lettering import text_width, wrapped
from assessment.reporting.marks import BandLadder
from assessment.reporting.svg import Drawing, Look, Word, area, rectangle

POINTER = 9.0


def draw_ladder(chart: BandLadder, width: float, style: Style) -> Drawing:
    """The highest band on top; the points stand beside the rung they reach."""
    colours, sizes = style.colours, style.sizes
    said = "" if chart.points is None else f"{shown(chart.points)} points"
    bounds = max((text_width(step.bounds, sizes.small) for step in chart.steps), default=0)
    pointer = POINTER + 6 + text_width(said, sizes.text, bold=True) if said else 0
    right = width - pointer
    room = max(60.0, right - bounds - 30)
    drawing = Drawing(width, 0, style.font)
    y = 1.0
    for place in range(len(chart.steps), 0, -1):
        step, is_reached = chart.steps[place - 1], place == chart.reached
        lines = wrapped(step.label, sizes.text, room, bold=is_reached)
        height = max(sizes.row, len(lines.lines) * sizes.line + 9)
        fill = colours.present if is_reached else colours.paper
        edge = colours.present if is_reached else colours.hairline
        drawing.draw(Look(fill, edge), rectangle(0.5, y, right - 1, height - 3))
        ink = colours.paper if is_reached else colours.ink
        first = y + (height - 3) / 2 - (len(lines.lines) - 1) * sizes.line / 2
        for count, text in enumerate(lines.lines):
            at = baseline(first + count * sizes.line, sizes.text)
            whole = step.label if lines.is_cut else ""
            drawing.say(Word(ink, sizes.text, bold=is_reached), 10, at, text, whole)
        middle = y + (height - 3) / 2
        aside = Word(ink if is_reached else colours.muted, sizes.small, "end")
        drawing.say(aside, right - 10, baseline(middle, sizes.small), step.bounds)
        if is_reached and said:
            end = right + POINTER
            tip = [(right + 3, middle), (end, middle - 5), (end, middle + 5)]
            drawing.draw(Look(fill=colours.present), area(tip))
            drawing.say(figure(style), width, baseline(middle, sizes.text), said)
        y += height
    drawing.height = y
    return drawing
