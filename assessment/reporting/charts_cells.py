"""Answers to questions as bars of 100 %, each step of the answer scale in its colour."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from assessment.core.text import half_up, shown
from assessment.reporting import charts_marks
from assessment.reporting.charts_frame import NO_FIGURE, Column, Frame, draw_words, framed
from assessment.reporting.charts_marks import KeyEntry, Style, aside, baseline, draw_key, swatch
from assessment.reporting.lettering import text_width
from assessment.reporting.marks import Distribution, DistributionRow
from assessment.reporting.svg import Drawing, Look, Word, across
from assessment.reporting.wording import WITHHELD, beside

BAR = 14.0
UNKNOWN = 44.0
"""The width that stands for everybody in the field of those who cannot judge."""
STEPS = {
    2: (1, 5),
    3: (1, 3, 5),
    4: (0, 1, 5, 6),
    5: (0, 1, 3, 5, 6),
    6: (0, 1, 2, 4, 5, 6),
}
"""Which steps of the difference scale stand for an answer scale of this length."""


def scale_steps(length: int, favourable: frozenset[int]) -> tuple[int, ...]:
    """A step of the difference scale for each step of the answers, the favourable end above."""
    if length in STEPS:
        steps = STEPS[length]
    else:
        steps = tuple(half_up(Fraction(6 * place, max(1, length - 1))) for place in range(length))
    return steps[::-1] if 1 in favourable and length not in favourable else steps


def draw_distribution(chart: Distribution, width: float, style: Style) -> Drawing:
    """The steps from lowest to highest; who cannot judge stands apart, in a dotted outline."""
    steps = scale_steps(len(chart.labels), chart.favourable)
    entries = [
        KeyEntry(label, swatch(step)) for label, step in zip(chart.labels, steps, strict=True)
    ]
    columns = _columns(chart.rows)
    has_unknown = any(row.unknown for row in chart.rows)
    if has_unknown:
        entries.append(KeyEntry("can’t judge", charts_marks.unknown))
    if any(row.state == WITHHELD for row in chart.rows):
        entries.append(KeyEntry(WITHHELD, charts_marks.withheld))
    labels = [row.label for row in chart.rows]
    place = framed(style, width, 1, labels, entries, columns)
    drawing = Drawing(width, place.edges[-1] + 2, style.font)
    draw_key(drawing, style, entries, width)
    draw_words(drawing, place, columns)
    full = place.right - place.left - (UNKNOWN + 10 if has_unknown else 0)
    for row, said in enumerate(chart.rows):
        _draw_bar(drawing, place, row, said, steps, full)
        if said.unknown:
            _draw_unknown(drawing, place, row, said, place.left + full + 10)
    return drawing


def _columns(rows: Sequence[DistributionRow]) -> list[Column]:
    favourable = Column("favourable", tuple(favourable_words(row) for row in rows), True)
    count = Column("n", tuple(beside(str(row.n), row.state) for row in rows))
    if all(row.previous is None for row in rows):
        return [favourable, count]
    before = ("" if row.previous is None else _percent(row.previous) for row in rows)
    return [favourable, Column("last cycle", tuple(before)), count]


def favourable_words(row: DistributionRow) -> str:
    """How many are favourable; a dash where nobody answered, and the word for what is kept back."""
    return WITHHELD if row.state == WITHHELD else _percent(row.favourable)


def _percent(value: Fraction | None) -> str:
    return NO_FIGURE if value is None else f"{shown(value)}\N{NO-BREAK SPACE}%"


def _draw_bar(
    drawing: Drawing,
    place: Frame,
    row: int,
    said: DistributionRow,
    steps: Sequence[int],
    full: float,
) -> None:
    """The answers on the scale fill the bar; a figure is written where it fits."""
    style, middle, total = place.style, place.middle(row), sum(said.counts)
    if said.state == WITHHELD:
        charts_marks.hatched(drawing, style, place.left, middle - BAR / 2, full, BAR)
        return
    if not total:
        drawing.draw(
            Look(stroke=style.colours.hairline), across(place.left, middle, place.left + full)
        )
        drawing.say(aside(style), place.left + 5, middle - 2, NO_FIGURE)
        return
    starts = accumulate((full * count / total for count in said.counts), initial=place.left)
    for start, count, step in zip(starts, said.counts, steps, strict=False):
        reach = full * count / total - 1
        if count:
            box = start, middle - BAR / 2, max(0.6, reach), BAR
            charts_marks.filled(drawing, style, step, *box)
            text = str(half_up(Fraction(100 * count, total)))
            colour = style.colours.on_scale[step]
            _say_inside(drawing, style, colour, text, start, reach, middle)


def _draw_unknown(
    drawing: Drawing, place: Frame, row: int, said: DistributionRow, start: float
) -> None:
    """Their share of all who answered, and how many they are."""
    middle, style = place.middle(row), place.style
    reach = max(4.0, UNKNOWN * said.unknown / (said.unknown + sum(said.counts)))
    charts_marks.dotted(drawing, style, start, middle - BAR / 2, reach, BAR)
    text, word = str(said.unknown), aside(style)
    if text_width(text, word.size) + 4 < reach:
        _say_inside(drawing, style, style.colours.muted, text, start, reach, middle)
    else:
        drawing.say(word, start + reach + 3, baseline(middle, word.size), text)


def _say_inside(
    drawing: Drawing,
    style: Style,
    colour: str,
    text: str,
    start: float,
    reach: float,
    middle: float,
) -> None:
    word = Word(colour, style.sizes.small, "middle")
    if text_width(text, word.size) + 4 < reach:
        drawing.say(word, start + reach / 2, baseline(middle, word.size), text)
