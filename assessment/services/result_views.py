"""Results as a page reads them: one part of a release, what leaders added, and the cycle before.

What a page is built from follows from the release and the targets alone. It is built once in a
process and kept at hand, so that a page costs as little for 100,000 respondents as for a hundred.
"""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from assessment.core.findings import Target, find_gaps
from assessment.core.framework import Item
from assessment.core.reference import Profile
from assessment.core.trace import Trace
from assessment.exchange.frozen import FrozenRelease
from assessment.reporting.gap_report import ReportInput
from assessment.reporting.source import Source
from assessment.reporting.why import every_trace
from assessment.services.errors import NotThere
from assessment.services.permissions import Member, need, units_of
from assessment.services.results import PartName, named, thawed
from assessment.services.targets import KeptTarget, as_targets, kept_targets, votes
from assessment.store.tables import Cycle, ReleasePart, ReleaseRow

T = TypeVar("T")

KEPT = 24
"""Parts whose pages a process keeps at hand, each up to a megabyte."""


class NobodyThere(NotThere):
    """There are results, but of none of the units that somebody leads: nobody there took part."""


@dataclass(frozen=True)
class Built:
    """What pages show of a part, and every piece of a page that was made from it."""

    source: Source
    pieces: dict[Hashable, object]


_built: OrderedDict[Hashable, Built] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Made:
    """A release with the names of its parts: the whole first, then units by name."""

    row: ReleaseRow
    parts: tuple[PartName, ...]


@dataclass(frozen=True)
class Chosen:
    """The part of a release that somebody reads, of the `parts` they may choose from."""

    made: ReleaseRow
    parts: tuple[PartName, ...]
    name: PartName
    frozen: FrozenRelease
    before: FrozenRelease | None
    before_sha256: str


@dataclass(frozen=True)
class View:
    """What one person sees of a cycle's results: `chosen` of the `parts` they may choose from."""

    row: Cycle
    made: ReleaseRow
    parts: tuple[PartName, ...]
    chosen: PartName
    frozen: FrozenRelease
    kept: Mapping[str, KeptTarget]
    votes: Mapping[str, Mapping[uuid.UUID, int]]
    built: Built

    @property
    def source(self) -> Source:
        return self.built.source

    @property
    def is_whole(self) -> bool:
        return self.chosen.unit_id is None

    @property
    def is_interim(self) -> bool:
        return self.made.kind == "interim"

    def item(self, item_id: str) -> Item:
        """The item of the framework, or NotThere."""
        found = self.source.framework.item_by_id.get(item_id)
        if found is None:
            raise NotThere
        return found

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The piece of a page that *make* makes from the source alone: made once, then at hand."""
        pieces = self.built.pieces
        if key not in pieces:
            # Whoever is second takes what the first has made.
            pieces.setdefault(key, make())
        return cast("T", pieces[key])


def view(
    session: Session,
    member: Member,
    row: Cycle,
    unit_id: uuid.UUID | None,
    reference: Profile | None = None,
) -> View | None:
    """The results that *member* asks for; None where there is no release yet.

    A *reference* of the cycle's framework stands beside them, and is a part of none.

    Who leads some units only and names none sees the first of them, or NobodyThere. Three
    statements.
    """
    found = _chosen(session, member, row, unit_id)
    if found is None:
        return None
    kept, voted = kept_targets(session, row), votes(session, row)
    aims = as_targets(found.frozen.release.framework, kept, voted)
    return View(
        row,
        found.made,
        found.parts,
        found.name,
        found.frozen,
        kept,
        voted,
        _source(found, aims, reference),
    )


def headline_source(session: Session, member: Member, row: Cycle) -> Source | None:
    """What a headline is made from, for the start page: without targets. One statement."""
    try:
        found = _chosen(session, member, row, None)
    except NotThere:
        return None
    return _source(found, {}).source if found else None


def traces_of(shown: View) -> Mapping[str, Trace]:
    """Every trace of the part by its place, and of the same part a cycle before."""
    return shown.once("traces", lambda: every_trace(shown.source))


def _chosen(
    session: Session, member: Member, row: Cycle, unit_id: uuid.UUID | None
) -> Chosen | None:
    need(member, "see_results")
    reach = units_of(member, "see_results")
    releases = _releases(session, row)
    made = releases.get(row.id)
    if made is None:
        return None
    known = tuple(each for each in made.parts if reach is None or each.unit_id in reach)
    if unit_id is None and not known:
        raise NobodyThere
    if unit_id is None and reach is not None and known:
        unit_id = known[0].unit_id
    name = next((each for each in known if each.unit_id == unit_id), None)
    if name is None:
        raise NotThere
    frozen = thawed(session, made.row, name)
    earlier = releases.get(row.previous_id) if row.previous_id else None
    same = (
        next((each for each in earlier.parts if each.name == name.name), None) if earlier else None
    )
    before = thawed(session, earlier.row, same) if earlier and same else None
    return Chosen(made.row, known, name, frozen, before, same.sha256 if same else "")


def _releases(session: Session, row: Cycle) -> dict[uuid.UUID, Made]:
    """The newest release of the cycle, and the final one of the cycle before; by their cycle."""
    other = aliased(ReleaseRow)
    newest = (
        select(func.max(other.number))
        .where(
            other.organisation_id == ReleaseRow.organisation_id,
            other.cycle_id == ReleaseRow.cycle_id,
        )
        .scalar_subquery()
    )
    found = session.execute(
        select(ReleaseRow, ReleasePart.part, ReleasePart.name, ReleasePart.sha256)
        .join(
            ReleasePart,
            (ReleasePart.organisation_id == ReleaseRow.organisation_id)
            & (ReleasePart.release_id == ReleaseRow.id),
        )
        .where(
            ReleaseRow.organisation_id == row.organisation_id,
            or_(
                ReleaseRow.cycle_id == row.id,
                (ReleaseRow.cycle_id == row.previous_id) & (ReleaseRow.kind == "final"),
            ),
            ReleaseRow.number == newest,
        )
        .order_by(ReleasePart.part != "", ReleasePart.name)
    ).all()
    return {made.cycle_id: Made(made, _names(made, found)) for made, *_part in found}


def _names(
    made: ReleaseRow, found: Sequence[tuple[ReleaseRow, str, str, str]]
) -> tuple[PartName, ...]:
    return tuple(named(*part) for each, *part in found if each is made)


def _source(found: Chosen, aims: Mapping[str, Target], reference: Profile | None = None) -> Built:
    """What follows from these releases and targets, built once."""
    if reference and reference.framework != found.frozen.release.framework.id:
        raise NotThere
    key = (
        found.name.sha256,
        found.before_sha256,
        found.made.made_at.date(),
        tuple(aims.items()),
        reference.sha256 if reference else "",
    )
    with _lock:
        if (known := _built.get(key)) is not None:
            _built.move_to_end(key)
            return known
    release, before = found.frozen.release, found.before
    about = ReportInput(
        date=found.made.made_at.date(),
        organisation=found.frozen.about.organisation,
        cycle=found.frozen.about.cycle,
        targets=dict(aims),
        unit=found.name.name,
        interim=found.made.kind == "interim",
        on_screen=True,
        reference=reference,
    )
    gaps = find_gaps(release, aims)
    made = Built(Source(release, gaps, before.release if before else None, about), {})
    with _lock:
        made = _built.setdefault(key, made)
        while len(_built) > KEPT:
            _built.popitem(last=False)
    return made
