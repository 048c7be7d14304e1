"""Commands that keep something running: the demo, the pages, the jobs, database and people."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment.cli.shared import FILE, refusals_in_words, server_refusals_in_words

if TYPE_CHECKING:
    from assessment.web.settings import Settings
    from assessment.worker import Place


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Else 8000, or the next free one.")
@click.option("--reset", is_flag=True, help="Begin anew: forget what was tried out.")
@click.option("--folder", type=FILE, help="Where the demo is kept.")
@click.option("--files", type=FILE, metavar="FOLDER", help="No pages: write its files there.")
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

    with server_refusals_in_words(), demo_folder(folder):
        if reset:
            forget(folder)
        with meanwhile(tell, folder) as told:
            # The story is told in one process while this one reads the pages.
            from assessment.web import demo_start, serving
            from assessment.worker import work

            settings = demo_start.demo_settings(folder)
            app = demo_start.demo_app(settings)
            listening = serving.listen("127.0.0.1", port)
            if told():
                seconds = time.monotonic() - began
                click.echo(f"Told the story of a made-up water company in {seconds:.1f} seconds.")
        for line in demo_start.first_words(folder, listening.getsockname()):
            click.echo(line)
        place = _place(settings)
        beside = ("demo", "--jobs", "--folder", str(folder))
        serving.serve(lambda: app, listening, 1, lambda: work(place), 1, beside)


def _do_demo_jobs(folder: Path) -> None:
    """For systems where a process cannot fork: the demo's worker, in a process of its own."""
    from assessment.web.demo_start import demo_settings
    from assessment.worker import work

    settings = demo_settings(folder)
    work(_place(settings))


def _write_demo_files(folder: Path) -> None:
    from assessment.reporting.pdf import Press, sensible_processes
    from assessment.services.demo import run_demo

    click.echo("Writing the answers of a made-up water company and printing its gap report …")
    with refusals_in_words(), Press(sensible_processes()) as press:
        printed = run_demo(folder, press)
    click.echo(f"Answers, targets and invitations: {folder.resolve()}")
    click.echo(f"The gap report:                   {printed.resolve()}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Else 8000, or the next free one.")
def serve(host: str, port: int | None) -> None:
    """Start the web pages. The first start prepares everything and prints a link to sign in."""
    from assessment.web import create_app
    from assessment.web.serving import listen
    from assessment.web.serving import serve as run
    from assessment.web.starting import first_words, started
    from assessment.worker import work

    with server_refusals_in_words():
        settings = started(os.environ, host)
        listening = listen(host, port)
        for line in first_words(settings, listening.getsockname()):
            click.echo(line)
        place = _place(settings)
        run(
            lambda: create_app(settings),
            listening,
            settings.processes,
            lambda: work(place),
            settings.workers,
        )


@click.command()
def worker() -> None:
    """Do the jobs that people ask for on the pages: closings, reports. `serve` starts one too."""
    from assessment.processes import can_fork, supervise
    from assessment.web.serving import log_to_stderr
    from assessment.web.settings import read_settings
    from assessment.web.starting import ready
    from assessment.worker import work

    with server_refusals_in_words():
        settings = ready(read_settings(os.environ))
        place = _place(settings)
        click.echo("Touchstone does jobs. Stop with Ctrl+C.")
        log_to_stderr()
        if can_fork():
            supervise([("worker", lambda: work(place))] * max(settings.workers, 1))
        else:
            work(place)


@click.command()
def migrate() -> None:
    """Bring the database to the schema of this version: entirely, or not at all."""
    from assessment.store.engine import open_engine
    from assessment.store.schema import standing, upgrade
    from assessment.web.settings import read_settings

    with server_refusals_in_words():
        engine = open_engine(read_settings(os.environ).database_url)
        before = standing(engine)
        upgrade(engine)
        done = "The database is ready" if before == "empty" else "The database was upgraded"
        click.echo("The database is up to date." if before == "current" else f"{done}.")


@click.group()
def user() -> None:
    """People who sign in."""


@user.command()
@click.argument("email")
@click.option("--organisation", help="Its name: for the first person, or where there are several.")
def link(email: str, organisation: str | None) -> None:
    """Print a link that signs in EMAIL once. In an empty database EMAIL becomes administrator."""
    from assessment.web.starting import link_address, needs_organisation

    with server_refusals_in_words():
        if organisation is None and needs_organisation(os.environ):
            organisation = click.prompt("Name of the organisation")
        click.echo(link_address(os.environ, email, organisation))


def _place(settings: Settings) -> Place:
    """Where the workers of an installation work."""
    from assessment.worker import Place

    return Place(settings.database_url, settings.data, settings.secret_key, settings.redis_url)
