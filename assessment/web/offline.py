"""What a respondent sees without a connection: one page in words, kept by a worker in the browser.

The worker keeps that page and the static files it is made of. No page with an answer ever reaches
a cache, since computers are shared; answers that wait to be sent are kept by drafts.js alone.
"""

from __future__ import annotations

import hashlib
import json
import re

from flask import Blueprint, Response, render_template, url_for

from assessment.web.access import everyone
from assessment.web.assets import assets, fonts_of
from assessment.web.packing import packed

SHEET = "asking.css"
SCOPE = "/r/"
"""Only respondents' pages: whoever administers is told by their browser."""

bp = Blueprint("offline", __name__)


@bp.get("/offline")
@everyone
def page() -> Response:
    """The same page for everybody: the worker asks for it without saying who is here."""
    return packed(Response(_page(), mimetype="text/html"))


@bp.get("/sw.js")
@everyone
def worker() -> Response:
    """The worker, which changes when the page or a file of it does, and then keeps the new ones."""
    made = _page()
    files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', made)) | set(fonts_of(SHEET)))
    name = f"offline-{hashlib.sha256(made.encode()).hexdigest()[:12]}"
    known = {"NAME": name, "PAGE": url_for("offline.page"), "FILES": files}
    lines = [f"const {key} = {json.dumps(value)};\n" for key, value in known.items()]
    text = assets()["worker.js"].forms[""].decode()
    response = Response("".join(lines) + text, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = SCOPE
    return packed(response)


def _page() -> str:
    return render_template("offline.html", sheet=SHEET)
