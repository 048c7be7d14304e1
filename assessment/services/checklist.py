"""The project around a cycle, step by step: what the data tell, and what somebody ticks off."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assessment.services.editions import pinned_edition
from assessment.services.errors import NotThere, Sentence, _
from assessment.services.participation import Turnout, turnout
from assessment.store.tables import ChecklistTick, CommentRow, Cycle, Respondent
from assessment.store.upsert import insert_missing

StepName = Literal[
    "purpose", "method", "key_factors", "pilot", "announce", "answer", "judge", "close",
    "check_facts", "decide", "feed_back", "act", "next_cycle",
]  # fmt: skip

TITLES: Mapping[StepName, str] = {
    "purpose": _("Agree on sponsor, purpose and scope"),
    "method": _("Choose the method"),
    "key_factors": _("Write down the key factors"),
    "pilot": _("Try it with ten people"),
    "announce": _("Announce it and send the links"),
    "answer": _("Answer"),
    "judge": _("Judge and agree"),
    "close": _("Close"),
    "check_facts": _("Check the facts and edit"),
    "decide": _("Decide, with owners and budget"),
    "feed_back": _("Tell the staff, within 30 days"),
    "act": _("Act"),
    "next_cycle": _("Next cycle: see whether it worked"),
}
BY_HAND: frozenset[StepName] = frozenset({"pilot", "check_facts", "decide", "feed_back", "act"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `by` is who ticked it; None where the data tell. `note` says how it stands."""

    name: StepName
    is_done: bool
    note: Sentence | None = None
    by: str | None = None
    at: datetime.datetime | None = None

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def is_by_hand(self) -> bool:
        return self.name in BY_HAND


def checklist(session: Session, row: Cycle) -> list[Step]:
    """Every step of the project around this cycle, in order."""
    ticks = {
        tick.step: tick
        for tick in session.scalars(
            select(ChecklistTick).where(
                ChecklistTick.organisation_id == row.organisation_id,
                ChecklistTick.cycle_id == row.id,
            )
        )
    }
    told = _told(session, row)
    steps = []
    for name in TITLES:
        tick = ticks.get(name)
        if tick is not None:
            steps.append(Step(name, True, None, tick.done_by, tick.done_at))
        else:
            steps.append(told.get(name, Step(name, False)))
    return steps


def tick(session: Session, row: Cycle, step: str, by: str, now: datetime.datetime) -> None:
    """Mark a step as done that the data cannot tell. Twice is once."""
    if step not in BY_HAND:
        raise NotThere
    insert_missing(
        session,
        ChecklistTick,
        [
            {
                "organisation_id": row.organisation_id,
                "cycle_id": row.id,
                "step": step,
                "done_by": by,
                "done_at": now,
            }
        ],
    )


def untick(session: Session, row: Cycle, step: str) -> None:
    """Take the mark away again."""
    session.execute(
        delete(ChecklistTick).where(
            ChecklistTick.organisation_id == row.organisation_id,
            ChecklistTick.cycle_id == row.id,
            ChecklistTick.step == step,
        )
    )


def _told(session: Session, row: Cycle) -> dict[StepName, Step]:
    counts = turnout(session, row)
    links, follow = session.execute(
        select(
            select(func.count(Respondent.pass_hash))
            .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
            .scalar_subquery(),
            select(func.count())
            .select_from(Cycle)
            .where(Cycle.organisation_id == row.organisation_id, Cycle.previous_id == row.id)
            .scalar_subquery(),
        )
    ).one()
    invited = sum(each.invited for each in counts)
    steps = [
        Step("purpose", bool(row.sponsor and row.purpose)),
        Step("method", bool(row.forms)),
        _judged(row, counts),
        Step("announce", row.state != "draft" and 0 < invited <= links, _of(links, invited)),
        Step("close", row.state == "closed"),
        Step("next_cycle", follow > 0),
    ]
    steps.append(_answered(counts, invited))
    steps.append(_key_factors(session, row))
    return {step.name: step for step in steps}


def _answered(counts: list[Turnout], invited: int) -> Step:
    submitted = sum(each.submitted for each in counts)
    return Step("answer", 0 < invited == submitted, _of(submitted, invited))


def _judged(row: Cycle, counts: list[Turnout]) -> Step:
    judges = [each for each in counts if each.form == "assessors"]
    asked, done = sum(each.invited for each in judges), sum(each.submitted for each in judges)
    if "assessors" not in row.forms:
        return Step("judge", True, Sentence(_("This cycle has no panel.")))
    return Step("judge", 0 < asked == done, _of(done, asked))


def _key_factors(session: Session, row: Cycle) -> Step:
    if row.edition_sha256 is None:
        return Step("key_factors", False)
    edition = pinned_edition(session, row.organisation_id, row.edition_sha256, row.language)
    asked = [question.id for question in edition.framework.context]
    answered = session.scalar(
        select(func.count(CommentRow.place.distinct()))
        .join(
            Respondent,
            (Respondent.organisation_id == CommentRow.organisation_id)
            & (Respondent.id == CommentRow.respondent_id),
        )
        .where(
            Respondent.organisation_id == row.organisation_id,
            Respondent.cycle_id == row.id,
            CommentRow.kind == "text",
            CommentRow.place.in_(asked),
            CommentRow.text != "",
        )
    )
    return Step("key_factors", answered == len(asked), _of(answered or 0, len(asked)))


def _of(done: int, whole: int) -> Sentence:
    return Sentence(_("%(done)d of %(whole)d"), done=done, whole=whole)
