"""Who is asked: the list of respondents, their sheets, and the personal links."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from assessment.core.framework import Framework
from assessment.core.sheet import Sheet, blocks_of, drawn_sheet
from assessment.exchange.rows import FileRefused, Row
from assessment.services.cycle_days import standing
from assessment.services.editions import pinned_edition
from assessment.services.errors import CycleClosed, NotThere, Refused, Sentence, _
from assessment.services.invitation_plans import InvitationPlan, plan_respondents, respondents
from assessment.services.people import units
from assessment.services.sessions import new_secret, secret_hash
from assessment.store.ids import new_id
from assessment.store.tables import Cycle, Respondent, SheetRow, Unit


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """A pass, shown this once: of it, only the hash is kept."""

    respondent: Respondent
    secret: str


def add_respondents(
    session: Session, row: Cycle, rows: Sequence[Row], now: datetime.datetime
) -> InvitationPlan:
    """Add the people of a list, and units that it names for the first time.

    The same list again adds nobody. Raises FileRefused naming every bad row.
    """
    if standing(row, now) in ("over", "closed"):
        raise CycleClosed(row.title)
    plan = plan_respondents(session, row, rows)
    if plan.problems:
        raise FileRefused(sorted(plan.problems))
    by_unit = unit_ids(session, row, plan.new_units)
    for invitee in plan.changed:
        session.execute(
            update(Respondent)
            .where(
                Respondent.organisation_id == row.organisation_id,
                Respondent.cycle_id == row.id,
                Respondent.code == invitee.code,
            )
            .values(name=invitee.name, email=invitee.email, unit_id=by_unit.get(invitee.unit))
            .execution_options(synchronize_session="fetch")
        )
    last = session.scalar(
        select(func.max(Respondent.position)).where(
            Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id
        )
    )
    added = [
        {
            "organisation_id": row.organisation_id,
            "id": new_id(),
            "cycle_id": row.id,
            "position": position,
            "code": invitee.code,
            "name": invitee.name,
            "email": invitee.email,
            "form": invitee.form,
            "unit_id": by_unit.get(invitee.unit),
        }
        for position, invitee in enumerate(plan.new, start=(last or 0) + 1)
    ]
    if added:
        session.execute(insert(Respondent), added)
    if added and row.state == "open":
        assert row.edition_sha256 is not None  # noqa: S101 - an open cycle is pinned
        edition = pinned_edition(session, row.organisation_id, row.edition_sha256, row.language)
        make_sheets(session, row, edition.framework)
    return plan


def remove_respondent(session: Session, row: Cycle, respondent_id: uuid.UUID) -> None:
    """Take somebody off the list of a draft."""
    if row.state != "draft":
        raise Refused(
            {"respondents": Sentence(_("Nobody is taken off the list of an open cycle."))}
        )
    gone = session.execute(
        delete(Respondent)
        .where(
            Respondent.organisation_id == row.organisation_id,
            Respondent.cycle_id == row.id,
            Respondent.id == respondent_id,
        )
        .returning(Respondent.id)
    ).first()
    if gone is None:
        raise NotThere


def make_sheets(session: Session, row: Cycle, framework: Framework) -> None:
    """A sheet for everybody who has none; rotating blocks go round, form by form."""
    turns: Counter[str] = Counter()
    blank: dict[tuple[str, int], Sheet] = {}
    made = []
    people = session.execute(
        select(Respondent.id, Respondent.form, SheetRow.version)
        .outerjoin(
            SheetRow,
            (SheetRow.organisation_id == Respondent.organisation_id)
            & (SheetRow.respondent_id == Respondent.id),
        )
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
        .order_by(Respondent.position)
    )
    for person in people:
        turn = turns[person.form] % max(1, len(blocks_of(framework, person.form)))
        turns[person.form] += 1
        if person.version is None:
            drawn = person.form, turn
            if drawn not in blank:
                blank[drawn] = drawn_sheet(framework, "", person.form, None, turn)
            made.append(sheet_row(row.organisation_id, person.id, blank[drawn]))
    if made:
        session.execute(insert(SheetRow), made)


def sheet_row(
    organisation_id: uuid.UUID, respondent_id: uuid.UUID, sheet: Sheet
) -> dict[str, object]:
    """A sheet that nobody has saved yet, as a row."""
    return {
        "organisation_id": organisation_id,
        "respondent_id": respondent_id,
        "slots": sheet.values,
        "not_applicable": sorted(sheet.not_applicable),
        "marked": [],
        "version": 0,
        "saved_at": None,
    }


def make_links(
    session: Session,
    row: Cycle,
    now: datetime.datetime,
    replace: Collection[uuid.UUID] = (),
) -> list[PersonalLink]:
    """Passes for all who have none yet, and new ones, in place of theirs, for those in *replace*.

    Links that were sent keep working: a late list makes none of them worthless. Whoever has
    submitted needs none.
    """
    if standing(row, now) in ("over", "closed"):
        raise CycleClosed(row.title)
    if row.state == "draft":
        raise Refused(
            {"links": Sentence(_("Open the cycle first: links are made for its sheets."))}
        )
    chosen = [
        PersonalLink(each, new_secret())
        for each in respondents(session, row)
        if each.submitted_at is None and (each.pass_hash is None or each.id in replace)
    ]
    if chosen:
        table = Respondent.__table__
        session.connection().execute(
            update(Respondent.__table__)  # type: ignore[arg-type]
            .where(table.c.organisation_id == row.organisation_id, table.c.id == bindparam("whose"))
            .values(pass_hash=bindparam("hash")),
            [{"whose": link.respondent.id, "hash": secret_hash(link.secret)} for link in chosen],
        )
        for link in chosen:
            session.expire(link.respondent, ["pass_hash"])
    return chosen


def unit_ids(session: Session, row: Cycle, missing: Sequence[str]) -> dict[str, uuid.UUID]:
    """The ids of all units by name, those in *missing* newly made at the top."""
    present = units(session, row.organisation_id)
    after = max((unit.position for unit in present), default=0)
    made = [
        Unit(
            organisation_id=row.organisation_id, id=new_id(), parent_id=None, name=name,
            position=after + number,
        )
        for number, name in enumerate(missing, start=1)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return {unit.name: unit.id for unit in (*present, *made)}
