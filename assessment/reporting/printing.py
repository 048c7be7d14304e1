"""The part of printing that is WeasyPrint's: its settings, its log, and what it needs put right."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from assessment.reporting.fetching import LockedFetcher
from assessment.reporting.sections import Bookmark, Place, PrintedSection
from assessment.reporting.sheets import Sheets
from assessment.reporting.svg_text import draw_words_whole
from assessment.reporting.tagging import Document, put_tags_right
from assessment.resources import REPORTS

VARIANT = "pdf/ua-1"

draw_words_whole()


def printed_section(html: str, sheets: Sheets, prefix: str) -> PrintedSection:
    """*html* printed by *sheets*; the names of its table headers begin with *prefix*."""
    style, (folder, _) = _style(sheets), sheets[-1]
    fetcher = LockedFetcher(REPORTS, folder)
    with _remarks() as remarks:
        source = weasyprint.HTML(string=html, base_url=_base(folder), url_fetcher=fetcher)
        document = source.render(
            font_config=style.fonts, stylesheets=style.parsed, pdf_variant=VARIANT
        )
        pdf = document.write_pdf(
            pdf_variant=VARIANT, finisher=partial(put_tags_right, prefix=prefix)
        )
    return PrintedSection(
        pdf,
        len(document.pages),
        _anchors(document),
        tuple(
            Bookmark(level, label, (number, float(left), float(above)))
            for number, page in enumerate(document.pages)
            for level, label, (left, above), _ in page.bookmarks
        ),
        (*style.refused, *fetcher.refused),
        (*style.remarks, *remarks),
    )


def _anchors(document: Document) -> dict[str, Place]:
    """The places of ids; an element on several pages repeats its own, and the first counts."""
    places: dict[str, Place] = {}
    for number, page in enumerate(document.pages):
        for anchor, (left, above, *_) in page.anchors.items():
            places.setdefault(anchor, (number, float(left), float(above)))
    return places


@dataclass(frozen=True, slots=True)
class _Style:
    """Fonts and parsed sheets, and what was wrong with them."""

    fonts: FontConfiguration
    parsed: list[weasyprint.CSS]
    refused: tuple[str, ...]
    remarks: tuple[str, ...]


@lru_cache(maxsize=8)
def _style(sheets: Sheets) -> _Style:
    """*sheets* parsed and their fonts loaded, once in a process."""
    fonts, fetcher = FontConfiguration(), LockedFetcher(REPORTS, *(folder for folder, _ in sheets))
    with _remarks() as remarks:
        parsed = [
            weasyprint.CSS(
                string=text, base_url=_base(folder), font_config=fonts, url_fetcher=fetcher
            )
            for folder, text in sheets
        ]
    return _Style(fonts, parsed, tuple(fetcher.refused), tuple(remarks))


def _base(folder: Path) -> str:
    return folder.resolve().as_uri() + "/"


@contextmanager
def _remarks() -> Iterator[list[str]]:
    """What WeasyPrint logs, from warnings upwards."""
    listener, logger = _Listener(), logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.said
    finally:
        logger.removeHandler(listener)


class _Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
