"""What a list of people would do to a cycle, before anything is done."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.exchange.rows import Row, RowProblem, did_you_mean
from assessment.services.errors import Sentence, _
from assessment.services.typed import Fields
from assessment.services.units import units
from assessment.store.tables import Cycle, Respondent


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody on a list: `code` names them in files and stays the same from cycle to cycle."""

    code: str
    name: str
    email: str
    form: str
    unit: str


@dataclass(frozen=True)
class InvitationPlan:
    """What adding a list would do. With problems, nothing."""

    new: tuple[Invitee, ...] = ()
    changed: tuple[Invitee, ...] = ()
    known: int = 0
    new_units: tuple[str, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    by_form: Mapping[str, int] = field(default_factory=dict)


def respondents(session: Session, row: Cycle) -> list[Respondent]:
    """Everybody who is asked, in the order of the lists."""
    return list(
        session.scalars(
            select(Respondent)
            .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
            .order_by(Respondent.position)
            .execution_options(populate_existing=True)
        )
    )


def plan_respondents(session: Session, row: Cycle, rows: Sequence[Row]) -> InvitationPlan:
    """What the list *rows* (columns code, name, email, form, unit) would add or change."""
    forms = {name: form for form in row.forms for name in (form.casefold(), _singular(form))}
    present = {each.code: each for each in respondents(session, row)}
    unit_names = {unit.id: unit.name for unit in units(session, row.organisation_id)}
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    new, changed, known = [], [], 0
    for line in rows:
        invitee = _invitee(line, row, forms, problems)
        if invitee is None:
            continue
        if invitee.code in seen:
            problems.append(
                line.problem(
                    "code",
                    Sentence(
                        _("“%(code)s” stands in line %(line)s already."),
                        code=invitee.code,
                        line=seen[invitee.code],
                    ),
                )
            )
            continue
        seen[invitee.code] = line.line
        before = present.get(invitee.code)
        if before is None:
            new.append(invitee)
        elif before.form != invitee.form and row.state != "draft":
            problems.append(
                line.problem(
                    "form",
                    Sentence(
                        _("“%(code)s” answers the form “%(form)s” already."),
                        code=invitee.code,
                        form=before.form,
                    ),
                )
            )
        elif _details(before, unit_names) != invitee:
            changed.append(invitee)
        else:
            known += 1
    names = dict.fromkeys(each.unit for each in (*new, *changed) if each.unit)
    missing = tuple(name for name in names if name not in unit_names.values())
    return InvitationPlan(
        tuple(new), tuple(changed), known, missing, tuple(problems),
        Counter(each.form for each in new),
    )  # fmt: skip


def _invitee(
    line: Row, row: Cycle, forms: Mapping[str, str], problems: list[RowProblem]
) -> Invitee | None:
    fields = Fields()
    email = fields.email("email", line.cells.get("email", ""))
    code = fields.text("code", line.cells.get("code", "")) or email
    name = fields.text("name", line.cells.get("name", ""))
    unit = fields.text("unit", line.cells.get("unit", ""))
    typed = fields.text("form", line.cells.get("form", "")).casefold()
    form = forms.get(typed) if typed else (row.forms[0] if len(row.forms) == 1 else None)
    if not code:
        fields.wrong["code"] = Sentence(_("A code or an e-mail address is needed."))
    if form is None and "form" not in fields.wrong:
        needed = _("A form of this cycle is needed: %(forms)s.")
        fields.wrong["form"] = Sentence(needed, forms=", ".join(row.forms)).then(
            did_you_mean(typed, row.forms)
        )
    problems += [line.problem(column, wrong) for column, wrong in fields.wrong.items()]
    return None if fields.wrong or form is None else Invitee(code, name, email, form, unit)


def _singular(form: str) -> str:
    return form.casefold().removesuffix("s")


def _details(before: Respondent, names: Mapping[uuid.UUID, str]) -> Invitee:
    unit = names[before.unit_id] if before.unit_id else ""
    return Invitee(before.code, before.name, before.email, before.form, unit)
