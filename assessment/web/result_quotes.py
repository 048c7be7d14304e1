"""Quotes: two people read a comment before a board does."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import redirect, request
from flask.typing import ResponseReturnValue

from assessment.core.release import Comment
from assessment.services.errors import NotAllowed
from assessment.services.permissions import units_of
from assessment.services.quotes import ReadComment, by_key, read_comments, read_quote
from assessment.services.result_views import View
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.forms import whole_number
from assessment.web.result_frame import address, bp, render, shown_of
from assessment.web.unit import db, now

SHOWN = ("open", "released", "withheld")
PAGE = 30
"""Comments on one page: a reader reads them, and does not leaf through thousands."""


@bp.get("/quotes")
@allowed("read_quotes")
def quotes(cycle_id: uuid.UUID) -> str:
    """Comments one after the other, with what their readers said."""
    shown = _reading(cycle_id)
    comments = _comments(shown)
    found = read_comments(db(), shown.row, comments)
    wanted = _wanted()
    listed = [key for key in comments if _is_wanted(found.get(key), wanted)]
    start = _start(len(listed))
    on_page = listed[start : start + PAGE]
    return render(
        "quotes",
        shown,
        comments=[found.get(key) or ReadComment(key, comments[key], {}, ()) for key in on_page],
        count=len(listed),
        start=start,
        page=PAGE,
        wanted=wanted,
    )


@bp.post("/quotes")
@allowed("read_quotes")
def read(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what the reader says of one comment."""
    shown = _reading(cycle_id)
    given = request.form.get("comment", ""), request.form.get("verdict", "")
    read_quote(db(), member(), shown.row, _comments(shown).values(), given, now())
    kept = {name: request.args[name] for name in ("show", "from") if name in request.args}
    return redirect(address(shown, "results.quotes", **kept), 303)


def _reading(cycle_id: uuid.UUID) -> View:
    shown = shown_of(cycle_id)
    if not shown.is_whole or units_of(member(), "read_quotes") is not None:
        raise NotAllowed
    return shown


def _comments(shown: View) -> Mapping[str, Comment]:
    """What may be quoted, by its key; evidence names documents and people."""
    comments = shown.source.release.comments
    return shown.once(
        "comments", lambda: by_key(each for each in comments if each.kind != "evidence")
    )


def _wanted() -> str:
    asked = request.args.get("show", "")
    return asked if asked in SHOWN else "open"


def _is_wanted(each: ReadComment | None, wanted: str) -> bool:
    if each is None:
        return wanted == "open"
    if wanted == "released":
        return each.is_quotable
    if wanted == "withheld":
        return each.is_withheld
    return member().id not in each.readers and not each.is_withheld and not each.is_quotable


def _start(count: int) -> int:
    start = whole_number(request.args.get("from"), digits=6)
    return min(start, max(0, (count - 1) // PAGE * PAGE))
