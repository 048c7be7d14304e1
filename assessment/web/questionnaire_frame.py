"""Whose questionnaire it is: the guard before each of its pages, and what every page shows."""

from __future__ import annotations

import datetime
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
from assessment.web.language import gettext as _
from assessment.web.language import language, speak
from assessment.web.packing import packed
from assessment.web.questionnaire_rows import TEXTS, note_titles
from assessment.web.refusals import Refusal, refuse, typed_text, wants_json
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
    if not know_respondent():
        return lost()
    if filling().is_shared_device:
        _note(session[RESPONDENT])
    elif filling().is_shared_device is None and endpoint not in _BEFORE_THE_DEVICE:
        return redirect(url_for("questionnaire.device"), 303)
    return None


_BEFORE_THE_DEVICE = {"questionnaire.device", "questionnaire.leave", "questionnaire.standing_now"}
ASKING = {"questionnaire.item", "questionnaire.about_the_organisation"}
"""The pages on which people write."""


def know_respondent() -> bool:
    """Whether the cookie says whose questionnaire this is; then it is at hand."""
    secret = session.get(RESPONDENT)
    try:
        if not isinstance(secret, str):
            raise NotThere
        g.filling = reading_by_session(db(), secret, now())
    except NotThere:
        session.pop(RESPONDENT, None)
        return False
    speak(filling().cycle.language)
    return True


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
    if request.endpoint not in ASKING:
        return refuse(Refusal(401, _("You are signed out"), _("Open your link again, then go on.")))
    sentence = _(
        "Nothing is lost. Leave this page open, open your link in another tab and start there;"
        " then come back and send this again."
    )
    return _waiting(401, _("You are signed out"), sentence)


def is_of_another() -> bool:
    """Whether the form that was sent stood on somebody else's page, left open on this device."""
    return request.form.get("sheet", filling().respondent.id.hex) != filling().respondent.id.hex


def not_yours() -> ResponseReturnValue:
    """Somebody else came in meanwhile: the answers wait for their owner."""
    sentence = _(
        "This page was somebody else's, so nothing of it was saved. If it is yours, open your own"
        " link in another tab and start there; then come back and send this again."
    )
    return _waiting(409, _("Somebody else is signed in here now"), sentence)


def typed_words() -> list[tuple[str, str, str]]:
    """The texts of the form that was sent, each under what it is called on its page."""
    titles = note_titles()
    return [
        (titles.get(name.partition(":")[0], _("Your words")), name, text)
        for name, text in typed_text()
        if _is_text(name) and text
    ]


def _waiting(status: int, title: str, sentence: str) -> ResponseReturnValue:
    """What was sent, waiting for its owner to come back and send it again."""
    page = render_template(
        "questionnaire/lost.html",
        title=title,
        sentence=sentence,
        address=request.path,
        hidden=[(name, value) for name, value in typed_text() if not _is_text(name)],
        typed=typed_words(),
    )
    return make_response(page, status)


def clock(moment: datetime.datetime) -> str:
    """The time of day of *moment* where the cycle takes place: 14:03."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    tag = language()
    here = ZoneInfo(filling().cycle.time_zone)
    return format_time(aware, "HH:mm", tzinfo=here, locale="en_GB" if tag == "en" else tag)


@bp.context_processor
def frame() -> dict[str, object]:
    """What the frame of every page needs, once it is known whose page it is."""
    refused = {"refused": g.get("refused", "")}
    if "filling" not in g:
        return {"filling": None, "is_open": False} | refused
    here = {"filling": filling(), "is_open": is_open(), "clock": clock}
    return here | refused


@bp.after_request
def smaller(response: Response) -> Response:
    """A page goes over the wire compressed; nothing in it comes from somebody else's address."""
    is_page = request.method == "GET" and response.mimetype == "text/html"
    return packed(response) if is_page and response.status_code == 200 else response


def _is_text(name: str) -> bool:
    return name.partition(":")[0] in TEXTS


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
