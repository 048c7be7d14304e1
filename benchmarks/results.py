"""`./dev bench results`: what a page of results costs the processor, for a hundred and for many.

The release is made from so many made-up sheets, a comment from every tenth person, and put in the
place of a closed cycle's own; pages are then asked for in a warm process. Budget: 25 ms of CPU.
"""

from __future__ import annotations

import random
import tempfile
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from assessment.core.framework import Framework
from assessment.core.release import Answers, Comment, Invited, Release, release
from assessment.core.sheet import Sheet, blank_sheet
from assessment.exchange.frozen import freeze, sha256_of, thaw
from assessment.resources import CRITERIA
from assessment.services.answer_files import edition_of_cycle
from assessment.store.engine import open_engine
from assessment.store.schema import upgrade
from assessment.store.tables import Cycle, ReleasePart
from benchmarks.requests import BROWSER, median_cpu
from tests.web.installation import Installation, make_installation
from tests.web.rounds import bring_criteria, open_round

ROUNDS = 60
DISTINCT = 400
"""So many different sheets are drawn; the rest are theirs again."""
PAGES = {
    "overview": "", "a category": "/categories/1", "an item": "/items/1.1", "units": "/units",
    "leaders beside staff": "/groups", "gaps": "/gaps", "why": "/why?of=perceived.percent",
    "targets": "/targets", "quotes": "/quotes", "a chart's JSON": "/figures/profile/0.json",
}  # fmt: skip


def bench_results(line: Callable[..., None]) -> None:
    """Print what each page costs with a hundred and with a hundred thousand respondents."""
    with _installation() as installation:
        results = _closed(installation)
        client = _leader(installation)
        for count in (100, 100_000):
            _put(installation, results, count)
            for name, path in PAGES.items():
                assert client.get(results + path).status_code == 200, path
                spent = median_cpu(lambda _n, path=path: client.get(results + path), ROUNDS)  # type: ignore[misc]
                line(f"{name}, {count:,} people (25 ms)", *spent)


def _leader(installation: Installation) -> FlaskClient:
    """A browser of a leader that reads nothing: a strict parser costs more than any page."""
    cookie = installation.signed_in("leader").get_cookie("touchstone")
    assert cookie is not None
    client = FlaskClient(installation.app, installation.app.response_class)
    client.environ_base = {
        f"HTTP_{name.upper().replace('-', '_')}": said for name, said in BROWSER.items()
    }
    client.set_cookie(cookie.key, cookie.value)
    return client


@contextmanager
def _installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder, 'touchstone.sqlite')}")
        upgrade(engine)
        yield make_installation(engine, Path(folder))
        engine.dispose()


def _closed(installation: Installation) -> str:
    """The address of the results of a cycle with one person on its list."""
    text = (CRITERIA / "baldrige-2023.yaml").read_text(encoding="utf-8")
    client = installation.signed_in("consultant")
    key = bring_criteria(installation, text, "bench.yaml")
    forms = ["staff", "leaders", "assessors"]
    address = open_round(client, key, "code,form\none,staff\n", forms=forms)
    client.send(f"{address}/close")
    installation.do_jobs()
    return f"{address}/results"


def _put(installation: Installation, results: str, count: int) -> None:
    """Put the release of *count* people in the place of the whole's."""
    with installation.session() as session, session.begin():
        cycle_id = uuid.UUID(results.split("/")[2])
        row = session.scalars(select(Cycle).where(Cycle.id == cycle_id)).one()
        part = session.scalars(select(ReleasePart).where(ReleasePart.part == "")).one()
        framework = edition_of_cycle(session, row).framework
        frozen = thaw(zlib.decompress(part.content), framework)
        content = freeze(replace(frozen, release=_release(framework, count)))
        part.content, part.sha256 = zlib.compress(content), sha256_of(content)


def _release(framework: Framework, count: int) -> Release:
    drawn = {
        group: [_sheet(framework, group, number) for number in range(min(count, DISTINCT))]
        for group in ("staff", "leaders", "assessors")
    }
    sheets, comments = [], []
    for number in range(count):
        group = "leaders" if number % 10 == 1 else "assessors" if number in (2, 3) else "staff"
        unit = None if group == "assessors" else f"Unit {number % 12:02}"
        values = drawn[group][number % DISTINCT].values
        sheets.append(Sheet(f"p{number}", group, unit, values))
        if number % 10 == 0:
            place = framework.questions[number // 10 % 20].id
            comments.append(Comment(place, "comment", group, unit, f"What I see, number {number}."))
    invited: dict[tuple[str | None, str], int] = {(None, "staff"): count, (None, "leaders"): count}
    return release(framework, Answers(tuple(sheets), tuple(comments)), Invited(invited))


def _sheet(framework: Framework, group: str, number: int) -> Sheet:
    chance = random.Random(f"{group} {number}")  # noqa: S311 - made-up answers
    blank = blank_sheet(framework, "somebody", group)
    given = {}
    for place in framework.asks(group):
        slot = framework.slots[place]
        if slot.question is not None and slot.question.scale.is_scored:
            given[slot.key] = chance.choice(slot.question.scale.values)
        elif slot.kind == "judgement":
            given[slot.key] = 5 * chance.randrange(4, 17)
    return blank.with_values(framework, given)
