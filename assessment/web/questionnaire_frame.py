"""Whose questionnaire it is: the guard before each of its pages, and what every page shows."""

from __future__ import annotations

import datetime
import gzip
from zoneinfo import ZoneInfo

from babel.dates import format_time
from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from assessment.services.cycle_days import standing
from assessment.services.errors import NotThere
from assessment.services.fillings import Filling, reading_by_session
from assessment.services.sessions import NOTED_EVERY, note_seen
from assessment.web.access import access_of
from assessment.web.errors import Refusal, refuse, typed_text, wants_json
from assessment.web.language import gettext as _
from assessment.web.language import language, speak
from assessment.web.question_forms import WAS
from assessment.web.unit import db, now, own_transaction

RESPONDENT = "respondent"
"""Under this name the cookie holds the secret of a respondent's session."""
SEEN = "seen"

bp = Blueprint("questionnaire", __name__, url_prefix="/r")


@bp.before_request
def find_respondent() -> ResponseReturnValue | None:
    """Find whose pages these are; one who is unknown here comes in by their link."""
    endpoint = request.endpoint or ""
    if access_of(current_app, endpoint).whom != "respondent":
        return None
    secret = session.get(RESPONDENT)
    try:
        if not isinstance(secret, str):
            raise NotThere
        g.filling = reading_by_session(db(), secret, now())
    except NotThere:
        session.pop(RESPONDENT, None)
        return lost()
    speak(filling().cycle.language)
    if filling().is_shared_device:
        _note(secret)
    elif filling().is_shared_device is None and endpoint not in _BEFORE_THE_DEVICE:
        return redirect(url_for("questionnaire.device"), 303)
    return None


_BEFORE_THE_DEVICE = {"questionnaire.device", "questionnaire.leave", "questionnaire.standing_now"}


def filling() -> Filling:
    """What the respondent of this request has before them."""
    found: Filling = g.filling
    return found


def is_open() -> bool:
    """Whether this questionnaire takes answers."""
    return standing(filling().cycle, now()) == "open" and not filling().is_submitted


def lost() -> ResponseReturnValue:
    """A browser that is no longer known: what was typed stays, and the link leads back in."""
    if wants_json():
        return refuse(Refusal(401, _("You are signed out"), _("Open your link again, then go on.")))
    if request.method == "GET":
        return redirect(url_for("questionnaire.start", again="yes"), 303)
    typed = typed_text()
    page = render_template(
        "questionnaire/lost.html",
        address=request.path,
        hidden=[(name, value) for name, value in typed if _is_hidden(name)],
        typed=[(name, value) for name, value in typed if not _is_hidden(name)],
    )
    return make_response(page, 401)


def clock(moment: datetime.datetime) -> str:
    """The time of day of *moment* where the cycle takes place: 14:03."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    tag = language()
    here = ZoneInfo(filling().cycle.time_zone)
    return format_time(aware, "HH:mm", tzinfo=here, locale="en_GB" if tag == "en" else tag)


@bp.context_processor
def frame() -> dict[str, object]:
    """What the frame of every page needs, once it is known whose page it is."""
    if "filling" not in g:
        return {"filling": None, "is_open": False}
    return {"filling": filling(), "is_open": is_open(), "clock": clock}


@bp.after_request
def packed(response: Response) -> Response:
    """A page goes over the wire compressed: a phone in a basement waits for each kilobyte.

    These pages repeat nothing that an address of somebody else's making could put into them, so
    that their length tells nobody anything about the seal in them.
    """
    is_page = request.method == "GET" and response.mimetype == "text/html"
    if is_page and response.status_code == 200 and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _is_hidden(name: str) -> bool:
    return name.startswith((WAS, "answer:", "mark:", "waive:")) or name == "go"


def _note(secret: str) -> None:
    """The half hour of a shared device begins anew; written down once a minute at most."""
    seen = session.get(SEEN)
    moment = now().timestamp()
    if isinstance(seen, float) and 0 <= moment - seen < NOTED_EVERY.total_seconds():
        return
    session[SEEN] = moment
    if request.method == "GET":
        with own_transaction() as writing, writing.begin():
            note_seen(writing, secret, now())
    else:
        note_seen(db(), secret, now())
