"""Answers of a whole cycle as a file, out and in; what a file would change is shown first."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessment.exchange.rows import FileRefused
from assessment.services.answer_files import export_answers
from assessment.services.answer_imports import ImportPlan, import_answers, plan_import
from assessment.services.cycle_days import standing
from assessment.store.tables import Cycle
from assessment.web.access import allowed
from assessment.web.criteria_facts import Notes, notes_on
from assessment.web.cycle_frame import bp, csv_file, cycle_of, render, to
from assessment.web.language import gettext as _
from assessment.web.language import ngettext
from assessment.web.security import LARGEST_BODY, body_limit
from assessment.web.typed_files import Brought, brought
from assessment.web.unit import db, now

MOST_CHANGES = 200


@bp.get("/<uuid:cycle_id>/answers.csv")
@allowed("move_answers")
def export(cycle_id: uuid.UUID) -> Response:
    """Every answer of the cycle; no spreadsheet takes a cell of it for a formula."""
    cycle = cycle_of(cycle_id)
    return csv_file(export_answers(db(), cycle), cycle.title, "answers")


@bp.route("/<uuid:cycle_id>/answers", methods=["GET", "POST"])
@allowed("move_answers")
@body_limit(LARGEST_BODY)
def answers(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Export, and import: the first button only shows what the second would do."""
    cycle = cycle_of(cycle_id)
    if cycle.state == "draft":
        return to(cycle)
    if request.method == "GET":
        return _page(cycle)
    given = brought("answers.csv")
    if given.is_empty:
        return _page(cycle, given, missing=True), 422
    try:
        if request.form.get("go") != "import":
            return _page(cycle, given, plan=plan_import(db(), cycle, given.data, given.name))
        _imported(import_answers(db(), cycle, given.data, given.name, now()))
    except FileRefused as refused:
        return _page(cycle, given, notes_on(refused.problems)), 422
    return redirect(url_for("cycles.answers", cycle_id=cycle.id), 303)


def _imported(plan: ImportPlan) -> None:
    if plan.changes_nothing:
        flash(_("The file says what stands here already. Nothing was changed."))
        return
    people = ngettext("%(num)s person is added.", "%(num)s people are added.", len(plan.new_people))
    changes = ngettext(
        "%(num)s field is changed.", "%(num)s fields are changed.", len(plan.changes)
    )
    flash(f"{people} {changes}")


def _page(
    cycle: Cycle,
    given: Brought | None = None,
    notes: Notes | None = None,
    plan: ImportPlan | None = None,
    *,
    missing: bool = False,
) -> str:
    return render(
        "answers",
        cycle,
        given=given,
        notes=notes,
        plan=plan,
        missing=missing,
        changes=plan.changes[:MOST_CHANGES] if plan else (),
        takes=standing(cycle, now()) == "open",
    )
