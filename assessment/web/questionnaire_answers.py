"""What a page's script says and hears: fields saved while somebody writes, and whose page it is."""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from assessment.services.answers import Change, Saved, save_answers
from assessment.services.errors import AlreadySubmitted, CycleClosed
from assessment.services.fillings import Field
from assessment.web.access import respondent
from assessment.web.bodies import json_body
from assessment.web.forms import in_words
from assessment.web.language import gettext as _
from assessment.web.question_choices import word_for
from assessment.web.question_forms import form_for, with_values
from assessment.web.questionnaire_frame import bp, clock, filling, is_open
from assessment.web.security import KIB, body_limit
from assessment.web.unit import db, keep_though_refused, now

PAGE_BYTES = 2 * KIB * KIB
MOST_CHANGES = 500


@bp.put("/answers")
@respondent
@body_limit(PAGE_BYTES)
def keep() -> ResponseReturnValue:
    """Save what a page's script sends, field by field, through the same fields as the page."""
    sent = _sent(json_body())
    form = with_values(
        form_for(filling(), [each.field for each in sent]),
        {each.field: each.value for each in sent},
    )
    wrong = form.problems
    values = form.values()
    changes = [
        Change(each.place, each.kind, each.shown, values[each.field])
        for each in sent
        if each.field not in wrong
    ]
    try:
        saved = save_answers(db(), filling(), changes, now())
    except (CycleClosed, AlreadySubmitted) as refusal:
        return jsonify(sentence=in_words(refusal.sentence)), 410
    refused = {**wrong, **refusals_of(saved)}
    status = 409 if saved.conflicts else 422 if refused else 200
    if status != 200:
        keep_though_refused()
    return jsonify(_said(saved, refused)), status


@bp.get("/standing")
@respondent
def standing_now() -> ResponseReturnValue:
    """For a page that has been open for long: whose it is now, and the seal its forms need."""
    return jsonify(sheet=filling().respondent.id.hex, seal=generate_csrf(), open=is_open())


def refusals_of(saved: Saved) -> dict[Field, str]:
    """What is wrong, by field. A reason has a field of its own here, so it has words of its own."""
    why = _("Say why it does not apply, by one of the reasons offered.")
    if isinstance(filling().framework.not_applicable, str):
        why = _("Say in a few words why it does not apply.")
    return {
        each: why if each[1] == "reason" else in_words(sentence)
        for each, sentence in saved.refused.items()
    }


def _sent(body: dict[str, Any]) -> list[Change]:
    """The changes in a script's message; anything else than such a list is 400."""
    listed = body.get("changes")
    if not isinstance(listed, list) or len(listed) > MOST_CHANGES:
        abort(400)
    found = []
    for each in listed:
        parts = (
            [each.get(name) for name in ("place", "kind", "shown", "value")]
            if isinstance(each, dict)
            else [0]
        )
        if not all(isinstance(part, str) for part in parts):
            abort(400)
        found.append(Change(*parts))
    if len({each.field for each in found}) != len(found):
        abort(400)
    return found


def _said(saved: Saved, refused: dict[Field, str]) -> dict[str, object]:
    return {
        "saved": saved.saved_at.isoformat() if saved.saved_at else None,
        "at": clock(saved.saved_at) if saved.saved_at else "",
        "version": saved.version,
        "conflicts": [
            {
                "place": each.place,
                "kind": each.kind,
                "theirs": each.theirs,
                "words": word_for(filling(), each.place, each.kind, each.theirs),
                "mine": word_for(filling(), each.place, each.kind, each.mine),
            }
            for each in saved.conflicts
        ],
        "refused": [
            {"place": place, "kind": kind, "sentence": sentence}
            for (place, kind), sentence in refused.items()
        ],
    }
