"""Every table, by its noun. Whoever needs the whole schema imports this module."""

from __future__ import annotations

from assessment.store.base import Base
from assessment.store.cycles import ChecklistTick, CriteriaUpload, Cycle, EditionRow, Respondent
from assessment.store.people import Organisation, Person, Role, SessionRow, SignInLink, Unit
from assessment.store.sheets import CommentRow, HistoryRow, SheetRow

__all__ = [
    "Base",
    "ChecklistTick",
    "CommentRow",
    "CriteriaUpload",
    "Cycle",
    "EditionRow",
    "HistoryRow",
    "Organisation",
    "Person",
    "Respondent",
    "Role",
    "SessionRow",
    "SheetRow",
    "SignInLink",
    "Unit",
]
