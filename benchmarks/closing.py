"""A cycle of 100,000 people: closing it, its results page, and its report (F21).

    ./dev bench closing

Seconds are CPU of this process; the report's those of all processes that print it.
"""

from __future__ import annotations

import datetime
import random
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from assessment.core.findings import find_gaps
from assessment.core.sheet import CANT_JUDGE, NOT_ANSWERED
from assessment.reporting.gap_report import GapReport, ReportInput
from assessment.reporting.pdf import Press, sensible_processes
from assessment.services.criteria_files import upload
from assessment.services.cycle_plans import CyclePlan
from assessment.services.cycles import create_cycle
from assessment.services.editions import pin
from assessment.services.organisations import make_organisation
from assessment.services.releases import make_release
from assessment.services.reports import gap_report_pdf
from assessment.services.results import part_of
from assessment.store.engine import open_engine, open_sessions
from assessment.store.ids import new_id
from assessment.store.schema import upgrade
from assessment.store.tables import CommentRow, Cycle, Respondent, SheetRow, Unit
from benchmarks.rollup import peak_megabytes

PEOPLE, UNITS, REMARKS = 100_000, 40, 5_000
CATEGORIES, ITEMS = 10, 5
BATCH = 10_000
NOW = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)


def criteria_text() -> str:
    """Fifty items of one statement each, asked of staff."""
    lines = [
        "kind: framework", "id: fifty", "title: Fifty statements", "edition: Bench",
        "language: en", "scales:", "  agreement:", "    answer: agreement",
        "    labels: [strongly disagree, disagree, neither, agree, strongly agree]",
        "forms:", "  staff:", "    audience: Everyone", "categories:",
    ]  # fmt: skip
    for category in range(1, CATEGORIES + 1):
        lines += [f"  - id: {category}", f"    title: Category {category}", "    items:"]
        for item in range(1, ITEMS + 1):
            place = f"{category}.{item}"
            lines += [
                f"      - id: {place}", f"        title: Item {place}", "        questions:",
                f"          - id: {place}-s", "            form: staff",
                "            scale: agreement", f"            text: Statement {place} holds here.",
            ]  # fmt: skip
    return "\n".join(lines) + "\n"


def bench_closing() -> None:
    """Print what each step takes."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        upgrade(engine)
        with open_sessions(engine)() as session, session.begin():
            row = _cycle(session)
        before = peak_megabytes()
        start = time.process_time()
        with open_sessions(engine)() as session, session.begin():
            made = make_release(session, session.merge(row), "final", NOW)
        spent = time.process_time() - start
        memory = f"peak {peak_megabytes():.0f} MB, {before:.0f} before"
        print(f"close {PEOPLE:,} people, {UNITS} units: {spent:.1f} s CPU, {memory}")
        with open_sessions(engine)() as session, session.begin():
            start = time.process_time()
            frozen = part_of(session, made, None)
            print(f"read its release for the first time: {time.process_time() - start:.2f} s CPU")
        start, begun = time.process_time(), time.monotonic()
        release = frozen.release
        about = ReportInput(NOW.date(), organisation="Bench", cycle="Bench")
        report = GapReport.of(release, find_gaps(release, {}), None, about)
        with Press(sensible_processes()) as press:
            size = len(gap_report_pdf(report, press))
        print(
            f"print its report: {time.monotonic() - begun:.1f} s, of which "
            f"{time.process_time() - start:.1f} s CPU here; {size / 1e6:.1f} MB, "
            f"peak {peak_megabytes():.0f} MB"
        )
        engine.dispose()


def _cycle(session: Session) -> Cycle:
    """A cycle in which everybody has answered."""
    owner = make_organisation(session, "Bench", NOW)
    content = criteria_text().encode()
    upload(session, owner.id, "fifty.yaml", content, by="Bench", now=NOW)
    plan = CyclePlan("Bench", "uploaded/fifty.yaml", ("staff",), datetime.date(2026, 11, 30), "UTC")
    row = create_cycle(session, owner.id, plan, NOW)
    row.edition_sha256 = pin(session, owner.id, content, NOW)
    row.state, row.opened_at, row.closed_at = "closing", NOW, NOW
    units = [new_id() for _ in range(UNITS)]
    session.execute(
        insert(Unit),
        [
            {
                "organisation_id": owner.id, "id": unit, "parent_id": None,
                "name": f"Unit {place:02}", "position": place,
            }
            for place, unit in enumerate(units)
        ],
    )  # fmt: skip
    people = [new_id() for _ in range(PEOPLE)]
    for start in range(0, PEOPLE, BATCH):
        _answered(session, row, units, people, start)
    remarks = [
        {
            "organisation_id": owner.id, "respondent_id": person, "place": "1.1-s",
            "kind": "comment", "text": f"What I saw in week {place % 52}.", "saved_at": NOW,
        }
        for place, person in enumerate(people[:REMARKS])
    ]  # fmt: skip
    session.execute(insert(CommentRow), remarks)
    return row


def _answered(
    session: Session, row: Cycle, units: list[uuid.UUID], people: list[uuid.UUID], start: int
) -> None:
    own = list(enumerate(people[start : start + BATCH], start=start))
    session.execute(
        insert(Respondent),
        [
            {
                "organisation_id": row.organisation_id, "id": person, "cycle_id": row.id,
                "position": place, "code": f"r{place}", "name": "", "email": "", "form": "staff",
                "unit_id": units[place % UNITS], "pass_hash": None, "started_at": NOW,
                "submitted_at": NOW,
            }
            for place, person in own
        ],
    )  # fmt: skip
    slots = _slots(start)
    session.execute(
        insert(SheetRow),
        [
            {
                "organisation_id": row.organisation_id, "respondent_id": person,
                "slots": next(slots), "not_applicable": [], "marked": [], "version": 1,
                "saved_at": NOW,
            }
            for _place, person in own
        ],
    )  # fmt: skip


def _slots(seed: int) -> Iterator[bytes]:
    """Sheets as people fill them in: most in the middle, a few places open or beyond them."""
    lot = random.Random(seed)  # noqa: S311 - made-up answers
    choices = bytes([1, 2, 2, 3, 3, 3, 4, 4, 4, 5, CANT_JUDGE, NOT_ANSWERED])
    while True:
        yield bytes(lot.choices(choices, k=CATEGORIES * ITEMS))
