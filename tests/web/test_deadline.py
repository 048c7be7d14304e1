"""Many people at the deadline (F13): what `./dev bench load` measures, in small."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from assessment.store.engine import open_engine
from tests.databases import KINDS
from tests.web.crowd import Met, Pace, crowd, kept
from tests.web.served import Asked, ask, serving

DATABASES = KINDS

PEOPLE = 30
# It closes when each has saved, however fast the machine is; they go on until they are told.
PACE = Pace(seconds=60, arrivals=1, between=0.6, closing=lambda met: met.savers == PEOPLE)


@pytest.fixture
def rush(database, tmp_path) -> tuple[Asked, Met]:
    asked = ask(database, PEOPLE)
    # In a thread of its own: a browser of another test may have left its loop in this one.
    with serving(tmp_path, database, processes=2) as address, ThreadPoolExecutor(1) as aside:
        rushing = asyncio.wait_for(crowd(address, asked, PACE), 2 * PACE.seconds)
        return asked, aside.submit(asyncio.run, rushing).result()


def test_every_save_is_before_or_after_the_closing_and_told_so(rush):
    asked, met = rush
    found = kept(asked, met)
    print(f"F13: {len(met.saves)} saves, {dict(met.answers)}, {found}")
    assert set(met.answers) <= {200, 303, 410, 503}
    assert met.answers[410] + met.turned_away == PEOPLE, "each is told that it has closed"
    assert met.answers[410] > 0
    assert (met.broken, found.lost, found.late) == (0, 0, 0)
    assert found.acknowledged >= PEOPLE * 9
    # The control: an answer that has gone is missed, and one that came too late is found.
    person, name = next(each for each in met.acknowledged if each[1].startswith("comment"))
    engine = open_engine(asked.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE comment SET text = ''"))
    engine.dispose()
    assert kept(asked, met).lost > 0
    met.refused[person, name] = ""
    assert kept(asked, met).late > 0
