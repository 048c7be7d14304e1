"""Who may sign in, and as what: invited by a link that is shown once, given roles, shut out."""

from __future__ import annotations

import uuid
from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.services import people as service
from assessment.services.errors import NotThere, Refused
from assessment.services.permissions import DEEDS, RoleName
from assessment.services.roles import Colleague, RoleHeld, add_role, colleagues, take_role
from assessment.services.sessions import sign_in_link
from assessment.services.units import unit_tree
from assessment.store.tables import Person
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.cycle_frame import can, settings
from assessment.web.forms import Choice, Form, Line, show_wrong
from assessment.web.language import gettext as _
from assessment.web.profile import role_words
from assessment.web.unit import db, now
from assessment.web.units import choices, id_of

bp = Blueprint("people", __name__, url_prefix="/people")


class RoleForm(Form):
    """A role, and for a leader the unit it is for."""

    role = Choice("")
    unit = Choice("")


class InvitationForm(RoleForm):
    """Somebody to be let in."""

    name = Line("")
    email = Line("")


@bp.get("")
@allowed("see_people")
def index() -> ResponseReturnValue:
    """Everybody, and a form to invite one more."""
    form = InvitationForm()
    _offer(form)
    return _list_page(form)


@bp.post("")
@allowed("manage_people")
def invite() -> ResponseReturnValue:
    """Let somebody in, and show the link that brings them here."""
    form = InvitationForm()
    _offer(form)
    if not form.validate_on_submit():
        return _list_page(form)
    try:
        invited = service.invite_person(
            db(),
            member().organisation_id,
            form.email.data or "",
            form.name.data or "",
            _role(form),
            id_of(form.unit.data),
            now=now(),
        )
    except Refused as refused:
        show_wrong(form, refused)
        return _list_page(form)
    return _link_page(invited)


@bp.get("/<uuid:person_id>")
@allowed("see_people")
def page(person_id: uuid.UUID) -> ResponseReturnValue:
    """One person: roles, a new link, and the way out."""
    form = RoleForm()
    _offer(form)
    return _page(person_id, form)


@bp.post("/<uuid:person_id>/roles")
@allowed("manage_people")
def give(person_id: uuid.UUID) -> ResponseReturnValue:
    """One more role."""
    form = RoleForm()
    _offer(form)
    if not form.validate_on_submit():
        return _page(person_id, form)
    try:
        add_role(db(), member().organisation_id, person_id, _role(form), id_of(form.unit.data))
    except Refused as refused:
        show_wrong(form, refused)
        return _page(person_id, form)
    flash(_("The role is given. It counts from the next click."))
    return _to(person_id)


@bp.post("/<uuid:person_id>/roles/<uuid:role_id>/remove")
@allowed("manage_people")
def take(person_id: uuid.UUID, role_id: uuid.UUID) -> ResponseReturnValue:
    """Take a role away."""
    take_role(db(), member().organisation_id, person_id, role_id)
    flash(_("The role is taken away."))
    return _to(person_id)


@bp.post("/<uuid:person_id>/link")
@allowed("manage_people")
def link(person_id: uuid.UUID) -> ResponseReturnValue:
    """A new link for somebody who has none or whose hour has passed."""
    return _link_page(service.person_of(db(), member().organisation_id, person_id))


@bp.post("/<uuid:person_id>/deactivate")
@allowed("manage_people")
def deactivate(person_id: uuid.UUID) -> ResponseReturnValue:
    """Shut somebody out: at once, and until they are let in again."""
    service.deactivate_person(db(), member().organisation_id, person_id)
    flash(_("They are signed out, and no link lets them in."))
    return _to(person_id)


@bp.post("/<uuid:person_id>/activate")
@allowed("manage_people")
def activate(person_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    service.activate_person(db(), member().organisation_id, person_id)
    flash(_("They may sign in again. Make a link and send it to them."))
    return _to(person_id)


def words(held: RoleHeld) -> str:
    """A role in words: Leader, Ward 3."""
    name = role_words()[held.role][0]
    return _("%(role)s, %(unit)s", role=name, unit=held.unit) if held.unit else name


def _offer(form: RoleForm) -> None:
    """Put into *form* what there is to choose from."""
    form.role.choices = [(role, role_words()[role][0]) for role in DEEDS]
    tree = unit_tree(db(), member().organisation_id)
    form.unit.choices = choices(tree, _("The whole organisation"))
    form.unit.data = form.unit.data or ""


def _role(form: RoleForm) -> RoleName:
    return cast("RoleName", form.role.data)


def _list_page(form: InvitationForm) -> ResponseReturnValue:
    everybody = colleagues(db(), member().organisation_id)
    shown = render_template("people/index.html", people=everybody, form=form, words=words, can=can)
    return shown, 422 if form.errors else 200


def _page(person_id: uuid.UUID, form: RoleForm) -> ResponseReturnValue:
    everybody = colleagues(db(), member().organisation_id)
    found = next((each for each in everybody if each.person.id == person_id), None)
    if found is None:
        raise NotThere
    shown = render_template(
        "people/page.html",
        person=found.person,
        roles=found.roles,
        form=form,
        words=words,
        is_last=[each for each in everybody if _lets_people_in(each)] == [found],
        can=can,
    )
    return shown, 422 if form.errors else 200


def _lets_people_in(somebody: Colleague) -> bool:
    return somebody.person.is_active and any(
        held.role == "administrator" for held in somebody.roles
    )


def _link_page(person: Person) -> str:
    """The one place where the link is ever to be seen."""
    secret = sign_in_link(db(), person, now())
    base = settings().url or request.host_url.rstrip("/")
    return render_template(
        "people/link.html",
        person=person,
        link=f"{base}{url_for('auth.sign_in')}#{secret}",
    )


def _to(person_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("people.page", person_id=person_id), 303)
