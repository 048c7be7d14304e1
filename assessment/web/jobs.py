"""A job's page: how far it is, and the buttons that stop it or begin it anew."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.services import closing, cycles, jobs
from assessment.services.permissions import may
from assessment.store.tables import Job
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.job_words import shown
from assessment.web.language import gettext as _
from assessment.web.unit import db, now, nudge_after

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("/<uuid:job_id>")
@allowed("see_cycles")
def page(job_id: uuid.UUID) -> str:
    """How far the job is; the page looks again by itself until it has ended."""
    job = jobs.job(db(), member(), job_id)
    cycle = cycles.cycle(db(), job.organisation_id, job.cycle_id)
    return render_template(
        "jobs/page.html", job=job, cycle=cycle, shown=shown(job), can_change=_may_change(job)
    )


@bp.get("/<uuid:job_id>.json")
@allowed("see_cycles")
def standing(job_id: uuid.UUID) -> Response:
    """The same for the page's script."""
    now_shown = shown(jobs.job(db(), member(), job_id))
    return jsonify(
        sentence=now_shown.sentence,
        done=now_shown.done,
        steps=now_shown.steps,
        ended=now_shown.has_ended,
    )


@bp.post("/<uuid:job_id>/cancel")
@allowed("see_cycles")
def cancel(job_id: uuid.UUID) -> ResponseReturnValue:
    """Stop it, unless it has ended meanwhile."""
    job = jobs.job(db(), member(), job_id)
    if closing.cancel(db(), member(), job, now()) and job.kind == "close":
        flash(_("The cycle is not closed: it is as it was before."))
    return _to(job)


@bp.post("/<uuid:job_id>/again")
@allowed("see_cycles")
def again(job_id: uuid.UUID) -> ResponseReturnValue:
    """Begin it anew after it has failed or was cancelled."""
    job = closing.again(db(), member(), jobs.job(db(), member(), job_id), now())
    nudge_after(job)
    return _to(job)


def _may_change(job: Job) -> bool:
    return may(member(), jobs.deed_of(job.kind), job.unit_id)


def _to(job: Job) -> ResponseReturnValue:
    return redirect(url_for("jobs.page", job_id=job.id), 303)
