"""A respondent saves a page and, at the end, submits. What is acknowledged is kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from assessment.services.answer_checks import Change, weigh
from assessment.services.cycle_days import refuse_unless_open
from assessment.services.errors import AlreadySubmitted, Busy, CycleClosed, NotComplete, Sentence
from assessment.services.fillings import Field, Filling, reading
from assessment.services.sheet_writes import hand_in, keep_writes

__all__ = ["Change", "Conflict", "Saved", "save_answers", "submit"]

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody else, or another tab, has changed since it was shown."""

    place: str
    kind: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save. `written` fields are kept; conflicts and refusals are not.

    `saved_at` is the time of the last change that was kept, None where there never was one.
    """

    version: int
    saved_at: datetime.datetime | None
    written: frozenset[Field] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    refused: Mapping[Field, Sentence] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether all that was sent is kept."""
        return not self.conflicts and not self.refused


def save_answers(
    session: Session, filling: Filling, changes: Iterable[Change], now: datetime.datetime
) -> Saved:
    """Keep what a page sent: each field that is legal, and still stands as it was shown.

    A conflict or a refusal keeps nobody else's field from being saved, so both are part of what is
    returned, not exceptions that would undo it. NotThere is raised for a place that is not on the
    form, CycleClosed and AlreadySubmitted when it is too late for a change; then nothing is kept.
    The same save again changes nothing more, and is acknowledged even after the closing.
    """
    changes = list(changes)
    for _try in range(_TRIES):
        outcome = weigh(filling, changes)
        typed = {change.field: change.value for change in changes}
        saved = Saved(
            filling.version,
            filling.saved_at,
            frozenset(outcome.writes),
            tuple(
                Conflict(place, kind, typed[place, kind], theirs)
                for (place, kind), theirs in outcome.collisions.items()
            ),
            outcome.refused,
        )
        if not outcome.writes and saved.is_whole:
            return saved
        if filling.is_submitted:
            raise AlreadySubmitted
        refuse_unless_open(filling.cycle, now, filling.kept)
        if not outcome.writes:
            return saved
        if keep_writes(session, filling, outcome.writes, now):
            return Saved(filling.version + 1, now, saved.written, saved.conflicts, saved.refused)
        # Another save, a submission or the closing came between: look again at what stands now.
        filling = reading(session, filling.organisation_id, filling.respondent.id)
    raise Busy


def submit(
    session: Session, filling: Filling, now: datetime.datetime, *, with_open: bool = False
) -> datetime.datetime:
    """Hand the sheet in, for good, and return when that was. Twice is once.

    Raises NotComplete where places are open, unless *with_open* says that this is meant.
    """
    if filling.respondent.submitted_at is not None:
        return filling.respondent.submitted_at
    refuse_unless_open(filling.cycle, now, filling.kept)
    waiting = filling.progress.open_places
    if waiting and not with_open:
        raise NotComplete(waiting)
    handed_in = hand_in(session, filling, now)
    session.refresh(filling.respondent, ["submitted_at"])
    if handed_in:
        return now
    return _before_or_closed(filling)


def _before_or_closed(filling: Filling) -> datetime.datetime:
    """Another tab was first, or the closing was."""
    if filling.respondent.submitted_at is None:
        raise CycleClosed(filling.cycle.title, filling.kept)
    return filling.respondent.submitted_at
