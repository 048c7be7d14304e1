"""The organisation's own figures at an item: a small line each, and what they say in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.core.framework import Item
from assessment.core.measures import Breadth, MeasureSeries, Standing, breadth, level, trend
from assessment.core.sigma import level_of_measure
from assessment.core.text import shown
from assessment.reporting.elements import Column, Figure, Row, Table
from assessment.reporting.source import Source
from assessment.reporting.sparklines import sparkline
from assessment.reporting.wording import (
    NO_BREAK,
    NO_FIGURE,
    counted,
    name,
    number_word,
    plain,
    sentence,
)

VERDICTS = {
    "improving": "improving",
    "worsening": "worsening",
    "steady": "steady",
    "mixed": "no clear way",
    "too few points": "too few points",
}
AGAINST_TARGET: dict[Standing, str] = {
    "better": "better than that",
    "at": "reached",
    "worse": "not reached",
}
AGAINST_OTHERS: dict[Standing, str] = {
    "better": "better than that",
    "at": "the same",
    "worse": "not as good",
}
MARKS = (
    "Each line has its own scale, from its lowest to its highest figure. The large dot is the last "
    "value, the diamond the target, the dashed line the comparison."
)


@dataclass(frozen=True, slots=True)
class MeasuresShown:
    """What stands at one item: the set in sentences, a line for each series, all in a table."""

    summary: tuple[str, ...]
    marks: str
    pairs: tuple[Sequence[Figure], ...]
    table: Table


def measures_of(source: Source, item: Item) -> tuple[MeasureSeries, ...]:
    return tuple(series for series in source.release.measures if series.place == item.id)


def measures_shown(source: Source, item: Item) -> MeasuresShown | None:
    """The measures of *item*; None where it has none."""
    series = measures_of(source, item)
    if not series:
        return None
    figures = [_figure(each) for each in series if each.values]
    return MeasuresShown(
        tuple(_summary(breadth(series))),
        MARKS if figures else "",
        tuple(figures[start : start + 2] for start in range(0, len(figures), 2)),
        _table(series),
    )


def _summary(found: Breadth) -> Iterator[str]:
    """Trends, targets and comparisons of the set, each only where there are any."""
    ways = (
        f"{_number(found.improving, 'improves', 'improve')}"
        f" and {_number(found.worsening, 'worsens', 'worsen')}"
    )
    every = sentence(counted(found.series, "measure"))
    if found.with_trend == found.series:
        yield f"{every}: {ways}."
    elif found.with_trend:
        some = number_word(found.with_trend)
        yield f"{every}, {some} with the three values a trend needs: {ways}."
    else:
        yield f"{every}; none has the three values a trend needs."
    parts = []
    if found.with_target:
        parts.append(
            f"{_none_or(found.on_target)} of {number_word(found.with_target)} with a target"
            f" {'stands' if found.on_target == 1 else 'stand'} there or better"
        )
    if found.with_comparison:
        parts.append(
            f"{_none_or(found.ahead)} of {number_word(found.with_comparison)} with a comparison"
            f" {'is' if found.ahead == 1 else 'are'} level with it or ahead"
        )
    else:
        parts.append("none is held against the figure of somebody else")
    yield f"{sentence('; '.join(parts))}."


def _number(count: int, one: str, many: str) -> str:
    return f"{_none_or(count)} {one if count == 1 else many}"


def _none_or(count: int) -> str:
    return number_word(count) if count else "none"


def _figure(series: MeasureSeries) -> Figure:
    words = VERDICTS[trend(series).verdict]
    caption = " ".join(_caption(series))
    alt = plain(f"{series.title}: {words}. {_values(series)}. {caption}")
    return Figure(f"{name(series.title)}: {words}", caption, sparkline(series, alt))


def _caption(series: MeasureSeries) -> Iterator[str]:
    better = f"{series.direction} is better"
    yield f"{name(series.unit)}; {better}." if series.unit else f"{sentence(better)}."
    found = level(series)
    sigma = level_of_measure(series.unit, found.last.value) if found else None
    if sigma is not None:
        yield f"Sigma level {sigma:.2f} (short term, 1.5 added by convention)."
    if series.target is not None and found and found.target:
        yield f"Target {series.figure(series.target)}: {AGAINST_TARGET[found.target]}."
    if series.comparison is not None and found and found.comparison:
        source = f" ({name(series.source)})" if series.source else ""
        said = AGAINST_OTHERS[found.comparison]
        yield f"Comparison {series.figure(series.comparison)}{source}: {said}."


def _values(series: MeasureSeries) -> str:
    return " · ".join(
        f"{series.when(each)}:{NO_BREAK}{series.figure(each.value)}" for each in series.values
    )


def _table(series: tuple[MeasureSeries, ...]) -> Table:
    return Table(
        "Measures: the last value, what it is held against, and where it goes",
        (
            Column("measure", 34, "text"),
            Column("last", 11),
            Column("target", 10),
            Column("comparison", 12),
            Column("a year", 10),
            Column("of values", 9),
            Column("trend", 14, "text"),
        ),
        tuple(_row(each) for each in series),
        style="compact",
    )


def _row(series: MeasureSeries) -> Row:
    found = trend(series)
    unit = f", {name(series.unit)}" if series.unit else ""
    return Row(
        f"{name(series.title)}{unit}",
        (
            series.figure(series.last.value) if series.last else NO_FIGURE,
            NO_FIGURE if series.target is None else series.figure(series.target),
            NO_FIGURE if series.comparison is None else series.figure(series.comparison),
            NO_FIGURE if found.per_year is None else _signed(shown(found.per_year, 2)),
            str(found.points),
            VERDICTS[found.verdict],
        ),
    )


def _signed(text: str) -> str:
    return text if text == "0" or not text[0].isdigit() else f"+{text}"


def all_measures(source: Source) -> Iterator[Table]:
    """Every value of every series."""
    if source.release.measures:
        yield Table(
            "The organisation’s own figures",
            (
                Column("item", 8, "text"),
                Column("measure", 34, "text"),
                Column("values", 58, "text"),
            ),
            tuple(
                Row(
                    name(each.place),
                    (
                        f"{name(each.title)}{f', {name(each.unit)}' if each.unit else ''}",
                        _values(each) or NO_FIGURE,
                    ),
                )
                for each in source.release.measures
            ),
            style="compact",
        )
