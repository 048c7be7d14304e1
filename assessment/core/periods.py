"""The days figures stand for: the end of a year, a quarter or a month, or any one day."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable
from typing import Literal

Grain = Literal["year", "quarter", "month", "day"]

_PERIOD = re.compile(r"(\d{4})(?:-?(?:[Qq]([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


def last_day(typed: str) -> datetime.date | None:
    """The last day of the year, quarter or month in *typed*, or the day itself; else None.

    "2025" is 31 December 2025, "2025-Q3" and "2025-09" are 30 September.
    """
    found = _PERIOD.fullmatch(typed.strip())
    if not found:
        return None
    year, quarter, month, day = (int(part) if part else None for part in found.groups())
    if month is None:
        month = 3 * quarter if quarter else 12
    if not year or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        return None
    return datetime.date(year, month, last if day is None else day)


def grain_of(days: Iterable[datetime.date]) -> Grain:
    """What *days* are the ends of, all of them: years before quarters before months."""
    ends = [(day.month, day.day == calendar.monthrange(day.year, day.month)[1]) for day in days]
    if not ends or not all(is_last for _month, is_last in ends):
        return "day"
    months = {month for month, _is_last in ends}
    if months == {12}:
        return "year"
    return "quarter" if months <= {3, 6, 9, 12} else "month"


def period(day: datetime.date, grain: Grain) -> str:
    """The period that ends on *day*, as it can be typed again: 2025, 2025-Q3, 2025-09."""
    match grain:
        case "year":
            return f"{day.year:04}"
        case "quarter":
            return f"{day.year:04}-Q{day.month // 3}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "day":
            return day.isoformat()
