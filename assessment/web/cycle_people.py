"""Who is asked: one by one or as a list, first shown and then added; and their personal links."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessment.exchange.rows import FileRefused, Header, Row, guarded, rows_in, write_rows
from assessment.services.cycle_days import ENDED, standing
from assessment.services.errors import CycleClosed
from assessment.services.invitation_plans import InvitationPlan, plan_respondents, respondents
from assessment.services.invitations import (
    PersonalLink,
    add_respondents,
    make_links,
    remove_respondent,
)
from assessment.services.units import units
from assessment.store.tables import Cycle
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.criteria_facts import Notes, notes_on
from assessment.web.cycle_frame import bp, csv_file, cycle_of, form_word, render, settings, to
from assessment.web.forms import Choice, Form, Line, in_words
from assessment.web.language import gettext as _
from assessment.web.language import ngettext
from assessment.web.security import KIB, body_limit
from assessment.web.typed_files import Brought, brought
from assessment.web.unit import db, now

COLUMNS = ("code", "name", "email", "form", "unit")
HEADER = Header((), COLUMNS)
LIST_BYTES = 6 * KIB * KIB


class PersonForm(Form):
    """One person to be asked."""

    code = Line("")
    name = Line("")
    email = Line("")
    form = Choice("")
    unit = Line("")


@bp.route("/<uuid:cycle_id>/people", methods=["GET", "POST"])
@allowed("invite_respondents")
def people(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Everybody who is asked, and a form to add somebody."""
    cycle = cycle_of(cycle_id)
    form = PersonForm(data={"form": cycle.forms[0]})
    form.form.choices = [(each, form_word(each)) for each in cycle.forms]
    if form.validate_on_submit() and _add_one(cycle, form):
        return redirect(url_for("cycles.people", cycle_id=cycle.id), 303)
    asked = respondents(db(), cycle)
    names = {unit.id: unit.name for unit in units(db(), cycle.organisation_id)}
    shown = render("people", cycle, form=form, people=asked, units=names)
    return shown, 422 if form.errors else 200


@bp.route("/<uuid:cycle_id>/people/list", methods=["GET", "POST"])
@allowed("invite_respondents")
@body_limit(LIST_BYTES)
def people_list(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """A list, pasted or as a file: what it would do is shown first; a second button does it."""
    cycle = cycle_of(cycle_id)
    if request.method == "GET":
        return _list_page(cycle)
    given = brought(_("list"))
    if given.is_empty:
        return _list_page(cycle, given, missing=True), 422
    rows, problems = rows_in(given.data, given.name, HEADER)
    try:
        if request.form.get("go") == "add" and not problems:
            _added(add_respondents(db(), cycle, rows, now()))
            return redirect(url_for("cycles.people", cycle_id=cycle.id), 303)
        plan = plan_respondents(db(), cycle, rows)
        found = [*problems, *plan.problems]
    except FileRefused as refused:
        found = list(refused.problems)
    if found:
        return _list_page(cycle, given, notes_on(sorted(found))), 422
    return _list_page(cycle, given, plan=plan)


@bp.post("/<uuid:cycle_id>/people/<uuid:respondent_id>/remove")
@allowed("invite_respondents")
def remove(cycle_id: uuid.UUID, respondent_id: uuid.UUID) -> ResponseReturnValue:
    """Take somebody off the list of a draft."""
    cycle = cycle_of(cycle_id)
    remove_respondent(db(), cycle, respondent_id)
    flash(_("One person is off the list."))
    return redirect(url_for("cycles.people", cycle_id=cycle.id), 303)


@bp.route("/<uuid:cycle_id>/links", methods=["GET", "POST"])
@allowed("invite_respondents")
def links(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Personal links as a file, shown this once; new ones replace old ones where that is asked."""
    cycle = cycle_of(cycle_id)
    if cycle.state == "draft":
        return to(cycle)
    if standing(cycle, now()) in ENDED:
        raise CycleClosed(cycle.title)
    asked = [each for each in respondents(db(), cycle) if each.submitted_at is None]
    without = [each for each in asked if each.pass_hash is None]
    if request.method == "GET":
        return render("links", cycle, without=len(without), having=len(asked) - len(without))
    replaced = {each.id for each in asked} if request.form.get("replace") == "yes" else set()
    made = make_links(db(), cycle, now(), replaced)
    if not made:
        flash(_("Everybody has a link already. Nothing was changed."))
        return redirect(url_for("cycles.links", cycle_id=cycle.id), 303)
    return _links_file(cycle, made)


def _add_one(cycle: Cycle, form: PersonForm) -> bool:
    """Whether the person of *form* is on the list now; what is wrong stands in the form."""
    cells = {name: form[name].data or "" for name in COLUMNS}
    row = Row("", 1, cells, {name: place for place, name in enumerate(COLUMNS, start=1)})
    try:
        _added(add_respondents(db(), cycle, [row], now()))
    except FileRefused as refused:
        for problem in refused.problems:
            field = form[COLUMNS[problem.column - 1]]
            field.errors = [*field.errors, in_words(problem.sentence)]
    return not form.errors


def _added(plan: InvitationPlan) -> None:
    words = [
        ngettext("%(num)s person is added.", "%(num)s people are added.", len(plan.new)),
        ngettext("%(num)s is changed.", "%(num)s are changed.", len(plan.changed))
        if plan.changed
        else "",
        ngettext(
            "%(num)s was on the list already.", "%(num)s were on the list already.", plan.known
        )
        if plan.known
        else "",
    ]
    flash(" ".join(filter(None, words)))


def _list_page(
    cycle: Cycle,
    given: Brought | None = None,
    notes: Notes | None = None,
    plan: InvitationPlan | None = None,
    *,
    missing: bool = False,
) -> str:
    return render(
        "people_list", cycle, given=given, notes=notes, plan=plan, missing=missing, columns=COLUMNS
    )


def _links_file(cycle: Cycle, made: Iterable[PersonalLink]) -> Response:
    """The one place where personal links are ever to be seen."""
    return csv_file(write_rows((*COLUMNS, "link"), _link_rows(made)), cycle.title, "personal-links")


def _link_rows(made: Iterable[PersonalLink]) -> Iterator[list[str]]:
    names = {unit.id: unit.name for unit in units(db(), member().organisation_id)}
    base = settings().url or request.host_url.rstrip("/")
    for each in made:
        person = each.respondent
        unit = names[person.unit_id] if person.unit_id else ""
        cells = (person.code, person.name, person.email, person.form, unit)
        yield [*map(guarded, cells), f"{base}/r/#{each.secret}"]
