"""`touchstone`: check criteria, score answers, print reports, see it all in a demo.

Each command imports what it needs when it runs, so that help, the version and a mistyped option
answer at once.
"""

from __future__ import annotations

import datetime
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment import __version__

if TYPE_CHECKING:
    from assessment.catalogue.skeleton import Wishes

_FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="touchstone")
def main() -> None:
    """Organisational-excellence self-assessment: criteria files, answers, gap reports."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_FILE)
def check(paths: Sequence[Path]) -> None:
    """Check criteria files, or all in a folder. Ends with 1 if one of them has an error."""
    from assessment.services.checking import check_criteria
    from assessment.services.verdicts import verdict

    checked = check_criteria(paths)
    for each in checked:
        for problem in each.problems:
            click.echo(str(problem))
    for each in checked:
        click.echo(verdict(each))
    sys.exit(1 if any(each.errors for each in checked) else 0)


@main.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain a RULE of the check by examples; without one, list all rules."""
    from assessment.catalogue.rulebook.explained import UnknownRule, all_rules, explained

    try:
        lines = all_rules() if rule is None else explained(rule)
    except UnknownRule as refusal:
        raise click.ClickException(str(refusal)) from None
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say what changed from OLD to NEW. Ends with 1 if answers to OLD cannot all be kept."""
    from assessment.services.edition_changes import (
        change_lines,
        changes_between,
        changes_text,
        keeps_answers,
    )

    with _refusals_in_words():
        found = changes_between(old, new)
    for line in [changes_text(found)] if as_json else change_lines(found):
        click.echo(line)
    sys.exit(0 if keeps_answers(found) else 1)


@main.command()
@click.argument("path", metavar="FILE", type=_FILE)
@click.option("--clone", type=_FILE, help="Begin with all of this file, under a new id.")
@click.option("--extend", type=_FILE, help="The same, as a variant that may share its sentences.")
@click.option("--edition", help="Else it is asked for.")
def new(path: Path, clone: Path | None, extend: Path | None, edition: str | None) -> None:
    """Begin a criteria FILE: from some questions, or from another file. Nothing is overwritten."""
    from assessment.services.new_criteria import NotBegun, begin_file, copy_file, refuse_bad_name

    if clone and extend:
        raise click.UsageError("Give --clone or --extend, not both.")
    try:
        refuse_bad_name(path)
        with _refusals_in_words():
            if model := clone or extend:
                named = edition or click.prompt("Edition")
                begun = copy_file(path, model, named, as_variant=extend is not None)
            else:
                begun = begin_file(path, _wishes(path.stem, edition))
    except NotBegun as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Written: {path}")
    if begun.problems:
        click.echo("Left to do:")
    for problem in begun.problems:
        click.echo(str(problem))


def _wishes(name: str, edition: str | None) -> Wishes:
    """What a new framework is to be, asked at the prompt."""
    from assessment.catalogue.skeleton import JUDGED_IN, Wishes

    title = click.prompt("Title")
    edition = edition or click.prompt("Edition", default="First draft")
    language = click.prompt("Language", default="en")
    is_asked = click.confirm("Are people asked how far they agree?", default=True)
    judging = click.prompt("How are items judged?", type=click.Choice(JUDGED_IN), default="none")
    typed = click.prompt("Categories, with commas between them")
    categories = tuple(part.strip() for part in typed.split(",") if part.strip())
    return Wishes(name, title, edition, language, is_asked, judging, categories or ("1",))


@main.command()
@click.argument("criteria", type=_FILE)
@click.argument("answers", type=_FILE)
@click.option("--measures", type=_FILE, help="The organisation's own figures (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def score(criteria: Path, answers: Path, measures: Path | None, as_json: bool) -> None:
    """Score ANSWERS (a CSV file) by CRITERIA."""
    from assessment.exchange.result import result_text
    from assessment.exchange.summary import summary_lines
    from assessment.services.reports import score_answers

    with _refusals_in_words():
        found = score_answers(criteria, answers, measures)
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
@click.option("--previous-invited", type=_FILE, help="How many were invited then (CSV).")
@click.option("--targets", type=_FILE, help="Where leaders want to be (CSV).")
@click.option("--invited", type=_FILE, help="How many people were invited (CSV).")
@click.option("--measures", type=_FILE, help="The organisation's own figures (CSV).")
@click.option("--reference", type=_FILE, help="What others reached (a reference profile).")
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
    with _refusals_in_words(), Press(sensible_processes()) as press:
        write_gap_report(sources, about, target, press)
    click.echo(f"Written: {target}")


@main.command()
@click.argument("requirements", type=_FILE)
@click.option("--criteria", type=_FILE, help="The framework's file, if it is not found by its id.")
@click.option("-o", "--output", "target", type=_FILE, help="Targets (CSV) to write it into.")
def importance(requirements: Path, criteria: Path | None, target: Path | None) -> None:
    """Print how much each item matters by what customers require."""
    from assessment.services.references import importance_of, write_importance

    with _refusals_in_words():
        for line in importance_of(requirements, criteria):
            click.echo(line)
        if target is not None:
            write_importance(requirements, target, criteria)
            click.echo(f"\nWritten: {target}")


@main.command()
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


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Else 8000, or the next free one.")
@click.option("--reset", is_flag=True, help="Begin anew: forget what was tried out.")
@click.option("--folder", type=_FILE, help="Where the demo is kept.")
@click.option("--files", type=_FILE, metavar="FOLDER", help="No pages: write its files there.")
@click.option("--jobs", is_flag=True, hidden=True)
def demo(
    port: int | None, reset: bool, folder: Path | None, files: Path | None, jobs: bool
) -> None:
    """Start a made-up organisation to look around in. It never touches real data."""
    from assessment.resources import data_folder

    if files is not None:
        _write_demo_files(files)
        return
    folder = folder or data_folder(os.environ.get("TOUCHSTONE_DATA")) / "demo"
    if jobs:
        _do_demo_jobs(folder)
    else:
        _serve_demo(folder, port, reset)


def _serve_demo(folder: Path, port: int | None, reset: bool) -> None:
    began = time.monotonic()
    from assessment.processes import meanwhile
    from assessment.services.demo_folder import demo_folder, forget, tell

    with _server_refusals_in_words(), demo_folder(folder):
        if reset:
            forget(folder)
        with meanwhile(tell, folder) as told:
            # The story is told in one process while this one reads the pages.
            from assessment.web import demo_start, serving
            from assessment.worker import Place, work

            settings = demo_start.demo_settings(folder)
            app = demo_start.demo_app(settings)
            listening = serving.listen("127.0.0.1", port)
            if told():
                seconds = time.monotonic() - began
                click.echo(f"Told the story of a made-up water company in {seconds:.1f} seconds.")
        for line in demo_start.first_words(folder, listening.getsockname()):
            click.echo(line)
        place = Place(settings.database_url, settings.data, settings.secret_key)
        beside = ("demo", "--jobs", "--folder", str(folder))
        serving.serve(lambda: app, listening, 1, lambda: work(place), 1, beside)


def _do_demo_jobs(folder: Path) -> None:
    """For systems where a process cannot fork: the demo's worker, in a process of its own."""
    from assessment.web.demo_start import demo_settings
    from assessment.worker import Place, work

    settings = demo_settings(folder)
    work(Place(settings.database_url, settings.data, settings.secret_key))


def _write_demo_files(folder: Path) -> None:
    from assessment.reporting.pdf import Press, sensible_processes
    from assessment.services.demo import run_demo

    click.echo("Writing the answers of a made-up water company and printing its gap report …")
    with _refusals_in_words(), Press(sensible_processes()) as press:
        printed = run_demo(folder, press)
    click.echo(f"Answers, targets and invitations: {folder.resolve()}")
    click.echo(f"The gap report:                   {printed.resolve()}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Else 8000, or the next free one.")
def serve(host: str, port: int | None) -> None:
    """Start the web pages. The first start prepares everything and prints a link to sign in."""
    from assessment.web import create_app
    from assessment.web.serving import listen
    from assessment.web.serving import serve as run
    from assessment.web.starting import first_words, started
    from assessment.worker import Place, work

    with _server_refusals_in_words():
        settings = started(os.environ, host)
        listening = listen(host, port)
        for line in first_words(settings, listening.getsockname()):
            click.echo(line)
        place = Place(settings.database_url, settings.data, settings.secret_key, settings.redis_url)
        run(
            lambda: create_app(settings),
            listening,
            settings.processes,
            lambda: work(place),
            settings.workers,
        )


@main.command()
def worker() -> None:
    """Do the jobs that people ask for on the pages: closings, reports. `serve` starts one too."""
    from assessment.processes import can_fork, supervise
    from assessment.web.serving import log_to_stderr
    from assessment.web.settings import read_settings
    from assessment.web.starting import ready
    from assessment.worker import Place, work

    with _server_refusals_in_words():
        settings = ready(read_settings(os.environ))
        place = Place(settings.database_url, settings.data, settings.secret_key, settings.redis_url)
        click.echo("Touchstone does jobs. Stop with Ctrl+C.")
        log_to_stderr()
        if can_fork():
            supervise([("worker", lambda: work(place))] * max(settings.workers, 1))
        else:
            work(place)


@main.command()
def migrate() -> None:
    """Bring the database to the schema of this version: entirely, or not at all."""
    from assessment.store.engine import open_engine
    from assessment.store.schema import standing, upgrade
    from assessment.web.settings import read_settings

    with _server_refusals_in_words():
        engine = open_engine(read_settings(os.environ).database_url)
        before = standing(engine)
        upgrade(engine)
        done = "The database is ready" if before == "empty" else "The database was upgraded"
        click.echo("The database is up to date." if before == "current" else f"{done}.")


@main.group()
def user() -> None:
    """People who sign in."""


@user.command()
@click.argument("email")
@click.option("--organisation", help="Its name: for the first person, or where there are several.")
def link(email: str, organisation: str | None) -> None:
    """Print a link that signs in EMAIL once. In an empty database EMAIL becomes administrator."""
    from assessment.web.starting import link_address, needs_organisation

    with _server_refusals_in_words():
        if organisation is None and needs_organisation(os.environ):
            organisation = click.prompt("Name of the organisation")
        click.echo(link_address(os.environ, email, organisation))


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    """A refusal ends the command with its sentences and 1, never with a stack trace."""
    from assessment.catalogue.problems import CriteriaError
    from assessment.exchange.rows import FileRefused
    from assessment.reporting.pdf import PdfUnavailable, PrintingStopped

    try:
        yield
    except CriteriaError as refusal:
        sentences = [str(problem) for problem in refusal.problems]
    except FileRefused as refusal:
        sentences = [str(problem) for problem in refusal.problems]
    except (PdfUnavailable, PrintingStopped) as refusal:
        sentences = [str(refusal)]
    except OSError as refusal:
        sentences = [f"{refusal.filename or 'A file'} cannot be written: {refusal.strerror}."]
    else:
        return
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(1)


@contextmanager
def _server_refusals_in_words() -> Iterator[None]:
    """The same for commands that have to do with the server and its database."""
    from sqlalchemy.exc import ArgumentError

    from assessment.services.errors import Refusal
    from assessment.store.faults import NotKept
    from assessment.store.schema import SchemaTooNew
    from assessment.web.settings import SettingsRefused

    try:
        with _refusals_in_words():
            yield
    except (Refusal, SchemaTooNew, SettingsRefused) as refusal:
        sentence = str(refusal)
    except NotKept:
        sentence = "The database cannot be opened, or does not answer. Nothing was changed."
    except ArgumentError:
        sentence = "TOUCHSTONE_DATABASE_URL is not the address of a database."
    else:
        return
    click.echo(sentence, err=True)
    sys.exit(1)
