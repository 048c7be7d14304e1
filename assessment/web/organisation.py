"""An organisation's own details, for those who administer it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.services.errors import Refused
from assessment.services.organisations import organisation
from assessment.services.profile import change_organisation
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.forms import Form, Line, show_wrong
from assessment.web.language import gettext as _
from assessment.web.unit import db

bp = Blueprint("organisation", __name__)


class OrganisationForm(Form):
    """Its name as reports show it, and where its days end."""

    name = Line("")
    time_zone = Line("")


@bp.route("/organisation", methods=["GET", "POST"])
@allowed("manage_people")
def details() -> ResponseReturnValue:
    """Show and change them."""
    here = organisation(db(), member().organisation_id)
    form = OrganisationForm(name=here.name, time_zone=here.time_zone)
    if form.validate_on_submit():
        try:
            change_organisation(db(), member(), form.name.data or "", form.time_zone.data or "")
        except Refused as refused:
            show_wrong(form, refused)
        else:
            flash(_("The organisation's details are saved."))
            return redirect(url_for("organisation.details"), 303)
    page = render_template("organisation/details.html", form=form)
    return page, 422 if form.errors else 200
