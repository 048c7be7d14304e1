"""Cycles: drafted, opened on a pinned edition, extended; `closing` closes them."""

from __future__ import annotations

import datetime
import uuid
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.services.criteria_files import content
from assessment.services.cycle_days import today
from assessment.services.cycle_plans import (
    CyclePlan,
    apply_plan,
    check_days,
    check_forms,
    check_set_aside,
    checked_edition,
)
from assessment.services.editions import pin
from assessment.services.errors import CycleClosed, NotThere, Refused, Sentence, _
from assessment.services.invitations import make_sheets
from assessment.services.typed import Fields
from assessment.store.ids import new_id
from assessment.store.tables import Cycle, Respondent


def cycles(session: Session, organisation_id: uuid.UUID) -> list[Cycle]:
    """All cycles of an organisation, the newest first."""
    return list(
        session.scalars(
            select(Cycle)
            .where(Cycle.organisation_id == organisation_id)
            .order_by(Cycle.created_at.desc(), Cycle.title)
        )
    )


def cycle(session: Session, organisation_id: uuid.UUID, cycle_id: uuid.UUID) -> Cycle:
    """The cycle, or NotThere."""
    found = session.get(Cycle, (organisation_id, cycle_id))
    if found is None:
        raise NotThere
    return found


def create_cycle(
    session: Session,
    organisation_id: uuid.UUID,
    plan: CyclePlan,
    now: datetime.datetime,
    folder: Path | None = None,
) -> Cycle:
    """A draft: nobody is asked anything yet, and everything may still be changed."""
    row = Cycle(
        organisation_id=organisation_id,
        id=new_id(),
        edition_sha256=None,
        mode="named",
        state="draft",
        created_at=now,
        opened_at=None,
        closed_at=None,
    )
    apply_plan(session, row, plan, now, folder)
    session.add(row)
    session.flush()
    return row


def change_cycle(
    session: Session,
    row: Cycle,
    plan: CyclePlan,
    now: datetime.datetime,
    folder: Path | None = None,
) -> Cycle:
    """Change a draft. What an open cycle asks, and of whom, does not move any more."""
    row = locked(session, row)
    if row.state != "draft":
        raise Refused({"cycle": Sentence(_("This cycle is open: only its last day can change."))})
    apply_plan(session, row, plan, now, folder)
    session.flush()
    return row


def open_cycle(
    session: Session, row: Cycle, now: datetime.datetime, folder: Path | None = None
) -> Cycle:
    """Pin the criteria as they are now, give everyone their sheet, and take answers.

    Opening an open cycle again changes nothing.
    """
    row = locked(session, row)
    if row.state == "open":
        return row
    if row.state in ("closing", "closed"):
        raise CycleClosed(row.title)
    fields = Fields()
    data = content(session, row.organisation_id, row.criteria, folder)
    edition = checked_edition(fields, data, row.language)
    if edition is not None:
        check_forms(fields, tuple(row.forms), edition)
    check_days(fields, row.opens_on, row.closes_on, today(row, now))
    asked = session.execute(
        select(Respondent.form, func.count())
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
        .group_by(Respondent.form)
    ).all()
    if not asked:
        fields.wrong["respondents"] = Sentence(_("Nobody is asked yet: add at least one person."))
    stray = sorted({form for form, _count in asked} - set(row.forms))
    if stray:
        fields.wrong["respondents"] = Sentence(
            _("People are listed for forms that this cycle does not use: %(forms)s."),
            forms=", ".join(stray),
        )
    if edition is not None:
        check_set_aside(fields, row, edition)
    fields.refuse_wrong()
    assert edition is not None  # noqa: S101 - or it would have been refused
    row.edition_sha256 = pin(session, row.organisation_id, data, now)
    row.state = "open"
    row.opened_at = now
    session.flush()
    make_sheets(session, row, edition.framework)
    return row


def extend_cycle(
    session: Session, row: Cycle, closes_on: datetime.date, now: datetime.datetime
) -> Cycle:
    """A later last day, also when the present one has just passed."""
    row = locked(session, row)
    if row.state in ("closing", "closed"):
        raise CycleClosed(row.title)
    fields = Fields()
    check_days(fields, row.opens_on, closes_on, today(row, now))
    if closes_on < row.closes_on:
        fields.wrong["closes_on"] = Sentence(
            _("People were told %(day)s: a cycle can be made longer, not shorter."),
            day=row.closes_on.isoformat(),
        )
    fields.refuse_wrong()
    row.closes_on = closes_on
    session.flush()
    return row


def locked(session: Session, row: Cycle) -> Cycle:
    """The cycle as it stands now, kept from changing until the transaction ends."""
    found = session.scalar(
        select(Cycle)
        .where(Cycle.organisation_id == row.organisation_id, Cycle.id == row.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotThere
    return found
