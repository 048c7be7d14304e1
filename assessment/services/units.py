"""The parts of an organisation: a tree that people are counted by, and that leaders lead."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.services.organisations import hold
from assessment.services.permissions import with_those_below
from assessment.services.typed import Fields
from assessment.store.ids import new_id
from assessment.store.tables import Person, Respondent, Role, Unit

DEEPEST = 8
"""Levels of the tree. Deeper ones are offices of one, and no page or report can show them."""


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit with what stands on it: the units below, who leads it, how many were ever asked."""

    unit: Unit
    depth: int
    below: tuple[UnitNode, ...]
    leaders: tuple[str, ...]
    asked: int

    @property
    def is_used(self) -> bool:
        return bool(self.below or self.leaders or self.asked)


def units(session: Session, organisation_id: uuid.UUID) -> list[Unit]:
    """All units of an organisation, by their place in its list."""
    return list(
        session.scalars(
            select(Unit)
            .where(Unit.organisation_id == organisation_id)
            .order_by(Unit.position, Unit.name)
        )
    )


def unit_tree(session: Session, organisation_id: uuid.UUID) -> tuple[UnitNode, ...]:
    """The units at the top, each with those below it. Three statements."""
    asked = session.execute(
        select(Respondent.unit_id, func.count().label("asked"))
        .where(Respondent.organisation_id == organisation_id, Respondent.unit_id.is_not(None))
        .group_by(Respondent.unit_id)
    )
    counts = {row.unit_id: row.asked for row in asked}
    leaders: dict[uuid.UUID | None, list[str]] = {}
    for unit_id, name in session.execute(
        select(Role.unit_id, Person.name)
        .join(
            Person,
            (Person.organisation_id == Role.organisation_id) & (Person.id == Role.person_id),
        )
        .where(Role.organisation_id == organisation_id, Role.unit_id.is_not(None))
        .order_by(Person.name)
    ):
        leaders.setdefault(unit_id, []).append(name)
    below: dict[uuid.UUID | None, list[Unit]] = {}
    for unit in units(session, organisation_id):
        below.setdefault(unit.parent_id, []).append(unit)

    def nodes(parent: uuid.UUID | None, depth: int) -> tuple[UnitNode, ...]:
        return tuple(
            UnitNode(
                unit,
                depth,
                nodes(unit.id, depth + 1),
                tuple(leaders.get(unit.id, ())),
                counts.get(unit.id, 0),
            )
            for unit in below.get(parent, ())
        )

    return nodes(None, 1)


def in_order(tree: Sequence[UnitNode]) -> Iterator[UnitNode]:
    """Every unit of *tree*, each before those below it."""
    for node in tree:
        yield node
        yield from in_order(node.below)


def make_unit(
    session: Session, organisation_id: uuid.UUID, name: str, parent_id: uuid.UUID | None = None
) -> Unit:
    """A new unit under *parent_id*, or at the top. The same once more gives the same unit."""
    hold(session, organisation_id)
    present = units(session, organisation_id)
    fields = Fields()
    name = fields.text("name", name, needed=True)
    known = next((unit for unit in present if unit.name == name), None)
    if known is not None and known.parent_id == parent_id:
        return known
    _check(fields, present, name, parent_id)
    fields.refuse_wrong()
    row = Unit(
        organisation_id=organisation_id,
        id=new_id(),
        parent_id=parent_id,
        name=name,
        position=1 + max((unit.position for unit in present), default=0),
    )
    session.add(row)
    session.flush()
    return row


def change_unit(
    session: Session,
    organisation_id: uuid.UUID,
    unit_id: uuid.UUID,
    name: str,
    parent_id: uuid.UUID | None,
) -> Unit:
    """Give a unit another name, or another place in the tree; those below it come along."""
    hold(session, organisation_id)
    present = units(session, organisation_id)
    row = next((unit for unit in present if unit.id == unit_id), None)
    if row is None:
        raise NotThere
    fields = Fields()
    name = fields.text("name", name, needed=True)
    _check(fields, present, name, parent_id, row)
    fields.refuse_wrong()
    row.name, row.parent_id = name, parent_id
    session.flush()
    return row


def remove_unit(session: Session, organisation_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Take away a unit on which nothing stands; what people were asked under its name stays."""
    hold(session, organisation_id)
    tree = unit_tree(session, organisation_id)
    node = next((each for each in in_order(tree) if each.unit.id == unit_id), None)
    if node is None:
        raise NotThere
    if node.is_used:
        raise Refused({"unit": why_kept(node)})
    session.delete(node.unit)
    session.flush()


def why_kept(node: UnitNode) -> Sentence:
    """What stands on a unit, so that it cannot be taken away."""
    if node.below:
        return Sentence(_("Other units stand below this one. Move or remove them first."))
    if node.leaders:
        return Sentence(
            _("It is led by %(names)s. Take that role away first."), names=", ".join(node.leaders)
        )
    return Sentence(_("People of this unit are on the list of a cycle, and results count by it."))


def _check(
    fields: Fields,
    present: Sequence[Unit],
    name: str,
    parent_id: uuid.UUID | None,
    row: Unit | None = None,
) -> None:
    """Note what keeps a unit from having this name and this place."""
    if any(unit.name == name and unit is not row for unit in present):
        fields.wrong["name"] = Sentence(_("Another unit has this name already."))
    parents = {unit.id: unit.parent_id for unit in present}
    if parent_id is not None and parent_id not in parents:
        raise NotThere
    if row is None:
        height = 1
    else:
        own = with_those_below(parents, [row.id])
        if parent_id in own:
            fields.wrong["parent"] = Sentence(
                _("A unit cannot stand below itself or below one of its own.")
            )
            return
        height = 1 + max(_depth(parents, unit) for unit in own) - _depth(parents, row.id)
    if (_depth(parents, parent_id) if parent_id else 0) + height > DEEPEST:
        fields.wrong["parent"] = Sentence(
            _("The tree would have more than %(deepest)d levels."), deepest=DEEPEST
        )


def _depth(parents: Mapping[uuid.UUID, uuid.UUID | None], unit: uuid.UUID | None) -> int:
    depth = 0
    while unit is not None:
        unit, depth = parents[unit], depth + 1
    return depth
