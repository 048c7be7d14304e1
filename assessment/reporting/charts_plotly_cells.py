"""Plotly figures of filled cells: answers stacked to 100 %, units against categories, bands."""

from __future__ import annotations

from fractions import Fraction

from plotly import graph_objects as go

from assessment.core.text import shown
from assessment.reporting.charts_cells import favourable_words, scale_steps
from assessment.reporting.charts_heat import cell_words
from assessment.reporting.charts_plotly_frame import (
    figure,
    folded,
    hatched_bar,
    number,
    row_axis,
    said,
    with_words,
)
from assessment.reporting.marks import BandLadder, Distribution, HeatMap
from assessment.reporting.svg import hatching
from assessment.reporting.tokens import difference_step, tokens

UNKNOWN_AT, UNKNOWN_REACH = 103, 25
"""Where, in percent of the bar, the field of those who cannot judge begins, and how long it is."""


def distribution_figure(chart: Distribution) -> go.Figure:
    """Percent of those who answered on the scale; who cannot judge stands behind 100 %, dotted."""
    colours, labels = tokens().light, [row.label for row in chart.rows]
    steps = scale_steps(len(chart.labels), chart.favourable)
    drawn = figure(
        len(chart.rows),
        barmode="stack",
        bargap=0.35,
        legend_traceorder="normal",
        xaxis={"showgrid": False, "tickvals": [0, 50, 100], "fixedrange": True, "range": [0, 130]},
        yaxis=row_axis(labels) | {"showgrid": False},
    )
    for place, (label, step) in enumerate(zip(chart.labels, steps, strict=True)):
        shares = [_share(row.counts[place], sum(row.counts)) for row in chart.rows]
        drawn.add_trace(
            go.Bar(
                name=said(label),
                orientation="h",
                y=list(range(len(chart.rows))),
                x=[number(share) for share in shares],
                text=["" if not share else shown(share, 0) for share in shares],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": colours.on_scale[step]},
                marker={"color": colours.scale[step], "line": {"color": colours.paper, "width": 1}},
                customdata=[[said(row.label), row.counts[place], row.n] for row in chart.rows],
                hovertemplate="%{customdata[0]}<br>"
                + said(label)
                + ": %{customdata[1]} of %{customdata[2]}<extra></extra>",
            )
        )
    _add_unknown(drawn, chart)
    if hidden := [place for place, row in enumerate(chart.rows) if row.state == "withheld"]:
        drawn.add_trace(hatched_bar(hidden, 100))
    favourable = [favourable_words(row) for row in chart.rows]
    return with_words(drawn, [f"<b>{text}</b>" for text in favourable], 72)


def _share(count: int, total: int) -> Fraction | None:
    return Fraction(100 * count, total) if total else None


def _add_unknown(drawn: go.Figure, chart: Distribution) -> None:
    """Their share of all who answered, as long as a quarter of the bar when it is everybody."""
    line = {"color": tokens().light.muted, "width": 1, "dash": "dot"}
    shapes, notes = [], []
    for place, row in enumerate(chart.rows):
        if row.unknown:
            reach = UNKNOWN_REACH * row.unknown / (row.unknown + sum(row.counts))
            box = {"x0": UNKNOWN_AT, "x1": UNKNOWN_AT + reach}
            box |= {"y0": place - 0.3, "y1": place + 0.3}
            shapes.append({"type": "rect", "line": line} | box)
            at = {"x": UNKNOWN_AT, "xanchor": "left", "y": place + 0.42, "showarrow": False}
            text = f"{row.unknown} can’t judge"
            notes.append(at | {"text": text, "font": {"size": 10}})
    drawn.update_layout(shapes=shapes, annotations=notes)


def heat_figure(chart: HeatMap) -> go.Figure:
    """The figure in each cell, its distance to the whole as colour; withheld cells are hatched."""
    colours = tokens().light
    last = len(colours.scale) - 1
    stops = [
        [(step + edge) / (last + 1), colour]
        for step, colour in enumerate(colours.scale)
        for edge in (0, 1)
    ]
    names = [name for name, _ in chart.rows]
    drawn = figure(
        len(chart.rows),
        showlegend=False,
        xaxis={
            "tickvals": list(range(len(chart.columns))),
            "ticktext": [folded(name) for name in chart.columns],
            "side": "top",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "range": [-0.5, len(chart.columns) - 0.5],
        },
        yaxis=row_axis(names) | {"showgrid": False},
    )
    drawn.add_trace(
        go.Heatmap(
            z=[[_step(chart, row, column) for column in _columns(chart)] for row in _rows(chart)],
            x=_columns(chart),
            y=_rows(chart),
            zmin=-0.5,
            zmax=last + 0.5,
            colorscale=stops,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    shapes, notes = [], []
    for row, (_, cells) in enumerate(chart.rows):
        for column, cell in enumerate(cells):
            if cell.state == "withheld":
                shapes.append(_hatching(column, row))
                continue
            step = _step(chart, row, column)
            colour = colours.ink if step is None else colours.on_scale[step]
            at = {"x": column, "y": row, "showarrow": False}
            notes.append(at | {"text": cell_words(cell), "font": {"color": colour}})
    return drawn.update_layout(shapes=shapes, annotations=notes)


def _rows(chart: HeatMap) -> list[int]:
    return list(range(len(chart.rows)))


def _columns(chart: HeatMap) -> list[int]:
    return list(range(len(chart.columns)))


def _step(chart: HeatMap, row: int, column: int) -> int | None:
    """The colour of a cell: none where there is no figure, or nothing to compare it with."""
    percent = chart.rows[row][1][column].percent
    whole = chart.whole[column] if column < len(chart.whole) else None
    return None if percent is None or whole is None else difference_step(percent - whole)


def _hatching(column: int, row: int) -> dict[str, object]:
    path = hatching(column - 0.48, row - 0.46, 0.96, 0.92, gap=0.2)
    return {"type": "path", "path": path, "line": {"color": tokens().light.hatch, "width": 1}}


def ladder_figure(chart: BandLadder) -> go.Figure:
    """The highest band on top, the reached rung filled."""
    colours, rungs = tokens().light, list(range(len(chart.steps)))
    reached = [place + 1 == chart.reached for place in rungs]
    drawn = figure(
        len(rungs),
        showlegend=False,
        xaxis={"visible": False, "range": [0, 1], "fixedrange": True},
        yaxis={"visible": False, "fixedrange": True},
    )
    drawn.add_trace(
        go.Bar(
            orientation="h",
            y=rungs,
            x=[1] * len(rungs),
            width=0.86,
            marker={
                "color": [colours.present if here else colours.paper for here in reached],
                "line": {"color": colours.hairline, "width": 1},
            },
            text=[
                f"{folded(step.label)} · {said(step.bounds)}" if step.bounds else folded(step.label)
                for step in chart.steps
            ],
            textposition="inside",
            insidetextanchor="start",
            textfont={"color": [colours.paper if here else colours.ink for here in reached]},
            hoverinfo="skip",
        )
    )
    if chart.reached is not None and chart.points is not None:
        words = ["" for _ in rungs]
        words[chart.reached - 1] = f"<b>◀ {shown(chart.points)} points</b>"
        with_words(drawn, words, 120)
    return drawn
