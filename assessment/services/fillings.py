"""What one respondent has before them: their cycle, its edition, and all they have said so far."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import Row, Select, and_, select, update
from sqlalchemy.orm import Session

from assessment.catalogue.minutes import minutes_of_draw
from assessment.core.blocks import drawn_blocks
from assessment.core.framework import Framework
from assessment.core.places import Places, places_of
from assessment.core.progress import Progress, progress
from assessment.core.sheet import HIGHEST_VALUE, NOT_ASKED, Sheet
from assessment.exchange.answer_values import answer_text
from assessment.services.cycle_days import ENDED, refuse_unless_open, standing
from assessment.services.editions import Edition, pinned_edition, same_slots
from assessment.services.errors import LinkUsedUp, NotThere
from assessment.services.sessions import CLOCK_SLACK, IDLE, secret_hash
from assessment.services.sheet_queries import by_id, by_session
from assessment.store.tables import CommentRow, Cycle, Respondent

Kind = Literal[
    "answer", "mark", "waive", "text", "comment", "strength", "ofi", "evidence", "reason"
]
Field = tuple[str, str]
"""A place and a kind: what one field of a page holds."""

YES = "yes"


@dataclass(frozen=True)
class Filling:
    """A sheet being filled in. `previous` has last cycle's answers to unchanged questions."""

    respondent: Respondent
    cycle: Cycle
    edition: Edition
    sheet: Sheet
    marked: frozenset[str]
    words: Mapping[Field, str]
    version: int
    saved_at: datetime.datetime | None
    previous: Mapping[str, str] = field(default_factory=dict)
    is_shared_device: bool | None = None

    @property
    def organisation_id(self) -> uuid.UUID:
        return self.respondent.organisation_id

    @property
    def framework(self) -> Framework:
        return self.edition.framework

    @cached_property
    def places(self) -> Places:
        return places_of(self.framework, self.sheet)

    @property
    def is_submitted(self) -> bool:
        return self.respondent.submitted_at is not None

    def shown(self, place: str, kind: str = "answer") -> str:
        """What the field of *kind* at *place* holds, in the words of an answers file."""
        if kind == "mark":
            return YES if place in self.marked else ""
        if kind == "waive":
            return YES if place in self.sheet.not_applicable else ""
        if kind != "answer":
            return self.words.get((place, kind), "")
        position = self.framework.position.get(place)
        if position is None or self.sheet.values[position] == NOT_ASKED:
            return ""
        return answer_text(self.framework.slots[position], self.sheet.values[position])

    @cached_property
    def progress(self) -> Progress:
        """How far they have come; items that ask in words only are listed, and never wait."""
        return progress(self.framework, self.counted, self.marked, self.places.items)

    @cached_property
    def counted(self) -> Sheet:
        """The sheet as it counts: under what the cycle's lead has set aside for everybody."""
        aside = self.sheet.not_applicable | self.cycle.set_aside.keys()
        return replace(self.sheet, not_applicable=frozenset(aside))

    @cached_property
    def minutes(self) -> Fraction:
        """How long what is asked of them takes, not rounded."""
        form = self.respondent.form
        drawn = drawn_blocks(self.framework, self.sheet.values)
        if drawn and form in self.framework.forms:
            return minutes_of_draw(self.framework, form, drawn)
        return self.edition.minutes.get(form, Fraction(1))

    @property
    def kept(self) -> int:
        """How many answers and texts are there."""
        texts = sum(kind == "text" and bool(text) for (_place, kind), text in self.words.items())
        return self.progress.count.answered + self.progress.count.cant_judge + texts


def reading(session: Session, organisation_id: uuid.UUID, respondent_id: uuid.UUID) -> Filling:
    """What this respondent has before them: one statement. NotThere for any other id."""
    query = by_id(session.get_bind().dialect.name)
    return _reading(session, query, {"organisation_id": organisation_id, "id": respondent_id})


def reading_by_session(session: Session, secret: str, now: datetime.datetime) -> Filling:
    """The same for the browser that holds *secret*: who it is and what they have, one statement.

    A browser on a shared device is forgotten after half an hour without a save or a page.
    """
    query = by_session(session.get_bind().dialect.name)
    given = {"hash": secret_hash(secret), "idle": now - IDLE, "ahead": now + CLOCK_SLACK}
    return _reading(session, query, given)


def open_sheet(session: Session, secret: str, now: datetime.datetime) -> Respondent:
    """The respondent whose pass *secret* is, from now on one who has started.

    LinkUsedUp for a pass that is unknown, replaced, submitted or of a closed cycle: the same for
    all, so that nobody learns which passes exist. NotOpenYet before the first day.
    """
    found = session.execute(
        select(Respondent, Cycle)
        .join(
            Cycle,
            and_(
                Cycle.organisation_id == Respondent.organisation_id, Cycle.id == Respondent.cycle_id
            ),
        )
        .where(Respondent.pass_hash == secret_hash(secret.strip()))
        .execution_options(populate_existing=True)
    ).first()
    if found is None or found.Respondent.submitted_at is not None:
        raise LinkUsedUp
    if standing(found.Cycle, now) in ENDED:
        raise LinkUsedUp
    refuse_unless_open(found.Cycle, now)
    respondent: Respondent = found.Respondent
    if respondent.started_at is None:
        session.execute(
            update(Respondent)
            .where(
                Respondent.organisation_id == respondent.organisation_id,
                Respondent.id == respondent.id,
                Respondent.started_at.is_(None),
            )
            .values(started_at=now)
        )
    return respondent


def key_factors(session: Session, filling: Filling) -> dict[str, tuple[str, ...]]:
    """What leaders wrote to each context question of the cycle, to be read beside the items."""
    asked = [question.id for question in filling.framework.context]
    rows = session.execute(
        select(CommentRow.place, CommentRow.text)
        .join(
            Respondent,
            and_(
                Respondent.organisation_id == CommentRow.organisation_id,
                Respondent.id == CommentRow.respondent_id,
            ),
        )
        .where(
            Respondent.organisation_id == filling.organisation_id,
            Respondent.cycle_id == filling.cycle.id,
            CommentRow.kind == "text",
            CommentRow.place.in_(asked),
            CommentRow.text != "",
        )
        .order_by(Respondent.position)
    ).all()
    return {key: tuple(row.text for row in rows if row.place == key) for key in asked}


def _reading(session: Session, query: Select[Any], given: Mapping[str, object]) -> Filling:
    row = session.execute(query, given).first()
    if row is None:
        raise NotThere
    respondent, cycle = row.Respondent, row.Cycle
    edition = pinned_edition(session, cycle.organisation_id, cycle.edition_sha256, cycle.language)
    return Filling(
        respondent,
        cycle,
        edition,
        Sheet(respondent.code, respondent.form, row.unit, row.slots, frozenset(row.not_applicable)),
        frozenset(row.marked),
        {(place, kind): text for place, kind, text in row.words or []},
        row.version,
        row.saved_at,
        _previous(session, cycle, edition, row),
        getattr(row, "is_shared_device", None),
    )


def _previous(session: Session, cycle: Cycle, edition: Edition, row: Row[Any]) -> dict[str, str]:
    if row.earlier_slots is None:
        return {}
    before = pinned_edition(session, cycle.organisation_id, row.earlier_sha256, cycle.language)
    framework = edition.framework
    return {
        key: answer_text(framework.slots[framework.position[key]], row.earlier_slots[place])
        for key, place in same_slots(before.framework, framework)
        if row.earlier_slots[place] <= HIGHEST_VALUE
    }
