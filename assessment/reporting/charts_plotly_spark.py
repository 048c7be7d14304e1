"""A measure over time on the screen: the values, target and comparison of its small line."""

from __future__ import annotations

from fractions import Fraction

from plotly import graph_objects as go

from assessment.reporting.charts_plotly_frame import figure, marker, said
from assessment.reporting.marks import Sparkline, SparkPoint
from assessment.reporting.tokens import tokens


def sparkline_figure(chart: Sparkline) -> go.Figure:
    """The same values, target and comparison, each with its period on hovering."""
    colours, points = tokens().light, chart.points
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True}
    drawn = figure(2, xaxis={"type": "date", **plain}, yaxis=plain, margin_l=56)
    if chart.comparison is not None and points:
        drawn.add_trace(_level("comparison", points, chart.comparison, colours.previous))
    drawn.add_trace(
        go.Scatter(
            name="value",
            mode="lines+markers",
            cliponaxis=False,
            x=[each.on.isoformat() for each in points],
            y=[float(each.value) for each in points],
            line={"color": colours.present, "width": 2},
            marker={"color": colours.present, "size": 7},
            customdata=[[said(chart.label), said(each.when), said(each.text)] for each in points],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}: %{customdata[2]}<extra></extra>",
        )
    )
    if chart.target is not None and points:
        drawn.add_trace(
            go.Scatter(
                name="target",
                mode="markers",
                cliponaxis=False,
                x=[points[-1].on.isoformat()],
                y=[float(chart.target)],
                marker=marker("target", colours),
            )
        )
    return drawn


def _level(name: str, points: tuple[SparkPoint, ...], value: Fraction, colour: str) -> go.Scatter:
    return go.Scatter(
        name=name,
        mode="lines",
        x=[points[0].on.isoformat(), points[-1].on.isoformat()],
        y=[float(value)] * 2,
        line={"color": colour, "width": 1.5, "dash": "dash"},
    )
