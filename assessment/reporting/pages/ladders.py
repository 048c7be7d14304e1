"""Bands as a ladder: classes of summed points, the reached rung filled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assessment.core.framework import TOTAL, Bands
from assessment.core.text import shown
from assessment.reporting.elements import Column, Figure, Row, Table
from assessment.reporting.marks import BandLadder, BandStep
from assessment.reporting.source import Source
from assessment.reporting.wording import NO_FIGURE, WITHHELD, beside, figure, name, plain, sentence

MOST_LADDERS = 2
"""Of more, the one of the whole is drawn, and the others stand beside it in a short table."""


def ladders(source: Source) -> Iterator[Figure]:
    """Band ladders of the whole or of a scale; those of categories stand with them."""
    for bands in _drawn(source):
        yield ladder(source, bands)


def other_bands(source: Source) -> Table | None:
    """The bands beside the ladders that are drawn: what was reached of each, row by row."""
    drawn = [each.of for each in _drawn(source)]
    rest = [each for each in _own(source) if each.of not in drawn]
    if not rest:
        return None
    return Table(
        "What is summed apart, and the band it reaches",
        (
            Column("Of", 27, "text"),
            Column("points", 15),
            Column("of", 12),
            Column("band", 14),
            Column("name", 32, "text"),
        ),
        tuple(_reached_row(source, each) for each in rest),
        style="compact",
    )


def _own(source: Source) -> list[Bands]:
    if not source.scored and not source.withholds_judgements:
        return []
    return [
        each for each in source.framework.bands if each.of not in source.framework.category_by_id
    ]


def _drawn(source: Source) -> list[Bands]:
    own = _own(source)
    if len(own) <= MOST_LADDERS:
        return own
    return [each for each in own if each.of == TOTAL] or own[:1]


def _reached_row(source: Source, bands: Bands) -> Row:
    reached = next(each for each in source.release.assessed.bands if each.of == bands.of)
    state = reached.state
    stands = NO_FIGURE if reached.band is None else f"{reached.band} of {len(bands.labels)}"
    return Row(
        sentence(band_title(source, bands.of)),
        (
            WITHHELD if state == WITHHELD else figure(reached.points),
            beside(figure(reached.possible), state),
            beside(stands, state),
            beside(name(reached.label) if reached.label else NO_FIGURE, state),
        ),
    )


def ladder(source: Source, bands: Bands) -> Figure:
    """Classes of summed points with the reached one filled."""
    reached = next(each for each in source.release.assessed.bands if each.of == bands.of)
    title = band_title(source, bands.of)
    if reached.state == "withheld":
        finding = f"{title}: withheld"
    elif reached.band is None:
        finding = f"{title}: no band yet"
    elif reached.label is None:
        finding = f"{title}: below the first band"
    else:
        finding = f"{title}: band {reached.band} of {len(bands.labels)}, {name(reached.label)}"
    caption = ""
    if reached.points is not None and reached.possible is not None:
        so_far = "" if reached.state == "scored" else " so far; not every item is judged"
        caption = f"{shown(reached.points)} of {shown(reached.possible)} points{so_far}."
    steps = tuple(
        BandStep(label, bounds) for label, bounds in zip(bands.labels, _bounds(bands), strict=True)
    )
    alt = plain(f"{finding}. {caption}".strip())
    points = reached.points if reached.band else None
    return Figure(finding, caption, BandLadder(alt, plain(title), steps, reached.band, points))


def band_title(source: Source, of: str) -> str:
    if of == TOTAL:
        return "The whole"
    if of in source.framework.category_by_id:
        return source.title(of)
    scale = source.framework.scales.get(of)
    return name(scale.title) if scale and scale.title else name(of)


def _bounds(bands: Bands) -> tuple[str, ...]:
    """ "0–150", "151–200" for upper limits; "from 200" for lower ones."""
    if bands.starts:
        return tuple(f"from {shown(start)}" for start in bands.starts)
    lows = [Fraction(0), *(limit + 1 for limit in bands.limits[:-1])]
    return tuple(
        f"{shown(low)}–{shown(high)}" for low, high in zip(lows, bands.limits, strict=True)
    )
