"""Criteria files: what there is, each to be read and taken along; and one's own, checked first."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.catalogue.decoding import LIMIT
from assessment.catalogue.problems import CriteriaError
from assessment.services.companions import companion, titles
from assessment.services.criteria_files import (
    check_here,
    content,
    criteria_files,
    of_companion,
    upload,
)
from assessment.services.errors import Refused
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.criteria_companions import companion_page
from assessment.web.criteria_facts import Notes, minutes_of, notes_on
from assessment.web.cycle_frame import can, criteria_folder, form_word, plain
from assessment.web.forms import in_words
from assessment.web.language import gettext as _
from assessment.web.language import ngettext
from assessment.web.security import KIB, body_limit
from assessment.web.unit import db, now

_SOURCES = ("uploaded", "folder", "shipped")
UPLOAD_BYTES = LIMIT + 64 * KIB

bp = Blueprint("criteria", __name__, url_prefix="/criteria")


@bp.get("")
@allowed("see_criteria")
def index() -> str:
    """Every file, faulty ones included."""
    return _index()


@bp.post("")
@allowed("upload_criteria")
@body_limit(UPLOAD_BYTES)
def bring() -> ResponseReturnValue:
    """Check a file, and keep it if that is asked and it has no errors."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _index(_("Choose a file first.")), 422
    data, name = file.stream.read(), file.filename
    if request.form.get("go") == "check":
        checked = check_here(db(), member().organisation_id, data, name, criteria_folder())
        return _notes_page(name, notes_on(checked.problems), is_good=not checked.errors)
    try:
        found = upload(
            db(), member().organisation_id, name, data, by=member().name or member().email,
            now=now(), folder=criteria_folder(),
        )  # fmt: skip
    except CriteriaError as error:
        return _notes_page(name, notes_on(error.problems), is_good=False), 422
    except Refused as refused:
        return _index(" ".join(in_words(each) for each in refused.fields.values())), 422
    flash(_kept_words(len(found.warnings), is_framework=found.framework is not None))
    return redirect(url_for("criteria.index"), 303)


@bp.get("/<source>/<name>")
@allowed("see_criteria")
def download(source: str, name: str) -> Response:
    """The file as it is."""
    data = content(db(), member().organisation_id, f"{source}/{name}", criteria_folder())
    response = Response(data, mimetype="application/yaml")
    stem = plain(name.removesuffix(".yaml"))
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.yaml"'
    return response


@bp.get("/<source>/<name>/notes")
@allowed("see_criteria")
def notes(source: str, name: str) -> str:
    """What a check says about a file."""
    data = content(db(), member().organisation_id, f"{source}/{name}", criteria_folder())
    checked = check_here(db(), member().organisation_id, data, name, criteria_folder())
    return _notes_page(name, notes_on(checked.problems), is_good=not checked.errors)


@bp.get("/<source>/<name>/page")
@allowed("see_criteria")
def read(source: str, name: str) -> ResponseReturnValue:
    """A crosswalk, a profile or customers' requirements to read; of a framework, its notes."""
    own = member().organisation_id
    try:
        found = companion(db(), own, f"{source}/{name}", criteria_folder())
    except CriteriaError:
        found = None
    if found is None:
        return redirect(url_for("criteria.notes", source=source, name=name), 303)
    named = titles(db(), own, of_companion(found), criteria_folder())
    return companion_page(source, name, found, named)


def _kept_words(warnings: int, *, is_framework: bool) -> str:
    if not warnings and not is_framework:
        return _("The file is checked and kept.")
    if not warnings:
        return _("The file is checked and kept. A cycle can be opened on it.")
    return ngettext(
        "The file is kept. The check has %(num)s remark; see its notes.",
        "The file is kept. The check has %(num)s remarks; see its notes.",
        warnings,
    )


def _index(wrong: str = "") -> str:
    # What people brought themselves comes first: they look for it among many.
    files = sorted(
        criteria_files(db(), member().organisation_id, criteria_folder()),
        key=lambda file: _SOURCES.index(file.source),
    )
    return render_template(
        "criteria/index.html",
        files=[file for file in files if file.kind == "framework"],
        beside=[file for file in files if file.kind != "framework"],
        titles={file.id: file.title for file in files if file.is_usable},
        minutes_of=minutes_of,
        form_word=form_word,
        wrong=wrong,
        can=can,
    )


def _notes_page(name: str, found: Notes, *, is_good: bool) -> str:
    return render_template("criteria/notes.html", name=name, notes=found, is_good=is_good)
