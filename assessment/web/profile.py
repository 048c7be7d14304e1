"""A person's own page: name, language, and where they are signed in."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assessment.services.errors import Refused
from assessment.services.organisations import organisation
from assessment.services.permissions import Member, RoleName
from assessment.services.profile import change_person, sessions_of
from assessment.services.sessions import end_sessions_of
from assessment.web.access import person
from assessment.web.auth import member, sign_out_here
from assessment.web.forms import Choice, Form, Line, show_wrong
from assessment.web.language import gettext as _
from assessment.web.language import language, languages, speak
from assessment.web.unit import db

bp = Blueprint("profile", __name__)


class ProfileForm(Form):
    """What people say about themselves. A role or an organisation is no field of it."""

    name = Line("")
    language = Choice("")


@bp.route("/profile", methods=["GET", "POST"])
@person
def details() -> ResponseReturnValue:
    """Show and change them."""
    form = ProfileForm(name=member().name, language=member().language or language())
    form.language.choices = list(languages().items())
    if form.validate_on_submit():
        try:
            change_person(db(), member(), form.name.data or "", form.language.data)
        except Refused as refused:
            show_wrong(form, refused)
        else:
            session["language"] = form.language.data
            speak(form.language.data)
            flash(_("Your profile is saved."))
            return redirect(url_for("profile.details"), 303)
    here = organisation(db(), member().organisation_id)
    page = render_template(
        "profile/details.html",
        form=form,
        organisation=here,
        roles=list(roles(member())),
        sessions=sorted(
            sessions_of(db(), member().organisation_id, member().id),
            key=lambda each: each.hash != g.session_hash,
        ),
        this_one=g.session_hash,
    )
    return page, 422 if form.errors else 200


@bp.post("/profile/sign-out-everywhere")
@person
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this person, this one included, and the links not used yet."""
    end_sessions_of(db(), member().organisation_id, member().id)
    sign_out_here()
    return redirect(url_for("auth.signed_out"), 303)


def roles(somebody: Member) -> Iterator[tuple[str, str]]:
    """Each role of *somebody*, and what it is in words."""
    for grant in somebody.grants:
        name, sentence = role_words()[grant.role]
        yield name, sentence if grant.units is None else _("Sees them for units they lead.")


def role_words() -> dict[RoleName, tuple[str, str]]:
    """What each role is called, and what it is."""
    return {
        "leader": (_("Leader"), _("Sees participation and results.")),
        "consultant": (_("Consultant"), _("Brings criteria and runs cycles.")),
        "administrator": (_("Administrator"), _("Runs cycles and says who may do what.")),
    }
