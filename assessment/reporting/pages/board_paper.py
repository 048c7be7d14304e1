"""The board paper: four pages that say where the organisation stands and what to decide.

Each page holds what fits on one sheet and says that the rest is in the appendix.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessment.reporting.pages.decisions import Decisions, decisions_asked
from assessment.reporting.pages.opening import Opening, opening
from assessment.reporting.pages.profile import ProfilePage, profile_page
from assessment.reporting.pages.room import PAGE_LINES
from assessment.reporting.pages.themes import Themes, key_themes
from assessment.reporting.source import Source

HEADLINE = 8
"""Lines that the second headline of a page takes."""


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """The four pages in their order."""

    opening: Opening
    profile: ProfilePage
    themes: Themes
    decisions: Decisions

    @property
    def is_short(self) -> bool:
        """Themes and decisions fit on one page, of which each alone would fill a little."""
        return self.themes.lines + self.decisions.lines + HEADLINE <= PAGE_LINES


def board_paper(source: Source) -> BoardPaper:
    return BoardPaper(
        opening(source), profile_page(source), key_themes(source), decisions_asked(source)
    )
