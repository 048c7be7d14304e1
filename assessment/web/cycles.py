"""Cycles: the list of them, a new one, and each one's own page, which is its checklist."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.catalogue.problems import CriteriaError
from assessment.services import cycles as service
from assessment.services.checklist import tick, untick
from assessment.services.cycle_plans import CyclePlan
from assessment.services.errors import NotThere, Refused
from assessment.services.items_set_aside import items_set_aside
from assessment.services.key_factors import forms_for_key_factors, key_factors
from assessment.services.organisations import organisation
from assessment.services.participation import of_units, turnout
from assessment.services.permissions import units_of
from assessment.store.tables import Cycle
from assessment.web import (
    cycle_answers,
    cycle_aside,
    cycle_criteria,
    cycle_people,
    cycle_steps,
)
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.criteria_facts import edition_for
from assessment.web.cycle_choice import choose_criteria
from assessment.web.cycle_forms import CycleForm, cycle_form, plan_of
from assessment.web.cycle_frame import (
    bp,
    can,
    criteria_folder,
    cycle_of,
    framework_of,
    page_of,
    render,
    state,
    to,
)
from assessment.web.cycle_words import next_deed, steps_of
from assessment.web.forms import show_wrong
from assessment.web.language import gettext as _
from assessment.web.unit import db, now

__all__ = [
    "bp",
    "cycle_answers",
    "cycle_aside",
    "cycle_criteria",
    "cycle_people",
    "cycle_steps",
]


@bp.get("")
@allowed("see_cycles")
def index() -> str:
    """All cycles, the newest first."""
    rows = service.cycles(db(), member().organisation_id)
    return render_template("cycles/index.html", cycles=rows, state=state, can=can)


@bp.get("/new")
@allowed("run_cycles")
def create() -> ResponseReturnValue:
    """First the criteria, then what is decided about the cycle."""
    key = request.args.get("criteria", "")
    return _draft(key) if key else _choose_criteria()


@bp.post("/new")
@allowed("run_cycles")
def make() -> ResponseReturnValue:
    """Draft it."""
    key = request.args.get("criteria", "")
    return _draft(key) if key else (_choose_criteria(), 422)


@bp.get("/<uuid:cycle_id>")
@allowed("see_cycles")
def page(cycle_id: uuid.UUID) -> str:
    """The cycle as the steps of the project around it, and how many have answered."""
    cycle = cycle_of(cycle_id)
    framework = framework_of(cycle)
    leading = forms_for_key_factors(framework, cycle.forms) if framework else []
    factors = key_factors(db(), cycle, framework) if framework and leading else []
    whole = turnout(db(), cycle)
    steps = steps_of(cycle, whole, factors)
    counts = of_units(whole, units_of(member(), "see_progress"))
    return render(
        "page",
        cycle,
        steps=steps,
        counts=counts,
        next_deed=next_deed(cycle, counts, steps),
        framework=framework,
        leading=leading,
        factors=factors,
        aside=items_set_aside(cycle),
        sees_all=units_of(member(), "see_progress") is None,
    )


@bp.route("/<uuid:cycle_id>/change", methods=["GET", "POST"])
@allowed("run_cycles")
def change(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Change a draft."""
    cycle = cycle_of(cycle_id)
    if cycle.state != "draft":
        flash(_("This cycle is open: only its last day can change."))
        return to(cycle)
    return _draft(cycle.criteria, cycle)


@bp.post("/<uuid:cycle_id>/steps/<step>")
@allowed("run_cycles")
def mark(cycle_id: uuid.UUID, step: str) -> ResponseReturnValue:
    """Tick a step off that the data cannot tell, or take the tick away."""
    cycle = cycle_of(cycle_id)
    if request.form.get("done", "yes") == "no":
        untick(db(), cycle, step)
    else:
        tick(db(), cycle, step, member().name, now())
    return redirect(f"{page_of(cycle)}#step-{step}", 303)


def _choose_criteria() -> str:
    """Whoever measures again mostly measures by the same criteria: the last cycle's come chosen."""
    last = next(iter(service.cycles(db(), member().organisation_id)), None)
    way_back = url_for("cycles.index"), _("Cycles")
    return choose_criteria(url_for("cycles.create"), way_back, last.criteria if last else "")


def _draft(key: str, row: Cycle | None = None) -> ResponseReturnValue:
    try:
        edition = edition_for(key, criteria_folder(), row.language if row else "")
    except CriteriaError:
        raise NotThere from None
    known = service.cycles(db(), member().organisation_id)
    form = cycle_form(edition, known, row)
    zone = organisation(db(), member().organisation_id).time_zone
    if form.validate_on_submit():
        try:
            return to(_kept(plan_of(form, key, row.time_zone if row else zone), row, known))
        except Refused as refused:
            show_wrong(form, refused)
    shown = _form_page(form, key, row, zone, edition.framework.title)
    return shown, 422 if form.errors else 200


def _kept(plan: CyclePlan, row: Cycle | None, known: list[Cycle]) -> Cycle:
    """The cycle as *plan* says. Sending a form twice makes one draft."""
    if row is not None:
        changed = service.change_cycle(db(), row, plan, now(), criteria_folder())
        flash(_("The changes are saved."))
        return changed
    for each in known:
        if each.state == "draft" and _says_the_same(each, plan):
            return each
    made = service.create_cycle(db(), member().organisation_id, plan, now(), criteria_folder())
    flash(_("The draft is saved. Nobody is asked anything before you open it."))
    return made


def _says_the_same(row: Cycle, plan: CyclePlan) -> bool:
    return (row.title, row.criteria, row.purpose, row.sponsor, tuple(row.forms), row.closes_on) == (
        plan.title, plan.criteria, plan.purpose, plan.sponsor, plan.forms, plan.closes_on,
    )  # fmt: skip


def _form_page(form: CycleForm, key: str, row: Cycle | None, zone: str, title: str) -> str:
    return render_template(
        "cycles/form.html",
        form=form,
        cycle=row,
        criteria=title,
        time_zone=row.time_zone if row else zone,
        back=page_of(row) if row else url_for("cycles.create"),
        key=key,
    )
