"""Pages that say no: what happened, what was kept, what to do, and what had been typed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from assessment.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that says no: its number, what happened, and what to do."""

    status: int
    title: str
    sentence: str
    reference: str = ""
    retry_after: int = 0


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
        typed = typed_text()
        page = render_template(
            "error.html",
            refusal=refusal,
            kept=[(name, value) for name, value in typed if not _is_unseen(name)],
            unseen=[(name, value) for name, value in typed if _is_unseen(name)],
        )
        response = make_response(page)
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
    if request.method != "POST" or request.is_json or not is_from_here():
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # too long, or cut short: there is nothing to give back
        return []
    return [(name, value) for name, value in fields if name not in {"csrf_token", "code"}]


def _is_unseen(name: str) -> bool:
    """Fields that a page carries without showing them, or whose value is chosen by a button."""
    return name.startswith("was:") or name in {"sheet", "go", "open", "shared", "why", "next"}


def is_from_here() -> bool:
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


def by_number(status: int) -> Refusal:
    """The refusal that a number of HTTP stands for."""
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
