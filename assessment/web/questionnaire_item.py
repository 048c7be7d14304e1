"""One item a page: shown, saved by its button, and saved by its script while somebody writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from assessment.services.answers import Change, Saved, save_answers
from assessment.services.errors import AlreadySubmitted, CycleClosed
from assessment.services.fillings import Field, key_factors
from assessment.web.access import respondent
from assessment.web.bodies import json_body
from assessment.web.errors import typed_text
from assessment.web.forms import in_words
from assessment.web.language import gettext as _
from assessment.web.question_forms import (
    WAS,
    QuestionForm,
    choices_of,
    fields_of,
    form_for,
    item_slots,
    key_factor_fields,
    may_waive,
    name_of,
    sent_changes,
    steps_of,
    with_values,
    word_for,
)
from assessment.web.questionnaire_frame import bp, clock, filling, is_open
from assessment.web.questionnaire_parts import (
    QuestionPage,
    after_conflicts,
    find_place,
    key_factor_rows,
    level_words,
    note_titles,
    show,
)
from assessment.web.security import KIB, body_limit
from assessment.web.unit import db, keep_though_refused, now

PAGE_BYTES = 2 * KIB * KIB
MOST_CHANGES = 500


@bp.route("/item/<item_id>", methods=["GET", "POST"])
@respondent
@body_limit(PAGE_BYTES)
def item(item_id: str) -> ResponseReturnValue:
    """An item with all that is asked about it; sending it saves it and goes on."""
    place = find_place(filling(), item_id)
    fields = list(fields_of(filling(), place.item))
    if request.method == "POST":
        kept = _keep_page(fields)
        if not isinstance(kept, QuestionPage):
            return kept
        page = kept
    elif not is_open():
        return redirect(url_for("questionnaire.hub"), 303)
    else:
        page = show(filling(), form_for(filling(), fields))
    if request.method == "POST" and not page.wrong:
        going = request.form.get("go")
        return redirect(request.path if going == "stay" else place.after, 303)
    judges = filling().places.judges
    factors = key_factors(db(), filling()) if judges and filling().framework.context else {}
    shown = render_template(
        "questionnaire/item.html",
        place=place,
        item=place.item,
        page=page,
        slots=item_slots(filling(), place.item),
        choices_of=choices_of,
        steps_of=steps_of,
        word_for=word_for,
        may_waive=may_waive(filling()),
        factors=factors,
        level=level_words(filling(), place.item),
        note_titles=note_titles(),
        framework=filling().framework,
    )
    return shown, _status(page)


@bp.route("/key-factors", methods=["GET", "POST"])
@respondent
@body_limit(PAGE_BYTES)
def about_the_organisation() -> ResponseReturnValue:
    """What a leader says about the organisation, against which every item is judged."""
    fields = key_factor_fields(filling())
    if not fields:
        abort(404)
    if request.method == "POST":
        kept = _keep_page(fields)
        if not isinstance(kept, QuestionPage):
            return kept
        page = kept
        if not page.wrong:
            return redirect(url_for("questionnaire.hub"), 303)
    elif not is_open():
        return redirect(url_for("questionnaire.hub"), 303)
    else:
        page = show(filling(), form_for(filling(), fields))
    shown = render_template(
        "questionnaire/key_factors.html",
        page=page,
        questions=[each for each in filling().framework.context if (each.id, "text") in fields],
        rows=key_factor_rows(filling()),
    )
    return shown, _status(page)


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
    refused = {**wrong, **_refusals(saved)}
    status = 409 if saved.conflicts else 422 if refused else 200
    if status != 200:
        keep_though_refused()
    return jsonify(_said(saved, refused)), status


@bp.get("/standing")
@respondent
def standing_now() -> ResponseReturnValue:
    """For a page that has been open for long: whose it is now, and the seal its forms need."""
    return jsonify(sheet=filling().respondent.id.hex, seal=generate_csrf(), open=is_open())


def _keep_page(fields: Iterable[Field]) -> QuestionPage | ResponseReturnValue:
    """Save what is right on a posted page. What is not comes back with all that was typed."""
    form = form_for(filling(), fields)
    form.process(request.form)
    form.validate()
    changes = sent_changes(form, request.form)
    try:
        saved = save_answers(db(), filling(), changes, now())
    except (CycleClosed, AlreadySubmitted) as refusal:
        return _too_late(in_words(refusal.sentence))
    for (place, kind), sentence in _refusals(saved).items():
        field = form[name_of(place, kind)]
        field.errors = [*field.errors, sentence]
    page = QuestionPage(filling(), form, _was(form, saved), after_conflicts(saved.conflicts))
    if page.wrong:
        keep_though_refused()
    return page


def _refusals(saved: Saved) -> dict[Field, str]:
    """What is wrong, by field. A reason has a field of its own here, so it has words of its own."""
    why = _("Say why it does not apply, by one of the reasons offered.")
    if isinstance(filling().framework.not_applicable, str):
        why = _("Say in a few words why it does not apply.")
    return {
        each: why if each[1] == "reason" else in_words(sentence)
        for each, sentence in saved.refused.items()
    }


def _was(form: QuestionForm, saved: Saved) -> dict[Field, str]:
    """What each field is taken to have shown when the page is sent the next time."""
    posted = {each: request.form.get(WAS + name_of(*each), "") for each in form.fields}
    values = form.values()
    posted |= {field: values[field] for field in saved.written}
    return posted | after_conflicts(saved.conflicts)


def _too_late(sentence: str) -> ResponseReturnValue:
    """It closed or was handed in meanwhile; the words typed since can be copied from the page."""
    typed = [
        (name, text) for name, text in typed_text() if name.partition(":")[0] in _WORDS and text
    ]
    return render_template("questionnaire/too_late.html", sentence=sentence, typed=typed), 410


_WORDS = {"text", "comment", "strength", "ofi", "evidence", "reason"}


def _status(page: QuestionPage) -> int:
    return 409 if page.theirs else 422 if page.wrong else 200


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
