"""One line on a checked file: its faults, or how large it is and how long its forms take."""

from __future__ import annotations

from assessment.catalogue.check import Checked
from assessment.core.text import shown

_COUNTED = (
    ("category", "categories"),
    ("item", "items"),
    ("question", "questions"),
    ("criterion", "criteria"),
    ("framework", "frameworks"),
    ("link", "links"),
    ("percent", "percents"),
    ("requirement", "requirements"),
    ("relation", "relations"),
)


def verdict(checked: Checked) -> str:
    """What is wrong with a file, or that nothing is; warnings that it silences are counted."""
    if checked.errors:
        return f"{checked.path}: {_number(len(checked.errors), 'error', 'errors')}"
    facts = [
        _number(checked.counts[many], one, many)
        for one, many in _COUNTED
        if checked.counts.get(many)
    ]
    facts += [f"{form} {shown(minutes, 0)} min" for form, minutes in checked.minutes.items()]
    warnings, silenced = len(checked.warnings), len(checked.silenced)
    faults = _number(warnings, "warning", "warnings") if warnings else "no faults"
    if silenced:
        faults += f", {_number(silenced, 'warning', 'warnings')} silenced"
    return f"{checked.path}: {faults}; {', '.join(facts)}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
