"""One job for WeasyPrint, done in whichever process this is imported."""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from types import ModuleType

from assessment import __version__
from assessment.reporting.sections import PrintedSection
from assessment.reporting.sheets import Sheets

INSTALL = (
    "PDF reports need Pango, and it could not be loaded. On Debian or Ubuntu: apt-get install "
    "--no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig. "
    "On macOS: brew install pango. Everything else works without it."
)

_one_at_a_time = threading.RLock()


class PdfUnavailable(Exception):
    """This machine cannot make PDFs; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Job:
    """A page of HTML to be printed by its sheets; the last of these has the document's folder."""

    html: str
    sheets: Sheets
    prefix: str = ""
    """What the names of table headers begin with; those of two sections must differ."""

    @property
    def key(self) -> str:
        """The same for what gives the same paper: words, design, versions."""
        told = repr((__version__, version("weasyprint"), self.sheets, self.prefix, self.html))
        return sha256(told.encode()).hexdigest()


def do(job: Job) -> PrintedSection:
    """*job* done in this process."""
    printing = printing_module()
    with collector_off():
        done: PrintedSection = printing.printed_section(job.html, job.sheets, job.prefix)
        return done


def printing_module() -> ModuleType:
    """What needs WeasyPrint, imported when the first document is printed.

    WeasyPrint doubles the start-up time of everything else, and where its libraries are missing
    everything else must go on working.
    """
    try:
        return importlib.import_module("assessment.reporting.printing")
    except OSError as error:
        raise PdfUnavailable(INSTALL) from error


@contextmanager
def collector_off() -> Iterator[None]:
    """Without the collector, which would look through a large layout again and again for nothing.

    It is the process that has one, so only one document is printed at a time. Within another such
    block the outer one collects.
    """
    with _one_at_a_time:
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_on:
                gc.enable()
                gc.collect()
