"""One table: which role may do what. Everything else asks it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.services.errors import NotAllowed

RoleName = Literal["leader", "consultant", "administrator"]
Deed = Literal[
    "see_cycles",
    "see_progress",
    "see_results",
    "make_reports",
    "set_targets",
    "edit_report",
    "read_quotes",
    "sign_report",
    "run_cycles",
    "invite_respondents",
    "move_answers",
    "manage_measures",
    "see_criteria",
    "upload_criteria",
    "manage_units",
    "see_people",
    "manage_people",
]

DEEDS: Mapping[RoleName, frozenset[Deed]] = {
    "leader": frozenset(
        {
            "see_cycles",
            "see_progress",
            "see_results",
            "make_reports",
            "set_targets",
            "edit_report",
            "read_quotes",
            "sign_report",
            "manage_measures",
        }
    ),
    "consultant": frozenset(
        {
            "see_cycles",
            "see_progress",
            "see_results",
            "make_reports",
            "edit_report",
            "read_quotes",
            "run_cycles",
            "invite_respondents",
            "move_answers",
            "manage_measures",
            "see_criteria",
            "upload_criteria",
            "manage_units",
        }
    ),
    "administrator": frozenset(
        {
            "see_cycles",
            "see_progress",
            "see_results",
            "make_reports",
            "run_cycles",
            "invite_respondents",
            "move_answers",
            "manage_measures",
            "see_criteria",
            "manage_units",
            "see_people",
            "manage_people",
        }
    ),
}
"""`move_answers` is to export and import them. `run_cycles` is from the draft to the closing."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody has. `units` are the units it reaches, those below included; None: all."""

    role: RoleName
    units: frozenset[uuid.UUID] | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person who is signed in, with what they may do."""

    organisation_id: uuid.UUID
    id: uuid.UUID
    name: str
    email: str
    grants: tuple[Grant, ...]
    language: str = ""

    @property
    def roles(self) -> frozenset[RoleName]:
        return frozenset(grant.role for grant in self.grants)


def may(member: Member, deed: Deed, unit: uuid.UUID | None = None) -> bool:
    """Whether *member* may do *deed*: anywhere at all, or in *unit* if one is named.

    Somebody who leads one unit reaches the page, and sees on it what `units_of` allows.
    """
    return any(
        deed in DEEDS[grant.role] and (unit is None or grant.units is None or unit in grant.units)
        for grant in member.grants
    )


def need(member: Member, deed: Deed, unit: uuid.UUID | None = None) -> None:
    """Raise NotAllowed unless *member* may do *deed*."""
    if not may(member, deed, unit):
        raise NotAllowed


def units_of(member: Member, deed: Deed) -> frozenset[uuid.UUID] | None:
    """The units for which *member* may do *deed*; None means the whole organisation."""
    found: set[uuid.UUID] = set()
    for grant in member.grants:
        if deed in DEEDS[grant.role]:
            if grant.units is None:
                return None
            found |= grant.units
    return frozenset(found)


def with_those_below(
    parents: Mapping[uuid.UUID, uuid.UUID | None], roots: Iterable[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """*roots* and every unit below them; *parents* has each unit's parent."""
    below: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    for unit, parent in parents.items():
        below.setdefault(parent, []).append(unit)
    found: set[uuid.UUID] = set()
    waiting = [root for root in roots if root in parents]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += below.get(unit, [])
    return frozenset(found)
