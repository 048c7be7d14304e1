"""The demo's start page: a door for each part somebody can play. A real installation has none."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assessment.resources import command_name
from assessment.services.demo_people import Rounds, persona, report_job, rounds, visitor
from assessment.services.editions import pinned_edition
from assessment.services.errors import NotThere
from assessment.services.participation import turnout
from assessment.services.permissions import RoleName
from assessment.services.sessions import end_session, note_shared_device, start_session
from assessment.web.access import everyone
from assessment.web.auth import PERSON, start_afresh
from assessment.web.language import gettext as _
from assessment.web.language import ngettext
from assessment.web.questionnaire_frame import RESPONDENT
from assessment.web.questionnaire_parts import address as item_address
from assessment.web.unit import db, now

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.app_context_processor
def banner() -> dict[str, str]:
    """What the banner of every page says."""
    return {"reset_command": f"{command_name()} demo --reset"}


JUDGED_FIRST = "7.1"
"""The item an assessor begins with: its measures tell most."""


@dataclass(frozen=True, slots=True)
class Door:
    """A button of the start page, and what is behind it."""

    name: str
    button: str
    sentence: str


@bp.get("")
@everyone
def start() -> str:
    """The doors. Opening the page changes nothing: whoever is inside stays inside."""
    known = rounds(db())
    answered: dict[str, int] = {}
    for each in turnout(db(), known.closed):
        answered[each.form] = answered.get(each.form, 0) + each.submitted
    return render_template(
        "demo/start.html", doors=doors(known), answered=answered, report=report_job(db())
    )


@bp.post("/<any(staff, assessors):form>")
@everyone
def answer(form: str) -> ResponseReturnValue:
    """Go in as somebody who is asked."""
    who = visitor(db(), form, now())
    _leave()
    session[RESPONDENT] = start_session(db(), who.organisation_id, now(), respondent_id=who.id)
    # Nobody has to be asked about a device on which everything is made up.
    note_shared_device(db(), session[RESPONDENT], is_shared=False)
    judges = form == "assessors" and who.submitted_at is None
    return redirect(item_address(JUDGED_FIRST) if judges else url_for("questionnaire.welcome"), 303)


@bp.post("/<any(leader, consultant):role>")
@everyone
def sign_in(role: RoleName) -> ResponseReturnValue:
    """Go in as a leader, to the results, or as a consultant, to everything there is to run."""
    _sign_in_as(role)
    if role == "consultant":
        return redirect(url_for("home.start"), 303)
    return redirect(url_for("results.overview", cycle_id=rounds(db()).closed.id), 303)


@bp.post("/report")
@everyone
def paper() -> ResponseReturnValue:
    """Go in as a leader, to the report: its file, or how far the printing is.

    Files are not kept for ever; then to where it is asked for anew.
    """
    job = report_job(db())
    if job is None:
        raise NotThere
    _sign_in_as("leader")
    if job.state != "done":
        return redirect(url_for("jobs.page", job_id=job.id), 303)
    if job.file_key is None:
        return redirect(url_for("results.reports", cycle_id=job.cycle_id), 303)
    return redirect(url_for("results.download", cycle_id=job.cycle_id, job_id=job.id), 303)


@bp.post("/leave")
@everyone
def leave() -> ResponseReturnValue:
    """Out of whatever part was played, back to the doors."""
    _leave()
    return redirect(url_for("demo.start"), 303)


def doors(known: Rounds) -> list[Door]:
    """The four doors: what all of it is for comes first."""
    cycle = known.open
    edition = pinned_edition(
        db(), cycle.organisation_id, cycle.edition_sha256 or "", cycle.language
    )
    minutes = max(1, round(edition.minutes["staff"]))
    return [
        Door(
            "leader",
            _("Read the results as a leader"),
            _(
                "Where they stand, how sure that is, and what to decide first. "
                "Every number says where it comes from."
            ),
        ),
        Door(
            "staff",
            _("Answer as an employee"),
            ngettext(
                "A form made for a phone, %(num)s minute long. "
                "Every answer is saved as it is given.",
                "A form made for a phone, %(num)s minutes long. "
                "Every answer is saved as it is given.",
                minutes,
            ),
        ),
        Door(
            "assessors",
            _("Judge as an assessor"),
            _("One item, with the key factors of the organisation and its own measures beside it."),
        ),
        Door(
            "consultant",
            _("Run it as a consultant"),
            _("Criteria that are plain files, cycles with a checklist, people, links, progress."),
        ),
    ]


def _sign_in_as(role: RoleName) -> None:
    who = persona(db(), role)
    _leave()
    session[PERSON] = start_session(db(), who.organisation_id, now(), person_id=who.id)


def _leave() -> None:
    """End what was played; the seal stays, so that a start page in another tab goes on working."""
    if secret := session.get(RESPONDENT):
        end_session(db(), secret)
    if secret := session.get(PERSON):
        end_session(db(), secret)
    start_afresh("language", "csrf_token")
