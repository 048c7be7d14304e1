"""The paper: made by a worker on request, watched, downloaded, recognised when it comes back."""

from __future__ import annotations

import io
import uuid

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assessment.exchange.figures import figures_csv
from assessment.exchange.result import result_text
from assessment.reporting.report_input import Paper
from assessment.services.errors import NotThere, Refused
from assessment.services.files import Files
from assessment.services.report_files import KEPT, content_of, file_made, files_made, recognised
from assessment.services.report_requests import (
    Extent,
    ReportChoice,
    ask_for_report,
    ask_for_workbook,
)
from assessment.services.result_views import View
from assessment.store.tables import Job
from assessment.web.access import allowed, person
from assessment.web.auth import member
from assessment.web.cycle_frame import cycle_of, plain, settings
from assessment.web.forms import in_words
from assessment.web.result_frame import address, bp, render, shown_of
from assessment.web.security import LARGEST_BODY, body_limit
from assessment.web.unit import db, now, nudge_after

verify_bp = Blueprint("verify", __name__)

PAPERS: tuple[Paper, ...] = ("a4", "letter")
EXTENTS: tuple[Extent, ...] = ("whole", "board")
TYPES = {
    "report": "application/pdf",
    "workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/reports")
@allowed("make_reports")
def reports(cycle_id: uuid.UUID) -> str:
    """Choose paper and extent, see what was made before, take the figures along as a table."""
    return _page(shown_of(cycle_id))


@bp.post("/reports")
@allowed("make_reports")
def make_report(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for the report, and go to where its progress is seen."""
    shown = shown_of(cycle_id)
    paper, extent = request.form.get("paper", "a4"), request.form.get("extent", "whole")
    if paper not in PAPERS or extent not in EXTENTS:
        raise NotThere
    choice = ReportChoice(paper, extent)
    try:
        job = ask_for_report(
            db(), member(), shown.row, shown.chosen.unit_id, choice, now(),
            shown.source.about.reference,
        )  # fmt: skip
    except Refused as refused:
        return _page(shown, in_words(refused.sentence)), 422
    return _to(shown, job)


@bp.post("/workbook")
@allowed("make_reports")
def make_workbook(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for the workbook, and go to where its progress is seen."""
    shown = shown_of(cycle_id)
    try:
        job = ask_for_workbook(db(), member(), shown.row, shown.chosen.unit_id, now())
    except Refused as refused:
        return _page(shown, in_words(refused.sentence)), 422
    return _to(shown, job)


@bp.get("/reports/<uuid:job_id>")
@allowed("make_reports")
def download(cycle_id: uuid.UUID, job_id: uuid.UUID) -> Response:
    """The file that a job made."""
    job = file_made(db(), member(), job_id)
    if job.cycle_id != cycle_of(cycle_id).id:
        raise NotThere
    data = content_of(Files(settings().data / "files"), job)
    response = send_file(
        io.BytesIO(data),
        mimetype=TYPES[job.kind],
        as_attachment=True,
        download_name=job.file_name,
        etag=False,
    )
    # The library lets browsers keep a download; nobody else's browser may have this one.
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/release.<any(csv, json):form>")
@allowed("make_reports")
def figures(cycle_id: uuid.UUID, form: str) -> Response:
    """Every figure of the part that is shown, as a long table or as JSON."""
    shown = shown_of(cycle_id)
    release = shown.source.release
    if form == "csv":
        response = Response(figures_csv(release).encode("utf-8-sig"), mimetype="text/csv")
    else:
        response = Response(result_text(release), mimetype="application/json")
    unit = f"-{plain(shown.chosen.name)}" if shown.chosen.name else ""
    name = f"{plain(shown.row.title)}{unit}-results.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@verify_bp.route("/verify", methods=["GET", "POST"])
@person
@body_limit(LARGEST_BODY)
def verify() -> str:
    """Whether a file is one that was made here, byte for byte. The file is not kept."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return render_template("results/verify.html", asked=request.method == "POST", name="")
    known = recognised(db(), member(), file.stream.read())
    name = file.filename[-80:]
    return render_template("results/verify.html", asked=True, name=name, known=known)


def _page(shown: View, problem: str = "") -> str:
    return render(
        "reports",
        shown,
        made=files_made(db(), member(), shown.row, shown.chosen.unit_id),
        problem=problem,
        papers=PAPERS,
        extents=EXTENTS,
        days=KEPT.days,
    )


def _to(shown: View, job: Job) -> ResponseReturnValue:
    """To the job's page; to the list where it is done already."""
    if job.state == "done":
        return redirect(address(shown, "results.reports"), 303)
    nudge_after(job)
    return redirect(url_for("jobs.page", job_id=job.id), 303)
