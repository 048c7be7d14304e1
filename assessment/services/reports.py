"""A leader asks for results: from a criteria file and answers to a release, and on to the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assessment.catalogue.check import load_framework
from assessment.core.findings import Target, find_gaps
from assessment.core.framework import Framework
from assessment.core.release import Answers, Invited, Release, release
from assessment.exchange.answers import read_answers
from assessment.exchange.measures import read_measures
from assessment.exchange.settings import read_invited, read_targets
from assessment.reporting.files import write_whole
from assessment.reporting.gap_report import GapReport, ReportInput, gap_report_html
from assessment.reporting.pdf import Press, render_pdf
from assessment.resources import REPORTS
from assessment.services.references import read_profile


@dataclass(frozen=True, slots=True)
class Sources:
    """The files a report is made from."""

    criteria: Path
    answers: Path
    previous: Path | None = None
    targets: Path | None = None
    invited: Path | None = None
    measures: Path | None = None
    previous_invited: Path | None = None
    reference: Path | None = None


def score_answers(criteria: Path, answers: Path, measures: Path | None = None) -> Release:
    """The release of *answers*; raises CriteriaError or FileRefused with every problem."""
    framework = load_framework(criteria)
    return release(framework, _given(framework, answers, measures))


def _given(framework: Framework, answers: Path, measures: Path | None) -> Answers:
    """The answers, with the organisation's own figures beside them."""
    given = read_answers(framework, answers)
    return replace(given, measures=read_measures(framework, measures)) if measures else given


def _invited(framework: Framework, file: Path | None) -> Invited:
    return read_invited(framework, file) if file else Invited()


def gap_report(sources: Sources, about: ReportInput) -> GapReport:
    """What the gap report says; raises CriteriaError or FileRefused with every problem."""
    framework = load_framework(sources.criteria)
    targets: Mapping[str, Target] = {}
    if sources.targets:
        targets = read_targets(framework, sources.targets)
    given = _given(framework, sources.answers, sources.measures)
    now = release(framework, given, _invited(framework, sources.invited))
    before = (
        release(
            framework,
            read_answers(framework, sources.previous),
            _invited(framework, sources.previous_invited),
        )
        if sources.previous
        else None
    )
    reference = read_profile(sources.reference, framework) if sources.reference else None
    about = replace(about, targets=targets, reference=reference)
    return GapReport.of(now, find_gaps(now, targets), before, about)


def gap_report_pdf(report: GapReport, press: Press | None = None) -> bytes:
    """*report* as a tagged PDF, the same bytes whatever the *press*; without one, printed here."""
    html = gap_report_html(report)
    return render_pdf(REPORTS / "gap_report", html, report.about.paper, press)


def write_gap_report(
    sources: Sources, about: ReportInput, target: Path, press: Press | None = None
) -> None:
    """Print the gap report to *target*, which is replaced only by a whole file."""
    target.parent.stat()  # a folder that is not there is said at once, not after the printing
    write_whole(target, gap_report_pdf(gap_report(sources, about), press))
