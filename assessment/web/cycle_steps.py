"""From the draft to the closing: open, make longer, close. Each says first what it does."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessment.catalogue.problems import CriteriaError
from assessment.services import cycles as service
from assessment.services.closing import ask_for_interim, ask_to_close
from assessment.services.editions import Edition
from assessment.services.errors import CycleClosed, NotThere, Refused
from assessment.services.participation import turnout
from assessment.store.tables import Cycle
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.criteria_facts import edition_for
from assessment.web.cycle_forms import LastDayForm, form_choice
from assessment.web.cycle_frame import bp, criteria_folder, cycle_of, render, to
from assessment.web.forms import Form, in_words, show_wrong
from assessment.web.language import day, ngettext
from assessment.web.language import gettext as _
from assessment.web.unit import db, now, nudge_after


@bp.route("/<uuid:cycle_id>/open", methods=["GET", "POST"])
@allowed("run_cycles")
def open_it(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Say what becomes fixed, then open."""
    cycle = cycle_of(cycle_id)
    if cycle.state != "draft":
        return to(cycle)
    form = Form()
    if request.method == "POST" and form.validate_on_submit():
        try:
            service.open_cycle(db(), cycle, now(), criteria_folder())
        except Refused as refused:
            form.form_errors = [in_words(each) for each in refused.fields.values()]
        else:
            flash(_("The cycle is open. Now make the personal links and send them."))
            return to(cycle)
    try:
        edition = edition_for(cycle.criteria, criteria_folder(), cycle.language)
    except (CriteriaError, NotThere):
        edition = None
    choices = [form_choice(edition, each) for each in _offered(cycle, edition)] if edition else []
    shown = render(
        "open", cycle, form=form, counts=_by_form(cycle), choices=choices,
        framework=edition.framework if edition else None,
    )  # fmt: skip
    return shown, 422 if form.errors else 200


@bp.route("/<uuid:cycle_id>/extend", methods=["GET", "POST"])
@allowed("run_cycles")
def extend(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """A later last day."""
    cycle = cycle_of(cycle_id)
    if cycle.state == "draft":
        return to(cycle)
    if cycle.state in ("closing", "closed"):
        raise CycleClosed(cycle.title)
    form = LastDayForm(data={"closes_on": cycle.closes_on.isoformat()})
    if form.validate_on_submit() and form.closes_on.day is not None:
        try:
            service.extend_cycle(db(), cycle, form.closes_on.day, now())
        except Refused as refused:
            show_wrong(form, refused)
        else:
            flash(_("Answers are taken until the end of %(day)s.", day=day(cycle.closes_on)))
            return to(cycle)
    return render("extend", cycle, form=form), 422 if form.errors else 200


@bp.route("/<uuid:cycle_id>/close", methods=["GET", "POST"])
@allowed("run_cycles")
def close_it(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Say how many have not submitted, then close for good."""
    cycle = cycle_of(cycle_id)
    if request.method == "POST" and cycle.state != "draft":
        job = ask_to_close(db(), member(), cycle, now())
        nudge_after(job)
        return redirect(url_for("jobs.page", job_id=job.id), 303)
    if cycle.state != "open":
        return to(cycle)
    counts = turnout(db(), cycle)
    invited = sum(each.invited for each in counts)
    missing = invited - sum(each.submitted for each in counts)
    words = ngettext(
        "%(num)s of %(invited)s people has not submitted.",
        "%(num)s of %(invited)s people have not submitted.",
        missing,
        invited=invited,
    )
    return render("close", cycle, missing=missing, words=words)


@bp.post("/<uuid:cycle_id>/interim")
@allowed("run_cycles")
def interim(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Make results before the closing, of what has been answered so far."""
    job = ask_for_interim(db(), member(), cycle_of(cycle_id), now())
    nudge_after(job)
    return redirect(url_for("jobs.page", job_id=job.id), 303)


def _by_form(cycle: Cycle) -> dict[str, int]:
    found = dict.fromkeys(cycle.forms, 0)
    for each in turnout(db(), cycle):
        found[each.form] = found.get(each.form, 0) + each.invited
    return found


def _offered(cycle: Cycle, edition: Edition) -> list[str]:
    return [each for each in cycle.forms if each in edition.framework.forms]
