"""Releases: computed from one reading, a part for the whole and one for each unit; kept at once."""

from __future__ import annotations

import datetime
import hashlib
import uuid
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment import __version__
from assessment.core.release import release
from assessment.exchange.frozen import FrozenRelease, ReleaseKind, freeze, sha256_of
from assessment.services.cycle_reading import CycleRead, read_cycle
from assessment.services.cycles import locked
from assessment.services.errors import CycleClosed, Refused, Sentence, _
from assessment.services.permissions import with_those_below
from assessment.store.ids import new_id
from assessment.store.tables import Cycle, ReleasePart, ReleaseRow

Progress = Callable[[str, int, int], None]
"""Told how far the work is: the stage, steps done, steps in all."""


@dataclass(frozen=True, slots=True)
class Part:
    """The whole, or one unit with those below it, as bytes that are ready to be kept."""

    part: str
    name: str
    sha256: str
    packed: bytes


def unnoted(_stage: str, _done: int, _steps: int) -> None:
    """For those who do not want to know how far it is."""


def frozen_parts(read: CycleRead, progress: Progress = unnoted) -> tuple[Part, ...]:
    """Every part of the release: the whole first, then each unit with people, by name."""
    chosen = list(_units_of_parts(read))
    steps = len(chosen) + 1
    progress("counting", 0, steps)
    whole = release(read.framework, read.answers(), read.invited_of())
    parts = [_frozen(FrozenRelease(read.about, whole))]
    for done, (unit_id, name, names) in enumerate(chosen, start=1):
        progress("counting", done, steps)
        own = release(read.framework, read.answers(names), read.invited_of(names))
        about = replace(read.about, part=str(unit_id), part_name=name, units=tuple(sorted(names)))
        parts.append(_frozen(FrozenRelease(about, own)))
    progress("keeping", steps, steps)
    return tuple(parts)


def keep_release(
    session: Session, row: Cycle, kind: ReleaseKind, parts: tuple[Part, ...], now: datetime.datetime
) -> ReleaseRow:
    """Write the release, all parts of it; a final one closes its cycle. Twice is once."""
    row = locked(session, row)
    if kind == "final":
        if row.state == "closed":
            return _final(session, row)
        if row.state != "closing":
            raise Refused({"cycle": Sentence(_("This cycle is not being closed any more."))})
    elif row.state != "open":
        raise CycleClosed(row.title)
    made = ReleaseRow(
        organisation_id=row.organisation_id,
        id=new_id(),
        cycle_id=row.id,
        number=1 + (_newest_number(session, row) or 0),
        kind=kind,
        sha256=_sha256_of_all(parts),
        software=__version__,
        made_at=now,
    )
    session.add(made)
    session.flush()
    session.add_all(
        ReleasePart(
            organisation_id=row.organisation_id,
            release_id=made.id,
            part=part.part,
            name=part.name,
            sha256=part.sha256,
            content=part.packed,
        )
        for part in parts
    )
    if kind == "final":
        row.state = "closed"
    session.flush()
    return made


def make_release(
    session: Session,
    row: Cycle,
    kind: ReleaseKind,
    now: datetime.datetime,
    progress: Progress = unnoted,
) -> ReleaseRow:
    """Read, compute and keep in one transaction: for those who need not let others write."""
    progress("reading", 0, 1)
    return keep_release(
        session, row, kind, frozen_parts(read_cycle(session, row, kind, now), progress), now
    )


def _units_of_parts(read: CycleRead) -> Iterator[tuple[uuid.UUID, str, frozenset[str]]]:
    """Each unit that has people, itself or below: its id, its name, the names of all of them."""
    parents = {unit.id: unit.parent_id for unit in read.units}
    names = {unit.id: unit.name for unit in read.units}
    peopled = {unit for unit, _group in read.invited if unit is not None}
    for unit in sorted(read.units, key=lambda each: each.name):
        own = frozenset(names[each] for each in with_those_below(parents, [unit.id])) & peopled
        if own:
            yield unit.id, unit.name, own


def _frozen(frozen: FrozenRelease) -> Part:
    content = freeze(frozen)
    about = frozen.about
    return Part(about.part, about.part_name, sha256_of(content), zlib.compress(content))


def _sha256_of_all(parts: tuple[Part, ...]) -> str:
    listed = "".join(f"{part.part} {part.sha256}\n" for part in sorted(parts, key=lambda p: p.part))
    return hashlib.sha256(listed.encode()).hexdigest()


def _newest_number(session: Session, row: Cycle) -> int | None:
    return session.scalar(
        select(func.max(ReleaseRow.number)).where(
            ReleaseRow.organisation_id == row.organisation_id, ReleaseRow.cycle_id == row.id
        )
    )


def _final(session: Session, row: Cycle) -> ReleaseRow:
    return session.scalars(
        select(ReleaseRow).where(
            ReleaseRow.organisation_id == row.organisation_id,
            ReleaseRow.cycle_id == row.id,
            ReleaseRow.kind == "final",
        )
    ).one()
