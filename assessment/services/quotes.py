"""Comments that may be quoted: read by two people who agree, before a board reads them.

A comment stands in the release as it was typed. Quoting lifts it out of its place, to where people
who know the writer's voice read it first; so two readers look at each, and one "no" is enough.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.core.editorial import Verdict, may_be_quoted
from assessment.core.release import Comment
from assessment.services.errors import NotAllowed, NotThere, Refused, Sentence, _
from assessment.services.permissions import Member, units_of
from assessment.store.tables import Cycle, Person, QuoteReading
from assessment.store.upsert import insert_or_update

VERDICTS: tuple[Verdict, ...] = ("release", "withhold")


@dataclass(frozen=True, slots=True)
class ReadComment:
    """A comment with what its readers said: person -> verdict."""

    key: str
    comment: Comment
    readers: Mapping[uuid.UUID, Verdict]
    names: tuple[str, ...]

    @property
    def is_quotable(self) -> bool:
        return may_be_quoted({str(reader): verdict for reader, verdict in self.readers.items()})

    @property
    def is_withheld(self) -> bool:
        return "withhold" in self.readers.values()


def key_of(comment: Comment) -> str:
    """What a comment goes by: the hash of what it says and where it stands."""
    said = "\0".join((comment.place, comment.kind, comment.group, comment.unit or "", comment.text))
    return hashlib.sha256(said.encode()).hexdigest()


def by_key(comments: Iterable[Comment]) -> Mapping[str, Comment]:
    """Comments by what they go by: people who typed the very same at one place are one quote."""
    return {key_of(comment): comment for comment in comments}


def read_comments(
    session: Session, row: Cycle, comments: Mapping[str, Comment]
) -> Mapping[str, ReadComment]:
    """Those of *comments* that somebody has read, with their readers. One statement."""
    found: dict[str, list[tuple[uuid.UUID, Verdict, str]]] = {}
    for key, person, verdict, name in session.execute(
        select(QuoteReading.comment, QuoteReading.person_id, QuoteReading.verdict, Person.name)
        .join(
            Person,
            (Person.organisation_id == QuoteReading.organisation_id)
            & (Person.id == QuoteReading.person_id),
        )
        .where(QuoteReading.organisation_id == row.organisation_id, QuoteReading.cycle_id == row.id)
        .order_by(Person.name)
    ):
        found.setdefault(key, []).append((person, cast("Verdict", verdict), name))
    return {
        key: ReadComment(
            key,
            comments[key],
            {person: verdict for person, verdict, _name in read},
            tuple(name for _person, _verdict, name in read),
        )
        for key, read in found.items()
        if key in comments
    }


def quotable(session: Session, row: Cycle, comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """The comments that two readers have released, in the release's order."""
    known = by_key(comments)
    read = read_comments(session, row, known)
    return tuple(comment for key, comment in known.items() if key in read and read[key].is_quotable)


def read_quote(
    session: Session,
    member: Member,
    row: Cycle,
    comments: Iterable[Comment],
    given: tuple[str, str],
    now: datetime.datetime,
) -> None:
    """Keep what *member* says of a comment: *given* are its key and the verdict. Twice is once."""
    if units_of(member, "read_quotes") is not None:
        raise NotAllowed
    key, verdict = given
    if key not in by_key(comments):
        raise NotThere
    if verdict not in VERDICTS:
        raise Refused({"verdict": Sentence(_("Say whether it may be quoted or not."))})
    insert_or_update(
        session,
        QuoteReading,
        [
            {
                "organisation_id": row.organisation_id,
                "cycle_id": row.id,
                "comment": key,
                "person_id": member.id,
                "verdict": verdict,
                "read_at": now,
            }
        ],
    )
