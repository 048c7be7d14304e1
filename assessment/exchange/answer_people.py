"""Whose answers a file holds: what one person has said so far, and how their group is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessment.core.framework import CONSENSUS, STAFF, Framework


@dataclass
class Person:
    """One respondent, row by row."""

    group: str
    unit: str | None
    codes: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    waived: set[str] = field(default_factory=set)
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    is_judge: bool = False


def group_names(framework: Framework) -> Mapping[str, str]:
    """How a group may be written: a form's id or its singular -> the form's id."""
    names = {CONSENSUS: CONSENSUS, STAFF: STAFF}
    for form in framework.forms:
        names[form.casefold()] = form
        if form.endswith("s"):
            names.setdefault(form[:-1].casefold(), form)
    return names
