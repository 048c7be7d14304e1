"""`touchstone`: check criteria, score answers, print reports, see it all in a demo."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from assessment import __version__
from assessment.catalogue.check import Checked
from assessment.catalogue.problems import CriteriaError
from assessment.core.text import shown
from assessment.exchange.result import result_text
from assessment.exchange.rows import FileRefused
from assessment.exchange.summary import summary_lines
from assessment.reporting.gap_report import ReportInput
from assessment.reporting.pdf import PdfUnavailable
from assessment.resources import data_folder
from assessment.services.checking import check_criteria
from assessment.services.demo import run_demo
from assessment.services.reports import Sources, score_answers, write_gap_report

_FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="touchstone")
def main() -> None:
    """Organisational-excellence self-assessment: criteria files, answers, gap reports."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_FILE)
def check(paths: Sequence[Path]) -> None:
    """Check criteria files, or all in a folder. Ends with 1 if one of them has an error."""
    checked = check_criteria(paths)
    for each in checked:
        for problem in each.problems:
            click.echo(str(problem))
    for each in checked:
        click.echo(_verdict(each))
    sys.exit(1 if any(each.errors for each in checked) else 0)


@main.command()
@click.argument("criteria", type=_FILE)
@click.argument("answers", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def score(criteria: Path, answers: Path, as_json: bool) -> None:
    """Score ANSWERS (a CSV file) by CRITERIA."""
    with _refusals_in_words():
        found = score_answers(criteria, answers)
    if as_json:
        click.echo(result_text(found), nl=False)
        return
    for line in summary_lines(found):
        click.echo(line)


@main.command()
@click.argument("criteria", type=_FILE)
@click.argument("answers", type=_FILE)
@click.option("-o", "--output", "target", type=_FILE, required=True, help="The PDF to write.")
@click.option("--previous", type=_FILE, help="The answers of the last cycle (CSV).")
@click.option("--targets", type=_FILE, help="Where leaders want to be (CSV).")
@click.option("--invited", type=_FILE, help="How many people were invited (CSV).")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The date on the report.")
@click.option("--organisation", help="The organisation's name, for the cover.")
@click.option("--cycle", help="The name of this round, for the cover.")
def report(
    criteria: Path,
    answers: Path,
    target: Path,
    previous: Path | None,
    targets: Path | None,
    invited: Path | None,
    paper: str,
    on: datetime.datetime | None,
    organisation: str | None,
    cycle: str | None,
) -> None:
    """Print the gap report of ANSWERS (a CSV file) by CRITERIA as a PDF."""
    about = ReportInput(
        date=on.date() if on else datetime.datetime.now().astimezone().date(),
        paper="letter" if paper == "letter" else "a4",
        organisation=organisation,
        cycle=cycle,
    )
    with _refusals_in_words():
        write_gap_report(Sources(criteria, answers, previous, targets, invited), about, target)
    click.echo(f"Written: {target}")


@main.command()
@click.option("--folder", type=_FILE, help="Where the example files go.")
def demo(folder: Path | None) -> None:
    """Write a made-up organisation's answers and print its gap report."""
    folder = folder or data_folder(os.environ.get("TOUCHSTONE_DATA")) / "demo"
    click.echo("Writing the answers of a made-up water company and printing its gap report …")
    with _refusals_in_words():
        printed = run_demo(folder)
    click.echo(f"Answers, targets and invitations: {folder.resolve()}")
    click.echo(f"The gap report:                   {printed.resolve()}")


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    """A refusal ends the command with its sentences and 1, never with a stack trace."""
    try:
        yield
    except CriteriaError as refusal:
        sentences = [str(problem) for problem in refusal.problems]
    except FileRefused as refusal:
        sentences = [str(problem) for problem in refusal.problems]
    except PdfUnavailable as refusal:
        sentences = [str(refusal)]
    except OSError as refusal:
        sentences = [f"{refusal.filename or 'A file'} cannot be written: {refusal.strerror}."]
    else:
        return
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(1)


def _verdict(checked: Checked) -> str:
    """One line on a file: its faults, or how large it is and how long its forms take."""
    if checked.errors:
        return f"{checked.path}: {_number(len(checked.errors), 'error', 'errors')}"
    facts = [
        _number(checked.counts[many], one, many)
        for one, many in (
            ("category", "categories"),
            ("item", "items"),
            ("question", "questions"),
            ("criterion", "criteria"),
        )
        if checked.counts[many]
    ]
    facts += [f"{form} {shown(minutes, 0)} min" for form, minutes in checked.minutes.items()]
    warnings = len(checked.warnings)
    faults = _number(warnings, "warning", "warnings") if warnings else "no faults"
    return f"{checked.path}: {faults}; {', '.join(facts)}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
