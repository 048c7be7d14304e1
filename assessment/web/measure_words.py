"""A measure as pages show it: its line, and what it says in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from assessment.core.framework import Framework, Item
from assessment.core.measures import MeasureSeries, asks_for_results, level, trend
from assessment.core.sigma import level_of_measure
from assessment.core.text import shown
from assessment.reporting.sparklines import screen_sparkline
from assessment.web.language import gettext as _

WIDTH = 280
"""What a line takes on the narrowest phone."""


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """One series: the drawing (none without values), the verdict, sentences, and its figures."""

    series: MeasureSeries
    drawing: Markup
    verdict: str
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


def shown_measure(series: MeasureSeries) -> ShownMeasure:
    """*series* in the language of this request."""
    verdict, sentences = verdict_words(series), tuple(_sentences(series))
    alt = " ".join([f"{series.title}: {verdict}.", *sentences])
    drawing = screen_sparkline(series, alt, WIDTH) if series.values else ""
    return ShownMeasure(
        series,
        Markup(drawing),  # noqa: S704 - svg.py escapes
        verdict,
        sentences,
        tuple((series.when(each), series.figure(each.value)) for each in series.values),
    )


def verdict_words(series: MeasureSeries) -> str:
    """Where the series goes."""
    words = {
        "improving": _("improving"),
        "worsening": _("worsening"),
        "steady": _("steady"),
        "mixed": _("no clear way"),
        "too few points": _("too few values for a trend"),
    }
    return words[trend(series).verdict]


def _sentences(series: MeasureSeries) -> Iterator[str]:
    """The unit and the better direction, then the last value against target and comparison."""
    better = _("Higher is better.") if series.direction == "higher" else _("Lower is better.")
    yield f"{series.unit}. {better}" if series.unit else better
    found = level(series)
    sigma = level_of_measure(series.unit, found.last.value) if found else None
    if sigma is not None:
        yield _("Sigma level %(level)s: short term, 1.5 added by convention.", level=f"{sigma:.2f}")
    if found and found.target and series.target is not None:
        yield {
            "better": _("The last value is better than the target of %(target)s."),
            "at": _("The last value is at the target of %(target)s."),
            "worse": _("The last value is short of the target of %(target)s."),
        }[found.target] % {"target": series.figure(series.target)}
    if found and found.comparison and series.comparison is not None:
        yield {
            "better": _("It is better than the comparison, %(other)s."),
            "at": _("It is level with the comparison, %(other)s."),
            "worse": _("It is behind the comparison, %(other)s."),
        }[found.comparison] % {"other": series.figure(series.comparison)}
    per_year = trend(series).per_year
    if per_year:
        rate = shown(per_year, 2)
        yield _("About %(rate)s a year.", rate=rate if per_year < 0 else f"+{rate}")


@dataclass(frozen=True, slots=True)
class ItemMeasures:
    """An item with its measures."""

    item: Item
    is_result: bool
    measures: tuple[ShownMeasure, ...]


def by_item(framework: Framework, series: Iterable[MeasureSeries]) -> list[ItemMeasures]:
    """Results items first, with measures or without; then other items that have some."""
    own: dict[str, list[ShownMeasure]] = {}
    for each in series:
        own.setdefault(each.place, []).append(shown_measure(each))
    found = [
        ItemMeasures(item, asks_for_results(item), tuple(own.get(item.id, ())))
        for item in framework.items
        if asks_for_results(item) or item.id in own
    ]
    return sorted(found, key=lambda each: not each.is_result)
