"""A long document cut into sections, each printed from its own HTML page, and what comes of them.

The design says where: a comment `<!-- section -->` stands before what begins a new page. Words that
people typed are escaped, so that nobody can write such a comment. Links from one section to another
are kept as addresses that stand for the place, until all places are known. Where the design has
nothing to say between two comments, no <section> stands there, and none is printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

ELSEWHERE = "https://section.invalid/"
"""What a link to another section is given while it is printed; such an address cannot exist."""

Place = tuple[int, float, float]
"""A page, counted from 0 within its section, and what lies left of and above a place on it."""

_CUT = re.compile(r"<!-- section( naming pages)? -->")
_LINK = re.compile(r'(<a [^>]*?)href="#([^"]*)"')
_LINK_ELSEWHERE = re.compile(f'href="{re.escape(ELSEWHERE)}([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Section:
    """A whole HTML page for one section; `names_pages` when it needs the page numbers of others."""

    html: str
    names_pages: bool = False

    def with_pages(self, pages: Mapping[str, int]) -> str:
        """Its HTML with the number of the page beside each link to another section."""
        return _LINK_ELSEWHERE.sub(
            lambda link: f'{link[0]} data-page="{pages.get(link[1], "")}"', self.html
        )


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading in the outline; the outermost level is 1."""

    level: int
    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section on paper, what in it can be led to, and what was wrong with it."""

    pdf: bytes
    pages: int
    anchors: Mapping[str, Place]
    bookmarks: tuple[Bookmark, ...] = ()
    refused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def cut(html: str) -> tuple[Section, ...]:
    """The sections of *html*, each with its head; one without any comment is one section."""
    opening, *pieces = _CUT.split(html)
    if not pieces:
        return (Section(html),)
    *others, last = pieces
    last, body_end, closing = last.rpartition("</body>")
    texts = [*others[1::2], last]
    return tuple(
        Section(opening + _leading_elsewhere(text) + body_end + closing, naming is not None)
        for naming, text in zip(pieces[::2], texts, strict=True)
        if "<section" in text
    )


def page_head(html: str) -> str:
    """All of a page before its <body>."""
    return html.partition("<body")[0]


def _leading_elsewhere(text: str) -> str:
    """*text* with its links to other sections standing for places not known yet."""
    here = set(_ANCHOR.findall(text))
    return _LINK.sub(
        lambda link: link[0] if link[2] in here else f'{link[1]}href="{ELSEWHERE}{link[2]}"', text
    )
