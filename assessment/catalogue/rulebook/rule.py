"""One rule of the check: what it means, why it matters, and an example of each side."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.catalogue.problems import Severity

ELSEWHERE = "…"
"""A line of its own in an example: what follows stands elsewhere in the file."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`breaks` are lines that break the rule, `holds` the same lines as they should be.

    `in_words`: what matters lies outside the lines of one file, so the examples describe it.
    """

    id: str
    means: str
    why: str
    breaks: str
    holds: str
    severity: Severity = "error"
    in_words: bool = False
