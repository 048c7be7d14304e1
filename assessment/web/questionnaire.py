"""The way through a questionnaire: link, device, welcome, parts, review, submit, thanks."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from assessment.core.framework import STAFF
from assessment.services.answers import submit
from assessment.services.errors import CycleClosed, LinkUsedUp, NotComplete, NotOpenYet
from assessment.services.fillings import open_sheet
from assessment.services.sessions import end_session, note_shared_device, start_session
from assessment.web import questionnaire_item
from assessment.web.access import everyone, respondent
from assessment.web.auth import secret_in
from assessment.web.forms import Form, Line, in_words
from assessment.web.language import ngettext
from assessment.web.limits import Limit
from assessment.web.questionnaire_frame import RESPONDENT, SEEN, bp, filling, is_open
from assessment.web.questionnaire_parts import (
    address_in,
    closing_words,
    done,
    key_factor_rows,
    minutes,
    next_address,
    next_words,
    own_copy,
    rows_of,
    state,
)
from assessment.web.unit import db, now

__all__ = ["bp", "questionnaire_item", "wrong_passes"]

wrong_passes = Limit(tries=100, seconds=15 * 60)


class PassForm(Form):
    """A personal link, or what stands behind # in it."""

    code = Line("")


@bp.get("/")
@everyone
def start() -> str:
    """The page a personal link opens. It uses nothing up: the pass, behind #, is not sent."""
    return _start_page(PassForm())


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
        page = render_template("questionnaire/device.html", missing=request.method == "POST")
        return page, 422 if request.method == "POST" else 200
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


@bp.get("/welcome")
@respondent
def welcome() -> str:
    """What this is, how long it takes, until when, and who sees what."""
    return render_template("questionnaire/welcome.html", **_hub())


@bp.get("/parts")
@respondent
def hub() -> str:
    """The parts with their state in words, and the one button that goes on."""
    return render_template("questionnaire/hub.html", **_hub())


@bp.get("/review")
@respondent
def review() -> ResponseReturnValue:
    """All answers, those still open first."""
    if not is_open():
        return redirect(url_for("questionnaire.hub"), 303)
    return _review_page()


@bp.post("/submit")
@respondent
def hand_in() -> ResponseReturnValue:
    """Submit, once; with places open only if that is meant."""
    try:
        submit(db(), filling(), now(), with_open=request.form.get("open") == "yes")
    except NotComplete as refusal:
        return _review_page(in_words(refusal.sentence)), 422
    except CycleClosed as refusal:
        sentence = in_words(refusal.sentence)
        return render_template("questionnaire/too_late.html", sentence=sentence, typed=[]), 410
    return redirect(url_for("questionnaire.thanks"), 303)


@bp.get("/thanks")
@respondent
def thanks() -> ResponseReturnValue:
    """It is done; what happens next, and one's own copy."""
    if not filling().is_submitted:
        return redirect(url_for("questionnaire.hub"), 303)
    return render_template("questionnaire/thanks.html")


@bp.get("/copy")
@respondent
def own_answers() -> str:
    """One's own answers, to be read and printed."""
    return render_template(
        "questionnaire/copy.html", parts=rows_of(filling()), factors=key_factor_rows(filling())
    )


@bp.get("/copy.csv")
@respondent
def own_answers_file() -> Response:
    """The same as a table."""
    response = Response("\ufeff" + own_copy(filling()), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="my-answers.csv"'
    return response


@bp.post("/leave")
@respondent
def leave() -> ResponseReturnValue:
    """Sign out of this questionnaire: the cookie is worthless from now on."""
    _forget()
    return redirect(url_for("questionnaire.left", why=request.form.get("why", "")), 303)


@bp.get("/left")
@everyone
def left() -> str:
    """Say that nothing of it is left here."""
    return render_template("questionnaire/left.html", is_idle=request.args.get("why") == "idle")


def _start_page(form: PassForm) -> str:
    again = request.args.get("again") == "yes"
    return render_template("questionnaire/start.html", form=form, again=again)


def _refused(form: PassForm, sentence: str) -> ResponseReturnValue:
    form.code.data = ""
    form.code.errors = [sentence]
    return _start_page(form), 422


def _forget() -> None:
    """End the session the cookie holds, and everything that hung on it but the language."""
    if old := session.pop(RESPONDENT, None):
        end_session(db(), old)
    session.pop(SEEN, None)
    session.pop("csrf_token", None)


def _hub() -> dict[str, object]:
    here = filling()
    count = here.progress.count
    form = here.framework.forms[here.respondent.form]
    return {
        "parts": here.progress.categories,
        "state": state,
        "address_in": address_in,
        "count": count,
        "done": done(count),
        "minutes": minutes(here),
        "closing": closing_words(here, now()),
        "next_address": next_address(here),
        "next_words": next_words(here),
        "form": form,
        "is_staff": form.id == STAFF,
        "factors": key_factor_rows(here),
    }


def _review_page(problem: str = "") -> str:
    parts = rows_of(filling())
    rows = [row for _category, each in parts for row in each]
    return render_template(
        "questionnaire/review.html",
        problem=problem,
        parts=parts,
        waiting=[row for row in rows if row.is_open],
        marked=[row for row in rows if row.is_marked and not row.is_open],
        factors=key_factor_rows(filling()),
    )
