"""The list of criteria files to choose one from, for a new cycle or for a draft."""

from __future__ import annotations

from flask import render_template, request

from assessment.services.criteria_files import criteria_files
from assessment.web.auth import member
from assessment.web.criteria_facts import minutes_of
from assessment.web.cycle_frame import can, criteria_folder, form_word
from assessment.web.unit import db


def choose_criteria(action: str, back: tuple[str, str], chosen: str = "") -> str:
    """Every file that can be used; the choice is sent to *action* as `criteria`."""
    found = criteria_files(db(), member().organisation_id, criteria_folder())
    files = [file for file in found if file.is_usable]
    if not any(file.key == chosen for file in files):
        chosen = files[0].key if files else ""
    return render_template(
        "cycles/choose.html",
        files=files,
        chosen=chosen,
        action=action,
        way_back=back,
        minutes_of=minutes_of,
        form_word=form_word,
        missing=request.method == "POST" or "criteria" in request.args,
        can=can,
    )
