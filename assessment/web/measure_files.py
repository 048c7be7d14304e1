"""Measures from a file: what it would do is shown first; a second button does it."""

from __future__ import annotations

import uuid

from flask import flash, request
from flask.typing import ResponseReturnValue

from assessment.exchange.measures import HEADER
from assessment.exchange.rows import FileRefused
from assessment.services.measure_files import MeasurePlan, import_measures, plan_measures
from assessment.store.tables import Cycle
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.criteria_facts import Notes, notes_on
from assessment.web.language import gettext as _
from assessment.web.language import ngettext
from assessment.web.measures import bp, changing, page, to
from assessment.web.security import KIB, body_limit
from assessment.web.typed_files import Brought, brought
from assessment.web.unit import db, now

__all__ = ["bp", "file"]

FILE_BYTES = 2 * KIB * KIB
MOST_CHANGES = 200


@bp.route("/measures/file", methods=["GET", "POST"])
@allowed("manage_measures")
@body_limit(FILE_BYTES)
def file(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Read measures in; the first button only shows what the second would do."""
    cycle, framework = changing(cycle_id)
    if request.method == "GET":
        return _page(cycle)
    given = brought("measures.csv")
    if given.is_empty:
        return _page(cycle, given, missing=True), 422
    try:
        if request.form.get("go") != "import":
            plan = plan_measures(db(), cycle, framework, given.data, given.name)
            return _page(cycle, given, plan=plan)
        _said(import_measures(db(), member(), cycle, framework, given.data, given.name, now()))
    except FileRefused as refused:
        return _page(cycle, given, notes_on(refused.problems)), 422
    return to(cycle)


def _said(plan: MeasurePlan) -> None:
    if plan.changes_nothing:
        flash(_("The file says what stands here already. Nothing was changed."))
        return
    new = ngettext("%(num)s measure is added.", "%(num)s measures are added.", len(plan.new))
    changed = ngettext(
        "%(num)s measure is changed.", "%(num)s measures are changed.", len(plan.changed)
    )
    flash(f"{new} {changed}")


def _page(
    cycle: Cycle,
    given: Brought | None = None,
    notes: Notes | None = None,
    plan: MeasurePlan | None = None,
    *,
    missing: bool = False,
) -> str:
    return page(
        "file",
        cycle,
        given=given,
        notes=notes,
        plan=plan,
        missing=missing,
        differences=plan.changes[:MOST_CHANGES] if plan else (),
        columns=HEADER.known,
    )
