"""A cycle that is closed, with results of every kind, in the installation that tests run on."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from assessment.services.answer_imports import import_answers
from assessment.services.cycles import cycle
from assessment.store.tables import Unit
from tests.rounds import CRITERIA
from tests.web.installation import Installation
from tests.web.rounds import bring_criteria, open_round

UNITS = ("Ward 3", "Ward 4")
REMARK = "We count what nobody reads."
FORMS = ["staff", "leaders", "assessors"]


def answers(remark: str = REMARK, units: tuple[str, ...] = UNITS, each: int = 6) -> bytes:
    """Staff of every unit, leaders who see it brighter, two judges; one remark."""
    lines = ["respondent,group,unit,question,answer,comment"]
    for place, unit in enumerate(units):
        for number in range(each):
            who = f"s{place}-{number},staff,{_quoted(unit)}"
            said = _quoted(remark) if place == number == 0 else ""
            lines += [
                f"{who},1.1-s1,{1 + (number + place) % 4},{said}",
                f"{who},1.1-s2,{2 + number % 3},",
                f"{who},1.2-s1,{1 + number % 2},",
                f"{who},2.1-s1,{'unknown' if number else 3},",
            ]
    for number in range(each):
        who = f"l{number},leaders,{_quoted(units[number % len(units)])}"
        lines += [f"{who},{question},{4 + number % 2}," for question in ("1.1-s1", "1.2-s1")]
    for judge, percent, grade in (("j1", 35, "minor"), ("j2", 55, "ofi")):
        lines += [f"{judge},assessors,,1.1,{percent},", f"{judge},assessors,,1.2,{grade},"]
    return ("\n".join(lines) + "\n").encode()


def close_with_results(
    installation: Installation,
    given: bytes | None = None,
    criteria: str = CRITERIA,
    **changes: object,
) -> str:
    """The address of the results of a cycle that was opened, answered and closed."""
    address = open_with_answers(installation, given, criteria, **changes)
    assert installation.signed_in("consultant").send(f"{address}/close").status_code == 303
    assert installation.do_jobs() == 1
    return f"{address}/results"


def open_with_answers(
    installation: Installation,
    given: bytes | None = None,
    criteria: str = CRITERIA,
    **changes: object,
) -> str:
    """The address of a cycle that is open and answered."""
    client = installation.signed_in("consultant")
    key = bring_criteria(installation, criteria)
    address = open_round(client, key, "code,form\nlate,staff\n", **{"forms": FORMS, **changes})
    with installation.session() as session, session.begin():
        row = cycle(session, installation.organisation.id, uuid.UUID(address.rpartition("/")[2]))
        import_answers(session, row, given or answers(), "answers.csv", installation.clock.now)
    return address


def unit_id(installation: Installation, name: str) -> uuid.UUID:
    """The id of a unit of the organisation by its name."""
    with installation.session() as session:
        return session.scalars(
            select(Unit.id).where(
                Unit.organisation_id == installation.organisation.id,
                Unit.name == name,
            )
        ).one()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
