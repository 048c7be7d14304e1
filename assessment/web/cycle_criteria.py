"""A draft changes over to other criteria: chosen, then what that does, then done."""

from __future__ import annotations

import uuid
from functools import partial

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from assessment.catalogue.problems import CriteriaError
from assessment.services.cycle_criteria import plan_switch, switch_criteria
from assessment.services.errors import NotThere, Refused
from assessment.web.access import allowed
from assessment.web.criteria_facts import edition_for
from assessment.web.cycle_choice import choose_criteria
from assessment.web.cycle_forms import form_choice
from assessment.web.cycle_frame import bp, criteria_folder, cycle_of, page_of, render, to
from assessment.web.forms import in_words
from assessment.web.language import gettext as _
from assessment.web.language import languages
from assessment.web.unit import db

MOVED = "people:"
"""Before the name of a form: which one its people answer instead."""


@bp.route("/<uuid:cycle_id>/criteria", methods=["GET", "POST"])
@allowed("run_cycles")
def other_criteria(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """First the list of files, then what the chosen one does, then the change."""
    cycle = cycle_of(cycle_id)
    if cycle.state != "draft":
        flash(_("This cycle is open: its criteria are fixed."))
        return to(cycle)
    key = request.args.get("criteria", "")
    if not key:
        shown = choose_criteria(
            url_for("cycles.other_criteria", cycle_id=cycle.id),
            (page_of(cycle), cycle.title),
            chosen=cycle.criteria,
        )
        return shown, 422 if request.method == "POST" else 200
    if key == cycle.criteria:
        flash(_("These are its criteria already. Nothing was changed."))
        return to(cycle)
    try:
        edition = edition_for(key, criteria_folder(), cycle.language)
    except CriteriaError:
        raise NotThere from None
    wrong = ""
    if request.method == "POST":
        moved = {
            name.removeprefix(MOVED): form
            for name, form in request.form.items()
            if name.startswith(MOVED)
        }
        try:
            switch_criteria(db(), cycle, key, edition, moved)
        except Refused as refused:
            wrong = " ".join(in_words(each) for each in refused.fields.values())
        else:
            flash(_("The draft has other criteria now. Look through its forms and its people."))
            return to(cycle)
    switch = plan_switch(db(), cycle, edition)
    shown = render(
        "switch", cycle, switch=switch, framework=edition.framework, moved=MOVED, wrong=wrong,
        spoken=languages().get(switch.language, switch.language),
        address=url_for("cycles.other_criteria", cycle_id=cycle.id),
        choice=partial(form_choice, edition),
    )  # fmt: skip
    return shown, 422 if wrong else 200
