"""Results as people read them: parts of the one release of a cycle, for those who may see them.

Nothing is computed here. A part is unpacked once a process and kept at hand, since a page is asked
for more often than a cycle is closed.
"""

from __future__ import annotations

import threading
import uuid
import zlib
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from assessment.exchange.frozen import FrozenRelease, sha256_of, thaw
from assessment.services.answer_files import edition_of_cycle
from assessment.services.errors import Broken, NotAllowed, NotThere
from assessment.services.permissions import Member, need, units_of
from assessment.store.tables import Cycle, ReleasePart, ReleaseRow

KEPT = 24
"""Parts a process keeps at hand; that of a large organisation takes some ten megabytes."""


@dataclass(frozen=True, slots=True)
class PartName:
    """A part that somebody may read; `unit_id` is None for the whole organisation."""

    unit_id: uuid.UUID | None
    name: str
    sha256: str


_parts: OrderedDict[str, FrozenRelease] = OrderedDict()
_lock = threading.Lock()


def final_or_latest(session: Session, row: Cycle) -> ReleaseRow | None:
    """The cycle's final release; before the closing the newest interim one; None without any."""
    return session.scalars(
        select(ReleaseRow)
        .where(ReleaseRow.organisation_id == row.organisation_id, ReleaseRow.cycle_id == row.id)
        .order_by(ReleaseRow.kind, ReleaseRow.number.desc())
        .limit(1)
    ).first()


def parts(session: Session, member: Member, made: ReleaseRow) -> tuple[PartName, ...]:
    """The parts of a release that *member* may read: the whole first, then units by name."""
    reach = units_of(member, "see_results")
    found = session.execute(
        select(ReleasePart.part, ReleasePart.name, ReleasePart.sha256)
        .where(
            ReleasePart.organisation_id == made.organisation_id, ReleasePart.release_id == made.id
        )
        .order_by(ReleasePart.part != "", ReleasePart.name)
    )
    names = (named(*each) for each in found)
    return tuple(each for each in names if reach is None or each.unit_id in reach)


def part(
    session: Session, member: Member, row: Cycle, unit_id: uuid.UUID | None = None
) -> FrozenRelease:
    """What may be said of the whole of a cycle, or of one unit with those below it.

    NotAllowed for the whole where somebody's role reaches some units only; NotThere for a unit that
    it does not reach, that had nobody in the cycle, or where there is no release yet.
    """
    need(member, "see_results")
    reach = units_of(member, "see_results")
    if reach is not None and unit_id is None:
        raise NotAllowed
    made = final_or_latest(session, row)
    if made is None or (reach is not None and unit_id not in reach):
        raise NotThere
    return part_of(session, made, unit_id)


def part_of(session: Session, made: ReleaseRow, unit_id: uuid.UUID | None) -> FrozenRelease:
    """A part of this very release, whoever asks: for workers, and for those who have asked."""
    name = _named(session, made, ReleasePart.part == (str(unit_id) if unit_id else ""))
    if name is None:
        raise NotThere
    return thawed(session, made, name)


def previous(session: Session, row: Cycle, about: FrozenRelease) -> FrozenRelease | None:
    """The same part in the cycle before, by the unit's name, if that one has been closed."""
    before = cycle_before(session, row)
    if before is None:
        return None
    _row, made = before
    name = part_named(session, made, about.about.part_name)
    return thawed(session, made, name) if name else None


def cycle_before(session: Session, row: Cycle) -> tuple[Cycle, ReleaseRow] | None:
    """The cycle before with its final release, if it has been closed."""
    if row.previous_id is None:
        return None
    before = session.get(Cycle, (row.organisation_id, row.previous_id))
    made = final_or_latest(session, before) if before is not None else None
    return (before, made) if before and made and made.kind == "final" else None


def part_named(session: Session, made: ReleaseRow, name: str) -> PartName | None:
    """The part of a release by its name, which is empty for the whole; None where it has none."""
    return _named(session, made, ReleasePart.name == name)


def thawed(session: Session, made: ReleaseRow, name: PartName) -> FrozenRelease:
    """The part that goes by *name*, unpacked; its content is read only where it is new here."""
    with _lock:
        if (known := _parts.get(name.sha256)) is not None:
            _parts.move_to_end(name.sha256)
            return known
    content = session.scalars(
        select(ReleasePart.content).where(
            ReleasePart.organisation_id == made.organisation_id,
            ReleasePart.release_id == made.id,
            ReleasePart.part == (str(name.unit_id) if name.unit_id else ""),
        )
    ).one()
    unpacked = zlib.decompress(content)
    if sha256_of(unpacked) != name.sha256:
        raise Broken("A release is not what its hash says.")
    row = session.get_one(Cycle, (made.organisation_id, made.cycle_id))
    found = thaw(unpacked, edition_of_cycle(session, row).framework)
    with _lock:
        _parts[name.sha256] = found
        while len(_parts) > KEPT:
            _parts.popitem(last=False)
    return found


def named(part: str, name: str, sha256: str) -> PartName:
    """A part as it is kept, as those who read it name it."""
    return PartName(uuid.UUID(part) if part else None, name, sha256)


def _named(session: Session, made: ReleaseRow, which: ColumnElement[bool]) -> PartName | None:
    found = session.execute(
        select(ReleasePart.part, ReleasePart.name, ReleasePart.sha256).where(
            ReleasePart.organisation_id == made.organisation_id,
            ReleasePart.release_id == made.id,
            which,
        )
    ).first()
    return named(*found) if found else None
