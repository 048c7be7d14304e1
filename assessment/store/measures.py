"""Tables of measures: the organisation's own figures that results items are judged on."""

from __future__ import annotations

import datetime
import uuid

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assessment.core.text import COMMENT_LIMIT
from assessment.store.base import NAME, Base, Moment, Owned, below, one_of, within
from assessment.store.sheets import PLACE

FIGURE = 40


class Measure(Owned, Base):
    """A series of figures at an item of a cycle. Figures are kept as typed, exact decimals.

    `direction` says which way is better. `comparison` is somebody else's figure, with its source.
    """

    __tablename__ = "measure"
    __table_args__ = (
        below("cycle"),
        one_of("direction", "higher", "lower"),
        within("place", PLACE),
        within("title"),
        within("unit_of_measure", FIGURE),
        within("target", FIGURE),
        within("comparison", FIGURE),
        within("source", COMMENT_LIMIT),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    cycle_id: Mapped[uuid.UUID]
    place: Mapped[str] = mapped_column(String(PLACE))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(NAME))
    unit_of_measure: Mapped[str] = mapped_column(String(FIGURE))
    direction: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(String(FIGURE))
    comparison: Mapped[str] = mapped_column(String(FIGURE))
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    changed_by: Mapped[str] = mapped_column(String(NAME))
    changed_at: Mapped[Moment]


class MeasureValue(Owned, Base):
    """The figure of one day (the end of a period)."""

    __tablename__ = "measure_value"
    __table_args__ = (
        below("measure"),
        within("value", FIGURE),
    )

    measure_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    on: Mapped[datetime.date] = mapped_column("day", primary_key=True)
    value: Mapped[str] = mapped_column(String(FIGURE))
