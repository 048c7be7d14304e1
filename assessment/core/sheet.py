"""One respondent's answers: a byte for each slot of the edition, and how far they have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assessment.core.framework import STAFF, Framework

NOT_APPLICABLE = 252
CANT_JUDGE = 253
NOT_ANSWERED = 254
NOT_ASKED = 255
HIGHEST_VALUE = 100
"""Any byte up to this one is a value; the four above are the ways of giving none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one respondent said. `values` follows `Framework.slots`.

    `not_applicable` are the ids of whole items that do not apply to them: an overlay, so that
    taking it back brings every answer back.
    """

    respondent: str
    group: str
    unit: str | None
    values: bytes
    not_applicable: frozenset[str] = field(default_factory=frozenset)

    def with_values(self, framework: Framework, given: Mapping[str, int]) -> Sheet:
        """This sheet with the values *given* by slot key in place of what stood there."""
        values = bytearray(self.values)
        for key, value in given.items():
            values[framework.position[key]] = value
        return replace(self, values=bytes(values))


def blank_sheet(
    framework: Framework, respondent: str, group: str = STAFF, unit: str | None = None
) -> Sheet:
    """An empty sheet: *not answered* where the group's form asks, *not asked* everywhere else."""
    values = bytearray([NOT_ASKED]) * len(framework.slots)
    if group in framework.forms:
        for place in framework.asks(group):
            values[place] = NOT_ANSWERED
    return Sheet(respondent, group, unit, bytes(values))


def completeness(values: Iterable[int]) -> Fraction | None:
    """(Values and "can't judge") ÷ (asked − not applicable); None where nothing was to answer.

    "Can't judge" is an answer: it tells something about deployment. An answer that was left out
    is not, and must not hide behind the mean of the others.
    """
    asked = [value for value in values if value not in (NOT_ASKED, NOT_APPLICABLE)]
    if not asked:
        return None
    return Fraction(sum(value != NOT_ANSWERED for value in asked), len(asked))
