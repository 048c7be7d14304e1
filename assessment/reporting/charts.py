"""One description of a chart, drawn twice: as SVG for paper, as a Plotly figure for the screen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeAlias

from plotly import graph_objects as go

from assessment.reporting.charts_cells import draw_distribution
from assessment.reporting.charts_heat import draw_heat_map
from assessment.reporting.charts_ladder import draw_ladder
from assessment.reporting.charts_marks import Style, aside, paper_style
from assessment.reporting.charts_plotly import (
    dumbbell_figure,
    gaps_figure,
    profile_figure,
    radar_figure,
    spread_figure,
)
from assessment.reporting.charts_plotly_cells import (
    distribution_figure,
    heat_figure,
    ladder_figure,
)
from assessment.reporting.charts_profile import draw_profile_rows, is_radar
from assessment.reporting.charts_radar import draw_radar
from assessment.reporting.charts_rows import draw_dumbbell, draw_gaps, draw_spread
from assessment.reporting.marks import (
    BandLadder,
    Chart,
    Distribution,
    Dumbbell,
    GapRanking,
    HeatMap,
    Profile,
    Spread,
)
from assessment.reporting.svg import Drawing
from assessment.reporting.tokens import tokens

RowChart: TypeAlias = Profile | Dumbbell | Distribution | HeatMap | GapRanking | Spread


def to_svg(chart: Chart, width: float) -> str:
    """*chart* as one <svg> element, *width* CSS pixels wide and as high as its rows need.

    No id, no title of its own and no clipped word: a page may hold many, under its own headings.
    """
    return _drawn(chart, width, paper_style(tokens())).svg(chart.alt)


def to_plotly(chart: Chart) -> go.Figure:
    """*chart* as a Plotly figure with the same numbers, marks and colours, for the screen."""
    match chart:
        case Profile():
            return radar_figure(chart) if is_radar(chart) else profile_figure(chart)
        case Dumbbell():
            return dumbbell_figure(chart)
        case Distribution():
            return distribution_figure(chart)
        case HeatMap():
            return heat_figure(chart)
        case GapRanking():
            return gaps_figure(chart)
        case BandLadder():
            return ladder_figure(chart)
        case _:
            return spread_figure(chart)


def parts(chart: Chart, width: float, height: float) -> tuple[Chart, ...]:
    """*chart* in pieces of even length, each at most *height* high, where single rows are."""
    style = paper_style(tokens())
    if isinstance(chart, BandLadder) or _drawn(chart, width, style).height <= height:
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
    if not (chart.steps if isinstance(chart, BandLadder) else chart.rows):
        return _empty(width, style)
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
        case _:
            return draw_spread(chart, width, style)


def _empty(width: float, style: Style) -> Drawing:
    """A chart of nothing says so, instead of being a hole in the page."""
    drawing = Drawing(width, style.sizes.row, style.font)
    drawing.say(aside(style), 0, style.sizes.line, "Nothing to show: no figures yet.")
    return drawing
