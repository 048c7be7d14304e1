"""HTML and a design's folder -> PDF bytes: tagged (PDF/UA-1), the same bytes for the same words."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from assessment.reporting.engine import Job, PdfUnavailable, collector_off
from assessment.reporting.press import Press, PrintingStopped, sensible_processes
from assessment.reporting.sections import PrintedSection, Section, cut, page_head
from assessment.reporting.sheets import Sheets, read_sheets

__all__ = [
    "DesignFault",
    "ForeignResource",
    "PdfUnavailable",
    "Press",
    "Printed",
    "PrintingStopped",
    "print_document",
    "render_pdf",
    "sensible_processes",
]

TRIES = 4


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


def render_pdf(folder: Path, html: str, paper: str, press: Press | None = None) -> bytes:
    """*html* printed by the report.css of *folder* on *paper* ("a4" or "letter").

    The date of the document is its `dcterms.created`; the clock is not asked.
    """
    printed = print_document(folder, html, paper, press)
    for address in printed.refused:
        warnings.warn(ForeignResource(f"Refused and left out: {address}"), stacklevel=2)
    # WeasyPrint remarks on each refusal too; once is enough.
    for remark in () if printed.refused else printed.remarks:
        warnings.warn(DesignFault(remark), stacklevel=2)
    return printed.pdf


def print_document(folder: Path, html: str, paper: str, press: Press | None = None) -> Printed:
    """*html* printed, together with what was refused and remarked.

    A document in sections is printed section by section and merged, whatever the *press*, so that
    one process and several give the same bytes.
    """
    press, sections = press or Press(), cut(html)
    with collector_off():
        if len(sections) > 1:
            return _print_sections(folder, paper, sections, press)
        (done,) = press.print_all([Job(html, read_sheets(folder, paper, "report.css"))])
        return Printed(done.pdf, done.pages, done.refused, done.remarks)


def _print_sections(
    folder: Path, paper: str, sections: tuple[Section, ...], press: Press
) -> Printed:
    sheets = read_sheets(folder, paper, "report.css")
    number_sheets = read_sheets(folder, paper, "report.css", "numbers.css")
    plain = [section for section in sections if not section.names_pages]
    naming = [section for section in sections if section.names_pages]
    jobs = [_section_job(section.html, sheets) for section in plain]
    done = dict(zip(plain, press.print_all(jobs), strict=True))
    lengths = {section: done[section].pages if section in done else 1 for section in sections}
    # How long the contents are is known when they are printed, and for that all pages must be.
    for _ in range(TRIES):
        pages = _page_numbers(sections, lengths, done)
        jobs = [_section_job(section.with_pages(pages), sheets) for section in naming]
        total = sum(lengths.values())
        numbered = f"{page_head(sections[0].html)}<body>{'<div></div>' * total}</body></html>"
        *found, numbers = press.print_all([*jobs, Job(numbered, number_sheets)])
        real = {section: each.pages for section, each in zip(naming, found, strict=True)}
        if real.items() <= lengths.items():
            break
        lengths |= real
    else:
        raise RuntimeError("The contents do not come to a length of their own.")
    done |= zip(naming, found, strict=True)
    in_order = [done[section] for section in sections]
    # It brings pikepdf and fontTools, which would slow down the start of everything else.
    from assessment.reporting.merging import merged  # noqa: PLC0415

    return Printed(
        merged(in_order, numbers.pdf),
        total,
        _once(each.refused for each in in_order),
        _once(each.remarks for each in in_order),
    )


def _section_job(html: str, sheets: Sheets) -> Job:
    return Job(html, sheets, prefix=sha256(html.encode()).hexdigest()[:12])


def _page_numbers(
    sections: tuple[Section, ...],
    lengths: Mapping[Section, int],
    done: Mapping[Section, PrintedSection],
) -> dict[str, int]:
    """The page, counted from 1, on which each anchor of what is *done* stands."""
    starts = accumulate((lengths[section] for section in sections), initial=1)
    return {
        anchor: start + number
        for section, start in zip(sections, starts, strict=False)
        if section in done
        for anchor, (number, *_) in done[section].anchors.items()
    }


def _once(said: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What each section said, without what another said before: they share their sheets."""
    return tuple(dict.fromkeys(each for section in said for each in section))
