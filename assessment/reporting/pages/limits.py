"""Board paper, page 4: how far the evidence carries, beside the numbers it is about."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.core.framework import STAFF
from assessment.core.statistics import LEAST_PARTICIPATION
from assessment.reporting.pages.participation import has_rates, participation_rows
from assessment.reporting.source import Source
from assessment.reporting.wording import (
    FEW_ANSWERED,
    PERCENT,
    counted,
    name,
    opening_of,
    sentence,
    share,
)

DOUBT_LENGTH, FEW = 150, 10
UNJUDGED = "not every item has been judged"


def limits(source: Source) -> Iterator[str]:
    """What a reader must know before deciding."""
    if participation_rows(source) and not has_rates(source):
        yield "No rate of participation is known."
    for row in participation_rows(source)[:4]:
        if row.rate is not None and row.rate < LEAST_PARTICIPATION:
            yield f"Only {share(row.rate)}{PERCENT} of {source.group(row.group)} answered."
    seen = source.release.perceived.n
    if 0 < seen < FEW:
        yield f"Only {source.people(STAFF, seen)} answered: every single answer moves the mean."
    if source.has_withheld:
        yield f"Some figures are withheld, and marked so: {FEW_ANSWERED}, or one could be told."
    yield from _judging_limits(source)
    for doubt in source.framework.doubts[:2]:
        yield name(opening_of(doubt, DOUBT_LENGTH))
    if source.asks_in_survey:
        yield "A survey shows what people see, not what is there."


def _judging_limits(source: Source) -> Iterator[str]:
    if source.kinds and not source.scored and not source.withholds_judgements:
        yield "Nothing was judged on evidence."
    if provisional := sum(source.assessed(item).provisional for item in source.scored):
        verb = "is" if provisional == 1 else "are"
        yield f"{sentence(counted(provisional, 'judgement'))} {verb} provisional."
    total = source.release.assessed.total
    if total.points is not None and not total.complete:
        missing = "some judgements are withheld" if source.withholds_judgements else UNJUDGED
        yield f"The total is partial: {missing}."
    if any(gap.points_to_win for gap in source.gaps):
        yield "Points to win assume that the gap closes wholly."
