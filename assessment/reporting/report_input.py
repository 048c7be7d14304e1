"""What a report is told beside the results: for whom, when, on which paper, and people's words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessment.core.editorial import Editorial
from assessment.core.findings import Target
from assessment.core.reference import Profile

Paper = Literal["a4", "letter"]
Status = Literal["draft", "signed off"]
Mode = Literal["named", "confidential", "anonymous"]


@dataclass(frozen=True)
class ReportInput:
    """What a report is told beside the results.

    `targets` are all that leaders have chosen, those already reached included. `editorial` are
    people's own words above the figures; None where there is no such layer, as from files alone.
    `unit` names the one unit that a report is of, with those below it. `board_only` leaves the
    appendix away, and `on_screen` says that pages of a site are made, which have none either.
    `reference` is what others reached, to look at beside the results; no figure is made from it.
    """

    date: datetime.date
    paper: Paper = "a4"
    organisation: str | None = None
    cycle: str | None = None
    status: Status = "draft"
    mode: Mode = "named"
    targets: Mapping[str, Target] = field(default_factory=dict)
    editorial: Editorial | None = None
    board_only: bool = False
    unit: str = ""
    interim: bool = False
    on_screen: bool = False
    reference: Profile | None = None

    @property
    def has_appendix(self) -> bool:
        return not (self.board_only or self.on_screen)
