"""One item a page, and the key factors: shown, and saved by their button."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.services.answers import Saved, save_answers
from assessment.services.errors import AlreadySubmitted, CycleClosed
from assessment.services.fillings import Field, key_factors
from assessment.services.measures import measures_at
from assessment.web.access import respondent
from assessment.web.criteria_companions import related_shown
from assessment.web.forms import in_words
from assessment.web.measure_words import shown_measure
from assessment.web.question_choices import choices_of, steps_of, word_for
from assessment.web.question_fields import QuestionForm, name_of
from assessment.web.question_forms import (
    WAS,
    fields_of,
    form_for,
    item_slots,
    key_factor_fields,
    may_waive,
    sent_changes,
)
from assessment.web.questionnaire_answers import PAGE_BYTES, refusals_of
from assessment.web.questionnaire_frame import (
    bp,
    filling,
    is_of_another,
    is_open,
    not_yours,
    typed_words,
)
from assessment.web.questionnaire_page import QuestionPage, after_conflicts, level_words, show
from assessment.web.questionnaire_parts import Place, find_place
from assessment.web.questionnaire_rows import key_factor_rows, note_titles
from assessment.web.security import body_limit
from assessment.web.unit import db, keep_though_refused, now


@bp.route("/item/<item_id>", methods=["GET", "POST"])
@respondent
@body_limit(PAGE_BYTES)
def item(item_id: str) -> ResponseReturnValue:
    """An item with all that is asked about it; sending it saves it and goes on."""
    place = find_place(filling(), item_id)
    fields = list(fields_of(filling(), place.item))
    if request.method == "GET":
        if not is_open():
            return redirect(url_for("questionnaire.hub"), 303)
        return item_page(place, show(filling(), form_for(filling(), fields)))
    page = _keep_page(fields)
    if not isinstance(page, QuestionPage):
        return page
    if page.wrong:
        return item_page(place, page), _status(page)
    return redirect(request.path if request.form.get("go") == "stay" else place.after, 303)


@bp.route("/key-factors", methods=["GET", "POST"])
@respondent
@body_limit(PAGE_BYTES)
def about_the_organisation() -> ResponseReturnValue:
    """What a leader says about the organisation, against which every item is judged."""
    fields = key_factor_fields(filling())
    if not fields:
        abort(404)
    if request.method == "GET":
        if not is_open():
            return redirect(url_for("questionnaire.hub"), 303)
        return key_factors_page(show(filling(), form_for(filling(), fields)))
    page = _keep_page(fields)
    if not isinstance(page, QuestionPage):
        return page
    if page.wrong:
        return key_factors_page(page), _status(page)
    return redirect(url_for("questionnaire.hub"), 303)


def item_page(place: Place, page: QuestionPage) -> str:
    """The page of an item, with *page* in its fields."""
    judges = filling().places.judges
    factors = key_factors(db(), filling()) if judges and filling().framework.context else {}
    organisation, cycle = filling().organisation_id, filling().cycle.id
    measured = measures_at(db(), organisation, cycle, place.item.id) if judges else ()
    return render_template(
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
        measures=[shown_measure(each) for each in measured],
        level=level_words(filling(), place.item),
        note_titles=note_titles(),
        framework=filling().framework,
        related=related_shown(filling().framework, place.item.id) if judges else None,
    )


def key_factors_page(page: QuestionPage) -> str:
    """The page of the key factors, with *page* in its fields."""
    return render_template(
        "questionnaire/key_factors.html",
        page=page,
        questions=[each for each in filling().framework.context if page.has(each.id, "text")],
        rows=key_factor_rows(filling()),
    )


def typed_page(fields: Iterable[Field]) -> QuestionPage:
    """What somebody typed into a page of *fields*, to be shown again; nothing of it is kept."""
    form = _typed(fields)
    return QuestionPage(filling(), form, _posted(form))


def _keep_page(fields: Iterable[Field]) -> QuestionPage | ResponseReturnValue:
    """Save what is right on a posted page. What is not comes back with all that was typed."""
    if is_of_another():
        return not_yours()
    form = _typed(fields)
    changes = sent_changes(form, request.form)
    try:
        saved = save_answers(db(), filling(), changes, now())
    except (CycleClosed, AlreadySubmitted) as refusal:
        # It closed or was handed in meanwhile; the words typed since can be copied from the page.
        sentence = in_words(refusal.sentence)
        page = render_template(
            "questionnaire/too_late.html", sentence=sentence, typed=typed_words()
        )
        return page, 410
    for (place, kind), sentence in refusals_of(saved).items():
        field = form[name_of(place, kind)]
        field.errors = [*field.errors, sentence]
    found = QuestionPage(filling(), form, _was(form, saved), after_conflicts(saved.conflicts))
    if found.wrong:
        keep_though_refused()
    return found


def _typed(fields: Iterable[Field]) -> QuestionForm:
    form = form_for(filling(), fields)
    form.process(request.form)
    form.validate()
    return form


def _posted(form: QuestionForm) -> dict[Field, str]:
    return {each: request.form.get(WAS + name_of(*each), "") for each in form.fields}


def _was(form: QuestionForm, saved: Saved) -> dict[Field, str]:
    """What each field is taken to have shown when the page is sent the next time."""
    values = form.values()
    kept = {field: values[field] for field in saved.written}
    return _posted(form) | kept | after_conflicts(saved.conflicts)


def _status(page: QuestionPage) -> int:
    return 409 if page.theirs else 422
