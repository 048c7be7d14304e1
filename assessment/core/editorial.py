"""The report's own words: what people write above the figures, and where it stands.

Figures come from the release and are never edited. These words are: a headline, key themes with
strengths first, the gaps chosen to be spoken of, decisions with owner, cost and date, and quotes
that two readers have released.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.core.release import Comment

ThemeKind = Literal["strength", "opportunity"]
EditorialState = Literal["draft", "checked", "signed off"]
Verdict = Literal["release", "withhold"]

READERS = 2
"""Words of one person are quoted only when so many others have read them and agree."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One sentence or two on what the answers have in common."""

    kind: ThemeKind
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What leaders are asked to decide, or have decided. `due` is a day in ISO form, or empty."""

    what: str
    owner: str = ""
    cost: str = ""
    due: str = ""
    gap: str = ""
    """The item or question it is meant to improve; empty where it is about the whole."""


@dataclass(frozen=True, slots=True)
class EditorialWords:
    """What people write. Empty parts leave that place to the sentences made from the data."""

    headline: str = ""
    summary: str = ""
    themes: tuple[Theme, ...] = ()
    gaps: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def strengths(self) -> tuple[str, ...]:
        return tuple(theme.text for theme in self.themes if theme.kind == "strength")

    @property
    def opportunities(self) -> tuple[str, ...]:
        return tuple(theme.text for theme in self.themes if theme.kind == "opportunity")


@dataclass(frozen=True, slots=True)
class Editorial:
    """One version of the words, who stands for it, and the comments that may be quoted.

    `version` counts from 1; 0 means that nobody has written anything yet.
    """

    words: EditorialWords = EditorialWords()
    quotes: tuple[Comment, ...] = ()
    version: int = 0
    state: EditorialState = "draft"
    by: str = ""
    """Who made this version: of a checked one its reader, of a signed one the leader."""
    on: str = ""
    """The day, in ISO form."""


def may_be_quoted(verdicts: dict[str, Verdict]) -> bool:
    """Whether a comment may be quoted: *verdicts* are those of its readers, one each.

    One reader who says no is enough to keep it out.
    """
    return "withhold" not in verdicts.values() and len(verdicts) >= READERS
