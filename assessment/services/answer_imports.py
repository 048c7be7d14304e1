"""Answers from a file into a cycle, from paper or another tool: shown first, then taken over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from assessment.core.sheet import NOT_ANSWERED
from assessment.exchange.answer_values import answer_text
from assessment.exchange.answers import HEADER, PersonAnswers, people_from_rows
from assessment.exchange.rows import FileRefused, RowProblem, rows_in
from assessment.services.answer_files import all_fillings, edition_of_cycle
from assessment.services.cycle_days import refuse_unless_open
from assessment.services.cycles import locked
from assessment.services.editions import Edition
from assessment.services.fillings import YES, Field, Filling
from assessment.services.invitation_plans import respondents
from assessment.services.invitations import sheet_row, unit_ids
from assessment.services.people import units
from assessment.services.sheet_writes import after_writes, changes_between
from assessment.store.cycles import FORM
from assessment.store.ids import new_id
from assessment.store.tables import CommentRow, Cycle, HistoryRow, Respondent, SheetRow
from assessment.store.upsert import insert_or_update


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
    found.write(session, row, plan, now)
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

    def write(self, session: Session, row: Cycle, plan: ImportPlan, now: datetime.datetime) -> None:
        words: list[dict[str, object]] = []
        history: list[dict[str, object]] = []
        self._write_new(session, row, plan, now, words, history)
        changed = [(filling, writes) for filling, writes in self.known if writes]
        if changed:
            _update_sheets(session, changed, now)
        for filling, writes in changed:
            key = _key(row, filling.respondent.id)
            words += _word_rows(key, writes, now)
            changes = changes_between(filling, writes)
            history.append(
                {**key, "version": filling.version + 1, "changes": changes, "saved_at": now}
            )
        if words:
            insert_or_update(session, CommentRow, words)
        if history:
            session.execute(insert(HistoryRow), history)

    def _write_new(
        self,
        session: Session,
        row: Cycle,
        plan: ImportPlan,
        now: datetime.datetime,
        words: list[dict[str, object]],
        history: list[dict[str, object]],
    ) -> None:
        if not self.new:
            return
        by_unit = unit_ids(session, row, plan.new_units)
        last = max((one.position for one in respondents(session, row)), default=0)
        people, sheets = [], []
        for position, one in enumerate(self.new, start=last + 1):
            respondent_id = new_id()
            key = _key(row, respondent_id)
            people.append(
                {
                    "organisation_id": row.organisation_id,
                    "id": respondent_id,
                    "cycle_id": row.id,
                    "position": position,
                    "code": one.sheet.respondent,
                    "name": "",
                    "email": "",
                    "form": one.sheet.group,
                    "unit_id": by_unit.get(one.sheet.unit or ""),
                    "started_at": now,
                    "submitted_at": now,
                }
            )
            blank = sheet_row(row.organisation_id, respondent_id, one.sheet)
            sheets.append({**blank, "version": 1, "saved_at": now})
            writes = _given(self.edition, one)
            words += _word_rows(key, writes, now)
            changes: dict[str, dict[str, list[str]]] = {}
            for (place, kind), text in writes.items():
                changes.setdefault(place, {})[kind] = ["", text]
            history.append({**key, "version": 1, "changes": changes, "saved_at": now})
        session.execute(insert(Respondent), people)
        session.execute(insert(SheetRow), sheets)


def _key(row: Cycle, respondent_id: object) -> dict[str, object]:
    return {"organisation_id": row.organisation_id, "respondent_id": respondent_id}


def _strangers(
    people: Iterable[PersonAnswers], present: Mapping[str, Filling], name: str
) -> Iterator[RowProblem]:
    """People of the file who are on the list with another form or unit."""
    for one in people:
        code, group, unit = one.sheet.respondent, one.sheet.group, one.sheet.unit
        known = present.get(code)
        if known is None:
            if len(group) > FORM:
                yield RowProblem(name, one.line, 1, f"This group has more than {FORM} characters.")
            continue
        if known.sheet.group != group:
            yield RowProblem(
                name,
                one.line,
                1,
                f"“{code}” answers “{known.sheet.group}” in this cycle, not “{group}”.",
            )
        if unit and known.sheet.unit != unit:
            yield RowProblem(
                name, one.line, 1,
                f"“{code}” is in “{known.sheet.unit or 'no unit'}” in this cycle, not in “{unit}”.",
            )  # fmt: skip


def _given(edition: Edition, one: PersonAnswers) -> dict[Field, str]:
    """Everything a file says of a person, as the fields of a page."""
    framework = edition.framework
    writes: dict[Field, str] = {
        (key, "answer"): answer_text(framework.slots[framework.position[key]], code)
        for key, code in one.codes.items()
        if code != NOT_ANSWERED
    }
    writes |= {(item, "waive"): YES for item in sorted(one.sheet.not_applicable)}
    return writes | dict(one.words)


def _writes(
    edition: Edition, one: PersonAnswers, present: Mapping[str, Filling]
) -> dict[Field, str]:
    filling = present[one.sheet.respondent]
    return {
        field: text for field, text in _given(edition, one).items() if filling.shown(*field) != text
    }


def _word_rows(
    key: Mapping[str, object], writes: Mapping[Field, str], now: datetime.datetime
) -> list[dict[str, object]]:
    return [
        {**key, "place": place, "kind": kind, "text": text, "saved_at": now}
        for (place, kind), text in writes.items()
        if kind not in ("answer", "mark", "waive")
    ]


def _update_sheets(
    session: Session,
    changed: list[tuple[Filling, Mapping[Field, str]]],
    now: datetime.datetime,
) -> None:
    table = SheetRow.__table__
    rows = []
    for filling, writes in changed:
        sheet, marked = after_writes(filling, writes)
        rows.append(
            {
                "whose": filling.respondent.id,
                "slots": sheet.values,
                "not_applicable": sorted(sheet.not_applicable),
                "marked": sorted(marked),
                "version": filling.version + 1,
                "saved_at": now,
            }
        )
    session.connection().execute(
        update(SheetRow.__table__)  # type: ignore[arg-type]
        .where(
            table.c.organisation_id == changed[0][0].organisation_id,
            table.c.respondent_id == bindparam("whose"),
        )
        .values(
            {
                name: bindparam(name)
                for name in ("slots", "not_applicable", "marked", "version", "saved_at")
            }
        ),
        rows,
    )
