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
    if editorial is None or not editorial.version or editorial.state == "draft":
        return sentence(about.status if editorial is None else "draft")
    who = _by(editorial)
    return f"Draft, facts checked{who}" if editorial.state == "checked" else f"Signed off{who}"


def _by(editorial: Editorial) -> str:
    who = f" by {name(shortened(editorial.by, RUNNING))}" if editorial.by else ""
    return f"{who} on {typed_day(editorial.on)}" if editorial.on else who
