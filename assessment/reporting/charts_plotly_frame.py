"""What all Plotly figures share: letters, axes, marks, and words beside rows.

Rows stand at whole numbers, not at their labels, since two rows may be called alike. Plotly reads a
few HTML tags in any text, so every text of a user is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from plotly import graph_objects as go

from assessment.core.text import shown
from assessment.reporting.charts_frame import with_unit
from assessment.reporting.lettering import wrapped
from assessment.reporting.marks import Span
from assessment.reporting.tokens import Palette, tokens

LABEL_WIDTH = 230.0
ROW, MARGIN = 30, 64


def said(text: str) -> str:
    """*text* as Plotly shows it letter by letter."""
    return escape(text, quote=False)


def number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def marker(kind: str, colours: Palette) -> dict[str, Any]:
    """The mark of present, perceived, target, last cycle, or a target nobody chose."""
    ring = {"color": colours.target, "width": 2}
    return {
        "present": {"symbol": "circle", "size": 11, "color": colours.present},
        "perceived": {
            "symbol": "circle",
            "size": 9,
            "color": colours.paper,
            "line": {"color": colours.present, "width": 2},
        },
        "target": {"symbol": "diamond", "size": 12, "color": colours.paper, "line": ring},
        "assumed": {"symbol": "diamond-open", "size": 11, "color": colours.target},
        "previous": {"symbol": "circle", "size": 7, "color": colours.previous},
        "reference": {
            "symbol": "line-ns-open",
            "size": 15,
            "color": colours.ink,
            "line": {"color": colours.ink, "width": 2},
        },
    }[kind]


def figure(rows: int, **layout: object) -> go.Figure:
    """An empty figure in our letters and colours, high enough for *rows*."""
    colours, fonts = tokens().light, tokens().fonts
    base = {
        "template": {},
        "font": {
            "family": ", ".join([*fonts["text"], "sans-serif"]),
            "size": 13,
            "color": colours.ink,
        },
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "height": ROW * max(rows, 2) + 2 * MARGIN,
        "margin": {"l": 8, "r": 24, "t": 48, "b": 40},
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left"},
        "hoverlabel": {"bgcolor": colours.paper, "bordercolor": colours.hairline, "align": "left"},
        "showlegend": True,
    }
    return go.Figure(layout={**base, **layout})


def ticks(span: Span) -> dict[str, Any]:
    """The scale from zero to its end, with the description's own ticks."""
    last = span.ticks[-1]
    texts = [with_unit(str(tick), span.unit) if tick == last else str(tick) for tick in span.ticks]
    return {"range": [0, span.highest], "tickvals": list(span.ticks), "ticktext": texts}


def scale_axis(span: Span) -> dict[str, Any]:
    """The scale of rows: a line at zero, and no other grid."""
    return ticks(span) | {
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": tokens().light.previous,
        "fixedrange": True,
    }


def row_axis(labels: Sequence[str]) -> dict[str, Any]:
    """The rows from the top down, each on its thin line, their labels on a few lines."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": [folded(label) for label in labels],
        "range": [len(labels) - 0.5, -0.5],
        "gridcolor": tokens().light.hairline,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }


def folded(label: str) -> str:
    """A label broken into lines, as wide as on paper; the whole of it is shown on hovering."""
    return "<br>".join(said(line) for line in wrapped(label, 13, LABEL_WIDTH).lines)


def with_words(drawn: go.Figure, words: Sequence[str], room: int) -> go.Figure:
    """*drawn* with some words right of each row."""
    beside = {"x": 1.01, "xref": "paper", "xanchor": "left", "showarrow": False}
    notes = [beside | {"y": row, "text": text} for row, text in enumerate(words) if text]
    return drawn.update_layout(annotations=[*drawn.layout.annotations, *notes], margin_r=room)


def dots(
    name: str,
    points: Iterable[tuple[float, str, Fraction | None]],
    mark: dict[str, Any],
    unit: str,
) -> go.Scatter:
    """A mark on each row that has a value; row, label and value come in *points*."""
    there = [(row, label, value) for row, label, value in points if value is not None]
    return go.Scatter(
        name=said(name),
        mode="markers",
        cliponaxis=False,
        x=[float(value) for _, _, value in there],
        y=[row for row, _, _ in there],
        marker=mark,
        customdata=[
            [said(label), said(with_unit(shown(value), unit))] for _, label, value in there
        ],
        hovertemplate=f"%{{customdata[0]}}<br>{said(name)}: %{{customdata[1]}}<extra></extra>",
    )


def joined(
    ends: Iterable[tuple[int, Fraction | None, Fraction | None]], colour: str, width: float
) -> go.Scatter:
    """A line on each row from one value to another, where both are there."""
    x: list[float | None] = []
    y: list[int | None] = []
    for row, start, end in ends:
        if start is not None and end is not None:
            x += [float(start), float(end), None]
            y += [row, row, None]
    line = {"color": colour, "width": width}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def hatched_bar(rows: Sequence[int], reach: float) -> go.Bar:
    """What is kept back, in every chart of rows."""
    colours = tokens().light
    return go.Bar(
        name="withheld",
        orientation="h",
        x=[reach] * len(rows),
        y=list(rows),
        width=0.4,
        marker={
            "color": colours.paper,
            "line": {"color": colours.hatch, "width": 1},
            "pattern": {"shape": "/", "fgcolor": colours.hatch, "size": 6},
        },
        hovertemplate="withheld<extra></extra>",
    )
