"""How many were asked, have started and have submitted, by unit and form."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.store.tables import Cycle, Respondent, Unit


@dataclass(frozen=True, slots=True)
class Turnout:
    """The people of one form in one unit; `unit` is None where no unit was named."""

    unit_id: uuid.UUID | None
    unit: str | None
    form: str
    invited: int
    started: int
    submitted: int


def turnout(
    session: Session, row: Cycle, within: Collection[uuid.UUID] | None = None
) -> list[Turnout]:
    """Counts by unit and form, units by name; only those of *within*, if units are named.

    `started` includes those who have submitted. One statement.
    """
    query = (
        select(
            Respondent.unit_id,
            Unit.name,
            Respondent.form,
            func.count().label("invited"),
            func.count(Respondent.started_at).label("started"),
            func.count(Respondent.submitted_at).label("submitted"),
        )
        .outerjoin(
            Unit,
            (Unit.organisation_id == Respondent.organisation_id) & (Unit.id == Respondent.unit_id),
        )
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
        .group_by(Respondent.unit_id, Unit.name, Respondent.form)
    )
    if within is not None:
        query = query.where(Respondent.unit_id.in_(within))
    order = {form: place for place, form in enumerate(row.forms)}
    found = [
        Turnout(each.unit_id, each.name, each.form, each.invited, each.started, each.submitted)
        for each in session.execute(query)
    ]
    return sorted(
        found,
        key=lambda each: (each.unit is None, each.unit or "", order.get(each.form, 99), each.form),
    )
