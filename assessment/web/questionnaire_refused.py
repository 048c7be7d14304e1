"""Forms that were not taken: their page comes back with all that was typed, and what to do.

Only for forms that stood on our own pages: another site must not be able to have its text shown
here, or sent on by somebody who trusts this page.
"""

from __future__ import annotations

from flask import g, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from assessment.services.errors import NotThere
from assessment.store.faults import NoRoom, NotKept
from assessment.web import errors
from assessment.web.language import gettext as _
from assessment.web.question_forms import fields_of, key_factor_fields
from assessment.web.questionnaire_entry import PassForm, device_page, start_page
from assessment.web.questionnaire_frame import (
    ASKING,
    bp,
    filling,
    is_of_another,
    know_respondent,
    lost,
    not_yours,
)
from assessment.web.questionnaire_item import item_page, key_factors_page, typed_page
from assessment.web.questionnaire_parts import find_place
from assessment.web.questionnaire_way import hub_page, review_page
from assessment.web.refusals import is_from_here, wants_json
from assessment.web.security import LARGEST_BODY
from assessment.web.unit import only_read


@bp.errorhandler(CSRFError)
def seal_refused(error: CSRFError) -> ResponseReturnValue:
    """A page that was open while its owner came in anew, or a browser that lost its cookie."""
    sentence = _(
        "Not saved yet: you came in anew while this page was open. All you typed is here; send it"
        " again."
    )
    if request.endpoint not in ASKING:
        sentence = _("This page was open for too long. Press the button again.")
    return _again(400, sentence) or errors.form_too_old(error)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More than a page of answers may be: what was typed is read all the same, and given back."""
    sentence = _(
        "Not saved: this is more than can be sent at once. All you typed is here; shorten the"
        " longest text and send it again."
    )
    if request.endpoint not in ASKING:
        return errors.by_status(error)
    request.max_content_length = request.max_form_memory_size = LARGEST_BODY
    return _again(413, sentence) or errors.by_status(error)


@bp.errorhandler(NotKept)
def not_kept(error: NotKept) -> ResponseReturnValue:
    """The database is busy, away or full."""
    sentence = _("Not saved: the server is busy now. All you typed is here; send it again.")
    if isinstance(error, NoRoom):
        sentence = _(
            "Not saved: the server has no room left. All you typed is here; send it again later."
        )
    plain = errors.not_kept(error)
    page = _again(503, sentence)
    if page is None:
        return plain
    response = make_response(page)
    response.headers["Retry-After"] = plain.headers["Retry-After"]
    return response


def _again(status: int, sentence: str) -> ResponseReturnValue | None:
    """The page of the form that was sent, as it was sent; None where that cannot be."""
    if request.method != "POST" or wants_json() or not is_from_here():
        return None
    only_read()
    g.refused = sentence
    try:
        return _page_again(status)
    except (NotKept, NotThere, HTTPException):
        # Not their page, cut short, or the database cannot even be read: the plain page says so.
        g.pop("filling", None)
        return None


def _page_again(status: int) -> ResponseReturnValue:
    endpoint = (request.endpoint or "").rpartition(".")[2]
    if endpoint == "enter":
        # What was typed stands in the field again; the answer is kept by no browser.
        return start_page(PassForm()), status
    if not know_respondent():
        return lost()
    if is_of_another():
        return not_yours()
    if endpoint == "item":
        place = find_place(filling(), (request.view_args or {})["item_id"])
        return item_page(place, typed_page(fields_of(filling(), place.item))), status
    if endpoint == "about_the_organisation":
        return key_factors_page(typed_page(key_factor_fields(filling()))), status
    pages = {"device": device_page, "hand_in": review_page}
    return pages.get(endpoint, hub_page)(), status
