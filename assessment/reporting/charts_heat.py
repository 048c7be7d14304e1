"""Units against categories: the figure in each cell, its distance to the whole as colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.text import shown
from assessment.reporting import charts_marks
from assessment.reporting.charts_frame import GAP, draw_lines, missing_words
from assessment.reporting.charts_marks import Style, aside, baseline
from assessment.reporting.lettering import Lines, text_width, wrapped
from assessment.reporting.marks import HeatCell, HeatMap
from assessment.reporting.svg import Drawing, Word
from assessment.reporting.tokens import difference_step

LABEL_SHARE = 0.3
UPRIGHT_HEIGHT = 96.0
SHORT_STATES = {"not applicable": "n/a", "not determined": "?"}


def draw_heat_map(chart: HeatMap, width: float, style: Style) -> Drawing:
    """Units down, categories across. A row is as high as the name of its unit needs."""
    sizes = style.sizes
    names = [wrapped(name, sizes.text, width * LABEL_SHARE) for name, _ in chart.rows]
    left = max(name.width for name in names) + GAP
    cell = (width - left) / max(1, len(chart.columns))
    drawing = Drawing(width, 0, style.font)
    y = _draw_heads(drawing, chart.columns, left, cell, style)
    for (whole_name, cells), name in zip(chart.rows, names, strict=True):
        height = max(sizes.row, len(name.lines) * sizes.line + 9)
        draw_lines(drawing, style, 0, y + height / 2 - 1, name, whole_name)
        for column, said in enumerate(cells):
            whole = chart.whole[column] if column < len(chart.whole) else None
            box = _Box(left + cell * column, y, cell - 2, height - 2)
            _draw_cell(drawing, said, whole, box, style)
        y += height
    drawing.height = y
    return drawing


def _draw_heads(
    drawing: Drawing, names: Sequence[str], left: float, cell: float, style: Style
) -> float:
    """The names of the columns, upright where a word is wider than one; how high they are."""
    word, step = aside(style, "middle"), style.sizes.line - 1
    words = [part for name in names for part in name.split()]
    is_upright = any(text_width(part, word.size) > cell - 4 for part in words)
    width = UPRIGHT_HEIGHT if is_upright else cell - 6
    most = max(1, int(cell / step)) if is_upright else 3
    heads = [wrapped(name, word.size, width, min(3, most)) for name in names]
    if is_upright:
        height = max(head.width for head in heads) + 8
    else:
        height = max((len(head.lines) for head in heads), default=0) * step + 6
    for column, (head, name) in enumerate(zip(heads, names, strict=True)):
        middle = left + cell * (column + 0.5) - 1
        _draw_head(drawing, head, name, middle, height, style, is_upright=is_upright)
    return height


def _draw_head(
    drawing: Drawing,
    head: Lines,
    name: str,
    middle: float,
    height: float,
    style: Style,
    *,
    is_upright: bool,
) -> None:
    step, whole = style.sizes.line - 1, name if head.is_cut else ""
    for count, text in enumerate(head.lines):
        if is_upright:
            x = baseline(middle + (count - (len(head.lines) - 1) / 2) * step, style.sizes.small)
            drawing.say_upright(aside(style), x, height - 4, text, whole)
        else:
            y = height - 6 - (len(head.lines) - 1 - count) * step
            drawing.say(aside(style, "middle"), middle, y, text, whole)


@dataclass(frozen=True, slots=True)
class _Box:
    """A field of the map."""

    x: float
    y: float
    width: float
    height: float


def _draw_cell(
    drawing: Drawing, said: HeatCell, whole: Fraction | None, box: _Box, style: Style
) -> None:
    """Hatched when withheld, a dash when not scored; a zero is a figure like any other."""
    if said.state == "withheld":
        charts_marks.hatched(drawing, style, box.x, box.y, box.width, box.height)
        return
    colour, text = style.colours.muted, cell_words(said)
    if said.percent is not None:
        colour = style.colours.ink
        if whole is not None:
            step = difference_step(said.percent - whole)
            colour = style.colours.on_scale[step]
            charts_marks.filled(drawing, style, step, box.x, box.y, box.width, box.height)
    size = style.sizes.text if text_width(text, style.sizes.text) < box.width else style.sizes.small
    word = Word(colour, size, "middle")
    drawing.say(word, box.x + box.width / 2, baseline(box.y + box.height / 2, size), text)


def cell_words(said: HeatCell) -> str:
    """What is written in a cell."""
    if said.percent is not None:
        return shown(said.percent)
    return SHORT_STATES.get(said.state) or missing_words(said.state)
