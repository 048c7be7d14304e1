"""Chart descriptions -> Plotly figures for the screen: the numbers, marks and colours of the SVG.

Only the traces of our browser bundle are used: scatter, bar, scatterpolar and heatmap.
"""

from __future__ import annotations

from fractions import Fraction

from plotly import graph_objects as go

from assessment.core.text import shown
from assessment.reporting.charts_frame import with_unit
from assessment.reporting.charts_marks import shape_colour, shape_of
from assessment.reporting.charts_plotly_frame import (
    dots,
    figure,
    folded,
    hatched_bar,
    joined,
    marker,
    number,
    row_axis,
    said,
    scale_axis,
    ticks,
    with_words,
)
from assessment.reporting.charts_profile import KINDS, has, main_kind
from assessment.reporting.charts_rows import clusters
from assessment.reporting.marks import (
    Dumbbell,
    DumbbellRow,
    GapRanking,
    Profile,
    ProfileRow,
    Spread,
)
from assessment.reporting.tokens import tokens

SYMBOLS = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle-up",
    "wedge": "triangle-down",
    "cross": "x",
    "plus": "cross-thin",
    "bar": "line-ns",
}


def profile_figure(chart: Profile) -> go.Figure:
    """Rows of marks; a withheld row is a hatched bar."""
    colours, labels = tokens().light, [row.label for row in chart.rows]
    drawn = figure(len(chart.rows), xaxis=scale_axis(chart.span), yaxis=row_axis(labels))
    hidden = [row for row, each in enumerate(chart.rows) if each.state == "withheld"]
    if hidden:
        drawn.add_trace(hatched_bar(hidden, chart.span.highest))
    ends = ((row, each.previous, each.present) for row, each in enumerate(chart.rows))
    drawn.add_trace(joined(ends, colours.previous, 1.5))
    for kind, (word, _) in KINDS.items():
        if has(chart.rows, kind):
            points = ((row, each.label, getattr(each, kind)) for row, each in enumerate(chart.rows))
            drawn.add_trace(dots(word, points, marker(kind, colours), chart.span.unit))
    return drawn


def radar_figure(chart: Profile) -> go.Figure:
    """A radar; an axis without a figure interrupts the outline."""
    colours, axes = tokens().light, len(chart.rows)
    drawn = figure(
        10,
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "gridshape": "linear",
            "radialaxis": ticks(chart.span)
            | {"gridcolor": colours.hairline, "angle": 90, "tickangle": 0},
            "angularaxis": {
                "direction": "clockwise",
                "rotation": 90,
                # Straight rings need named axes; numbers are the names, since labels may be alike.
                "type": "category",
                "tickvals": list(range(axes)),
                "ticktext": [folded(row.label) for row in chart.rows],
                "gridcolor": colours.hairline,
            },
        },
    )
    for axis in drawn.layout.polar.radialaxis, drawn.layout.polar.angularaxis:
        axis.linecolor = colours.hairline
    for kind in KINDS:
        if has(chart.rows, kind):
            drawn.add_trace(_ring(chart, kind))
    return drawn


def _ring(chart: Profile, kind: str) -> go.Scatterpolar:
    colours, word = tokens().light, KINDS[kind][0]
    values = [getattr(row, kind) for row in chart.rows]
    is_main = kind == main_kind(chart.rows)
    is_line = is_main or kind == "target"
    return go.Scatterpolar(
        name=said(word),
        r=[number(value) for value in [*values, values[0]]],
        theta=[str(axis % len(values)) for axis in range(len(values) + 1)],
        mode="lines+markers" if is_line else "markers",
        fill="toself" if is_main and None not in values else "none",
        fillcolor=colours.present_tint,
        line={"color": colours.present if is_main else colours.target, "width": 2 - (not is_main)},
        marker=marker(kind, colours),
        customdata=[_hover(row, kind, chart.span.unit) for row in [*chart.rows, chart.rows[0]]],
        hovertemplate=f"%{{customdata[0]}}<br>{said(word)}: %{{customdata[1]}}<extra></extra>",
    )


def _hover(row: ProfileRow, kind: str, unit: str) -> list[str]:
    value = getattr(row, kind)
    return [said(row.label), "" if value is None else with_unit(shown(value), unit)]


def dumbbell_figure(chart: Dumbbell) -> go.Figure:
    """A mark a group, joined from the lowest to the highest."""
    colours, labels = tokens().light, [row.label for row in chart.rows]
    drawn = figure(len(chart.rows), xaxis=scale_axis(chart.span), yaxis=row_axis(labels))
    spans = []
    for row, each in enumerate(chart.rows):
        there = [value for value in each.percents.values() if value is not None]
        spans.append((row, min(there, default=None), max(there, default=None)))
    drawn.add_trace(joined(spans, colours.previous, 2))
    for place, group in enumerate(chart.groups):
        shape = shape_of(group, place)
        colour = shape_colour(colours, shape)
        mark = {
            "symbol": SYMBOLS[shape],
            "size": 10,
            "color": colour,
            "line": {"color": colour, "width": 2 if shape in {"plus", "bar"} else 0},
        }
        points = (
            (row + _lift(chart, each, group), each.label, each.percents.get(group))
            for row, each in enumerate(chart.rows)
        )
        drawn.add_trace(dots(group, points, mark, chart.span.unit))
    return drawn


def _lift(chart: Dumbbell, row: DumbbellRow, group: str) -> float:
    """How far a mark stands from its line, where another would cover it."""
    spots = {name: float(value) for name, value in row.percents.items() if value is not None}
    for cluster in clusters(spots, chart.span.highest / 60):
        if group in cluster:
            return 0.36 * ((cluster.index(group) + 0.5) / len(cluster) - 0.5)
    return 0


def gaps_figure(chart: GapRanking) -> go.Figure:
    """From present to target; what closing it is worth stands at the right."""
    colours, labels, rows = tokens().light, [row.label for row in chart.rows], chart.rows
    drawn = figure(len(rows), xaxis=scale_axis(chart.span), yaxis=row_axis(labels))
    ways = ((place, row.present, row.target) for place, row in enumerate(rows))
    drawn.add_trace(joined(ways, colours.present, 2))
    trails = ((place, row.previous, row.present) for place, row in enumerate(rows))
    drawn.add_trace(joined(trails, colours.previous, 1.5))
    series: dict[str, tuple[str, list[Fraction | None]]] = {
        "target": ("target", [row.target if row.is_chosen else None for row in rows]),
        "assumed": (
            "next step, no target chosen",
            [None if row.is_chosen else row.target for row in rows],
        ),
        "present": ("present", [*(row.present for row in rows)]),
        "previous": ("last cycle", [row.previous for row in rows]),
    }
    for kind, (word, values) in series.items():
        if any(value is not None for value in values):
            points = zip(range(len(rows)), labels, values, strict=True)
            drawn.add_trace(dots(word, points, marker(kind, colours), chart.span.unit))
    words = [said(" · ".join(part for part in (row.worth, row.when) if part)) for row in rows]
    return with_words(drawn, words, 150)


def spread_figure(chart: Spread) -> go.Figure:
    """What each judge said, the range between them, and what was agreed."""
    colours, labels = tokens().light, [row.label for row in chart.rows]
    drawn = figure(len(chart.rows), xaxis=scale_axis(chart.span), yaxis=row_axis(labels))
    spans = (
        (place, min(row.values, default=None), max(row.values, default=None))
        for place, row in enumerate(chart.rows)
    )
    drawn.add_trace(joined(spans, colours.previous, 2))
    judge = {"symbol": "triangle-up", "size": 9, "color": colours.ink}
    points = (
        (place, row.label, value) for place, row in enumerate(chart.rows) for value in row.values
    )
    drawn.add_trace(dots("one judgement", points, judge, chart.span.unit))
    agreed = ((place, row.label, row.agreed) for place, row in enumerate(chart.rows))
    drawn.add_trace(dots("agreed", agreed, marker("present", colours), chart.span.unit))
    return drawn
