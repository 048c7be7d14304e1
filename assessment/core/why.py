"""Why this number: every figure of a release that has a trace, under its place.

A place says where a figure stands: `perceived.items[1.1].percent`, `assessed.total.points`,
`groups[leaders].perceived.questions[1.1-s1].mean`, `units[North].perceived.percent`,
`perception_gaps[leaders, item 1.1].points`.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessment.core.assessed import Assessed
from assessment.core.perceived import Perceived
from assessment.core.release import Release
from assessment.core.trace import Trace, Traces

Placed = Iterator[tuple[str, Trace]]


def all_traces(release: Release) -> dict[str, Trace]:
    """The trace of every figure by its place: the whole first, then groups, units and gaps."""
    return dict(_all(release))


def _all(release: Release) -> Placed:
    yield from _of_perceived("perceived.", release.perceived)
    yield from _of_assessed("assessed.", release.assessed)
    for kind, results in (("groups", release.groups), ("units", release.units)):
        for name, result in results.items():
            yield from _of_perceived(f"{kind}[{name}].perceived.", result.perceived)
            yield from _of_assessed(f"{kind}[{name}].assessed.", result.assessed)
    for gap in release.perception_gaps:
        yield from _under(f"perception_gaps[{gap.group}, {gap.kind} {gap.id}].", gap.traces)


def _of_perceived(own: str, perceived: Perceived) -> Placed:
    yield from _under(own, perceived.traces)
    for category in perceived.categories:
        yield from _under(f"{own}categories[{category.id}].", category.traces)
    for item in perceived.items:
        yield from _under(f"{own}items[{item.id}].", item.traces)
    for question in perceived.questions:
        yield from _under(f"{own}questions[{question.id}].", question.traces)


def _of_assessed(own: str, assessed: Assessed) -> Placed:
    yield from _under(f"{own}total.", assessed.total.traces)
    for category in assessed.categories:
        yield from _under(f"{own}categories[{category.id}].", category.traces)
    for item in assessed.items:
        yield from _under(f"{own}items[{item.id}].", item.traces)
    for band in assessed.bands:
        yield from _under(f"{own}bands[{band.of}].", band.traces)


def _under(own: str, traces: Traces) -> Placed:
    return ((own + figure, trace) for figure, trace in traces.items())
