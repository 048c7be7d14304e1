""" "Why this number?" for what readers work out from a release: gaps, differences, shares, changes.

Each of these is made from figures that have a trace of their own, or from counts; what a reader
works out is not part of the result file, so it has no trace there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assessment.reporting.source import Source
from assessment.reporting.why_differences import apart, change, rate, spread, unjudged
from assessment.reporting.why_gaps import gap_figure, target
from assessment.reporting.why_terms import Derived

_KINDS: Mapping[re.Pattern[str], Callable[..., Derived | None]] = {
    re.compile(r"gaps\[(.+)\]\.(gap|priority|points_to_win)"): gap_figure,
    re.compile(r"disagreements\[(.+)\]\.spread"): spread,
    re.compile(r"(participation\[.+\]\.rate)"): rate,
    re.compile(r"targets\[(.+)\]\.target"): target,
    re.compile(r"groups\[(.+)\]\.perceived\.questions\[(.+)\]\.cannot_judge"): unjudged,
    re.compile(
        r"perception_gaps\[(.+), (whole|category|item|pair) (.+)\]"
        r"\.(points|interval|favourable_points)"
    ): apart,
    re.compile(r"changes\[(whole|category|item) (.+)\]\.points"): change,
}


def derived(source: Source, place: str) -> Derived | None:
    """The figure at *place*, worked out in the open; None where there is none."""
    for pattern, make in _KINDS.items():
        if found := pattern.fullmatch(place):
            return make(source, *found.groups())
    return None
