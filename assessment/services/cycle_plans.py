"""What a consultant decides about a cycle, and what must hold before it is drafted or opened."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from assessment.catalogue.problems import CriteriaError
from assessment.services.criteria_files import content
from assessment.services.editions import Edition, edition_of
from assessment.services.errors import NotThere, Sentence, _
from assessment.services.typed import Fields
from assessment.store.cycles import PURPOSE
from assessment.store.tables import Cycle

LONGEST = datetime.timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """What a consultant decides about a cycle. `criteria` is the key of a criteria file."""

    title: str
    criteria: str
    forms: tuple[str, ...]
    closes_on: datetime.date
    time_zone: str
    opens_on: datetime.date | None = None
    purpose: str = ""
    sponsor: str = ""
    language: str = ""
    previous_id: uuid.UUID | None = None


def apply_plan(
    session: Session, row: Cycle, plan: CyclePlan, now: datetime.datetime, folder: Path | None
) -> None:
    """Take *plan* over into a draft; Refused names every field that is wrong."""
    fields = Fields()
    row.title = fields.text("title", plan.title, needed=True)
    row.purpose = fields.text("purpose", plan.purpose, PURPOSE)
    row.sponsor = fields.text("sponsor", plan.sponsor)
    row.time_zone = fields.time_zone("time_zone", plan.time_zone)
    row.criteria = plan.criteria
    row.forms = list(dict.fromkeys(plan.forms))
    row.opens_on, row.closes_on = plan.opens_on, plan.closes_on
    zone = "UTC" if "time_zone" in fields.wrong else row.time_zone
    day = now.astimezone(ZoneInfo(zone)).date()
    check_days(fields, plan.opens_on, plan.closes_on, day)
    try:
        data = content(session, row.organisation_id, plan.criteria, folder)
        edition = checked_edition(fields, data, plan.language)
    except NotThere:
        fields.wrong["criteria"] = Sentence(_("There is no such criteria file."))
        edition = None
    if edition is not None:
        check_forms(fields, plan.forms, edition)
        row.language = plan.language or edition.framework.language
    if plan.previous_id is not None:
        before = session.get(Cycle, (row.organisation_id, plan.previous_id))
        if before is None or before.id == row.id or before.state == "draft":
            fields.wrong["previous_id"] = Sentence(_("This is not an earlier cycle of yours."))
    row.previous_id = plan.previous_id
    fields.refuse_wrong()


def checked_edition(fields: Fields, data: bytes, language: str) -> Edition | None:
    """The edition in a file, or None and what is wrong with it noted."""
    try:
        edition = edition_of(data, language or None)
    except CriteriaError as error:
        fields.wrong["criteria"] = Sentence(
            _("This criteria file has errors. The first: %(problem)s"), problem=error.problems[0]
        )
        return None
    if language and language not in edition.languages:
        fields.wrong["language"] = Sentence(
            _("These criteria have no texts in “%(language)s”."), language=language[:16]
        )
    return edition


def check_forms(fields: Fields, forms: tuple[str, ...], edition: Edition) -> None:
    """Note where a form is chosen that the criteria do not offer, or none."""
    unknown = [form for form in forms if form not in edition.framework.forms]
    if unknown or not forms:
        fields.wrong["forms"] = Sentence(
            _("Choose at least one of the forms these criteria offer: %(forms)s."),
            forms=", ".join(edition.framework.forms),
        )


def check_set_aside(fields: Fields, row: Cycle, edition: Edition) -> None:
    """Note items that are set aside and that the criteria do not have, or not any more."""
    stray = [item for item in row.set_aside if item not in edition.framework.item_by_id]
    if stray or (row.set_aside and edition.framework.not_applicable == "never"):
        fields.wrong["set_aside"] = Sentence(
            _("These criteria do not allow that %(items)s be set aside. Take it back first."),
            items=", ".join(stray or row.set_aside),
        )


def check_days(
    fields: Fields, opens_on: datetime.date | None, closes_on: datetime.date, day: datetime.date
) -> None:
    """Note days that have passed (today is *day*), are in the wrong order, or far away."""
    if closes_on < day:
        fields.wrong["closes_on"] = Sentence(_("The last day has passed already."))
    elif closes_on > day + LONGEST:
        fields.wrong["closes_on"] = Sentence(_("The last day is more than five years away."))
    if opens_on is not None and opens_on > closes_on:
        fields.wrong["opens_on"] = Sentence(_("The first day is after the last."))
