"""Commands for those who write criteria files: check one, compare two, begin a new one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment.cli.shared import FILE, refusals_in_words

if TYPE_CHECKING:
    from assessment.catalogue.skeleton import Wishes


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FILE)
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


@click.command()
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


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say what changed from OLD to NEW. Ends with 1 if answers to OLD cannot all be kept."""
    from assessment.services.edition_changes import (
        change_lines,
        changes_between,
        changes_text,
        keeps_answers,
    )

    with refusals_in_words():
        found = changes_between(old, new)
    for line in [changes_text(found)] if as_json else change_lines(found):
        click.echo(line)
    sys.exit(0 if keeps_answers(found) else 1)


@click.command()
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--clone", type=FILE, help="Begin with all of this file, under a new id.")
@click.option("--extend", type=FILE, help="The same, as a variant that may share its sentences.")
@click.option("--edition", help="Else it is asked for.")
def new(path: Path, clone: Path | None, extend: Path | None, edition: str | None) -> None:
    """Begin a criteria FILE: from some questions, or from another file. Nothing is overwritten."""
    from assessment.services.new_criteria import NotBegun, begin_file, copy_file, refuse_bad_name

    if clone and extend:
        raise click.UsageError("Give --clone or --extend, not both.")
    try:
        refuse_bad_name(path)
        with refusals_in_words():
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
    typed = click.prompt(
        "Categories, with commas between them", default="Leading, Working, Results"
    )
    categories = tuple(part.strip() for part in typed.split(",") if part.strip())
    return Wishes(name, title, edition, language, is_asked, judging, categories or ("1",))
