"""Every table, by its noun. Whoever needs the whole schema imports this module."""

from __future__ import annotations

from assessment.store.base import Base
from assessment.store.cycles import ChecklistTick, CriteriaUpload, Cycle, EditionRow, Respondent
from assessment.store.jobs import Job
from assessment.store.leading import EditorialVersion, ImportanceVote, QuoteReading, TargetRow
from assessment.store.measures import Measure, MeasureValue
from assessment.store.people import Organisation, Person, Role, SessionRow, SignInLink, Unit
from assessment.store.releases import ReleasePart, ReleaseRow
from assessment.store.sheets import CommentRow, HistoryRow, SheetRow

__all__ = [
    "Base",
    "ChecklistTick",
    "CommentRow",
    "CriteriaUpload",
    "Cycle",
    "EditionRow",
    "EditorialVersion",
    "HistoryRow",
    "ImportanceVote",
    "Job",
    "Measure",
    "MeasureValue",
    "Organisation",
    "Person",
    "QuoteReading",
    "ReleasePart",
    "ReleaseRow",
    "Respondent",
    "Role",
    "SessionRow",
    "SheetRow",
    "SignInLink",
    "TargetRow",
    "Unit",
]
