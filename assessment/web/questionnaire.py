"""A respondent's questionnaire: its pages stand by subject in the modules named here."""

from __future__ import annotations

from assessment.web import (
    questionnaire_answers,
    questionnaire_entry,
    questionnaire_item,
    questionnaire_refused,
    questionnaire_way,
)
from assessment.web.questionnaire_frame import bp

__all__ = [
    "bp",
    "questionnaire_answers",
    "questionnaire_entry",
    "questionnaire_item",
    "questionnaire_refused",
    "questionnaire_way",
]
