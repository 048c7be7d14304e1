"""The way in and out: the link, the question about the device, and leaving."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from assessment.services.errors import LinkUsedUp, NotOpenYet
from assessment.services.fillings import open_sheet
from assessment.services.sessions import end_session, note_shared_device, start_session
from assessment.web.access import everyone, respondent
from assessment.web.auth import secret_in
from assessment.web.forms import Form, Line, in_words
from assessment.web.language import gettext as _
from assessment.web.language import ngettext
from assessment.web.limits import Limit
from assessment.web.questionnaire_frame import RESPONDENT, SEEN, bp, filling, is_open
from assessment.web.questionnaire_parts import next_address
from assessment.web.unit import db, now

wrong_passes = Limit(tries=100, seconds=15 * 60)


class PassForm(Form):
    """A personal link, or what stands behind # in it."""

    code = Line("")


@bp.get("/")
@everyone
def start() -> str:
    """The page a personal link opens. It uses nothing up: the pass, behind #, is not sent."""
    return start_page(PassForm())


@bp.post("/")
@everyone
def enter() -> ResponseReturnValue:
    """Exchange the pass for a cookie, so that it stays in no address and no history."""
    form = PassForm()
    address = request.remote_addr or ""
    try:
        found = open_sheet(db(), secret_in(form.code.data or ""), now())
    except LinkUsedUp as refusal:
        if wait := wrong_passes.wait(address):
            raise TooManyRequests(retry_after=wait) from None
        wrong_passes.note(address)
        return _refused(form, in_words(refusal.sentence))
    except NotOpenYet as refusal:
        return _refused(form, in_words(refusal.sentence))
    _forget()
    session[RESPONDENT] = start_session(db(), found.organisation_id, now(), respondent_id=found.id)
    return redirect(url_for("questionnaire.device"), 303)


@bp.route("/device", methods=["GET", "POST"])
@respondent
def device() -> ResponseReturnValue:
    """Ask first whether others use this device: then nothing is kept on it."""
    answer = request.form.get("shared") if request.method == "POST" else None
    if answer not in {"yes", "no"}:
        sentence = _("Say whether others use this device.") if request.method == "POST" else ""
        return device_page(sentence), 422 if sentence else 200
    note_shared_device(db(), session[RESPONDENT], answer == "yes")
    if filling().is_submitted:
        return redirect(url_for("questionnaire.thanks"), 303)
    if not filling().kept or not is_open():
        return redirect(url_for("questionnaire.welcome"), 303)
    flash(
        ngettext(
            "Welcome back. %(num)s answer is saved.",
            "Welcome back. %(num)s answers are saved.",
            filling().kept,
        )
    )
    return redirect(next_address(filling()), 303)


@bp.post("/leave")
@respondent
def leave() -> ResponseReturnValue:
    """Sign out of this questionnaire: the cookie is worthless from now on."""
    why = "submitted" if filling().is_submitted else request.form.get("why", "")
    _forget()
    return redirect(url_for("questionnaire.left", why=why), 303)


@bp.get("/left")
@everyone
def left() -> str:
    """Say that nothing of it is left here."""
    return render_template("questionnaire/left.html", why=request.args.get("why", ""))


def start_page(form: PassForm) -> str:
    """The page with the Start button."""
    again = request.args.get("again") == "yes"
    return render_template("questionnaire/start.html", form=form, again=again)


def device_page(problem: str = "") -> str:
    """The question about the device, with what has been chosen."""
    said = request.form.get("shared", "") if request.method == "POST" else ""
    return render_template("questionnaire/device.html", problem=problem, said=said)


def _refused(form: PassForm, sentence: str) -> ResponseReturnValue:
    form.code.data = ""
    form.code.errors = [sentence]
    return start_page(form), 422


def _forget() -> None:
    """End the session the cookie holds, and everything that hung on it but the language.

    Where none is held the seal stays: a page that was waiting for its owner can still be sent.
    """
    if old := session.pop(RESPONDENT, None):
        end_session(db(), old)
        session.pop("csrf_token", None)
    session.pop(SEEN, None)
