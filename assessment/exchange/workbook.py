"""A release as an Excel workbook: a sheet a subject, numbers as numbers, the same bytes again.

What people typed is written as text: a comment that begins like a formula stays a comment.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import xlsxwriter

from assessment.core.findings import Target
from assessment.core.release import Release
from assessment.exchange.frozen import CycleAbout
from assessment.exchange.workbook_rows import Cell, Sheet
from assessment.exchange.workbook_sheets import sheets

ROWS = 1_048_576
"""More rows than that a sheet does not have."""

READ_ME = (
    ("Perceived", "How those who work here see it: scored answers to a survey, from 0 to 100."),
    ("Assessed", "How judges see it, on evidence. Points are percent × what an item is worth."),
    ("n", "How many people gave a scored answer."),
    ("Completeness", "Answers and “can’t judge”, divided by what was asked and applies; 0 to 1."),
    ("scored", "There is a figure."),
    ("not scored", "Nobody answered or judged this. It is empty, and never zero."),
    ("not determined", "A criterion that decides was not judged, so there is no figure."),
    ("not applicable", "It does not apply to this organisation."),
    ("withheld", "There is a figure, but so few people stand behind it that it is kept back."),
    ("Numbers", "Rounded half up to six decimals, as in the JSON and CSV of the same release."),
    ("Priority", "Importance × gap class ÷ effort: our convention, to begin a discussion with."),
)


@dataclass(frozen=True, slots=True)
class WorkbookAbout:
    """What a workbook is of. `sha256` is the fingerprint of that part of the release."""

    cycle: CycleAbout
    sha256: str
    date: datetime.date
    software: str


def workbook(release: Release, about: WorkbookAbout, targets: Mapping[str, Target]) -> bytes:
    """The workbook as bytes."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        created = datetime.datetime.combine(about.date, datetime.time())
        book.set_properties({"title": _title(about), "created": created})
        read_me = Sheet("Read me", (("", 18), ("", 100)), tuple(_read_me(release, about)))
        _write(book, read_me, has_heads=False)
        for sheet in sheets(release, targets):
            _write(book, sheet, has_heads=True)
    return out.getvalue()


def _title(about: WorkbookAbout) -> str:
    return f"{about.cycle.organisation}: {about.cycle.cycle}"


def _read_me(release: Release, about: WorkbookAbout) -> Iterator[tuple[Cell, ...]]:
    cycle, framework = about.cycle, release.framework
    interim = "Interim: the cycle is open, and every figure may still change."
    yield "Organisation", cycle.organisation
    yield "Results of", cycle.part_name or "The whole organisation"
    yield "Cycle", cycle.cycle
    yield "Results", "Final" if cycle.kind == "final" else interim
    yield "Criteria", f"{framework.title} {framework.edition}".strip()
    yield "Fingerprint", about.sha256
    yield "Released on", about.date.isoformat()
    yield "Made with", f"Touchstone {about.software}"
    yield "People", release.answered
    yield ()
    yield from READ_ME
    yield "Comments", "As people typed them, by place and group, without names."
    for doubt in framework.doubts:
        yield "Doubt", doubt


def _write(book: xlsxwriter.Workbook, sheet: Sheet, *, has_heads: bool) -> None:
    page = book.add_worksheet(sheet.title)
    text, head = (
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
    )
    for column, (title, width) in enumerate(sheet.columns):
        page.set_column(column, column, width, text)
        if has_heads:
            page.write_string(0, column, title, head)
    first = 1 if has_heads else 0
    for line, row in enumerate(sheet.rows[: ROWS - first], start=first):
        for column, cell in enumerate(row):
            if isinstance(cell, bool):
                page.write_string(line, column, "yes" if cell else "no")
            elif isinstance(cell, int | float):
                page.write_number(line, column, cell)
            elif cell:
                page.write_string(line, column, cell)
    if has_heads:
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
