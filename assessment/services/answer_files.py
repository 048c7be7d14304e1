"""Answers of a whole cycle as a CSV file for spreadsheets, and one sheet after the other."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.core.sheet import Sheet
from assessment.exchange.written_answers import WrittenSheet, answers_csv
from assessment.services.editions import Edition, pinned_edition
from assessment.services.errors import NotOpenYet
from assessment.services.fillings import Field, Filling
from assessment.services.sheet_queries import of_respondent
from assessment.store.tables import CommentRow, Cycle, Respondent, SheetRow, Unit


def export_answers(session: Session, row: Cycle) -> str:
    """Every answer of the cycle as an answers file that no spreadsheet takes for formulas."""
    edition = edition_of_cycle(session, row)
    people = (WrittenSheet(one.sheet, one.words) for one in all_fillings(session, row, edition))
    return answers_csv(edition.framework, people)


def edition_of_cycle(session: Session, row: Cycle) -> Edition:
    """The edition an open or closed cycle is pinned to."""
    if row.edition_sha256 is None:
        raise NotOpenYet
    return pinned_edition(session, row.organisation_id, row.edition_sha256, row.language)


def all_fillings(session: Session, row: Cycle, edition: Edition) -> Iterator[Filling]:
    """Every sheet of the cycle in two statements, kept from changing until the end."""
    mine = (Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
    words: dict[object, dict[Field, str]] = {}
    for one in session.execute(
        select(CommentRow.respondent_id, CommentRow.place, CommentRow.kind, CommentRow.text)
        .join(Respondent, of_respondent(CommentRow))
        .where(*mine)
    ):
        words.setdefault(one.respondent_id, {})[one.place, one.kind] = one.text
    rows = session.execute(
        select(Respondent, SheetRow, Unit.name)
        .join(SheetRow, of_respondent(SheetRow))
        .outerjoin(
            Unit,
            (Unit.organisation_id == Respondent.organisation_id) & (Unit.id == Respondent.unit_id),
        )
        .where(*mine)
        .order_by(Respondent.position)
        .execution_options(populate_existing=True)
    )
    for person, sheet, unit in rows:
        yield Filling(
            person,
            row,
            edition,
            Sheet(person.code, person.form, unit, sheet.slots, frozenset(sheet.not_applicable)),
            frozenset(sheet.marked),
            words.get(person.id, {}),
            sheet.version,
            sheet.saved_at,
        )
