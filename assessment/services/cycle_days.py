"""When a cycle takes answers: from its first day to the end of its last, where it takes place."""

from __future__ import annotations

import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from assessment.services.errors import CycleClosed, NotOpenYet
from assessment.store.tables import Cycle

Standing = Literal["draft", "waiting", "open", "over", "closing", "closed"]
"""A cycle that is over has passed its last day: it takes no answers, and can still be extended."""
ENDED: frozenset[Standing] = frozenset({"over", "closing", "closed"})
"""No answer is taken any more."""


def starts_at(cycle: Cycle) -> datetime.datetime | None:
    """The first moment of the day a cycle opens on, in UTC; None where it opens by hand alone."""
    return None if cycle.opens_on is None else _midnight(cycle.opens_on, cycle.time_zone)


def ends_at(cycle: Cycle) -> datetime.datetime:
    """The moment its last day ends, in UTC."""
    return _midnight(cycle.closes_on + datetime.timedelta(days=1), cycle.time_zone)


def standing(cycle: Cycle, now: datetime.datetime) -> Standing:
    """How the cycle stands at *now*.

    Only a person closes it. The clock alone never does, so that a clock which jumps ahead and back
    has closed nothing.
    """
    if cycle.state == "draft":
        return "draft"
    if cycle.state == "closing":
        return "closing"
    if cycle.state == "closed":
        return "closed"
    start = starts_at(cycle)
    if start is not None and now < start:
        return "waiting"
    return "open" if now < ends_at(cycle) else "over"


def refuse_unless_open(cycle: Cycle, now: datetime.datetime, kept: int | None = None) -> None:
    """Raise NotOpenYet or CycleClosed where no answer is taken at *now*."""
    stands = standing(cycle, now)
    if stands in ("draft", "waiting"):
        raise NotOpenYet
    if stands in ENDED:
        raise CycleClosed(cycle.title, kept)


def today(cycle: Cycle, now: datetime.datetime) -> datetime.date:
    """The date where the cycle takes place."""
    return now.astimezone(ZoneInfo(cycle.time_zone)).date()


def _midnight(day: datetime.date, time_zone: str) -> datetime.datetime:
    local = datetime.datetime.combine(day, datetime.time.min, ZoneInfo(time_zone))
    return local.astimezone(datetime.UTC)
