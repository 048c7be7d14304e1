"""Answers from a file into a cycle, from paper or another tool: shown first, then taken over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.core.sentence import Sentence, _
from assessment.exchange.answers import HEADER, PersonAnswers, people_from_rows
from assessment.exchange.rows import FileRefused, RowProblem, rows_in
from assessment.services.answer_files import all_fillings, edition_of_cycle
from assessment.services.answer_import_writes import add_people, change_sheets, given_by
from assessment.services.cycle_days import refuse_unless_open
from assessment.services.cycles import locked
from assessment.services.editions import Edition
from assessment.services.fillings import Field, Filling
from assessment.services.units import units
from assessment.store.cycles import FORM
from assessment.store.tables import Cycle


@dataclass(frozen=True, slots=True)
class ImportedChange:
    """One field of somebody who is on the list already."""

    respondent: str
    place: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class ImportPlan:
    """What a file would change. Cells that are empty take nothing back."""

    new_people: tuple[str, ...]
    new_units: tuple[str, ...]
    changes: tuple[ImportedChange, ...]
    unchanged_people: int

    @property
    def changes_nothing(self) -> bool:
        return not self.new_people and not self.changes


def plan_import(session: Session, row: Cycle, data: bytes, name: str) -> ImportPlan:
    """What importing the file would change; FileRefused names every bad row of it."""
    return _Importing.of(session, row, data, name).plan()


def import_answers(
    session: Session, row: Cycle, data: bytes, name: str, now: datetime.datetime
) -> ImportPlan:
    """Take the answers of a file over: all of them, or with a bad row none.

    People who are not on the list yet are added, as having submitted. The same file again changes
    nothing.
    """
    row = locked(session, row)
    refuse_unless_open(row, now)
    found = _Importing.of(session, row, data, name)
    plan = found.plan()
    add_people(session, row, found.edition, found.new, plan.new_units, now)
    change_sheets(session, row, [each for each in found.known if each[1]], now)
    return plan


@dataclass(frozen=True)
class _Importing:
    """A file that was read, beside the cycle it goes into."""

    edition: Edition
    new: tuple[PersonAnswers, ...]
    known: tuple[tuple[Filling, Mapping[Field, str]], ...]
    unit_names: frozenset[str]

    @classmethod
    def of(cls, session: Session, row: Cycle, data: bytes, name: str) -> _Importing:
        edition = edition_of_cycle(session, row)
        rows, problems = rows_in(data, name, HEADER)
        people, more = people_from_rows(edition.framework, rows)
        present = {one.sheet.respondent: one for one in all_fillings(session, row, edition)}
        problems += [*more, *_strangers(people, present, name)]
        if problems:
            raise FileRefused(sorted(problems))
        return cls(
            edition,
            tuple(one for one in people if one.sheet.respondent not in present),
            tuple(
                (present[one.sheet.respondent], _writes(edition, one, present))
                for one in people
                if one.sheet.respondent in present
            ),
            frozenset(unit.name for unit in units(session, row.organisation_id)),
        )

    def plan(self) -> ImportPlan:
        named = dict.fromkeys(one.sheet.unit for one in self.new if one.sheet.unit)
        return ImportPlan(
            tuple(one.sheet.respondent for one in self.new),
            tuple(unit for unit in named if unit not in self.unit_names),
            tuple(
                ImportedChange(
                    filling.sheet.respondent, place, kind, filling.shown(place, kind), text
                )
                for filling, writes in self.known
                for (place, kind), text in writes.items()
            ),
            sum(not writes for _filling, writes in self.known),
        )


def _strangers(
    people: Iterable[PersonAnswers], present: Mapping[str, Filling], name: str
) -> Iterator[RowProblem]:
    """People of the file who are on the list with another form or unit."""
    for one in people:
        code, group, unit = one.sheet.respondent, one.sheet.group, one.sheet.unit
        known = present.get(code)
        if known is None:
            if len(group) > FORM:
                sentence = Sentence(_("This group has more than %(most)s characters."), most=FORM)
                yield RowProblem(name, one.line, 1, sentence)
            continue
        if known.sheet.group != group:
            sentence = Sentence(
                _("“%(code)s” answers “%(form)s” in this cycle, not “%(group)s”."),
                code=code,
                form=known.sheet.group,
                group=group,
            )
            yield RowProblem(name, one.line, 1, sentence)
        if unit and known.sheet.unit != unit:
            where = _("“%(code)s” is in “%(unit)s” in this cycle, not in “%(other)s”.")
            if known.sheet.unit is None:
                where = _("“%(code)s” is in no unit in this cycle, not in “%(other)s”.")
            sentence = Sentence(where, code=code, unit=known.sheet.unit, other=unit)
            yield RowProblem(name, one.line, 1, sentence)


def _writes(
    edition: Edition, one: PersonAnswers, present: Mapping[str, Filling]
) -> dict[Field, str]:
    filling = present[one.sheet.respondent]
    given = given_by(edition, one)
    return {field: text for field, text in given.items() if filling.shown(*field) != text}
