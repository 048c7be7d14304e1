"""The report's own words: headline, themes, decisions; checked for facts, then signed off."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as PlainForm

from assessment.core.editorial import Decision, Editorial, EditorialWords, Theme, ThemeKind
from assessment.reporting import headlines
from assessment.services.editorial import (
    MOST_DECISIONS,
    MOST_THEMES,
    EditorialChanged,
    Version,
    check_facts,
    save_words,
    sign_off,
    versions,
)
from assessment.services.errors import NotAllowed, Refused
from assessment.services.permissions import units_of
from assessment.services.result_views import View
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.forms import Choice, Form, Line, Paragraphs, in_words, whole_number
from assessment.web.language import gettext as _
from assessment.web.result_frame import address, bp, render, shown_of
from assessment.web.unit import db, now

BLANK = 2


class ThemeRow(PlainForm):
    """One key theme."""

    kind = Choice("")
    text = Paragraphs("")


class DecisionRow(PlainForm):
    """One decision: what, who, at what cost, by when, for which gap."""

    what = Paragraphs("")
    owner = Line("")
    cost = Line("")
    due = Line("")
    gap = Choice("")


class WordsForm(Form):
    """The words as somebody types them. `version` is the one they were shown."""

    version = HiddenField()
    headline = Line("")
    summary = Paragraphs("")
    themes = FieldList(FormField(ThemeRow), max_entries=MOST_THEMES + BLANK)
    decisions = FieldList(FormField(DecisionRow), max_entries=MOST_DECISIONS + BLANK)


@bp.route("/words", methods=["GET", "POST"])
@allowed("edit_report")
def words(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Read and write the words; what somebody else has saved meanwhile is shown first."""
    shown = _editing(cycle_id)
    history = versions(db(), shown.row)
    form = _form(shown, _newest(history))
    if not form.is_submitted():
        return _page(shown, form, history)
    if form.validate_on_submit():
        try:
            seen, framework = whole_number(form.version.data), shown.source.framework
            kept = save_words(db(), member(), shown.row, framework, seen, _typed(form), now())
        except Refused as refused:
            return _page(shown, form, history, wrong=refused), 422
        except EditorialChanged as changed:
            form.version.data = str(changed.kept.version)
            return _page(shown, form, history, theirs=changed), 409
        flash(_("Version %(number)s is saved.", number=kept.version))
        return redirect(address(shown, "results.words"), 303)
    return _page(shown, form, history), 422


@bp.post("/words/check")
@allowed("edit_report")
def check(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Say that every figure and every name in the words is right."""
    shown = _editing(cycle_id)
    kept = check_facts(
        db(), member(), shown.row, _shown_version(), request.form.get("note", ""), now()
    )
    flash(_("Version %(number)s is checked. A leader can sign it.", number=kept.version))
    return redirect(address(shown, "results.words"), 303)


@bp.post("/words/sign")
@allowed("sign_report")
def sign(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Stand for the report with one's name."""
    shown = _editing(cycle_id)
    kept = sign_off(db(), member(), shown.row, _shown_version(), now())
    flash(_("Version %(number)s is signed off in your name.", number=kept.version))
    return redirect(address(shown, "results.words"), 303)


def _editing(cycle_id: uuid.UUID) -> View:
    shown = shown_of(cycle_id)
    if not shown.is_whole or units_of(member(), "edit_report") is not None:
        raise NotAllowed
    return shown


def _newest(history: Sequence[Version]) -> Editorial:
    return history[0].editorial if history else Editorial()


def _form(shown: View, kept: Editorial) -> WordsForm:
    form = WordsForm(data=_kept(kept))
    if not form.is_submitted():
        for rows, most in ((form.themes, MOST_THEMES), (form.decisions, MOST_DECISIONS)):
            for _row in range(max(0, min(BLANK, most - len(rows)))):
                rows.append_entry()
    gaps = [("", _("The whole"))]
    gaps += [(gap.id, shown.source.numbered(gap.id)) for gap in shown.source.gaps]
    for theme in form.themes:
        theme.form.kind.choices = [
            ("strength", _("Strength")), ("opportunity", _("Opportunity for improvement")),
        ]  # fmt: skip
    for row in form.decisions:
        named = row.form.gap.data
        known = {value for value, _words in gaps}
        row.form.gap.choices = gaps if not named or named in known else [*gaps, (named, named)]
    return form


def _kept(kept: Editorial) -> dict[str, Any]:
    own = kept.words
    return {
        "version": str(kept.version),
        "headline": own.headline,
        "summary": own.summary,
        "themes": [{"kind": theme.kind, "text": theme.text} for theme in own.themes],
        "decisions": [
            {
                "what": each.what, "owner": each.owner, "cost": each.cost, "due": each.due,
                "gap": each.gap,
            }
            for each in own.decisions
        ],
    }  # fmt: skip


def _typed(form: WordsForm) -> EditorialWords:
    return EditorialWords(
        form.headline.data or "",
        form.summary.data or "",
        tuple(
            Theme(cast("ThemeKind", row.form.kind.data), row.form.text.data or "")
            for row in form.themes
        ),
        decisions=tuple(
            Decision(
                row.form.what.data or "", row.form.owner.data or "", row.form.cost.data or "",
                row.form.due.data or "", row.form.gap.data or "",
            )
            for row in form.decisions
        ),
    )  # fmt: skip


def _shown_version() -> int:
    return whole_number(request.form.get("version"))


def _page(
    shown: View,
    form: WordsForm,
    history: Sequence[Version],
    wrong: Refused | None = None,
    theirs: EditorialChanged | None = None,
) -> str:
    return render(
        "words",
        shown,
        form=form,
        wrong=_wrong(form, wrong),
        theirs=theirs.kept if theirs else None,
        sentence=in_words(theirs.sentence) if theirs else "",
        kept=_newest(history),
        history=history,
        proposal=headlines.profile(shown.source),
        may_sign=units_of(member(), "sign_report") is None,
    )


def _wrong(form: WordsForm, refused: Refused | None) -> Sequence[tuple[str, str]]:
    """Every problem with the id of its field: the service's, and those of the form itself."""
    found = [
        (f"{row.form[name].id}", str(error))
        for rows in (form.themes, form.decisions)
        for row in rows
        for name in row.form._fields
        for error in row.form[name].errors
    ]
    for name, sentence in (refused.fields if refused else {}).items():
        found.append((_id_of(form, name), in_words(sentence)))
    return found


def _id_of(form: WordsForm, name: str) -> str:
    """The id of the field the service means by `theme-1` or `what-0`."""
    part, _sign, number = name.partition("-")
    if not number:
        return name if name in form else ""
    rows, own = (form.themes, "text") if part == "theme" else (form.decisions, part)
    return str(rows[int(number)].form[own].id)
