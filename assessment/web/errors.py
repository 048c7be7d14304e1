"""Refusals as pages in plain words: what happened, what was kept, what to do.

No page shows a trace, a path or a version. What nobody foresaw gets a number that also stands in
the log. What had been typed into a refused form comes back, ready to be sent again.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from assessment.services import errors as services
from assessment.store.faults import NoRoom, NotKept
from assessment.web.forms import in_words
from assessment.web.language import gettext as _

log = logging.getLogger("touchstone.errors")

_STATUS: dict[type[services.Refusal], int] = {
    services.LinkUsedUp: 410,
    services.Refused: 422,
    services.NotComplete: 422,
}
"""What is not named here does not fit the state a thing is in: 409."""
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that says no: its number, what happened, and what to do."""

    status: int
    title: str
    sentence: str
    reference: str = ""
    retry_after: int = 0


def init_app(app: Flask) -> None:
    """Turn every refusal and every error of *app* into a page."""
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(HTTPException, _by_status)
    app.register_error_handler(services.Refusal, _by_service)
    app.register_error_handler(NotKept, _not_kept)
    app.register_error_handler(Exception, _unforeseen)


def refuse(refusal: Refusal) -> Response:
    """The page, or for a script the same words as JSON."""
    if wants_json():
        response = make_response(
            {
                "number": refusal.status,
                "title": refusal.title,
                "sentence": refusal.sentence,
                "reference": refusal.reference,
            }
        )
    else:
        response = make_response(render_template("error.html", refusal=refusal, kept=typed_text()))
    response.status_code = refusal.status
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def wants_json() -> bool:
    """Whether a script of ours asks: it says so, since a page and its script share addresses."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def typed_text() -> list[tuple[str, str]]:
    """What had been typed into the form that was refused, to be shown and sent again.

    Only for forms of our own pages: another site must not be able to have its text sent on by a
    person who trusts this page. Files cannot be given back.
    """
    if request.method != "POST" or request.is_json or not _is_from_here():
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # too long, or cut short: there is nothing to give back
        return []
    return [(name, value) for name, value in fields if name not in {"csrf_token", "code"}]


def _is_from_here() -> bool:
    """Whether the browser says that the form stood on one of our pages."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return origin.startswith(request.host_url.rstrip("/"))


def not_there() -> Refusal:
    """The same for what never was and for what belongs to somebody else."""
    return Refusal(
        404,
        _("There is no such page"),
        _("The address may be incomplete, or what it named has gone. Nothing was changed."),
    )


def _form_too_old(_error: CSRFError) -> Response:
    if typed_text():
        sentence = _(
            "The form was open while you were signed out or signed in anew, so it was not taken. "
            "What you typed is below: look it over and send it again."
        )
    else:
        sentence = _("The form had no valid seal. Open the page again and send it from there.")
    return refuse(Refusal(400, _("This form was not taken"), sentence))


def _by_status(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if 300 <= status < 400:
        return error.get_response()
    response = refuse(_in_words(status))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _by_service(refusal: services.Refusal) -> Response:
    if isinstance(refusal, services.NotThere):
        return refuse(not_there())
    sentence = in_words(refusal.sentence)
    if isinstance(refusal, services.NotAllowed):
        return refuse(Refusal(403, _("This is not for you to do"), sentence))
    status = next((code for kind, code in _STATUS.items() if isinstance(refusal, kind)), 409)
    return refuse(Refusal(status, _("This is not possible now"), sentence))


def _not_kept(error: NotKept) -> Response:
    # The driver's message may quote values; its kind says enough.
    log.warning("not kept: %s", type(error).__name__)
    if isinstance(error, NoRoom):
        sentence = _(
            "The disk of this installation is full, so nothing was saved. Tell whoever runs it."
        )
    else:
        sentence = _("The database is busy or away for a moment, so nothing was saved. Try again.")
    return refuse(Refusal(503, _("Not saved"), sentence, retry_after=5))


def _unforeseen(error: Exception) -> Response:
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    reference = f"{reference[:4]}-{reference[4:]}"
    log.error("%s %s", reference, outline(error))
    sentence = _(
        "This is a fault of the program, not of yours, and nothing was saved. "
        "Try again; if it stays, tell whoever runs this installation the number below."
    )
    return refuse(Refusal(500, _("The program could not do this"), sentence, reference))


def outline(error: BaseException) -> str:
    """Where *error* came from, without its message: that may quote an answer or a secret."""
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-8:]
    ]
    return " < ".join([type(error).__name__, *reversed(places)])


def _in_words(status: int) -> Refusal:
    if status == 404:
        return not_there()
    known = {
        400: (
            _("The request was not understood"),
            _("It was incomplete or not meant for this address. Nothing was changed."),
        ),
        401: (_("You are signed out"), _("Sign in with a new link, then go on.")),
        403: (
            _("This is not for you to do"),
            _("Your role does not include it. Whoever administers your organisation can help."),
        ),
        405: (
            _("Not in this way"),
            _("The page exists, but not for what was asked of it. Go back and use its buttons."),
        ),
        413: (
            _("Too large"),
            _("What was sent is larger than this page takes, so nothing was saved."),
        ),
        415: (
            _("Not in this format"),
            _("The content is not of the type that is taken here. Nothing was changed."),
        ),
        429: (
            _("Too many tries"),
            _("Wait a while, then try again. Links and codes that are right stay valid."),
        ),
    }
    if status in known:
        return Refusal(status, *known[status])
    if status < 500:
        return Refusal(status, *known[400])
    return Refusal(
        status,
        _("The program could not do this"),
        _("Nothing was saved. Try again in a moment."),
    )
