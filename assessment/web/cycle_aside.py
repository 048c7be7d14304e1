"""Items that apply to nobody in a cycle: set aside with a reason, and taken back."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from assessment.core.framework import Framework
from assessment.services.errors import CycleClosed, NotThere, Refused
from assessment.services.items_set_aside import (
    items_set_aside,
    may_set_aside,
    set_item_aside,
    take_item_back,
)
from assessment.store.tables import Cycle
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.cycle_frame import bp, cycle_of, framework_of, render
from assessment.web.forms import Choice, Form, Paragraphs, show_wrong
from assessment.web.language import gettext as _
from assessment.web.unit import db, now


class AsideForm(Form):
    """An item that does not apply, and any reason why."""

    item = Choice("")
    reason = Paragraphs("")


class ListedAsideForm(Form):
    """The same where the criteria list the reasons that count."""

    item = Choice("")
    reason = Choice("")


@bp.route("/<uuid:cycle_id>/not-applicable", methods=["GET", "POST"])
@allowed("run_cycles")
def aside(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """What is set aside for everybody, and a form to set more aside."""
    cycle, framework = _cycle_and_criteria(cycle_id)
    form = _form(cycle, framework)
    if may_set_aside(framework) and form.validate_on_submit():
        chosen = form.item.data or ""
        try:
            set_item_aside(
                db(), cycle, framework, chosen, form.reason.data or "", by=member().name, now=now()
            )
        except Refused as refused:
            show_wrong(form, refused)
        else:
            title = framework.item_by_id[chosen].title
            flash(_("“%(item)s” does not apply in this cycle.", item=title))
            return _to(cycle)
    shown = render(
        "aside",
        cycle,
        form=form,
        framework=framework,
        aside=items_set_aside(cycle),
        allows=may_set_aside(framework),
    )
    return shown, 422 if form.errors else 200


@bp.post("/<uuid:cycle_id>/not-applicable/<item_id>/back")
@allowed("run_cycles")
def take_back(cycle_id: uuid.UUID, item_id: str) -> ResponseReturnValue:
    """The item applies again."""
    cycle = cycle_of(cycle_id)
    if item_id in cycle.set_aside:
        take_item_back(db(), cycle, item_id)
        flash(_("The item applies again, with every answer it had."))
    return _to(cycle)


def _cycle_and_criteria(cycle_id: uuid.UUID) -> tuple[Cycle, Framework]:
    cycle = cycle_of(cycle_id)
    if cycle.state not in ("draft", "open"):
        raise CycleClosed(cycle.title)
    framework = framework_of(cycle)
    if framework is None:
        raise NotThere
    return cycle, framework


def _form(cycle: Cycle, framework: Framework) -> AsideForm | ListedAsideForm:
    left = [item for item in framework.items if item.id not in cycle.set_aside]
    reasons = framework.not_applicable
    form: AsideForm | ListedAsideForm
    if isinstance(reasons, str):
        form = AsideForm()
    else:
        form = listed = ListedAsideForm()
        offered = [(reason, reason) for reason in reasons]
        listed.reason.choices = [("", _("Choose a reason")), *offered]
    titles = [(item.id, f"{item.id} {item.title}") for item in left]
    form.item.choices = [("", _("Choose an item")), *titles]
    return form


def _to(cycle: Cycle) -> ResponseReturnValue:
    return redirect(url_for("cycles.aside", cycle_id=cycle.id), 303)
