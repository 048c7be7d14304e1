"""The parts of the organisation as a tree: added, renamed, moved, taken away when unused."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.services.errors import NotThere, Refused
from assessment.services.units import (
    UnitNode,
    change_unit,
    in_order,
    make_unit,
    remove_unit,
    unit_tree,
    why_kept,
)
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.cycle_frame import can
from assessment.web.forms import Choice, Form, Line, in_words, show_wrong
from assessment.web.language import gettext as _
from assessment.web.unit import db

bp = Blueprint("units", __name__, url_prefix="/units")


class UnitForm(Form):
    """A unit's name, and the unit it stands below."""

    name = Line("")
    parent = Choice("")


@bp.route("", methods=["GET", "POST"])
@allowed("manage_units")
def index() -> ResponseReturnValue:
    """The tree, and a form to add to it."""
    tree = unit_tree(db(), member().organisation_id)
    form = UnitForm()
    form.parent.choices = choices(tree, _("None: at the top"))
    form.parent.data = form.parent.data or ""
    if form.validate_on_submit():
        try:
            made = make_unit(
                db(), member().organisation_id, form.name.data or "", id_of(form.parent.data)
            )
        except Refused as refused:
            show_wrong(form, refused)
        else:
            flash(_("“%(unit)s” is on the list.", unit=made.name))
            return redirect(url_for("units.index"), 303)
    page = render_template("units/index.html", tree=tree, form=form)
    return page, 422 if form.errors else 200


@bp.route("/<uuid:unit_id>", methods=["GET", "POST"])
@allowed("manage_units")
def page(unit_id: uuid.UUID) -> ResponseReturnValue:
    """One unit: its name, its place, and whether it can be taken away."""
    tree = unit_tree(db(), member().organisation_id)
    node = _node(tree, unit_id)
    form = UnitForm(data={"name": node.unit.name, "parent": str(node.unit.parent_id or "")})
    own = {each.unit.id for each in in_order([node])}
    form.parent.choices = choices(tree, _("None: at the top"), own)
    if form.validate_on_submit():
        try:
            change_unit(
                db(), member().organisation_id, unit_id, form.name.data or "",
                id_of(form.parent.data),
            )  # fmt: skip
        except Refused as refused:
            show_wrong(form, refused)
        else:
            flash(_("The unit is saved."))
            return redirect(url_for("units.index"), 303)
    shown = render_template("units/page.html", node=node, form=form, kept=_kept(node), can=can)
    return shown, 422 if form.errors else 200


@bp.post("/<uuid:unit_id>/remove")
@allowed("manage_units")
def remove(unit_id: uuid.UUID) -> ResponseReturnValue:
    """Take away a unit that nothing uses."""
    remove_unit(db(), member().organisation_id, unit_id)
    flash(_("The unit is gone from the list."))
    return redirect(url_for("units.index"), 303)


def choices(
    tree: Iterable[UnitNode], nowhere: str, without: Iterable[uuid.UUID] = ()
) -> list[tuple[str, str]]:
    """The units to choose one from, each set in as far as it stands below others."""
    left = set(without)
    offered = [
        (str(node.unit.id), "\u2003" * (node.depth - 1) + node.unit.name)
        for top in tree
        for node in in_order([top])
        if node.unit.id not in left
    ]
    return [("", nowhere), *offered]


def id_of(chosen: str | None) -> uuid.UUID | None:
    """The unit that was chosen; None for none."""
    return uuid.UUID(chosen) if chosen else None


def _node(tree: tuple[UnitNode, ...], unit_id: uuid.UUID) -> UnitNode:
    found = next((node for node in in_order(tree) if node.unit.id == unit_id), None)
    if found is None:
        raise NotThere
    return found


def _kept(node: UnitNode) -> str:
    return in_words(why_kept(node)) if node.is_used else ""
