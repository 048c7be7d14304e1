"""A chart description as a Plotly figure for the screen: same numbers, marks and colours."""

from __future__ import annotations

from plotly import graph_objects as go

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
from assessment.reporting.charts_plotly_spark import sparkline_figure
from assessment.reporting.charts_profile import is_radar
from assessment.reporting.marks import (
    BandLadder,
    Chart,
    Distribution,
    Dumbbell,
    GapRanking,
    HeatMap,
    Profile,
    Sparkline,
)


def figure_of(chart: Chart) -> go.Figure:
    """*chart* as a Plotly figure."""
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
        case Sparkline():
            return sparkline_figure(chart)
        case _:
            return spread_figure(chart)
