"""Answers of a whole cycle as a file, out and in; what a file would change is shown first."""

from __future__ import annotations

import uuid

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from assessment.services.answer_files import export_answers
from assessment.services.answer_imports import ImportPlan, import_answers, plan_import
from assessment.services.cycle_days import standing
from assessment.web.access import allowed
from assessment.web.cycle_frame import bp, csv_file, cycle_of, render, to
from assessment.web.file_steps import Step, read_in, say_done
from assessment.web.language import ngettext
from assessment.web.security import LARGEST_BODY, body_limit
from assessment.web.typed_files import Brought
from assessment.web.unit import db, now


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

    def page(step: Step) -> str:
        takes = standing(cycle, now()) == "open"
        return render("answers", cycle, step=step, takes=takes)

    def plan(given: Brought) -> ImportPlan:
        return plan_import(db(), cycle, given.data, given.name)

    def deed(given: Brought) -> ResponseReturnValue:
        _say_done(import_answers(db(), cycle, given.data, given.name, now()))
        return redirect(url_for("cycles.answers", cycle_id=cycle.id), 303)

    return read_in("answers.csv", page, plan, deed)


def _say_done(plan: ImportPlan) -> None:
    people, fields = len(plan.new_people), len(plan.changes)
    say_done(
        plan,
        ngettext("%(num)s person is added.", "%(num)s people are added.", people),
        ngettext("%(num)s field is changed.", "%(num)s fields are changed.", fields),
    )
