"""A measure as somebody typed it, and what is wrong with it, field by field."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.exact import NotAFigure, exact
from assessment.core.framework import Framework
from assessment.core.measures import MOST_SERIES, MOST_VALUES, MeasureSeries
from assessment.core.periods import last_day
from assessment.core.text import COMMENT_LIMIT
from assessment.core.trend import Dated
from assessment.exchange.measures import (
    UNIT_LIMIT,
    day_refused,
    day_taken,
    figure_refused,
    too_many_values,
)
from assessment.services.errors import Sentence, _
from assessment.services.typed import Fields


@dataclass(frozen=True, slots=True)
class TypedMeasure:
    """A measure as somebody typed it; each of `values` is a day and a figure."""

    place: str
    title: str
    unit: str
    direction: str
    target: str
    comparison: str
    source: str
    values: tuple[tuple[str, str], ...]


def checked(
    typed: TypedMeasure, framework: Framework, others: Collection[MeasureSeries], series_id: str
) -> MeasureSeries:
    """The series that *typed* says; Refused where it says none, or one that is there already."""
    fields = Fields()
    title = " ".join(fields.text("title", typed.title, needed=True).split())
    unit = " ".join(fields.text("unit", typed.unit, UNIT_LIMIT).split())
    source = fields.text("source", typed.source, COMMENT_LIMIT)
    if typed.place not in framework.item_by_id:
        fields.wrong["place"] = Sentence(_("Choose one of the items."))
    if typed.direction not in ("higher", "lower"):
        fields.wrong["direction"] = Sentence(_("Say which way is better."))
    if (typed.place, title) in {(each.place, each.title) for each in others}:
        fields.wrong["title"] = Sentence(_("This item has a measure of that title already."))
    if len(others) >= MOST_SERIES:
        fields.wrong["measures"] = Sentence(
            _("A cycle keeps at most %(most)s measures."), most=MOST_SERIES
        )
    target, comparison = (
        _figure(fields, name, text) if text.strip() else None
        for name, text in (("target", typed.target), ("comparison", typed.comparison))
    )
    values = _values(fields, typed.values)
    fields.refuse_wrong()
    return MeasureSeries(
        series_id,
        typed.place,
        title,
        unit,
        "higher" if typed.direction == "higher" else "lower",
        values,
        target,
        comparison,
        source,
    )


def _values(fields: Fields, typed: Iterable[tuple[str, str]]) -> tuple[Dated, ...]:
    """The rows that say something; their fields are `day-0`, `value-0` and so on."""
    found: dict[datetime.date, Dated] = {}
    for number, (day, figure) in enumerate(typed):
        if not day.strip() and not figure.strip():
            continue
        on = last_day(day)
        value = _figure(fields, f"value-{number}", figure)
        if on is None:
            fields.wrong[f"day-{number}"] = day_refused(day)
        elif on in found:
            fields.wrong[f"day-{number}"] = day_taken(on)
        elif value is not None:
            found[on] = Dated(on, value)
    if len(found) > MOST_VALUES:
        fields.wrong["values"] = too_many_values()
    return tuple(found[on] for on in sorted(found))


def _figure(fields: Fields, name: str, typed: str) -> Fraction | None:
    try:
        return exact(typed)
    except NotAFigure as refused:
        fields.wrong[name] = figure_refused(typed, refused)
        return None
