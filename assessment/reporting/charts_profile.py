"""The profile of categories, items or elements as rows of marks, and what its radar shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from assessment.core.text import shown
from assessment.reporting import charts_marks
from assessment.reporting.charts_frame import Column, draw_tracks, missing_words, started
from assessment.reporting.charts_marks import KeyEntry, Mark, Style
from assessment.reporting.marks import Profile, ProfileRow
from assessment.reporting.svg import Drawing, Look, Point, line

RADAR_AXES = range(3, 10)
KINDS: dict[str, tuple[str, Mark]] = {
    "present": ("present", charts_marks.present),
    "perceived": ("as perceived", charts_marks.perceived),
    "target": ("target", charts_marks.target),
    "previous": ("last cycle", charts_marks.previous),
    "reference": ("reference", charts_marks.reference),
}
"""What a row may carry, what the key calls it, and its mark."""


def is_radar(chart: Profile) -> bool:
    """A circle of two axes says nothing, one of ten cannot be read."""
    return not chart.as_rows and len(chart.rows) in RADAR_AXES


def draw_profile_rows(chart: Profile, width: float, style: Style) -> Drawing:
    """A line for each row with all its marks, and the figures of present and target beside it."""
    labels = [row.label for row in chart.rows]
    drawing, place = started(
        style, width, chart.span, labels, key_of(chart.rows), _columns(chart.rows)
    )
    draw_tracks(drawing, place)
    for row, said in enumerate(chart.rows):
        if said.state == "withheld":
            reach = place.right - place.left
            charts_marks.hatched(drawing, style, place.left, place.middle(row) - 4, reach, 8)
    draw_marks(drawing, style, chart.rows, lambda row, value: (place.x(value), place.middle(row)))
    return drawing


def _columns(rows: Sequence[ProfileRow]) -> list[Column]:
    word = KINDS[main_kind(rows)][0]
    columns = [Column(word, tuple(main_figure(row) for row in rows), is_strong=True)]
    if has(rows, "target"):
        cells = tuple("" if row.target is None else shown(row.target) for row in rows)
        columns.append(Column(KINDS["target"][0], cells))
    return columns


def has(rows: Sequence[ProfileRow], kind: str) -> bool:
    return any(getattr(row, kind) is not None for row in rows)


def main_kind(rows: Sequence[ProfileRow]) -> str:
    """What the chart is mainly about: where nobody assessed, what people perceive."""
    return "present" if has(rows, "present") or not has(rows, "perceived") else "perceived"


def main_value(row: ProfileRow) -> Fraction | None:
    if row.state == "withheld":  # a ring in the place of what is kept back would pass for it
        return None
    return row.perceived if row.present is None else row.present


def main_figure(row: ProfileRow) -> str:
    value = main_value(row)
    return missing_words(row.state) if value is None else shown(value)


def key_of(rows: Sequence[ProfileRow]) -> list[KeyEntry]:
    """The marks that the chart really has."""
    entries = [KeyEntry(*said) for kind, said in KINDS.items() if has(rows, kind)]
    if any(row.state == "withheld" for row in rows):
        entries.append(KeyEntry("withheld", charts_marks.withheld))
    return entries


def draw_marks(
    drawing: Drawing,
    style: Style,
    rows: Sequence[ProfileRow],
    at: Callable[[int, Fraction], Point],
) -> None:
    """Every mark where *at* puts it, the small ones on top."""
    trail = Look(stroke=style.colours.previous, width=1.2)
    for row, said in enumerate(rows):
        if said.previous is not None and said.present is not None:
            drawing.draw(trail, line(at(row, said.previous), at(row, said.present)))
    for kind in ("reference", "target", "present", "perceived", "previous"):
        mark = KINDS[kind][1]
        for row, said in enumerate(rows):
            value = getattr(said, kind)
            if value is not None:
                mark(drawing, style, *at(row, value))
