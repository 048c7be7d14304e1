"""What leaders say about the organisation, against which every answer is read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.core.framework import STAFF, ContextQuestion, Framework
from assessment.services.sheet_queries import of_respondent
from assessment.store.tables import CommentRow, Cycle, Respondent


@dataclass(frozen=True, slots=True)
class Said:
    """One leader's answer to a context question."""

    by: str
    at: datetime.datetime
    text: str


@dataclass(frozen=True, slots=True)
class KeyFactor:
    """A context question with what was said to it, in the order of the people's list."""

    question: ContextQuestion
    answers: tuple[Said, ...]


def forms_for_key_factors(framework: Framework, forms: Sequence[str]) -> list[str]:
    """Those of *forms* on which key factors are asked: who leads, not staff and not who judges."""
    return [
        form
        for form in forms
        if form != STAFF and form in framework.forms and not framework.forms[form].judges
    ]


def key_factors(session: Session, row: Cycle, framework: Framework) -> list[KeyFactor]:
    """Every context question of the cycle and what was said to it. One statement at most."""
    said: dict[str, list[Said]] = {}
    if row.state != "draft" and framework.context:
        for place, text, at, name, code in session.execute(
            select(
                CommentRow.place,
                CommentRow.text,
                CommentRow.saved_at,
                Respondent.name,
                Respondent.code,
            )
            .join(Respondent, of_respondent(CommentRow))
            .where(
                Respondent.organisation_id == row.organisation_id,
                Respondent.cycle_id == row.id,
                CommentRow.kind == "text",
                CommentRow.place.in_([question.id for question in framework.context]),
                CommentRow.text != "",
            )
            .order_by(Respondent.position)
        ):
            said.setdefault(place, []).append(Said(name or code, at, text))
    return [KeyFactor(question, tuple(said.get(question.id, ()))) for question in framework.context]
