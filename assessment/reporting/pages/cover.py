"""The cover: whose report this is, of what, of when, and how far anybody stands for it."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.core.editorial import Editorial
from assessment.reporting.report_input import ReportInput
from assessment.reporting.source import Source
from assessment.reporting.wording import name, on_date, sentence, shortened, typed_day

RUNNING = 60
"""Letters of a name where it stands beside others on one line."""

MODES = {
    "named": "Named answers",
    "confidential": "Confidential answers",
    "anonymous": "Anonymous answers",
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover, and nothing else."""

    organisation: str
    unit: str
    title: str
    edition: str
    cycle: str
    interim: str
    date: str
    status: str
    mode: str


def cover(source: Source) -> Cover:
    """The cover of the report that *source* makes."""
    about, framework = source.about, source.framework
    return Cover(
        about.organisation or "",
        _unit(source),
        framework.title,
        framework.edition,
        about.cycle or "",
        "Interim: the cycle is still open" if about.interim else "",
        on_date(about.date),
        _status(about),
        MODES[about.mode],
    )


def _unit(source: Source) -> str:
    """The unit a report is of, and whether others below it are in it."""
    unit = source.about.unit
    below = " and the units below it" if len(source.release.units) > 1 else ""
    return f"{name(unit)}{below}" if unit else ""


def _status(about: ReportInput) -> str:
    """Draft, or who stands for the facts or for the whole, and since when."""
    editorial = about.editorial
    return standing(about) + (_by(editorial) if editorial and _is_checked(editorial) else "")


def standing(about: ReportInput) -> str:
    """How final the paper is, without names: short enough for the foot of every page."""
    if about.editorial is None:
        return shortened(sentence(about.status), RUNNING)
    if not _is_checked(about.editorial):
        return "Draft"
    return "Draft, facts checked" if about.editorial.state == "checked" else "Signed off"


def _is_checked(editorial: Editorial) -> bool:
    """Somebody stands for the facts, at least."""
    return bool(editorial.version) and editorial.state != "draft"


def _by(editorial: Editorial) -> str:
    who = f" by {name(shortened(editorial.by, RUNNING))}" if editorial.by else ""
    return f"{who} on {typed_day(editorial.on)}" if editorial.on else who
