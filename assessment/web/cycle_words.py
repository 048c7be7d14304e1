"""A cycle's page in words: how each step stands, where it is done, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from assessment.services.checklist import Step, checklist
from assessment.services.closing import job_of
from assessment.services.cycle_days import standing
from assessment.services.key_factors import KeyFactor
from assessment.services.participation import Turnout
from assessment.services.permissions import units_of
from assessment.store.tables import Cycle
from assessment.web.auth import member
from assessment.web.cycle_frame import can
from assessment.web.forms import in_words
from assessment.web.language import day, ngettext
from assessment.web.language import gettext as _
from assessment.web.unit import db, now


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the page shows it: its state in words, and the page where it is done.

    `is_ticked_here` says that the reader may tick it off, or take the tick away, by now.
    """

    step: Step
    title: str
    note: str
    address: str = ""
    deed: str = ""
    is_ticked_here: bool = False


@dataclass(frozen=True, slots=True)
class NextDeed:
    """What comes next, and the one button of the page; none while it is up to others."""

    sentence: str
    button: str = ""
    address: str = ""


def steps_of(
    cycle: Cycle, counts: Sequence[Turnout], factors: Sequence[KeyFactor]
) -> list[ShownStep]:
    """The project around the cycle, step by step; *counts* are those of the whole house."""
    sees_all = units_of(member(), "see_progress") is None
    shown = []
    for step in checklist(db(), cycle, counts, factors):
        address, deed = _where(cycle, step)
        note = _note(step, sees_all=sees_all)
        shown.append(ShownStep(step, _(step.title), note, address, deed, _is_ticked(cycle, step)))
    return shown


def next_deed(
    cycle: Cycle, counts: Sequence[Turnout], steps: Sequence[ShownStep]
) -> NextDeed | None:
    """What comes first: of a closed cycle its results, else what whoever runs it has to do."""
    if cycle.state == "closed":
        sentence = _("The cycle is closed, and what came of it is ready to be read.")
        return _deed(cycle, sentence, _("See the results"), "results.overview")
    if not can("run_cycles"):
        return None
    return _closing(cycle) if cycle.state == "closing" else _running(cycle, counts, steps)


def _running(cycle: Cycle, counts: Sequence[Turnout], steps: Sequence[ShownStep]) -> NextDeed:
    """From the list of people to the closing."""
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
    return NextDeed(_with_the_people(cycle, counts))


def _with_the_people(cycle: Cycle, counts: Sequence[Turnout]) -> str:
    """There is nothing to do for whoever runs it."""
    if standing(cycle, now()) == "waiting" and cycle.opens_on:
        first = day(cycle.opens_on)
        return _("It waits for its first day: answers are taken from %(day)s.", day=first)
    return ngettext(
        "It is with the people asked: %(submitted)s of %(num)s has submitted.",
        "It is with the people asked: %(submitted)s of %(num)s have submitted.",
        sum(each.invited for each in counts),
        submitted=sum(each.submitted for each in counts),
    )


def _is_ticked(cycle: Cycle, step: Step) -> bool:
    """What follows the closing is ticked off after it; the pilot before."""
    if not step.is_by_hand or not can("run_cycles"):
        return False
    return step.is_done or (step.name == "pilot") == (cycle.state in ("draft", "open"))


def _closing(cycle: Cycle) -> NextDeed | None:
    job = job_of(db(), cycle)
    if job is None:
        return None
    sentence = _("It is being closed: the results are made from the answers.")
    return NextDeed(sentence, _("See how far it is"), url_for("jobs.page", job_id=job.id))


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


def _where_written(cycle: Cycle, step: Step) -> tuple[str, str]:
    """The page of the report's own words, for whoever may write them once there are results."""
    if cycle.state != "closed" or not can("edit_report"):
        return "", ""
    if units_of(member(), "edit_report") is not None:
        return "", ""
    anchor, words = ("decisions", _("Decisions")) if step.name == "decide" else ("", _("Edit"))
    return url_for("results.words", cycle_id=cycle.id, _anchor=anchor or None), words


def _where(cycle: Cycle, step: Step) -> tuple[str, str]:
    """The page where a step is done and what its link says; nothing for who only looks."""
    if step.name in ("check_facts", "decide"):
        return _where_written(cycle, step)
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
