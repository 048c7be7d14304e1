"""The start page: what a person can do here, by their role, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, current_app, g, has_request_context, render_template, url_for

from assessment.reporting import headlines
from assessment.services.cycles import cycles
from assessment.services.editorial import editorial
from assessment.services.organisations import organisation
from assessment.services.permissions import Deed, Member, may, units_of
from assessment.services.result_views import headline_source
from assessment.store.tables import Cycle
from assessment.web.access import everyone, person
from assessment.web.auth import member
from assessment.web.language import gettext as _
from assessment.web.unit import db

bp = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the navigation and the start page lead to."""

    address: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes first for somebody here, and the one button that gets there."""

    title: str
    sentence: str
    button: str = ""
    address: str = ""


@bp.get("/")
@person
def start() -> str:
    """What is here for whoever is signed in."""
    here = organisation(db(), member().organisation_id)
    return render_template(
        "home/start.html",
        organisation=here,
        lead=lead(member()),
        next_step=next_step(member()),
        places=list(places(member())),
    )


@bp.get("/healthz")
@everyone
def alive() -> tuple[str, dict[str, str]]:
    """Says that the process answers; whoever watches the installation asks it."""
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


def places(somebody: Member) -> Iterator[Place]:
    """Where *somebody* may go. A page that is not part of this installation has no place."""
    known: list[tuple[str, Deed, str, str]] = [
        (
            "cycles.index",
            "see_cycles",
            _("Cycles"),
            _("Ask, judge, close, and see how far everybody has come."),
        ),
        (
            "criteria.index",
            "see_criteria",
            _("Criteria"),
            _("The models an assessment can be made on; bring your own as a file."),
        ),
        (
            "units.index",
            "manage_units",
            _("Units"),
            _("The parts of the organisation that people are counted by."),
        ),
        (
            "people.index",
            "see_people",
            _("People"),
            _("Who may sign in here, and as what."),
        ),
        (
            "organisation.details",
            "manage_people",
            _("Organisation"),
            _("Its name and the time zone in which a cycle's last day ends."),
        ),
    ]
    for endpoint, deed, name, sentence in known:
        if endpoint in current_app.view_functions and may(somebody, deed):
            yield Place(url_for(endpoint), name, sentence)


def lead(somebody: Member) -> str:
    """What this place is for somebody in their role."""
    if may(somebody, "run_cycles"):
        return _("Ask people, judge on evidence, and see where to begin.")
    if may(somebody, "see_results"):
        return _("Where your organisation stands, and what to decide.")
    return _("You have no role here yet.")


def next_step(somebody: Member) -> NextStep:
    """For leaders what came of the newest closed cycle; for others the newest that is not closed.

    Without any, what will be here and how it begins.
    """
    if may(somebody, "see_cycles"):
        known = cycles(db(), somebody.organisation_id)
        closed = next((each for each in known if each.state == "closed"), None)
        if closed and may(somebody, "sign_report") and (found := _headline(somebody, closed)):
            return found
        newest = next((each for each in known if each.state != "closed"), None)
        if known and newest is None:
            return NextStep(
                known[0].title,
                _("It is closed. Its page shows what follows, and where the next one begins."),
                _("Go to the cycle"),
                url_for("cycles.page", cycle_id=known[0].id),
            )
        if newest:
            return NextStep(
                newest.title,
                _("Its page shows what is done, what comes next, and how many have answered."),
                _("Go to the cycle"),
                url_for("cycles.page", cycle_id=newest.id),
            )
    if may(somebody, "run_cycles"):
        sentence = _(
            "A cycle is one round: choose a model, say who is asked and until when, open it, "
            "and close it. Its page leads through every step."
        )
        return NextStep(
            _("No cycle yet"), sentence, _("Start a cycle"), address_of("cycles.create")
        )
    if may(somebody, "see_results"):
        sentence = _(
            "When a cycle is open, you see here how many have answered; when it is closed, "
            "what came of it."
        )
        return NextStep(_("Nothing to show yet"), sentence)
    sentence = _("Somebody who administers your organisation can give you a role.")
    return NextStep(_("Nothing to do yet"), sentence)


def _headline(somebody: Member, cycle: Cycle) -> NextStep | None:
    """What the results of *cycle* say first; None where nothing of it is theirs to see."""
    source = headline_source(db(), somebody, cycle)
    if source is None:
        return None
    written = ""
    if units_of(somebody, "see_results") is None:
        written = editorial(db(), cycle).words.headline
    return NextStep(
        written or headlines.profile(source),
        f"{cycle.title}. {headlines.participation(source)}.",
        _("See the results"),
        url_for("results.overview", cycle_id=cycle.id),
    )


def address_of(endpoint: str) -> str:
    """Where a page is; empty while it is no part of this installation."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def navigation() -> list[Place]:
    """The places beside the start page, for the head of each page; empty for those signed out."""
    return list(places(g.member)) if has_request_context() and "member" in g else []
