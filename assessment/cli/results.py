"""Commands that work out results from files: scores, the gap report, importance, sigma levels."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from assessment.cli.shared import FILE, refusals_in_words


@click.command()
@click.argument("criteria", type=FILE)
@click.argument("answers", type=FILE)
@click.option("--measures", type=FILE, help="The organisation's own figures (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def score(criteria: Path, answers: Path, measures: Path | None, as_json: bool) -> None:
    """Score ANSWERS (a CSV file) by CRITERIA."""
    from assessment.exchange.result import result_text
    from assessment.exchange.summary import summary_lines
    from assessment.services.reports import score_answers

    with refusals_in_words():
        found = score_answers(criteria, answers, measures)
    if as_json:
        click.echo(result_text(found), nl=False)
        return
    for line in summary_lines(found):
        click.echo(line)


@click.command()
@click.argument("criteria", type=FILE)
@click.argument("answers", type=FILE)
@click.option("-o", "--output", "target", type=FILE, required=True, help="The PDF to write.")
@click.option("--previous", type=FILE, help="The answers of the last cycle (CSV).")
@click.option("--previous-invited", type=FILE, help="How many were invited then (CSV).")
@click.option("--targets", type=FILE, help="Where leaders want to be (CSV).")
@click.option("--invited", type=FILE, help="How many people were invited (CSV).")
@click.option("--measures", type=FILE, help="The organisation's own figures (CSV).")
@click.option("--reference", type=FILE, help="What others reached (a reference profile).")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The date on the report.")
@click.option("--organisation", help="The organisation's name, for the cover.")
@click.option("--cycle", help="The name of this round, for the cover.")
def report(
    criteria: Path,
    answers: Path,
    target: Path,
    previous: Path | None,
    previous_invited: Path | None,
    targets: Path | None,
    invited: Path | None,
    measures: Path | None,
    reference: Path | None,
    paper: str,
    on: datetime.datetime | None,
    organisation: str | None,
    cycle: str | None,
) -> None:
    """Print the gap report of ANSWERS (a CSV file) by CRITERIA as a PDF."""
    from assessment.reporting.gap_report import ReportInput
    from assessment.reporting.pdf import Press, sensible_processes
    from assessment.services.reports import Sources, write_gap_report

    about = ReportInput(
        date=on.date() if on else datetime.datetime.now().astimezone().date(),
        paper="letter" if paper == "letter" else "a4",
        organisation=organisation,
        cycle=cycle,
    )
    sources = Sources(
        criteria, answers, previous, targets, invited, measures, previous_invited, reference
    )
    with refusals_in_words(), Press(sensible_processes()) as press:
        write_gap_report(sources, about, target, press)
    click.echo(f"Written: {target}")


@click.command()
@click.argument("requirements", type=FILE)
@click.option("--criteria", type=FILE, help="The framework's file, if it is not found by its id.")
@click.option("-o", "--output", "target", type=FILE, help="Targets (CSV) to write it into.")
def importance(requirements: Path, criteria: Path | None, target: Path | None) -> None:
    """Print how much each item matters by what customers require."""
    from assessment.services.references import importance_of, write_importance

    with refusals_in_words():
        for line in importance_of(requirements, criteria):
            click.echo(line)
        if target is not None:
            write_importance(requirements, target, criteria)
            click.echo(f"\nWritten: {target}")


@click.command()
@click.option("--defects", type=click.IntRange(0), help="Defects that were found.")
@click.option("--units", type=click.IntRange(1), help="Units that were looked at.")
@click.option("--opportunities", type=click.IntRange(1), default=1, show_default=True)
@click.option("--yield", "yields", type=click.FloatRange(0, 1), multiple=True, help="Of a step.")
@click.option("--limits", type=float, nargs=2, help="The lower and the upper limit.")
@click.option("--mean", type=float, help="Where the values lie.")
@click.option("--deviation", type=float, help="How far they spread (standard deviation).")
def sigma(
    defects: int | None,
    units: int | None,
    opportunities: int,
    yields: Sequence[float],
    limits: tuple[float, float] | None,
    mean: float | None,
    deviation: float | None,
) -> None:
    """Work out DPMO and the sigma level, a rolled yield, or Cp and Cpk."""
    from assessment.exchange.sigma import capability_lines, defect_lines, yield_lines

    lines: list[str] = []
    try:
        if defects is not None and units is not None:
            lines += defect_lines(defects, units, opportunities)
        if yields:
            lines += yield_lines(yields)
        if limits and mean is not None and deviation is not None:
            lines += capability_lines(limits, mean, deviation)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from None
    if not lines:
        wanted = "--defects with --units, --yield, or --limits with --mean and --deviation"
        raise click.UsageError(f"Nothing to work out: give {wanted}.")
    for line in lines:
        click.echo(line)
