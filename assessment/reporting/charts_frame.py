"""What charts of rows share: where labels, scale and figures stand, the axis, columns of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from assessment.core.trace import State
from assessment.reporting.charts_marks import (
    KeyEntry,
    Style,
    aside,
    baseline,
    draw_key,
    figure,
    key_height,
    label,
)
from assessment.reporting.lettering import Lines, text_width, wrapped
from assessment.reporting.marks import Span
from assessment.reporting.svg import Drawing, Look, Word, across, down

NO_FIGURE = "–"
LABEL_SHARE = 0.36
NARROW, START = 400.0, 8.0
"""Below this width labels stand above their rows, and the scale begins here."""
GAP = 12.0
TICK, OVERHANG, APART = 4.0, 24.0, 5.0
"""How long ticks are, the room that the last figure of the scale needs beyond its tick, and the
air between two figures."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of words right of the scale: its head and its cells."""

    head: str
    cells: tuple[str, ...]
    is_strong: bool = False
    anchor: str = "end"


@dataclass(frozen=True, slots=True)
class Frame:
    """The places in a chart of rows. The scale runs from `left` (zero) to `right` (highest)."""

    style: Style
    width: float
    left: float
    right: float
    highest: float
    labels: tuple[Lines, ...]
    whole: tuple[str, ...]
    head: float
    """The baseline on which the heads of the columns stand."""
    edges: tuple[float, ...]
    """Where rows begin and end: one more than there are rows."""
    is_narrow: bool = False
    """Labels stand above their marks, since beside them there is no room for both."""

    def x(self, value: Fraction | float) -> float:
        share = min(1.0, max(0.0, float(value) / self.highest))
        return self.left + (self.right - self.left) * share

    def middle(self, row: int) -> float:
        """The height on which the marks of *row* stand."""
        if self.is_narrow:
            return (self._foot_of_label(row) + self.edges[row + 1]) / 2
        return (self.edges[row] + self.edges[row + 1]) / 2

    def middle_of_label(self, row: int) -> float:
        if self.is_narrow:
            return (self.edges[row] + 3 + self._foot_of_label(row)) / 2
        return self.middle(row)

    def _foot_of_label(self, row: int) -> float:
        return self.edges[row] + 3 + len(self.labels[row].lines) * self.style.sizes.line


def started(
    style: Style,
    width: float,
    span: Span,
    labels: Sequence[str],
    entries: Sequence[KeyEntry],
    columns: Sequence[Column],
    least: float = 0,
) -> tuple[Drawing, Frame]:
    """A drawing with key, axis, labels and columns of words, ready for its marks."""
    place = framed(style, width, span.highest, labels, entries, columns, least)
    drawing = Drawing(width, place.edges[-1] + TICK + style.sizes.line + 2, style.font)
    draw_key(drawing, style, entries, width)
    draw_axis(drawing, place, span)
    draw_words(drawing, place, columns)
    return drawing, place


def framed(
    style: Style,
    width: float,
    highest: float,
    labels: Sequence[str],
    entries: Sequence[KeyEntry],
    columns: Sequence[Column],
    least: float = 0,
) -> Frame:
    """Rows under the key and the heads of the columns, each as high as its label needs."""
    sizes, is_narrow = style.sizes, width < NARROW
    room = width if is_narrow else width * LABEL_SHARE
    lines = tuple(wrapped(text, sizes.text, room) for text in labels)
    if is_narrow:
        heights = [max(sizes.row, least) + 3 + len(each.lines) * sizes.line for each in lines]
    else:
        heights = [max(sizes.row, least, len(each.lines) * sizes.line + 9) for each in lines]
    head = key_height(style, entries, width)
    if any(column.head for column in columns):
        head += sizes.small
    left = START if is_narrow else max((each.width for each in lines), default=0) + GAP
    words = sum(_width(style, column) + GAP for column in columns)
    right = max(width - (words or OVERHANG), left + 40)
    edges = tuple(accumulate(heights, initial=head + 4))
    return Frame(style, width, left, right, highest, lines, tuple(labels), head, edges, is_narrow)


def draw_axis(drawing: Drawing, place: Frame, span: Span) -> None:
    """An upright line at zero, and the figures of the scale below the rows."""
    colours, foot = place.style.colours, place.edges[-1]
    zero = Look(stroke=colours.previous, width=0.8)
    if place.is_narrow:  # labels stand where the line would run on
        for row in range(len(place.labels)):
            drawing.draw(zero, down(place.left, place.middle(row) - 8, place.middle(row) + 8))
        drawing.draw(zero, down(place.left, foot, foot + TICK))
    else:
        drawing.draw(zero, down(place.left, place.edges[0] + 2, foot + TICK))
    ticks = ticks_that_fit(span, place.right - place.left, place.style.sizes.small)
    for tick in ticks[1:]:
        drawing.draw(zero, down(place.x(tick), foot, foot + TICK))
    _draw_ticks(drawing, place, span, ticks, foot + TICK + place.style.sizes.small)


def ticks_that_fit(span: Span, reach: float, size: float) -> tuple[int, ...]:
    """All ticks where their figures have room; on a short scale evenly fewer, or its two ends."""
    ends = (span.ticks[0], span.ticks[-1])
    choices = [span.ticks, (0, 50, 100) if span.unit == "%" else span.ticks[::2], ends]
    return next(
        (
            ticks
            for ticks in choices
            if ticks[-1] == ends[1] and _stand_apart(ticks, reach / span.highest, size)
        ),
        ends,
    )


def _stand_apart(ticks: Sequence[int], step: float, size: float) -> bool:
    """Whether figures this far apart leave some air between each other; the last has its unit."""
    widths = [text_width(str(tick), size) for tick in ticks]
    widths[-1] = text_width(with_unit(str(ticks[-1]), "%"), size)
    return all(
        (ticks[place] - ticks[place - 1]) * step >= (widths[place] + widths[place - 1]) / 2 + APART
        for place in range(1, len(ticks))
    )


def draw_track(drawing: Drawing, place: Frame, row: int, start: float, end: float) -> None:
    """A line that leads from the label to the marks and on, left out from *start* to *end*."""
    track, y = Look(stroke=place.style.colours.hairline), place.middle(row)
    if start > place.left:
        drawing.draw(track, across(place.left, y, start))
    if end < place.right:
        drawing.draw(track, across(end, y, place.right))


def draw_tracks(drawing: Drawing, place: Frame) -> None:
    """A whole line for each row."""
    for row in range(len(place.labels)):
        draw_track(drawing, place, row, place.right, place.right)


def _draw_ticks(drawing: Drawing, place: Frame, span: Span, ticks: Sequence[int], y: float) -> None:
    word = aside(place.style)
    for tick in ticks:
        text = str(tick)
        x = place.x(tick) - text_width(text, word.size) / 2
        if tick == span.ticks[-1] and span.unit == "%":
            text = with_unit(text, span.unit)
        elif tick == span.ticks[-1]:
            text = with_unit(text, span.unit)
            x = min(place.x(tick) + 8, place.width) - text_width(text, word.size)
        drawing.say(word, x, y, text)


def with_unit(text: str, unit: str) -> str:
    """A figure as people read it: 45 %, level 3."""
    return f"{text}\N{NO-BREAK SPACE}%" if unit == "%" else f"{unit}\N{NO-BREAK SPACE}{text}"


def missing_words(state: State) -> str:
    """What stands where a figure would: a dash where nothing was answered, else the reason."""
    return NO_FIGURE if state in {"not scored", "scored"} else state


def draw_words(drawing: Drawing, place: Frame, columns: Sequence[Column]) -> None:
    """Labels left of the scale, *columns* right of it."""
    for row, (lines, whole) in enumerate(zip(place.labels, place.whole, strict=True)):
        draw_lines(drawing, place.style, 0, place.middle_of_label(row), lines, whole)
    edge = place.width
    for column in reversed(columns):
        width = _width(place.style, column)
        x = edge if column.anchor == "end" else edge - width
        drawing.say(aside(place.style, column.anchor), x, place.head, column.head)
        for row, cell in enumerate(column.cells):
            word = _cell_word(place.style, column, cell)
            drawing.say(word, x, baseline(place.middle(row), word.size), cell)
        edge -= width + GAP


def draw_lines(
    drawing: Drawing, style: Style, x: float, middle: float, lines: Lines, whole: str
) -> None:
    """A label on as many lines as it has, centred on *middle*; *whole* is said when it is cut."""
    word, step = label(style), style.sizes.line
    first = middle - (len(lines.lines) - 1) * step / 2
    for count, text in enumerate(lines.lines):
        y = baseline(first + count * step, word.size)
        drawing.say(word, x, y, text, whole if lines.is_cut else "")


def _width(style: Style, column: Column) -> float:
    words = [(_cell_word(style, column, cell), cell) for cell in column.cells]
    cells = (text_width(cell, word.size, bold=word.bold) for word, cell in words)
    return max([text_width(column.head, style.sizes.small), *cells])


def _cell_word(style: Style, column: Column, cell: str) -> Word:
    """Figures may stand out; words in their place never do."""
    if not any(letter.isdigit() for letter in cell):
        return aside(style, column.anchor)
    return figure(style, column.anchor) if column.is_strong else label(style, column.anchor)
