"""F2: the power is cut while pages are saved. What was acknowledged is there, and nothing is half.

A recording is cut at many points, for each journal mode we use. Its controls are two modes that we
do not use, in which the same check goes red. `TOUCHSTONE_CUTS=400` cuts more often.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assessment.store.engine import open_engine, open_sessions
from assessment.store.faults import NotKept
from tests.databases import DATABASE, fresh_database
from tests.power import LEFT, Disk, Step, recorded, strace_works
from tests.rounds import Round, filling_of, open_round
from tests.savers import RECORDED, page_of

ROOT = Path(__file__).resolve().parents[2]
CUTS = int(os.environ.get("TOUCHSTONE_CUTS", "100"))
pytestmark = pytest.mark.skipif(
    not strace_works(), reason="strace is not here: nothing can be recorded"
)


def record(journal: str, folder: Path) -> tuple[Round, Disk, list[Step]]:
    """Pages saved with *journal* one after the other, call by call."""
    with fresh_database("sqlite", folder) as url:
        engine = open_engine(url)
        with open_sessions(engine)() as session:
            opened = open_round(session, ("s1,staff",))
            respondent = filling_of(session, opened, "s1").respondent.id
            session.commit()
        engine.dispose()
        path = url.removeprefix("sqlite:///")
        before = {path: Path(path).read_bytes()}
        command = [sys.executable, "-m", "tests.savers", url, str(opened.organisation_id), journal]
        steps = recorded([*command, str(respondent)], ROOT, folder / "calls")
    ours = [
        step
        for step in steps
        if step.deed == "say" or (step.path.startswith(str(folder)) and "-shm" not in step.path)
    ]
    return opened, Disk(before), ours


def is_harmed(found: dict[str, bytes], engine: Engine, opened: Round, acknowledged: int) -> bool:
    """Whether what is found after the cut does not open, is not whole, or lacks a page."""
    database = Path(str(engine.url.database))
    shutil.rmtree(database.parent, ignore_errors=True)
    database.parent.mkdir()
    for path, data in found.items():
        database.parent.joinpath(Path(path).name).write_bytes(data)
    try:
        with closing(sqlite3.connect(database)) as plain:
            if plain.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return True
        with open_sessions(engine)() as session:
            filling = filling_of(session, opened, "s1")
            return page_of(filling) != {filling.version} or filling.version < acknowledged
    except (sqlite3.DatabaseError, NotKept):
        return True
    finally:
        engine.dispose()


def harmed(journal: str, folder: Path, cuts: int) -> int:
    """In how many of *cuts* power cuts something acknowledged is lost or something is half."""
    opened, disk, steps = record(journal, folder)
    dice, engine = random.Random(journal), open_engine(f"sqlite:///{folder}/found/{DATABASE}")
    points = Counter(dice.choices(range(len(steps)), k=cuts))
    said = count = 0
    for number, step in enumerate(steps):
        said += step.deed == "say"
        disk.take(step)
        for _cut in range(points[number]):
            count += is_harmed(disk.found(dice.choice(LEFT), dice), engine, opened, said)
    assert said == RECORDED
    print(f"power cuts, {journal}: harmed {count} of {cuts}, {len(steps)} calls")
    return count


@pytest.mark.parametrize("journal", ["WAL/FULL", "DELETE/EXTRA"])
def test_nothing_acknowledged_is_lost_when_the_power_is_cut(journal, tmp_path):
    assert harmed(journal, tmp_path, CUTS) == 0


@pytest.mark.parametrize("journal", ["WAL/NORMAL", "DELETE/OFF"])
def test_a_journal_that_is_synced_too_seldom_would_be_found_out(journal, tmp_path):
    """The control: what is acknowledged is not on the disk yet."""
    assert harmed(journal, tmp_path, 40) > 0
