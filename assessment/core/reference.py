"""A reference profile: what others have reached, from one named source, to look at beside ours.

It is no target and no benchmark: who they are, how many and when is always said with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Profile:
    """Percents of items, categories or the total, of `n` organisations of one `sector`."""

    id: str
    title: str
    edition: str
    language: str
    sha256: str
    framework: str
    source: str
    sector: str
    n: int
    date: str
    percents: Mapping[str, Fraction]
    owner: str = ""
    notice: str = ""
    about: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
