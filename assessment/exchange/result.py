"""A release as the result JSON: figures rounded half up to six decimals, each with its trace.

The shape is published as `docs/result.schema.json` and explained in `docs/result.md`. `traces`
names every figure by its place and keeps inputs exact, so that anybody can make the figure again.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from assessment.core.assessed import Assessed, PointsAssessed
from assessment.core.measures import MeasureSeries, level, trend
from assessment.core.perceived import PartPerceived, Perceived
from assessment.core.release import Release, Result
from assessment.core.statistics import participation_reading
from assessment.core.text import rounded
from assessment.core.trace import Trace
from assessment.core.why import all_traces

Json = dict[str, Any]


def result_json(release: Release) -> Json:
    """*release* as plain JSON values."""
    framework = release.framework
    return {
        "framework": {
            "id": framework.id,
            "title": framework.title,
            "edition": framework.edition,
            "sha256": framework.sha256,
        },
        "doubts": list(framework.doubts),
        "answered": release.answered,
        "assessed": _assessed(release.assessed),
        "perceived": _perceived(release.perceived),
        "groups": {name: _result(result) for name, result in release.groups.items()},
        "units": {name: _result(result) for name, result in release.units.items()},
        "participation": [
            {
                "unit": row.unit,
                "group": row.group,
                "answered": row.answered,
                "invited": row.invited,
                "rate": number(row.rate),
                "reading": None if row.rate is None else participation_reading(float(row.rate)),
            }
            for row in release.participation
        ],
        "perception_gaps": [
            {
                "kind": gap.kind,
                "id": gap.id,
                "group": gap.group,
                "percent": number(gap.percent),
                "staff_percent": number(gap.staff_percent),
                "points": number(gap.points),
                "favourable": number(gap.favourable),
                "staff_favourable": number(gap.staff_favourable),
                "n": gap.n,
                "staff_n": gap.staff_n,
                "low": _decimal(gap.interval.low) if gap.interval else None,
                "high": _decimal(gap.interval.high) if gap.interval else None,
                "verdict": gap.verdict,
            }
            for gap in release.perception_gaps
        ],
        "disagreements": [
            {
                "id": each.item_id,
                "values": [number(value) for value in each.values],
                "spread": number(each.spread),
                "agreed": number(each.agreed),
                "settled": each.settled,
            }
            for each in release.disagreements
        ],
        "criteria": [
            {
                "id": key,
                "met": counts.values[1],
                "not_met": counts.values[0],
                "unknown": counts.unknown,
                "na": counts.na,
            }
            for key, counts in release.criteria.items()
        ],
        "reliability": [
            {
                "of": each.of,
                "statements": each.statements,
                "n": each.n,
                "alpha": _decimal(each.alpha),
            }
            for each in release.reliability
        ],
        "measures": [_measure(series) for series in release.measures],
        "traces": {place: _trace(trace) for place, trace in all_traces(release).items()},
    }


def result_text(release: Release) -> str:
    """The result as JSON text, the same bytes for the same release."""
    return json.dumps(result_json(release), ensure_ascii=False, indent=2) + "\n"


def number(value: Fraction | None) -> int | float | None:
    """Half up to six decimals; a whole number stays one."""
    if value is None:
        return None
    decimal = rounded(value, 6)
    return int(decimal) if decimal == int(decimal) else float(decimal)


def _decimal(value: float | None) -> int | float | None:
    return None if value is None else number(Fraction(value))


def _result(result: Result) -> Json:
    return {
        "answered": result.answered,
        "perceived": _perceived(result.perceived),
        "assessed": _assessed(result.assessed),
    }


def _perceived(perceived: Perceived) -> Json:
    return {
        **_part(perceived),
        "categories": [{"id": part.id, **_part(part)} for part in perceived.categories],
        "items": [{"id": part.id, **_part(part)} for part in perceived.items],
        "questions": [
            {
                "id": question.id,
                "n": question.n,
                "mean": number(question.mean),
                "percent": number(question.percent),
                "favourable": number(question.favourable),
                "unknown": question.unknown,
                "na": question.na,
                "counts": {str(value): count for value, count in question.counts.items()},
                "completeness": number(question.completeness),
                "state": question.state,
            }
            for question in perceived.questions
        ],
    }


def _part(part: PartPerceived | Perceived) -> Json:
    return {
        "percent": number(part.percent),
        "n": part.n,
        "completeness": number(part.completeness),
        "state": part.state,
    }


def _assessed(assessed: Assessed) -> Json:
    return {
        "total": _points(assessed.total),
        "categories": [{"id": part.id, **_points(part)} for part in assessed.categories],
        "items": [
            {
                "id": item.id,
                "percent": number(item.percent),
                "points": number(item.points),
                "level": item.level,
                "provisional": item.provisional,
                "consensus": item.consensus,
                "judges": item.judges,
                "attributes": {key: number(value) for key, value in item.attributes.items()},
                "completeness": number(item.completeness),
                "state": item.state,
            }
            for item in assessed.items
        ],
        "bands": [
            {
                "of": band.of,
                "band": band.band,
                "label": band.label,
                "points": number(band.points),
                "possible": number(band.possible),
                "state": band.state,
            }
            for band in assessed.bands
        ],
        "verdict": assessed.verdict,
    }


def _points(part: PointsAssessed) -> Json:
    return {
        "points": number(part.points),
        "possible": number(part.possible),
        "percent": number(part.percent),
        "complete": part.complete,
        "completeness": number(part.completeness),
        "state": part.state,
    }


def _measure(series: MeasureSeries) -> Json:
    """A series with what it says; figures have at most six decimals and are written exactly."""
    now, found = level(series), trend(series)
    return {
        "item": series.place,
        "title": series.title,
        "unit": series.unit,
        "direction": series.direction,
        "values": [
            {"date": each.on.isoformat(), "value": number(each.value)} for each in series.values
        ],
        "target": number(series.target),
        "against_target": now.target if now else None,
        "comparison": number(series.comparison),
        "against_comparison": now.comparison if now else None,
        "source": series.source,
        "trend": {
            "verdict": found.verdict,
            "s": found.s,
            "chance": number(found.chance),
            "per_year": number(found.per_year),
        },
    }


def _trace(trace: Trace) -> Json:
    return {
        "rule": trace.rule,
        "inputs": [
            {"of": each.of, "value": str(each.value), "weight": str(each.weight)}
            for each in trace.inputs
        ],
        "left_out": [{"of": each.of, "why": each.why} for each in trace.left_out],
    }
