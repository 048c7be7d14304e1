"""What every page of a cycle needs: which one it is, and what its reader may do and see."""

from __future__ import annotations

import datetime
import re
import uuid
from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.catalogue.problems import CriteriaError
from assessment.core.framework import Framework
from assessment.services import cycles as service
from assessment.services.cycle_days import standing
from assessment.services.editions import pinned_edition
from assessment.services.errors import NotThere
from assessment.services.permissions import Deed, may
from assessment.store.tables import Cycle
from assessment.web.auth import member
from assessment.web.criteria_facts import edition_for
from assessment.web.language import day
from assessment.web.language import gettext as _
from assessment.web.settings import Settings
from assessment.web.unit import db, now

bp = Blueprint("cycles", __name__, url_prefix="/cycles")


def cycle_of(cycle_id: uuid.UUID) -> Cycle:
    """The cycle of the reader's own organisation; any other is not there."""
    return service.cycle(db(), member().organisation_id, cycle_id)


def framework_of(cycle: Cycle) -> Framework | None:
    """What the cycle asks: the edition it is pinned to, or a draft's file as it stands now.

    None where that file is gone or has errors.
    """
    if cycle.edition_sha256 is not None:
        return pinned_edition(
            db(), cycle.organisation_id, cycle.edition_sha256, cycle.language
        ).framework
    try:
        return edition_for(cycle.criteria, criteria_folder(), cycle.language).framework
    except (CriteriaError, NotThere):
        return None


def can(deed: Deed) -> bool:
    """Whether the reader may do *deed*."""
    return may(member(), deed)


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["TOUCHSTONE"]
    return found


def criteria_folder() -> Path | None:
    """The folder with criteria files of this installation, if there is one."""
    return settings().criteria


def page_of(cycle: Cycle) -> str:
    """The address of a cycle's own page."""
    return url_for("cycles.page", cycle_id=cycle.id)


def to(cycle: Cycle) -> ResponseReturnValue:
    """Go back to a cycle's own page after something was done."""
    return redirect(page_of(cycle), 303)


def render(template: str, cycle: Cycle, **values: object) -> str:
    """A page about *cycle*."""
    return render_template(
        f"cycles/{template}.html",
        cycle=cycle,
        standing=standing(cycle, now()),
        state=state(cycle),
        form_word=form_word,
        can=can,
        **values,
    )


def state(cycle: Cycle) -> str:
    """How a cycle stands, in words."""
    stands = standing(cycle, now())
    if stands == "draft":
        return _("Draft: nobody is asked yet")
    if stands == "waiting":
        first = cycle.opens_on or cycle.closes_on
        return _("Takes answers from %(day)s", day=day(first))
    if stands == "open":
        return _("Open until the end of %(day)s", day=day(cycle.closes_on))
    if stands == "over":
        return _("Ended on %(day)s, not closed yet", day=day(cycle.closes_on))
    if stands == "closing":
        return _("Closing")
    return _("Closed")


def form_word(form: str) -> str:
    """What a form is called; one that a criteria file names otherwise keeps its name."""
    known = {"staff": _("Staff"), "leaders": _("Leaders"), "assessors": _("Assessors")}
    return known.get(form, form)


def csv_file(text: str, title: str, kind: str) -> Response:
    """A download that spreadsheets read as UTF-8."""
    response = Response(text.encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{plain(title)}-{kind}.csv"'
    return response


def plain(title: str) -> str:
    """*title* as a part of a file name on every system."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "cycle"


def day_typed(typed: str | None) -> datetime.date | None:
    """The date a browser's date field sends; None for anything else."""
    text = (typed or "").strip()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
