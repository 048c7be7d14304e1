"""One description of a chart, drawn twice: as SVG for paper, as a Plotly figure for the screen."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from assessment.reporting.charts_cells import draw_distribution
from assessment.reporting.charts_heat import draw_heat_map
from assessment.reporting.charts_ladder import draw_ladder
from assessment.reporting.charts_marks import Style, aside, paper_style, screen_style
from assessment.reporting.charts_profile import draw_profile_rows, is_radar
from assessment.reporting.charts_radar import draw_radar
from assessment.reporting.charts_rows import draw_dumbbell, draw_gaps, draw_spread
from assessment.reporting.charts_spark import draw_sparkline
from assessment.reporting.marks import (
    BandLadder,
    Chart,
    Distribution,
    Dumbbell,
    GapRanking,
    HeatMap,
    Profile,
    Sparkline,
    Spread,
)
from assessment.reporting.svg import Drawing
from assessment.reporting.tokens import tokens

if TYPE_CHECKING:
    from plotly import graph_objects as go

RowChart: TypeAlias = Profile | Dumbbell | Distribution | HeatMap | GapRanking | Spread


def to_svg(chart: Chart, width: float) -> str:
    """*chart* as one <svg> element, *width* CSS pixels wide and as high as its rows need.

    No id, no title of its own and no clipped word: a page may hold many, under its own headings.
    """
    return _drawn(chart, width, paper_style(tokens())).svg(chart.alt)


def to_screen_svg(chart: Chart, width: float) -> str:
    """The same in the sizes of the screen, in colours that follow light and dark with the page."""
    return _drawn(chart, width, screen_style(tokens())).svg(chart.alt)


def to_plotly(chart: Chart) -> go.Figure:
    """*chart* as a Plotly figure with the same numbers, marks and colours, for the screen."""
    # Plotly is a quarter of a second to import, and paper does without.
    from assessment.reporting.charts_figures import figure_of  # noqa: PLC0415

    return figure_of(chart)


def parts(chart: Chart, width: float, height: float) -> tuple[Chart, ...]:
    """*chart* in pieces of even length, each at most *height* high, where single rows are."""
    style = paper_style(tokens())
    if isinstance(chart, BandLadder | Sparkline) or _drawn(chart, width, style).height <= height:
        return (chart,)
    for count in range(2, len(chart.rows) + 1):
        cut = _cut(chart, count)
        if all(_drawn(part, width, style).height <= height for part in cut):
            return cut
    return _cut(chart, len(chart.rows))


def _cut(chart: RowChart, count: int) -> tuple[Chart, ...]:
    edges = [round(len(chart.rows) * part / count) for part in range(count + 1)]
    return tuple(
        replace(_with_rows(chart, start, end), alt=f"{chart.alt} (part {part} of {count})")
        for part, (start, end) in enumerate(pairwise(edges), start=1)
    )


def _with_rows(chart: RowChart, start: int, end: int) -> RowChart:
    """*chart* with some of its rows; a part of a profile is never a radar."""
    rows: Any = chart.rows[start:end]
    if isinstance(chart, Profile):
        return replace(chart, rows=rows, as_rows=True)
    return replace(chart, rows=rows)


def _drawn(chart: Chart, width: float, style: Style) -> Drawing:
    return _draw(chart, width, style) if _marked(chart) else _empty(width, style)


def _draw(chart: Chart, width: float, style: Style) -> Drawing:
    match chart:
        case Profile():
            draw = draw_radar if is_radar(chart) else draw_profile_rows
            return draw(chart, width, style)
        case Dumbbell():
            return draw_dumbbell(chart, width, style)
        case Distribution():
            return draw_distribution(chart, width, style)
        case HeatMap():
            return draw_heat_map(chart, width, style)
        case GapRanking():
            return draw_gaps(chart, width, style)
        case BandLadder():
            return draw_ladder(chart, width, style)
        case Sparkline():
            return draw_sparkline(chart, width, style)
        case _:
            return draw_spread(chart, width, style)


def _marked(chart: Chart) -> Sized:
    """What a chart is made of: rungs, points or rows."""
    if isinstance(chart, BandLadder):
        return chart.steps
    return chart.points if isinstance(chart, Sparkline) else chart.rows


def _empty(width: float, style: Style) -> Drawing:
    """A chart of nothing says so, instead of being a hole in the page."""
    drawing = Drawing(width, style.sizes.row, style.font)
    drawing.say(aside(style), 0, style.sizes.line, "Nothing to show: no figures yet.")
    return drawing
