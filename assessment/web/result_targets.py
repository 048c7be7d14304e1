"""Targets and importance: where leaders want to be, why, by when, and what matters most."""

from __future__ import annotations

import datetime
import uuid

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from assessment.core.findings import Gap
from assessment.core.framework import Item, Question
from assessment.core.scales import GRADES
from assessment.reporting.pages.decisions import gap_scales
from assessment.reporting.source import measured_words
from assessment.services.errors import NotAllowed, NotThere, Refused
from assessment.services.result_views import View
from assessment.services.targets import (
    KeptTarget,
    TargetChanged,
    TypedTarget,
    may_set_targets,
    set_target,
    vote,
)
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.forms import Choice, Form, Line, Paragraphs, in_words, show_wrong, whole_number
from assessment.web.language import day
from assessment.web.language import gettext as _
from assessment.web.result_frame import address, bp, render, shown_of
from assessment.web.unit import db, now

WEIGHTS = ("1", "2", "3")


class TargetForm(Form):
    """A target as somebody types it. `version` is the one they were shown."""

    version = HiddenField()
    target = Line("")
    effort = Choice("")
    due_on = Line("")
    reason = Paragraphs("")


@bp.get("/targets")
@allowed("see_results")
def targets(cycle_id: uuid.UUID) -> str:
    """What to do now, next and later, scale by scale; and the way to every target."""
    shown = shown_of(cycle_id)
    voted = shown.votes if shown.is_whole else {}
    return render(
        "targets",
        shown,
        scales=[
            (scale, [gap for gap in shown.source.gaps if gap.scale_id == scale])
            for scale in gap_scales(shown.source)
        ],
        kept=shown.kept,
        items=[item for item in shown.source.framework.items if item.judge],
        mine={place: given.get(member().id) for place, given in voted.items()},
        voters={place: len(given) for place, given in voted.items()},
        words_in=lambda gap, value: _words(shown, gap, value),
        day_in=_day_in,
        may_set=_may_set(shown),
        weights=WEIGHTS,
    )


def _day_in(typed: str) -> str:
    """The day by which a target is to be reached, as the reader writes it."""
    try:
        return day(datetime.date.fromisoformat(typed))
    except ValueError:
        return typed


@bp.post("/importance")
@allowed("set_targets")
def weigh(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Keep how much each item matters to the reader; theirs is one voice of several."""
    shown = changing(cycle_id)
    given = {
        name.removeprefix("importance-"): value
        for name, value in request.form.items()
        if name.startswith("importance-")
    }
    vote(db(), member(), shown.row, shown.source.framework, given, now())
    flash(_("Your view of what matters is saved. The middle of all leaders' views counts."))
    return redirect(address(shown, "results.targets"), 303)


@bp.route("/targets/<place>", methods=["GET", "POST"])
@allowed("set_targets")
def target(cycle_id: uuid.UUID, place: str) -> ResponseReturnValue:
    """Set one target, change it, or take it away by leaving it empty."""
    shown = changing(cycle_id)
    about = _about(shown, place)
    kept = shown.kept.get(place)
    form = _form(kept, about)
    theirs: KeptTarget | None = None
    sentence, status = "", 200
    if form.is_submitted():
        status = 422
    if form.validate_on_submit():
        try:
            _set(shown, place, form)
        except Refused as refused:
            show_wrong(form, refused)
        except TargetChanged as changed:
            theirs, sentence, status = changed.kept, in_words(changed.sentence), 409
            form.version.data = str(theirs.version if theirs else 0)
        else:
            flash(_("The target is saved.") if form.target.data else _("There is no target now."))
            return redirect(address(shown, "results.targets", _anchor=f"at-{place}"), 303)
    page = render(
        "target",
        shown,
        place=place,
        about=about,
        form=form,
        kept=kept,
        sentence=sentence,
        theirs=theirs,
        their_words=_typed(theirs, about).get("target", ""),
        stands=_standing(shown, place),
        in_grades=_in_grades(about),
    )
    return page, status


def _set(shown: View, place: str, form: TargetForm) -> None:
    typed = TypedTarget(
        form.target.data or "", form.effort.data or "2", form.reason.data or "",
        form.due_on.data or "",
    )  # fmt: skip
    seen = place, whole_number(form.version.data)
    set_target(db(), member(), shown.row, shown.source.framework, seen, typed, now())


def changing(cycle_id: uuid.UUID) -> View:
    """The results of the whole, for who may say where it should be."""
    shown = shown_of(cycle_id)
    if not _may_set(shown):
        raise NotAllowed
    return shown


def _may_set(shown: View) -> bool:
    return shown.is_whole and may_set_targets(member())


def _about(shown: View, place: str) -> Item | Question:
    framework = shown.source.framework
    found = framework.item_by_id.get(place) or framework.question_by_id.get(place)
    if found is None or (isinstance(found, Item) and found.judge is None):
        raise NotThere
    return found


def _in_grades(about: Item | Question) -> bool:
    return (
        isinstance(about, Item) and about.judge is not None and about.judge.answer == "conformity"
    )


def _form(kept: KeptTarget | None, about: Item | Question) -> TargetForm:
    form = TargetForm(data=_typed(kept, about))
    form.effort.choices = [
        ("1", _("Small: within the unit's own means")),
        ("2", _("Medium: takes a project")),
        ("3", _("Large: takes years, or much money")),
    ]
    return form


def _typed(kept: KeptTarget | None, about: Item | Question) -> dict[str, str]:
    if kept is None:
        return {"effort": "2", "version": "0"}
    whole = kept.target.denominator == 1
    value = str(kept.target.numerator) if whole else str(float(kept.target))
    return {
        "version": str(kept.version),
        "target": GRADES[int(kept.target)] if _in_grades(about) else value,
        "effort": str(kept.effort),
        "due_on": kept.due_on.isoformat() if kept.due_on else "",
        "reason": kept.reason,
    }


def _standing(shown: View, place: str) -> str:
    """Where it stands now, in words; empty where nothing is known."""
    gap = next((each for each in shown.source.gaps if each.id == place), None)
    return _words(shown, gap, "present") if gap else ""


def _words(shown: View, gap: Gap, value: str) -> str:
    scale = shown.source.framework.scales[gap.scale_id]
    return measured_words(scale, gap.measure, gap.present if value == "present" else gap.target)
