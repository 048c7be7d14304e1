"""A release as the result JSON: figures rounded half up to six decimals, each with its trace.

The shape is published as `docs/result.schema.json` and explained in `docs/result.md`. `traces`
names every figure by its place and keeps inputs exact, so that anybody can make the figure again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessment.core.assessed import Assessed, PointsAssessed
from assessment.core.perceived import PartPerceived, Perceived
from assessment.core.release import Release, Result
from assessment.core.statistics import participation_reading
from assessment.core.text import rounded
from assessment.core.trace import Trace

Json = dict[str, Any]


def result_json(release: Release) -> Json:
    """*release* as plain JSON values."""
    framework = release.framework
    traces: Json = {}
    _collect(traces, "", release.perceived, release.assessed)
    for kind, results in (("groups", release.groups), ("units", release.units)):
        for name, result in results.items():
            _collect(traces, f"{kind}[{name}].", result.perceived, result.assessed)
    for gap in release.perception_gaps:
        _add(traces, f"perception_gaps[{gap.group}, {gap.kind} {gap.id}].", gap.traces)
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
                "rate": _number(row.rate),
                "reading": None if row.rate is None else participation_reading(float(row.rate)),
            }
            for row in release.participation
        ],
        "perception_gaps": [
            {
                "kind": gap.kind,
                "id": gap.id,
                "group": gap.group,
                "percent": _number(gap.percent),
                "staff_percent": _number(gap.staff_percent),
                "points": _number(gap.points),
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
                "values": [_number(value) for value in each.values],
                "spread": _number(each.spread),
                "agreed": _number(each.agreed),
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
        "traces": traces,
    }


def result_text(release: Release) -> str:
    """The result as JSON text, the same bytes for the same release."""
    return json.dumps(result_json(release), ensure_ascii=False, indent=2) + "\n"


def _number(value: Fraction | None) -> int | float | None:
    """Half up to six decimals; a whole number stays one."""
    if value is None:
        return None
    decimal = rounded(value, 6)
    return int(decimal) if decimal == int(decimal) else float(decimal)


def _decimal(value: float | None) -> int | float | None:
    return None if value is None else _number(Fraction(value))


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
                "mean": _number(question.mean),
                "percent": _number(question.percent),
                "favourable": _number(question.favourable),
                "unknown": question.unknown,
                "na": question.na,
                "counts": {str(value): number for value, number in question.counts.items()},
                "completeness": _number(question.completeness),
                "state": question.state,
            }
            for question in perceived.questions
        ],
    }


def _part(part: PartPerceived | Perceived) -> Json:
    return {
        "percent": _number(part.percent),
        "n": part.n,
        "completeness": _number(part.completeness),
        "state": part.state,
    }


def _assessed(assessed: Assessed) -> Json:
    return {
        "total": _points(assessed.total),
        "categories": [{"id": part.id, **_points(part)} for part in assessed.categories],
        "items": [
            {
                "id": item.id,
                "percent": _number(item.percent),
                "points": _number(item.points),
                "level": item.level,
                "provisional": item.provisional,
                "consensus": item.consensus,
                "judges": item.judges,
                "completeness": _number(item.completeness),
                "state": item.state,
            }
            for item in assessed.items
        ],
        "bands": [
            {
                "of": band.of,
                "band": band.band,
                "label": band.label,
                "points": _number(band.points),
                "possible": _number(band.possible),
                "state": band.state,
            }
            for band in assessed.bands
        ],
        "verdict": assessed.verdict,
    }


def _points(part: PointsAssessed) -> Json:
    return {
        "points": _number(part.points),
        "possible": _number(part.possible),
        "percent": _number(part.percent),
        "complete": part.complete,
        "completeness": _number(part.completeness),
        "state": part.state,
    }


def _collect(traces: Json, scope: str, perceived: Perceived, assessed: Assessed) -> None:
    """Every trace of one scope under the place of its figure, such as `perceived.items[1.1].n`."""
    own = f"{scope}perceived."
    _add(traces, own, perceived.traces)
    for kind, parts in (
        ("categories", perceived.categories),
        ("items", perceived.items),
        ("questions", perceived.questions),
    ):
        for part in parts:
            _add(traces, f"{own}{kind}[{part.id}].", part.traces)
    own = f"{scope}assessed."
    _add(traces, f"{own}total.", assessed.total.traces)
    for category in assessed.categories:
        _add(traces, f"{own}categories[{category.id}].", category.traces)
    for item in assessed.items:
        _add(traces, f"{own}items[{item.id}].", item.traces)
    for band in assessed.bands:
        _add(traces, f"{own}bands[{band.of}].", band.traces)


def _add(traces: Json, place: str, found: Mapping[str, Trace]) -> None:
    for figure, trace in found.items():
        traces[place + figure] = {
            "rule": trace.rule,
            "inputs": [
                {"of": each.of, "value": str(each.value), "weight": str(each.weight)}
                for each in trace.inputs
            ],
            "left_out": [{"of": each.of, "why": each.why} for each in trace.left_out],
        }
