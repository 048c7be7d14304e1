"""Measures of a cycle: listed by item, typed in, changed, taken away, taken over."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.core.framework import Framework
from assessment.services.cycles import cycle as find_cycle
from assessment.services.errors import NotAllowed, NotThere, Refused
from assessment.services.measure_files import export_measures, take_over, to_take_over
from assessment.services.measures import (
    KeptMeasure,
    MeasureChanged,
    MeasuresFixed,
    add_measure,
    change_measure,
    may_manage,
    measure,
    measures,
    remove_measure,
)
from assessment.store.tables import Cycle
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.cycle_frame import csv_file, cycle_of, framework_of
from assessment.web.forms import in_words
from assessment.web.language import gettext as _
from assessment.web.language import ngettext
from assessment.web.measure_forms import (
    MeasureForm,
    measure_form,
    more_rows,
    problems_of,
    show_refused,
    typed_in,
    version_of,
)
from assessment.web.measure_words import by_item, shown_measure
from assessment.web.unit import db, now

bp = Blueprint("measures", __name__, url_prefix="/cycles/<uuid:cycle_id>")

Shown = tuple[Cycle, Framework]


@bp.get("/measures")
@allowed("manage_measures")
def index(cycle_id: uuid.UUID) -> str:
    """Every measure with its line, by item; results items that have none are named."""
    cycle, framework = shown(cycle_id)
    kept = measures(db(), cycle, framework)
    before = previous_of(cycle)
    waiting = to_take_over(db(), cycle, framework, before) if before and is_open(cycle) else ()
    return page(
        "index",
        cycle,
        framework=framework,
        items=by_item(framework, (each.series for each in kept)),
        count=len(kept),
        before=before,
        waiting=waiting,
    )


@bp.route("/measures/new", methods=["GET", "POST"])
@allowed("manage_measures")
def new(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Type a measure in."""
    cycle, framework = changing(cycle_id)
    form = measure_form(framework, place=request.args.get("item", ""))
    if _asks_for_rows(form):
        return _form_page(cycle, framework, form)
    if form.validate_on_submit():
        try:
            series = add_measure(db(), member(), cycle, framework, typed_in(form), now())
        except Refused as refused:
            show_refused(form, refused)
        else:
            flash(_("“%(title)s” is saved.", title=series.title))
            return to(cycle, series.place)
    return _form_page(cycle, framework, form), 422 if form.is_submitted() else 200


@bp.route("/measures/<uuid:measure_id>", methods=["GET", "POST"])
@allowed("manage_measures")
def one(cycle_id: uuid.UUID, measure_id: uuid.UUID) -> ResponseReturnValue:
    """Change a measure and its values. What somebody else has changed meanwhile is shown first."""
    cycle, framework = changing(cycle_id)
    kept = measure(db(), cycle, measure_id)
    form = measure_form(framework, kept.series, kept.version)
    if _asks_for_rows(form):
        return _form_page(cycle, framework, form, kept)
    if form.validate_on_submit():
        seen = measure_id, version_of(form)
        try:
            series = change_measure(db(), member(), cycle, framework, seen, typed_in(form), now())
        except Refused as refused:
            show_refused(form, refused)
        except MeasureChanged as changed:
            form.version.data = str(changed.kept.version)
            return _form_page(cycle, framework, form, changed.kept, changed), 409
        else:
            flash(_("“%(title)s” is saved.", title=series.title))
            return to(cycle, series.place)
    return _form_page(cycle, framework, form, kept), 422 if form.is_submitted() else 200


@bp.post("/measures/<uuid:measure_id>/remove")
@allowed("manage_measures")
def remove(cycle_id: uuid.UUID, measure_id: uuid.UUID) -> ResponseReturnValue:
    """Take a measure away, as it was shown."""
    cycle, framework = changing(cycle_id)
    seen = measure_id, version_of(measure_form(framework))
    series = remove_measure(db(), member(), cycle, seen)
    flash(_("“%(title)s” is gone, with its values.", title=series.title))
    return to(cycle, series.place)


@bp.post("/measures/take-over")
@allowed("manage_measures")
def go_on(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Go on with the measures of the last cycle."""
    cycle, framework = changing(cycle_id)
    before = previous_of(cycle)
    if before is None:
        raise NotThere
    count = take_over(db(), member(), cycle, framework, before, now())
    flash(
        ngettext("%(num)s measure is taken over.", "%(num)s measures are taken over.", count)
        if count
        else _("Every measure of the last cycle is here already. Nothing was changed.")
    )
    return to(cycle)


@bp.get("/measures.csv")
@allowed("manage_measures")
def export(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """All measures as a file; no spreadsheet takes a text of it for a formula."""
    cycle, framework = shown(cycle_id)
    return csv_file(export_measures(db(), cycle, framework), cycle.title, "measures")


def shown(cycle_id: uuid.UUID) -> Shown:
    """The cycle and what it asks, for who may see its measures."""
    if not may_manage(member()):
        raise NotAllowed
    cycle = cycle_of(cycle_id)
    framework = framework_of(cycle)
    if framework is None:
        raise NotThere
    return cycle, framework


def changing(cycle_id: uuid.UUID) -> Shown:
    """The same while measures may change."""
    cycle, framework = shown(cycle_id)
    if not is_open(cycle):
        raise MeasuresFixed
    return cycle, framework


def is_open(cycle: Cycle) -> bool:
    """Whether measures may change; until the closing, whatever day it is."""
    return cycle.state in ("draft", "open")


def previous_of(cycle: Cycle) -> Cycle | None:
    """The cycle before, if one was named."""
    if cycle.previous_id is None:
        return None
    return find_cycle(db(), cycle.organisation_id, cycle.previous_id)


def page(template: str, cycle: Cycle, **values: object) -> str:
    """A page about the measures of *cycle*."""
    return render_template(
        f"measures/{template}.html", cycle=cycle, changes=is_open(cycle), **values
    )


def to(cycle: Cycle, place: str = "") -> ResponseReturnValue:
    """Back to the list, at the item that was changed."""
    anchor = f"item:{place}" if place else None
    return redirect(url_for("measures.index", cycle_id=cycle.id, _anchor=anchor), 303)


def _asks_for_rows(form: MeasureForm) -> bool:
    """Whether the button for more rows was pressed: then nothing is saved, and all typed stays."""
    if not form.is_submitted() or request.form.get("go") != "rows":
        return False
    more_rows(form)
    return True


def _form_page(
    cycle: Cycle,
    framework: Framework,
    form: MeasureForm,
    kept: KeptMeasure | None = None,
    changed: MeasureChanged | None = None,
) -> str:
    return page(
        "form",
        cycle,
        framework=framework,
        form=form,
        kept=kept,
        problems=problems_of(form),
        theirs=shown_measure(changed.kept.series) if changed else None,
        sentence=in_words(changed.sentence) if changed else "",
    )
