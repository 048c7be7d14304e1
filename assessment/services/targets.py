"""Where leaders want to be: targets with a reason and a day, and how much each item matters.

What leaders choose is beside the release, never in it: a target changes no figure of what is.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.core.exact import NotAFigure, exact, written
from assessment.core.findings import DEFAULT_WEIGHT, Target
from assessment.core.framework import Framework, Item, Question
from assessment.core.scales import GRADES
from assessment.core.text import COMMENT_LIMIT
from assessment.services.errors import NotAllowed, NotThere, Refusal, Sentence, _
from assessment.services.permissions import Member, units_of
from assessment.services.typed import Fields
from assessment.store.tables import Cycle, ImportanceVote, TargetRow
from assessment.store.upsert import insert_or_update

WEIGHTS = (1, 2, 3)


class TargetChanged(Refusal):
    """Somebody else has set the target since it was shown; `kept` is how it stands now."""

    default = _("Somebody changed this target meanwhile. Nothing was changed by you yet.")

    def __init__(self, kept: KeptTarget | None) -> None:
        super().__init__()
        self.kept = kept


@dataclass(frozen=True, slots=True)
class TypedTarget:
    """A target as somebody typed it; an empty one takes the target away."""

    target: str
    effort: str
    reason: str
    due_on: str


@dataclass(frozen=True, slots=True)
class KeptTarget:
    """A target with its version, and who set it."""

    place: str
    target: Fraction
    effort: int
    reason: str
    due_on: datetime.date | None
    version: int
    set_by: str
    set_at: datetime.datetime


def kept_targets(session: Session, row: Cycle) -> dict[str, KeptTarget]:
    """Every target of a cycle by its place. One statement."""
    return {
        each.place: _kept(each)
        for each in session.scalars(
            select(TargetRow)
            .where(TargetRow.organisation_id == row.organisation_id, TargetRow.cycle_id == row.id)
            .execution_options(populate_existing=True)
        )
    }


def votes(session: Session, row: Cycle) -> dict[str, dict[uuid.UUID, int]]:
    """How much each item matters to each leader who said so: place -> person -> 1 to 3."""
    found: dict[str, dict[uuid.UUID, int]] = {}
    for place, person, importance in session.execute(
        select(ImportanceVote.place, ImportanceVote.person_id, ImportanceVote.importance).where(
            ImportanceVote.organisation_id == row.organisation_id,
            ImportanceVote.cycle_id == row.id,
        )
    ):
        found.setdefault(place, {})[person] = importance
    return found


def importance(given: Mapping[uuid.UUID, int]) -> int:
    """What leaders together say: the lower middle of their votes; without any, the default."""
    ordered = sorted(given.values())
    return ordered[(len(ordered) - 1) // 2] if ordered else DEFAULT_WEIGHT


def targets(session: Session, row: Cycle, framework: Framework) -> dict[str, Target]:
    """Targets and importance as the core reads them. Two statements."""
    return as_targets(framework, kept_targets(session, row), votes(session, row))


def as_targets(
    framework: Framework,
    kept: Mapping[str, KeptTarget],
    voted: Mapping[str, Mapping[uuid.UUID, int]],
) -> dict[str, Target]:
    """The same from what is read already, in the order of the framework.

    An item that leaders weigh without choosing a target is measured against the next step.
    """
    found = {}
    for place in (*framework.item_by_id, *framework.question_by_id):
        aim, weight = kept.get(place), importance(voted.get(place, {}))
        if aim is not None:
            day = aim.due_on.isoformat() if aim.due_on else ""
            found[place] = Target(place, aim.target, weight, aim.effort, aim.reason, day)
        elif place in voted:
            found[place] = Target(place, None, weight)
    return found


def may_set_targets(member: Member) -> bool:
    """Whether targets are theirs to set: who leads one unit has no say on the whole's."""
    return units_of(member, "set_targets") is None


def set_target(
    session: Session,
    member: Member,
    row: Cycle,
    framework: Framework,
    shown: tuple[str, int],
    typed: TypedTarget,
    now: datetime.datetime,
) -> KeptTarget | None:
    """Set the target that was *shown*, a place and a version (0: none); None takes it away.

    TargetChanged if it has another version by now, unless it says the same already.
    """
    if not may_set_targets(member):
        raise NotAllowed
    place, version = shown
    fields = Fields()
    aim = _aim(fields, framework, place, typed.target)
    reason = fields.text("reason", typed.reason, COMMENT_LIMIT)
    due_on = fields.day("due_on", typed.due_on)
    effort = _weight(fields, "effort", typed.effort)
    fields.refuse_wrong()
    found = session.get(
        TargetRow,
        (row.organisation_id, row.id, place),
        with_for_update=True,
        populate_existing=True,
    )
    before = _kept(found) if found else None
    same = _says(before) == ((aim, effort, reason, due_on) if aim is not None else None)
    if same:
        return before
    if (before.version if before else 0) != version:
        raise TargetChanged(before)
    if aim is None:
        if found is not None:
            session.delete(found)
            session.flush()
        return None
    if found is None:
        found = TargetRow(organisation_id=row.organisation_id, cycle_id=row.id, place=place)
        found.version = 0
        session.add(found)
    found.target, found.effort, found.reason, found.due_on = written(aim), effort, reason, due_on
    found.version += 1
    found.set_by, found.set_at = member.name, now
    session.flush()
    return _kept(found)


def vote(
    session: Session,
    member: Member,
    row: Cycle,
    framework: Framework,
    given: Mapping[str, str],
    now: datetime.datetime,
) -> None:
    """What *member* says each item matters; an empty word takes their vote back."""
    if not may_set_targets(member):
        raise NotAllowed
    fields = Fields()
    weights = {
        place: _weight(fields, f"importance-{place}", typed) if typed else None
        for place, typed in given.items()
        if place in framework.item_by_id
    }
    fields.refuse_wrong()
    session.execute(
        delete(ImportanceVote).where(
            ImportanceVote.organisation_id == row.organisation_id,
            ImportanceVote.cycle_id == row.id,
            ImportanceVote.person_id == member.id,
            ImportanceVote.place.in_([place for place, weight in weights.items() if not weight]),
        )
    )
    insert_or_update(
        session,
        ImportanceVote,
        [
            {
                "organisation_id": row.organisation_id,
                "cycle_id": row.id,
                "person_id": member.id,
                "place": place,
                "importance": weight,
                "voted_at": now,
            }
            for place, weight in weights.items()
            if weight
        ],
    )


def _kept(row: TargetRow) -> KeptTarget:
    return KeptTarget(
        row.place,
        Fraction(row.target),
        row.effort,
        row.reason,
        row.due_on,
        row.version,
        row.set_by,
        row.set_at,
    )


def _says(kept: KeptTarget | None) -> tuple[Fraction, int, str, datetime.date | None] | None:
    return (kept.target, kept.effort, kept.reason, kept.due_on) if kept else None


def _aim(fields: Fields, framework: Framework, place: str, typed: str) -> Fraction | None:
    """The target in *typed*, a legal value of what is aimed at."""
    item, question = framework.item_by_id.get(place), framework.question_by_id.get(place)
    if item is None and question is None:
        raise NotThere
    typed = typed.strip()
    if not typed:
        return None
    if item is not None and item.judge is not None and item.judge.answer == "conformity":
        if typed not in GRADES:
            fields.wrong["target"] = Sentence(_("Choose one of the grades."))
            return None
        return Fraction(GRADES.index(typed))
    try:
        aim = exact(typed.removesuffix("%").strip())
    except NotAFigure:
        aim = None
    lowest, highest, whole = _bounds(item, question)
    if aim is None or not lowest <= aim <= highest or (whole and aim.denominator != 1):
        fields.wrong["target"] = Sentence(
            _("A target here is a whole number from %(lowest)s to %(highest)s.")
            if whole
            else _("A target here is a number from %(lowest)s to %(highest)s."),
            lowest=lowest,
            highest=highest,
        )
        return None
    return aim


def _bounds(item: Item | None, question: Question | None) -> tuple[int, int, bool]:
    """The lowest and highest target, and whether it is a whole number."""
    if item is not None:
        if item.judge is None:
            raise NotThere
        if item.judge.answer != "percent":
            return item.judge.levels[0].number, item.judge.highest, True
        return 0, 100, False
    if question is None or not question.scale.favourable:
        raise NotThere
    return 0, 100, False


def _weight(fields: Fields, name: str, typed: str) -> int:
    if typed.strip() not in {str(weight) for weight in WEIGHTS}:
        fields.wrong[name] = Sentence(_("Choose 1, 2 or 3."))
        return DEFAULT_WEIGHT
    return int(typed)
