"""HTML and a design's folder -> PDF bytes: tagged (PDF/UA-1), the same bytes for the same words."""

from __future__ import annotations

import gc
import importlib
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

INSTALL = (
    "PDF reports need Pango, and it could not be loaded. On Debian or Ubuntu: apt-get install "
    "--no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig. "
    "On macOS: brew install pango. Everything else works without it."
)

_one_at_a_time = threading.Lock()


class PdfUnavailable(Exception):
    """This machine cannot make PDFs; the message says what to install."""


class DesignFault(UserWarning):
    """Something is wrong with a document of ours. A warning, so that people still get the report,

    and an error in tests, where warnings are errors.
    """


class ForeignResource(DesignFault):
    """A document asked for something that is not its own. It was refused and left out."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document on paper, and what was wrong with it on the way."""

    pdf: bytes
    pages: int
    refused: tuple[str, ...] = ()
    """Addresses that were asked for and not read."""
    remarks: tuple[str, ...] = ()
    """What WeasyPrint logged."""


def render_pdf(folder: Path, html: str, paper: str) -> bytes:
    """*html* printed by the report.css of *folder* on *paper* ("a4" or "letter").

    The date of the document is its `dcterms.created`; the clock is not asked.
    """
    printed = print_document(folder, html, paper)
    for address in printed.refused:
        warnings.warn(ForeignResource(f"Refused and left out: {address}"), stacklevel=2)
    # WeasyPrint remarks on each refusal too; once is enough.
    for remark in () if printed.refused else printed.remarks:
        warnings.warn(DesignFault(remark), stacklevel=2)
    return printed.pdf


def print_document(folder: Path, html: str, paper: str) -> Printed:
    """*html* printed, together with what was refused and remarked."""
    printing = _printing()
    with _one_at_a_time, _collector_off():
        pdf, pages, refused, remarks = printing.printed(folder, html, paper)
    return Printed(pdf, pages, tuple(refused), tuple(remarks))


def _printing() -> ModuleType:
    """What needs WeasyPrint, imported when the first document is printed.

    WeasyPrint doubles the start-up time of everything else, and where its libraries are missing
    everything else must go on working.
    """
    try:
        return importlib.import_module("assessment.reporting.printing")
    except OSError as error:
        raise PdfUnavailable(INSTALL) from error


@contextmanager
def _collector_off() -> Iterator[None]:
    """Without the collector, which would look through a large layout again and again for nothing.

    It is the process that has one, so only one document is printed at a time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect()
