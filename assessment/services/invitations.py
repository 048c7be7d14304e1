"""Who is asked: the list of respondents, their sheets, and the personal links."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from assessment.core.blocks import blocks_of, deal, drawn_blocks, drawn_sheet
from assessment.core.framework import Framework
from assessment.core.sheet import Sheet, blank_sheet
from assessment.exchange.rows import FileRefused, Row
from assessment.services.cycle_days import ENDED, standing
from assessment.services.editions import pinned_edition
from assessment.services.errors import CycleClosed, NotThere, Refused, Sentence, _
from assessment.services.invitation_plans import (
    InvitationPlan,
    Invitee,
    plan_respondents,
    respondents,
)
from assessment.services.sessions import new_secret, secret_hash
from assessment.services.sheet_queries import of_respondent
from assessment.services.units import units
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
    if standing(row, now) in ENDED:
        raise CycleClosed(row.title)
    plan = plan_respondents(session, row, rows)
    if plan.problems:
        raise FileRefused(sorted(plan.problems))
    by_unit = unit_ids(session, row, plan.new_units)
    _change_people(session, row, plan.changed, by_unit)
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


def _change_people(
    session: Session, row: Cycle, changed: Sequence[Invitee], by_unit: Mapping[str, uuid.UUID]
) -> None:
    """Give people on the list the details of *changed*: one statement for all of them."""
    if not changed:
        return
    table = Respondent.__table__
    session.connection().execute(
        update(Respondent.__table__)  # type: ignore[arg-type]
        .where(
            table.c.organisation_id == row.organisation_id,
            table.c.cycle_id == row.id,
            table.c.code == bindparam("whose"),
        )
        .values({name: bindparam(f"new_{name}") for name in ("name", "email", "form", "unit_id")}),
        [
            {
                "whose": invitee.code,
                "new_name": invitee.name,
                "new_email": invitee.email,
                "new_form": invitee.form,
                "new_unit_id": by_unit.get(invitee.unit),
            }
            for invitee in changed
        ],
    )


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
    """A sheet for everybody who has none. Where blocks rotate, each draws one, form by form."""
    people: Sequence[Any] = session.execute(
        select(Respondent.id, Respondent.form, Respondent.unit_id, SheetRow.slots)
        .outerjoin(SheetRow, of_respondent(SheetRow))
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
        .order_by(Respondent.position)
    ).all()
    made = []
    for form in dict.fromkeys(person.form for person in people):
        blank = blank_sheet(framework, "", form)
        mine = [person for person in people if person.form == form]
        drawn = _draws(framework, form, mine)
        sheets = {block: drawn_sheet(framework, blank, block) for block in set(drawn.values())}
        made += [
            sheet_row(row.organisation_id, person.id, sheets[drawn[person.id]] if drawn else blank)
            for person in mine
            if person.slots is None
        ]
    if made:
        session.execute(insert(SheetRow), made)


def _draws(framework: Framework, form: str, people: Sequence[Any]) -> dict[uuid.UUID, str]:
    """Who of those without a sheet draws which block; units one after the other, as listed."""
    blocks = blocks_of(framework, form)
    if not blocks:
        return {}
    units = {unit: place for place, unit in enumerate(dict.fromkeys(p.unit_id for p in people))}
    waiting = sorted(
        (person for person in people if person.slots is None), key=lambda each: units[each.unit_id]
    )
    dealt = [
        (person.unit_id, block)
        for person in people
        if person.slots is not None
        for block in sorted(drawn_blocks(framework, person.slots))
    ]
    drawn = deal(blocks, (person.unit_id for person in waiting), dealt)
    return {person.id: block for person, block in zip(waiting, drawn, strict=True)}


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
    if standing(row, now) in ENDED:
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
