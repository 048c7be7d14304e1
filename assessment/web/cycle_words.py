"""A cycle's page in words: how each step stands, where it is done, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from assessment.services.checklist import Step, checklist
from assessment.services.cycle_days import standing
from assessment.services.participation import Turnout, turnout
from assessment.services.permissions import units_of
from assessment.store.tables import Cycle
from assessment.web.auth import member
from assessment.web.cycle_frame import can
from assessment.web.forms import in_words
from assessment.web.language import gettext as _
from assessment.web.unit import db, now


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the page shows it: its state in words, and the page where it is done."""

    step: Step
    title: str
    note: str
    address: str = ""
    deed: str = ""


@dataclass(frozen=True, slots=True)
class NextDeed:
    """The one button of the page."""

    sentence: str
    button: str
    address: str


def participation(cycle: Cycle) -> list[Turnout]:
    """How many have answered, in the units the reader may see."""
    return turnout(db(), cycle, units_of(member(), "see_progress"))


def steps_of(cycle: Cycle) -> list[ShownStep]:
    """The project around the cycle, step by step."""
    sees_all = units_of(member(), "see_progress") is None
    shown = []
    for step in checklist(db(), cycle):
        address, deed = _where(cycle, step)
        shown.append(ShownStep(step, _(step.title), _note(step, sees_all=sees_all), address, deed))
    return shown


def next_deed(
    cycle: Cycle, counts: Sequence[Turnout], steps: Sequence[ShownStep]
) -> NextDeed | None:
    """What comes first for whoever runs the cycle; nothing while it is with the people asked."""
    if not can("run_cycles") or cycle.state == "closed":
        return None
    done = {each.step.name for each in steps if each.step.is_done}
    if standing(cycle, now()) == "over":
        sentence = _("The last day has passed. Close the cycle, or make it longer.")
        return _deed(cycle, sentence, _("Close the cycle"), "cycles.close_it")
    if not counts:
        return _deed(cycle, _("Nobody is asked yet."), _("Say who is asked"), "cycles.people")
    if cycle.state == "draft":
        sentence = _("The list has people on it. Opening it gives each of them a questionnaire.")
        return _deed(cycle, sentence, _("Open the cycle"), "cycles.open_it")
    if "announce" not in done:
        sentence = _("Some people have no personal link yet.")
        return _deed(cycle, sentence, _("Make personal links"), "cycles.links")
    if "answer" in done:
        sentence = _("Everybody has submitted.")
        return _deed(cycle, sentence, _("Close the cycle"), "cycles.close_it")
    return None


def _deed(cycle: Cycle, sentence: str, button: str, endpoint: str) -> NextDeed:
    return NextDeed(sentence, button, url_for(endpoint, cycle_id=cycle.id))


def _takes_links(cycle: Cycle) -> bool:
    """Whether links can be made: the cycle is open, or waits for its first day."""
    return standing(cycle, now()) in ("open", "waiting")


def _note(step: Step, *, sees_all: bool) -> str:
    """How far a step is; a count of the whole house is not for somebody who leads one unit."""
    if step.note is None or step.note.values.get("whole") == 0:
        return ""
    return in_words(step.note) if sees_all or not step.note.values else ""


def _where(cycle: Cycle, step: Step) -> tuple[str, str]:
    """The page where a step is done and what its link says; nothing for who only looks."""
    if not can("run_cycles"):
        return "", ""
    endpoints = {
        "purpose": ("cycles.change", _("Change"), cycle.state == "draft"),
        "method": ("cycles.change", _("Change"), cycle.state == "draft"),
        "announce": ("cycles.links", _("Personal links"), _takes_links(cycle)),
        "close": ("cycles.close_it", _("Close"), cycle.state == "open"),
        "next_cycle": ("cycles.create", _("Start it"), cycle.state == "closed"),
    }
    if step.name not in endpoints:
        return "", ""
    endpoint, words, fits = endpoints[step.name]
    if not fits:
        return "", ""
    if endpoint == "cycles.create":
        return url_for(endpoint), words
    return url_for(endpoint, cycle_id=cycle.id), words
