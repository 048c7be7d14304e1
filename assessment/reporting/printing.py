"""The part of printing that is WeasyPrint's: its settings, its log, and what it needs put right."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from assessment.reporting.fetching import LockedFetcher
from assessment.reporting.svg_text import draw_words_whole
from assessment.reporting.tagging import put_tags_right
from assessment.reporting.tokens import css_properties
from assessment.resources import REPORTS

VARIANT = "pdf/ua-1"
SHEETS = {"a4": "A4", "letter": "letter"}

draw_words_whole()


def printed(folder: Path, html: str, paper: str) -> tuple[bytes, int, list[str], list[str]]:
    """The PDF, its pages, the addresses that were refused, and what WeasyPrint remarked."""
    style = _style(_sheets(folder, paper))
    fetcher = LockedFetcher(REPORTS, folder)
    with _remarks() as remarks:
        source = weasyprint.HTML(string=html, base_url=_base(folder), url_fetcher=fetcher)
        document = source.render(
            font_config=style.fonts, stylesheets=style.parsed, pdf_variant=VARIANT
        )
        pdf = document.write_pdf(pdf_variant=VARIANT, finisher=put_tags_right)
    refused = [*style.refused, *fetcher.refused]
    return pdf, len(document.pages), refused, [*style.remarks, *remarks]


def _sheets(folder: Path, paper: str) -> tuple[tuple[Path, str], ...]:
    """What a document is styled by, each sheet with its folder: what all share, then its own."""
    fonts = REPORTS / "fonts"
    faces = fonts.joinpath("fonts.css").read_text(encoding="utf-8")
    tokens = f":root {{\n{css_properties('light')}}}\n@page {{ size: {SHEETS[paper]} }}\n"
    own = folder.joinpath("report.css").read_text(encoding="utf-8")
    return (fonts, faces + tokens), (folder, own)


@dataclass(frozen=True, slots=True)
class _Style:
    """Fonts and parsed sheets, and what was wrong with them."""

    fonts: FontConfiguration
    parsed: list[weasyprint.CSS]
    refused: tuple[str, ...]
    remarks: tuple[str, ...]


@lru_cache(maxsize=8)
def _style(sheets: tuple[tuple[Path, str], ...]) -> _Style:
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
