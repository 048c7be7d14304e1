"""A job in words: what it does, how far it is, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.store.tables import Job
from assessment.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class ShownJob:
    """How a job stands. `steps` is 0 while nobody can say how far it is."""

    title: str
    sentence: str
    done: int
    steps: int
    has_ended: bool


def title_of(kind: str) -> str:
    """What a job does."""
    known = {
        "close": _("Closing the cycle"),
        "interim": _("Interim results"),
        "report": _("The report"),
        "workbook": _("The workbook"),
    }
    return known[kind]


def shown(job: Job) -> ShownJob:
    """*job* as its page shows it."""
    is_running = job.state == "running"
    return ShownJob(
        title_of(job.kind),
        _stage(job) if is_running else _state(job),
        job.steps_done if is_running else 0,
        job.steps if is_running else 0,
        job.state in ("done", "failed", "cancelled"),
    )


def _state(job: Job) -> str:
    if job.state == "waiting":
        return _("It waits for its turn.")
    if job.state == "failed":
        return _("It failed.") + " " + _(job.problem)
    if job.state == "cancelled":
        return _("It was cancelled.")
    if job.kind == "close":
        return _("The cycle is closed. Every answer given is kept, and the results are ready.")
    if job.kind in ("report", "workbook") and job.file_key is None:
        return _("It was done. The file is kept no longer; ask for it again.")
    return _("It is done.")


def _stage(job: Job) -> str:
    known = {
        "reading": _("Reading the answers …"),
        "counting": _("Computing the results …"),
        "keeping": _("Keeping the results …"),
        "writing": _("Putting the figures into words and tables …"),
        "printing": _("Printing the pages …"),
    }
    return known.get(job.stage, _("It has begun …"))
