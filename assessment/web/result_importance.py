"""Importance from customers' requirements: worked out, shown beside leaders' views, taken over.

Customers get no vote of their own: what follows from their requirements becomes the view of the
leader who takes it over, and the middle of all leaders' views counts as before.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from assessment.core.framework import Item
from assessment.core.importance import HouseOfQuality, Importance
from assessment.core.text import shown as written
from assessment.services.companions import companions
from assessment.services.errors import NotThere
from assessment.services.result_views import View
from assessment.services.targets import importance, vote
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.cycle_frame import criteria_folder
from assessment.web.language import gettext as _
from assessment.web.result_frame import address, bp, render
from assessment.web.result_targets import changing
from assessment.web.unit import db, now


@dataclass(frozen=True, slots=True)
class Preview:
    """An item: what customers' requirements say, the reader's view, all views now and after."""

    item: Item
    share: str
    customers: int
    mine: int | None
    together: int
    after: int


@bp.get("/importance/requirements")
@allowed("set_targets")
def requirements(cycle_id: uuid.UUID) -> str:
    """What the requirements of a file come to, before anything is changed."""
    shown = changing(cycle_id)
    files = requirement_files(shown)
    key = request.args.get("file", "") or next(iter(files), "")
    house = files.get(key)
    return render(
        "importance",
        shown,
        files={name: each.title for name, each in files.items()},
        key=key if house else "",
        house=house,
        rows=[_preview(shown, house, item) for item in _weighed(shown, house)] if house else [],
        words={1: _("1 little"), 2: _("2 much"), 3: _("3 most")},
    )


@bp.post("/importance/requirements")
@allowed("set_targets")
def take_requirements(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Make what follows from the requirements the reader's own view of what matters."""
    shown = changing(cycle_id)
    house = requirement_files(shown).get(request.form.get("file", ""))
    if house is None:
        raise NotThere
    given = {item.id: str(house.importance[item.id].weight) for item in _weighed(shown, house)}
    vote(db(), member(), shown.row, shown.source.framework, given, now())
    flash(_("What customers require is your view now. The middle of all leaders' views counts."))
    return redirect(address(shown, "results.targets"), 303)


def requirement_files(shown: View) -> dict[str, HouseOfQuality]:
    """The sound files of customers' requirements on the cycle's framework, by their key."""
    found = companions(
        db(), member().organisation_id, "requirements", shown.source.framework.id, criteria_folder()
    )
    return {key: one for key, one in found.items() if isinstance(one, HouseOfQuality)}


def _weighed(shown: View, house: HouseOfQuality) -> list[Item]:
    """The judged items that serve some requirement, in the order of the framework."""
    return [
        item for item in shown.source.framework.items if item.judge and item.id in house.importance
    ]


def _preview(shown: View, house: HouseOfQuality, item: Item) -> Preview:
    own: Importance = house.importance[item.id]
    voted = dict(shown.votes.get(item.id, {}))
    after = {**voted, member().id: own.weight}
    return Preview(
        item,
        written(100 * own.share),
        own.weight,
        voted.get(member().id),
        importance(voted),
        importance(after),
    )
