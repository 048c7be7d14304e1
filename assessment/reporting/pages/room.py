"""How much fits on one page of the board paper, counted in lines of text on the smaller paper."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.reporting.lettering import wrapped
from assessment.reporting.wording import plain

PAGE_LINES = 43
"""Lines of 13 points below a headline of two lines."""

WIDE, COLUMN = 92, 66
"""Letters to a line: across the page, and in the column beside the labels."""


TEXT, COLUMN_PIXELS, MOST_LINES = 12.27, 470.0, 40
"""Small type and the column beside the labels in CSS pixels, a little narrower than it is."""


def column_lines(texts: Iterable[str]) -> float:
    """The lines of several paragraphs in the column, measured word by word."""
    return sum(
        len(wrapped(plain(text), TEXT, COLUMN_PIXELS, MOST_LINES).lines) + 0.5 for text in texts
    )


def lines_of(text: str, width: int) -> int:
    return max(1, -(-len(text) // width))


def paragraphs(texts: Iterable[str], width: int) -> float:
    """The lines of several paragraphs, half a line between them."""
    return sum(lines_of(text, width) + 0.5 for text in texts)
