"""Who is asking: sign-in by a link that works once, sign-out, and the guard before every view.

The cookie holds secrets of sessions that are rows in the database: when the row has ended, a copy
of the cookie opens nothing.
"""

from __future__ import annotations

from contextlib import suppress

from flask import (
    Blueprint,
    Flask,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests, Unauthorized
from wtforms import HiddenField

from assessment.services.errors import LinkUsedUp, NotAllowed
from assessment.services.permissions import Member, may
from assessment.services.sessions import (
    end_old_sessions,
    end_session,
    note_seen,
    person_of_session,
    use_link,
)
from assessment.store.faults import NotKept
from assessment.web.access import access_of, everyone, person
from assessment.web.forms import Form, Line
from assessment.web.language import gettext as _
from assessment.web.language import speak
from assessment.web.limits import Limit
from assessment.web.refusals import wants_json
from assessment.web.unit import READING, db, now, own_transaction

PERSON = "person"
"""Under this name the cookie holds the secret of a person's session."""

bp = Blueprint("auth", __name__)
wrong_links = Limit(tries=100, seconds=15 * 60)


class SignInForm(Form):
    """A one-time link, or what stands behind # in it."""

    code = Line("")
    next = HiddenField()


def init_app(app: Flask) -> None:
    """Ask before every view of *app* whether it is for whoever comes."""
    app.before_request(guard)
    app.register_blueprint(bp)


def guard() -> ResponseReturnValue | None:
    """Let through whom the view names; others are led to the sign-in, or told that they may not."""
    if request.blueprint in {"assets", "offline"}:
        # The same for everybody: nobody's cookie is looked at, so a cache need not ask whose it is.
        return None
    speak(session.get("language", ""))
    if request.endpoint is None:
        return None
    access = access_of(current_app, request.endpoint)
    if access.whom != "person":
        return None
    found = _who()
    if found is None:
        session.pop(PERSON, None)
        return _to_sign_in()
    g.member = found
    speak(found.language)
    # Which unit or thing it is about the service asks; nobody comes here without the deed at all.
    if access.deed is not None and not may(found, access.deed):
        raise NotAllowed
    return None


def member() -> Member:
    """The person this view runs for."""
    found: Member = g.member
    return found


def sign_out_here() -> None:
    """End what the cookie holds, and the cookie."""
    if secret := session.get(PERSON):
        end_session(db(), secret)
    start_afresh("language")


def safe_next(asked: str | None) -> str:
    """The page of ours that *asked* names, else the start page: never another site."""
    plain = asked is not None and asked.isascii() and asked.isprintable()
    if not plain or not asked or asked[0] != "/" or asked[1:2] in {"/", "\\"} or "\\" in asked:
        return url_for("home.start")
    return asked


@bp.get("/sign-in")
@everyone
def sign_in() -> str:
    """The page a link opens. It uses nothing up: mail scanners open links too."""
    return _sign_in_page(SignInForm(next=request.args.get("next", "")))


@bp.post("/sign-in")
@everyone
def use() -> ResponseReturnValue:
    """Exchange the link for a session, once."""
    form = SignInForm()
    address = request.remote_addr or ""
    if wait := wrong_links.wait(address):
        raise TooManyRequests(retry_after=wait)
    try:
        secret = use_link(db(), secret_in(form.code.data or ""), now())
    except LinkUsedUp as refusal:
        wrong_links.note(address)
        form.code.data = ""
        form.code.errors = [_(refusal.sentence.template)]
        return _sign_in_page(form), 422
    end_old_sessions(db(), now())
    if old := session.get(PERSON):
        end_session(db(), old)
    start_afresh("language", "respondent")
    session[PERSON] = secret
    return redirect(safe_next(form.next.data), 303)


@bp.post("/sign-out")
@person
def sign_out() -> ResponseReturnValue:
    """End this session; a copy of its cookie is worthless from now on."""
    sign_out_here()
    return redirect(url_for("auth.signed_out"), 303)


@bp.get("/signed-out")
@everyone
def signed_out() -> str:
    """Say that it is done."""
    return render_template("auth/signed_out.html")


def secret_in(typed: str) -> str:
    """The secret in what was typed or pasted: the whole link, or what stands behind # in it."""
    return typed.rpartition("#")[2].strip()


def _sign_in_page(form: SignInForm) -> str:
    return render_template("auth/sign_in.html", form=form)


def _who() -> Member | None:
    secret = session.get(PERSON)
    if not isinstance(secret, str):
        return None
    found = person_of_session(db(), secret, now())
    if found is None:
        return None
    if found.is_due:
        _note_seen(secret)
    g.session_hash = found.hash
    return found.member


def _note_seen(secret: str) -> None:
    """Kept by itself: that somebody is here is true whatever becomes of the request."""
    if request.method in READING:
        with suppress(NotKept), own_transaction() as writing, writing.begin():
            note_seen(writing, secret, now())
    else:
        note_seen(db(), secret, now())


def _to_sign_in() -> ResponseReturnValue:
    if request.method in READING and not wants_json():
        if "demo.start" in current_app.view_functions:
            return redirect(url_for("demo.start"), 303)
        asked = request.full_path.rstrip("?")
        return redirect(url_for("auth.sign_in", next=asked if asked != "/" else None), 303)
    raise Unauthorized


def start_afresh(*kept: str) -> None:
    """A new cookie and a new seal for forms; of the old one only *kept* is taken over."""
    values = {name: session[name] for name in kept if name in session}
    session.clear()
    session.update(values)
