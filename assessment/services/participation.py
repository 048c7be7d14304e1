"""How many were asked, have started and have submitted, by unit and form."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.store.tables import Cycle, Respondent, Unit


@dataclass(frozen=True, slots=True)
class Turnout:
    """The people of one form in one unit; `unit` is None where no unit was named.

    `linked` counts who has a personal link, `started` includes those who have submitted.
    """

    unit_id: uuid.UUID | None
    unit: str | None
    form: str
    invited: int
    started: int
    submitted: int
    linked: int


def turnout(session: Session, row: Cycle) -> list[Turnout]:
    """Counts by unit and form, units by name. One statement."""
    query = (
        select(
            Respondent.unit_id,
            Unit.name,
            Respondent.form,
            func.count().label("invited"),
            func.count(Respondent.started_at).label("started"),
            func.count(Respondent.submitted_at).label("submitted"),
            func.count(Respondent.pass_hash).label("linked"),
        )
        .outerjoin(
            Unit,
            (Unit.organisation_id == Respondent.organisation_id) & (Unit.id == Respondent.unit_id),
        )
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
        .group_by(Respondent.unit_id, Unit.name, Respondent.form)
    )
    order = {form: place for place, form in enumerate(row.forms)}
    found = [Turnout(*each) for each in session.execute(query)]
    return sorted(
        found,
        key=lambda each: (each.unit is None, each.unit or "", order.get(each.form, 99), each.form),
    )


def of_units(counts: Sequence[Turnout], within: Collection[uuid.UUID] | None) -> list[Turnout]:
    """Those of *counts* that belong to one of the units *within*; None means all."""
    return [each for each in counts if within is None or each.unit_id in within]
