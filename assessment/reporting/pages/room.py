"""How much fits on one page of the board paper, counted in lines of text on the smaller paper."""

from __future__ import annotations

from collections.abc import Iterable

PAGE_LINES = 43
"""Lines of 13 points below a headline of two lines."""

WIDE, COLUMN = 92, 66
"""Letters to a line: across the page, and in the column beside the labels."""


def lines_of(text: str, width: int) -> int:
    return max(1, -(-len(text) // width))


def paragraphs(texts: Iterable[str], width: int) -> float:
    """The lines of several paragraphs, half a line between them."""
    return sum(lines_of(text, width) + 0.5 for text in texts)
