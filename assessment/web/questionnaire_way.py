"""The way through a questionnaire: welcome, parts, review, submit, thanks."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.core.framework import STAFF
from assessment.services.answers import submit
from assessment.services.errors import CycleClosed, NotComplete
from assessment.web.access import respondent
from assessment.web.forms import in_words
from assessment.web.questionnaire_frame import bp, filling, is_open
from assessment.web.questionnaire_parts import (
    address_in,
    closing_words,
    done,
    minutes,
    next_address,
    next_words,
    state,
)
from assessment.web.questionnaire_rows import key_factor_rows, own_copy, rows_of, waiting_of
from assessment.web.unit import db, now


@bp.get("/welcome")
@respondent
def welcome() -> ResponseReturnValue:
    """What this is, how long it takes, until when, and who sees what."""
    if filling().is_submitted:
        return redirect(url_for("questionnaire.thanks"), 303)
    return render_template("questionnaire/welcome.html", **_hub())


@bp.get("/parts")
@respondent
def hub() -> ResponseReturnValue:
    """The parts with their state in words, and the one button that goes on."""
    if filling().is_submitted:
        return redirect(url_for("questionnaire.thanks"), 303)
    return hub_page()


@bp.get("/review")
@respondent
def review() -> ResponseReturnValue:
    """All answers, those still open first."""
    if not is_open():
        return redirect(url_for("questionnaire.hub"), 303)
    return review_page()


@bp.post("/submit")
@respondent
def hand_in() -> ResponseReturnValue:
    """Submit, once; with places open only if that is meant."""
    try:
        submit(db(), filling(), now(), with_open=request.form.get("open") == "yes")
    except NotComplete as refusal:
        return review_page(in_words(refusal.sentence)), 422
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


def hub_page() -> str:
    """The page of the parts."""
    return render_template("questionnaire/hub.html", **_hub())


def review_page(problem: str = "") -> str:
    """The page of all answers."""
    parts = rows_of(filling())
    rows = [row for _category, each in parts for row in each]
    return render_template(
        "questionnaire/review.html",
        problem=problem,
        parts=parts,
        waiting=waiting_of(rows, by_item=filling().places.judges),
        marked=[row for row in rows if row.is_marked and not row.is_open],
        has_comments=any(row.notes for row in rows),
        factors=key_factor_rows(filling()),
    )


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
