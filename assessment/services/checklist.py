"""The project around a cycle, step by step: what the data tell, and what somebody ticks off."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assessment.services.editorial import newest_version
from assessment.services.errors import NotThere, Sentence, _
from assessment.services.key_factors import KeyFactor
from assessment.services.participation import Turnout
from assessment.store.tables import ChecklistTick, Cycle
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
    "answer": _("Collect the answers"),
    "judge": _("Judge and agree"),
    "close": _("Close"),
    "check_facts": _("Check the facts and edit"),
    "decide": _("Decide, with owners and budget"),
    "feed_back": _("Tell the staff, within 30 days"),
    "act": _("Act"),
    "next_cycle": _("Next cycle: see whether it worked"),
}
BY_HAND: frozenset[StepName] = frozenset({"pilot", "feed_back", "act"})


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


def checklist(
    session: Session, row: Cycle, counts: Sequence[Turnout], factors: Sequence[KeyFactor]
) -> list[Step]:
    """Every step of the project around this cycle, in order, from its turnout and key factors."""
    ticks = {
        tick.step: tick
        for tick in session.scalars(
            select(ChecklistTick).where(
                ChecklistTick.organisation_id == row.organisation_id,
                ChecklistTick.cycle_id == row.id,
            )
        )
    }
    told = {step.name: step for step in _told(session, row, counts, factors)}
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


def _told(
    session: Session, row: Cycle, counts: Sequence[Turnout], factors: Sequence[KeyFactor]
) -> Iterator[Step]:
    follow = session.scalar(
        select(func.count())
        .select_from(Cycle)
        .where(Cycle.organisation_id == row.organisation_id, Cycle.previous_id == row.id)
    )
    invited = sum(each.invited for each in counts)
    linked = sum(each.linked for each in counts)
    yield Step("purpose", bool(row.sponsor and row.purpose))
    yield Step("method", bool(row.forms))
    yield _key_factors(row, factors)
    yield Step("announce", row.state != "draft" and 0 < invited <= linked, _of(linked, invited))
    yield _answered(counts, invited)
    yield _judged(row, counts)
    yield Step("close", row.state == "closed")
    if row.state == "closed":
        yield from _written(session, row)
    yield Step("next_cycle", bool(follow))


def _answered(counts: Sequence[Turnout], invited: int) -> Step:
    submitted = sum(each.submitted for each in counts)
    return Step("answer", 0 < invited == submitted, _of(submitted, invited))


def _judged(row: Cycle, counts: Sequence[Turnout]) -> Step:
    judges = [each for each in counts if each.form == "assessors"]
    asked, done = sum(each.invited for each in judges), sum(each.submitted for each in judges)
    if "assessors" not in row.forms:
        return Step("judge", True, Sentence(_("This cycle has no panel.")))
    return Step("judge", 0 < asked == done, _of(done, asked))


def _written(session: Session, row: Cycle) -> Iterator[Step]:
    """What the report's own words tell: that a leader stands for it, and that somebody acts."""
    newest = newest_version(session, row)
    if newest is None:
        return
    own = newest.editorial
    if own.state == "signed off":
        yield Step("check_facts", True, None, own.by, newest.at)
    else:
        stands = _("The facts are checked.") if own.state == "checked" else _("There is a draft.")
        yield Step("check_facts", False, Sentence(stands))
    decisions = own.words.decisions
    owned = sum(bool(each.owner) for each in decisions)
    yield Step("decide", 0 < owned == len(decisions), _of(owned, len(decisions)))


def _key_factors(row: Cycle, factors: Sequence[KeyFactor]) -> Step:
    if not factors and row.state == "draft":
        return Step("key_factors", False)
    if not factors:
        return Step("key_factors", True, Sentence(_("This cycle asks for none.")))
    answered = sum(bool(each.answers) for each in factors)
    return Step("key_factors", answered == len(factors), _of(answered, len(factors)))


def _of(done: int, whole: int) -> Sentence:
    return Sentence(_("%(done)d of %(whole)d"), done=done, whole=whole)
