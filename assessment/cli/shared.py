"""What the commands share: a file as an argument, and refusals said in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

FILE = click.Path(path_type=Path)


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """A refusal ends the command with its sentences and 1, never with a stack trace."""
    from assessment.catalogue.problems import CriteriaError
    from assessment.exchange.rows import FileRefused
    from assessment.reporting.pdf import PdfUnavailable, PrintingStopped

    try:
        yield
    except (CriteriaError, FileRefused) as refusal:
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
def server_refusals_in_words() -> Iterator[None]:
    """The same for commands that have to do with the server and its database."""
    from sqlalchemy.exc import ArgumentError

    from assessment.services.errors import Refusal
    from assessment.store.faults import NotKept
    from assessment.store.schema import SchemaTooNew
    from assessment.web.settings import SettingsRefused

    try:
        with refusals_in_words():
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
