"""Refusals as pages in plain words: what happened, what was kept, what to do.

No page shows a trace, a path or a version. What nobody foresaw gets a number that also stands in
the log. What had been typed into a refused form comes back, ready to be sent again.
"""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from assessment.services import errors as services
from assessment.services.outline import outline
from assessment.store.faults import Broken, NoRoom, NotKept
from assessment.web.forms import in_words
from assessment.web.language import gettext as _
from assessment.web.refusals import Refusal, by_number, not_there, refuse, typed_text

log = logging.getLogger("touchstone.errors")

_STATUS: dict[type[services.Refusal], int] = {
    services.LinkUsedUp: 410,
    services.Refused: 422,
    services.NotComplete: 422,
}
"""What is not named here does not fit the state a thing is in: 409."""
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def init_app(app: Flask) -> None:
    """Turn every refusal and every error of *app* into a page."""
    app.register_error_handler(CSRFError, form_too_old)
    app.register_error_handler(HTTPException, by_status)
    app.register_error_handler(services.Refusal, _by_service)
    app.register_error_handler(NotKept, not_kept)
    app.register_error_handler(Exception, _unforeseen)


def form_too_old(_error: CSRFError) -> Response:
    """A form without our seal, or with that of a session that has ended."""
    if typed_text():
        sentence = _(
            "The form was open while you were signed out or signed in anew, so it was not taken. "
            "What you typed is below: look it over and send it again."
        )
    else:
        sentence = _("The form had no valid seal. Open the page again and send it from there.")
    return refuse(Refusal(400, _("This form was not taken"), sentence))


def by_status(error: HTTPException) -> ResponseReturnValue:
    """What the framework refuses: no such address, too large, too often."""
    status = error.code or 500
    if 300 <= status < 400:
        return error.get_response()
    response = refuse(by_number(status))
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


def not_kept(error: NotKept) -> Response:
    """The database took nothing."""
    # The driver's message may quote values; its kind says enough.
    log.warning("not kept: %s", type(error).__name__)
    if isinstance(error, NoRoom):
        sentence = _(
            "The disk of this installation is full, so nothing was saved. Tell whoever runs it."
        )
    elif isinstance(error, Broken):
        # A connection may break after the commit was sent: nobody knows then what became of it.
        sentence = _(
            "The connection to the database broke, so it is not certain that this was saved. "
            "Send it again: nothing is done twice."
        )
        return refuse(Refusal(503, _("Perhaps not saved"), sentence, retry_after=5))
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
