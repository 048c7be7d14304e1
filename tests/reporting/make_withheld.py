"""Releases in which figures are kept back, as a cycle without names will make them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assessment.core.assessed import Assessed, BandReached, PointsAssessed
from assessment.core.assessed_items import ItemAssessed
from assessment.core.perceived import PartPerceived, Perceived, QuestionPerceived
from assessment.core.release import Release, Result

Chosen = Callable[[str], bool]


def withhold_some(release: Release) -> Release:
    """Category 2 and all that is judged in category 4; the first unit; an item of the leaders."""
    of_two = _within("2")
    first = min(release.units, default="")
    return replace(
        release,
        perceived=_perceived(release.perceived, of_two, whole=False),
        assessed=_assessed(release.assessed, _within("4")),
        groups={
            group: _result(
                result,
                of_two if group == "staff" else _within("1.1"),
                _within("4"),
                whole=False,
            )
            for group, result in release.groups.items()
        },
        units={
            unit: _result(result, _everything if unit == first else of_two, _within("4"))
            for unit, result in release.units.items()
        },
    )


def withhold_all(release: Release) -> Release:
    """No figure at all may be shown; who took part may."""
    return replace(
        release,
        perceived=_perceived(release.perceived, _everything, whole=True),
        assessed=_assessed(release.assessed, _everything),
        groups={group: _hidden(result) for group, result in release.groups.items()},
        units={unit: _hidden(result) for unit, result in release.units.items()},
        perception_gaps=(),
        disagreements=(),
        judgements=(),
        reliability=(),
    )


def _hidden(result: Result) -> Result:
    return _result(result, _everything, _everything)


def _everything(_place: str) -> bool:
    return True


def _within(start: str) -> Chosen:
    """The category or item *start*, and all that stands in it."""
    return lambda place: place == start or place.startswith((f"{start}.", f"{start}-"))


def _result(result: Result, seen: Chosen, judged: Chosen, *, whole: bool = True) -> Result:
    is_whole = whole and seen is _everything
    return replace(
        result,
        perceived=_perceived(result.perceived, seen, whole=is_whole),
        assessed=_assessed(result.assessed, judged),
    )


def _perceived(seen: Perceived, chosen: Chosen, *, whole: bool) -> Perceived:
    parts = replace(
        seen,
        categories=tuple(
            _part(each) if _is_there(each) and chosen(each.id) else each for each in seen.categories
        ),
        items=tuple(
            _part(each) if _is_there(each) and chosen(each.id) else each for each in seen.items
        ),
        questions=tuple(
            _question(each) if _is_there(each) and chosen(each.id) else each
            for each in seen.questions
        ),
    )
    if not whole or seen.state != "scored":
        return parts
    return replace(parts, n=0, percent=None, completeness=None, state="withheld", traces={})


def _is_there(
    each: PartPerceived | QuestionPerceived | PointsAssessed | ItemAssessed | BandReached,
) -> bool:
    """Only what has a figure can be kept back."""
    return each.state == "scored"


def _part(part: PartPerceived) -> PartPerceived:
    return replace(part, n=0, percent=None, completeness=None, state="withheld", traces={})


def _question(question: QuestionPerceived) -> QuestionPerceived:
    return replace(
        question,
        n=0,
        mean=None,
        percent=None,
        favourable=None,
        unknown=0,
        na=0,
        counts={},
        completeness=None,
        state="withheld",
        traces={},
    )


def _assessed(judged: Assessed, chosen: Chosen) -> Assessed:
    return replace(
        judged,
        total=_points(judged.total) if _is_there(judged.total) else judged.total,
        categories=tuple(
            _points(each) if _is_there(each) and chosen(each.id) else each
            for each in judged.categories
        ),
        items=tuple(
            _item(each) if _is_there(each) and chosen(each.id) else each for each in judged.items
        ),
        bands=tuple(_band(each) if _is_there(each) else each for each in judged.bands),
        verdict=None,
    )


def _points(part: PointsAssessed) -> PointsAssessed:
    return replace(
        part,
        points=None,
        possible=None,
        percent=None,
        complete=False,
        completeness=None,
        state="withheld",
        traces={},
    )


def _item(item: ItemAssessed) -> ItemAssessed:
    return replace(
        item,
        percent=None,
        points=None,
        level=None,
        provisional=False,
        consensus=False,
        judges=0,
        completeness=None,
        state="withheld",
        traces={},
        attributes={},
    )


def _band(band: BandReached) -> BandReached:
    return replace(
        band,
        band=None,
        label=None,
        about=None,
        points=None,
        possible=None,
        state="withheld",
        traces={},
    )
