"""All that was answered in a cycle, read once: sheets and words as the scoring takes them.

Columns are read, no objects of the store: of 100,000 people a worker holds little more than their
sheets. Who gave nothing at all is counted as invited, and otherwise left out.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Result, select
from sqlalchemy.orm import Session

from assessment.core.framework import CONSENSUS, Framework
from assessment.core.measures import MeasureSeries
from assessment.core.release import Answers, Comment, CommentKind, Invited, KeyFactor
from assessment.core.sheet import NOT_APPLICABLE, NOT_ASKED, Sheet
from assessment.exchange.frozen import CycleAbout, ReleaseKind
from assessment.services.answer_files import edition_of_cycle
from assessment.services.measures import measures
from assessment.services.sheet_queries import of_respondent
from assessment.store.tables import (
    CommentRow,
    Cycle,
    Organisation,
    Respondent,
    SheetRow,
    Unit,
)

_AT_A_TIME = 5000
_BLANK = b"\xfe\xff"
"""Not answered, not asked: a sheet of nothing else was not begun."""
_LISTED = ("strength", "ofi", "evidence")

Words = list[tuple[str, str, str]]
"""What one person wrote: place, kind, text."""
Aside = tuple[tuple[int, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class UnitRead:
    """A unit as it stood when the cycle was read."""

    id: uuid.UUID
    name: str
    parent_id: uuid.UUID | None


@dataclass
class CycleRead:
    """A cycle's answers, by the name of the unit of who gave them; None: no unit was named."""

    about: CycleAbout
    framework: Framework
    units: tuple[UnitRead, ...]
    sheets: dict[str | None, list[Sheet]] = field(default_factory=dict)
    comments: dict[str | None, list[Comment]] = field(default_factory=dict)
    factors: dict[str | None, list[tuple[str, str]]] = field(default_factory=dict)
    invited: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    measures: tuple[MeasureSeries, ...] = ()

    def answers(self, units: Collection[str] | None = None) -> Answers:
        """The answers of everybody, or of those who belong to *units*.

        Measures are figures of the whole organisation, so a unit has none.
        """
        own = [unit for unit in self.sheets if units is None or unit in units]
        said: dict[str, list[str]] = {}
        for unit in own:
            for place, text in self.factors.get(unit, ()):
                said.setdefault(place, []).append(text)
        return Answers(
            tuple(sheet for unit in own for sheet in self.sheets[unit]),
            tuple(comment for unit in own for comment in self.comments.get(unit, ())),
            tuple(
                KeyFactor(question.id, tuple(sorted(said[question.id])))
                for question in self.framework.context
                if question.id in said
            ),
            self.measures if units is None else (),
        )

    def invited_of(self, units: Collection[str] | None = None) -> Invited:
        """How many were invited: everybody on the list was."""
        return Invited(
            {
                (unit, group): number
                for (unit, group), number in sorted(self.invited.items(), key=_by_cell)
                if units is None or unit in units
            }
        )


def read_cycle(
    session: Session, row: Cycle, kind: ReleaseKind, now: datetime.datetime
) -> CycleRead:
    """Everything answered in *row*; *now* is the moment up to which an interim release counts."""
    edition = edition_of_cycle(session, row)
    units = tuple(
        UnitRead(each.id, each.name, each.parent_id)
        for each in session.execute(
            select(Unit.id, Unit.name, Unit.parent_id)
            .where(Unit.organisation_id == row.organisation_id)
            .order_by(Unit.position, Unit.name)
        )
    )
    read = CycleRead(_about(session, row, kind, now), edition.framework, units)
    _take_sheets(session, row, read)
    read.measures = tuple(each.series for each in measures(session, row, edition.framework))
    return read


def _about(session: Session, row: Cycle, kind: ReleaseKind, now: datetime.datetime) -> CycleAbout:
    name = session.scalar(select(Organisation.name).where(Organisation.id == row.organisation_id))
    zone = ZoneInfo(row.time_zone)
    until = now if kind == "interim" else row.closed_at
    return CycleAbout(
        organisation=name or "",
        cycle=row.title,
        purpose=row.purpose,
        sponsor=row.sponsor,
        mode=row.mode,
        kind=kind,
        language=row.language,
        opened_on=row.opened_at.astimezone(zone).date() if row.opened_at else None,
        closed_on=until.astimezone(zone).date() if until else None,
        framework_sha256=row.edition_sha256 or "",
        set_aside=tuple((item, kept["reason"]) for item, kept in sorted(row.set_aside.items())),
    )


def _take_sheets(session: Session, row: Cycle, read: CycleRead) -> None:
    names = {unit.id: unit.name for unit in read.units}
    said = _words(session, row)
    aside = _aside(read.framework, row.set_aside)
    for person, code, group, unit_id, slots, waived in _rows(session, row):
        unit = names[unit_id] if unit_id is not None else None
        words = said.get(person, [])
        if group != CONSENSUS:
            read.invited[unit, group] += 1
        own = read.sheets.setdefault(unit, [])
        if not (words or waived or slots.translate(None, _BLANK)):
            continue
        sheet = Sheet(code, group, unit, slots, frozenset(waived))
        _take_words(read, sheet, words)
        own.append(_set_aside(sheet, aside))


def _rows(
    session: Session, row: Cycle
) -> Result[uuid.UUID, str, str, uuid.UUID | None, bytes, list[str]]:
    return session.execute(
        select(
            Respondent.id,
            Respondent.code,
            Respondent.form,
            Respondent.unit_id,
            SheetRow.slots,
            SheetRow.not_applicable,
        )
        .join(SheetRow, of_respondent(SheetRow))
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
        .execution_options(yield_per=_AT_A_TIME)
    )


def _words(session: Session, row: Cycle) -> dict[uuid.UUID, Words]:
    """What each person wrote; a text that was taken back is none."""
    said: dict[uuid.UUID, Words] = {}
    for each in session.execute(
        select(CommentRow.respondent_id, CommentRow.place, CommentRow.kind, CommentRow.text)
        .join(Respondent, of_respondent(CommentRow))
        .where(
            Respondent.organisation_id == row.organisation_id,
            Respondent.cycle_id == row.id,
            CommentRow.text != "",
        )
        .execution_options(yield_per=_AT_A_TIME)
    ):
        said.setdefault(each.respondent_id, []).append((each.place, each.kind, each.text))
    return said


def _take_words(read: CycleRead, sheet: Sheet, words: Words) -> None:
    """As an answers file has them: a reason is the comment beside what does not apply."""
    context = {question.id for question in read.framework.context}
    comments = read.comments.setdefault(sheet.unit, [])
    for place, kind, text in words:
        if kind == "text" and place in context:
            read.factors.setdefault(sheet.unit, []).append((place, text))
        elif kind == "reason":
            if _does_not_apply(read.framework, sheet, place):
                comments.append(Comment(place, "comment", sheet.group, sheet.unit, text))
        else:
            entries = text.split("\n") if kind in _LISTED else [text]
            comments += [
                Comment(place, cast("CommentKind", kind), sheet.group, sheet.unit, entry.strip())
                for entry in entries
                if entry.strip()
            ]


def _does_not_apply(framework: Framework, sheet: Sheet, place: str) -> bool:
    """A reason that was given for what was answered after all is none."""
    position = framework.position.get(place)
    return place in sheet.not_applicable or (
        position is not None and sheet.values[position] == NOT_APPLICABLE
    )


def _aside(framework: Framework, items: Mapping[str, object]) -> Aside:
    """The places on a sheet of the items that apply to nobody, and those items."""
    known = frozenset(item for item in items if item in framework.item_by_id)
    places = (
        framework.position[slot.key] for item in known for slot in framework.slots_by_item[item]
    )
    return tuple(places), known


def _set_aside(sheet: Sheet, aside: Aside) -> Sheet:
    """What a cycle's lead has set aside lies over each sheet, also over what was answered."""
    places, items = aside
    if not items:
        return sheet
    values = bytearray(sheet.values)
    for place in places:
        if values[place] != NOT_ASKED:
            values[place] = NOT_APPLICABLE
    return Sheet(
        sheet.respondent, sheet.group, sheet.unit, bytes(values), sheet.not_applicable | items
    )


def _by_cell(cell: tuple[tuple[str | None, str], int]) -> tuple[str, str]:
    (unit, group), _number = cell
    return unit or "", group
