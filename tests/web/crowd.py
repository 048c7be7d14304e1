"""F13: many people fill in a questionnaire at once, each at their own pace, over real connections.

Everyone opens their link, says whose device it is, and then, page by page, reads and saves. What
they were told is compared with what is kept: an answer that was acknowledged has to be there, and
one that came after the closing must not.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.web.served import ITEMS, Asked, questions_of

CLOSED = 410
NOT_NOW = 503
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Pace:
    """How many seconds it all takes, in which they come in, and between two saves of a person."""

    seconds: float = 60
    arrivals: float = 20
    between: float = 10
    closing: Callable[[Met], bool] | None = None
    """When the cycle closes, if it does."""


@dataclass
class Met:
    """What the crowd met: milliseconds, answers by status, and what became of what was typed."""

    began: float = field(default_factory=time.monotonic)
    views: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    entering: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    """Connections that gave no answer."""
    acknowledged: dict[tuple[uuid.UUID, str], str] = field(default_factory=dict)
    refused: dict[tuple[uuid.UUID, str], str] = field(default_factory=dict)
    turned_away: int = 0
    """People who were not shown a page any more, since it had closed."""
    closed_at: float | None = None
    acknowledged_late: int = 0

    @property
    def elapsed(self) -> float:
        """Seconds since the first came."""
        return time.monotonic() - self.began

    @property
    def savers(self) -> int:
        """How many people have saved something."""
        return len({person for person, _name in self.acknowledged})

    def faults(self) -> int:
        """Answers that are a fault of the server; being asked to come back is none."""
        return sum(
            count for status, count in self.answers.items() if status >= 500 and status != NOT_NOW
        )


@dataclass(frozen=True)
class Kept:
    """Answers that were acknowledged and those of them that are lost; late ones that are kept."""

    acknowledged: int
    lost: int
    late: int


def kept(asked: Asked, met: Met) -> Kept:
    """Read everything back, and compare it with what everyone was told."""
    fillings = asked.fillings()

    def stands(person: uuid.UUID, name: str) -> str:
        kind, _colon, place = name.partition(":")
        return fillings[person].shown(place, kind)

    lost = sum(stands(*key) != value for key, value in met.acknowledged.items())
    late = sum(
        stands(*key) == value != met.acknowledged.get(key) for key, value in met.refused.items()
    )
    return Kept(len(met.acknowledged), lost, late + met.acknowledged_late)


async def crowd(address: tuple[str, int], asked: Asked, pace: Pace) -> Met:
    """Send everyone who is *asked* to the server at *address*."""
    met = Met()
    dice = random.Random(2026)
    people = [
        Person(address, person, secret, random.Random(dice.random()), met)
        for person, secret in asked.passes.items()
    ]
    come = [
        person.fill_in(pace.arrivals * number / len(people), pace)
        for number, person in enumerate(people)
    ]
    if pace.closing is not None:
        come.append(_close(asked, pace.closing, pace, met))
    await asyncio.gather(*come)
    return met


async def _close(asked: Asked, closing: Callable[[Met], bool], pace: Pace, met: Met) -> None:
    while not closing(met) and met.elapsed < pace.seconds:
        await asyncio.sleep(0.05)
    await asyncio.to_thread(asked.close)
    met.closed_at = time.monotonic()


@dataclass
class Person:
    """One browser: its cookies, its seal, and what it has been told."""

    address: tuple[str, int]
    id: uuid.UUID
    secret: str
    dice: random.Random
    met: Met
    cookies: dict[str, str] = field(default_factory=dict)
    seal: str = ""
    status: int = 0
    began: float = 0
    """Of the last answer, and when it was asked for."""

    async def fill_in(self, arrival: float, pace: Pace) -> None:
        """Come in, then read and save a page again and again."""
        await asyncio.sleep(arrival)
        try:
            if not await self._enter():
                return
            for number in range(1000):
                item = ITEMS[number % len(ITEMS)]
                page = await self._ask("GET", f"/r/item/{item}", self.met.views)
                if self.status != 200:
                    self.met.turned_away += 1
                    return
                await asyncio.sleep(pace.between * self.dice.uniform(0.7, 1.3))
                if self.met.elapsed > pace.seconds:
                    return
                if not await self._save(item, page, number):
                    return
        except (OSError, EOFError):
            self.met.broken += 1

    async def _enter(self) -> bool:
        await self._ask("GET", "/r/", self.met.entering)
        for path, fields, then in (
            ("/r/", {"code": self.secret}, "/r/device"),
            ("/r/device", {"shared": "no"}, "/r/welcome"),
        ):
            await self._ask("POST", path, self.met.entering, fields)
            if self.status != 303:
                return False
            await self._ask("GET", then, self.met.entering)
        return True

    async def _save(self, item: str, page: str, number: int) -> bool:
        """Answer all questions of a page; False once it has closed."""
        shown = dict(_HIDDEN.findall(page))
        asked = questions_of(item)
        typed = {f"answer:{each}": str(self.dice.randint(1, 5)) for each in asked}
        typed[f"comment:{asked[number % len(asked)]}"] = f"In round {number}, {self.id.hex}."
        fields = {**shown, **typed}
        await self._ask("POST", f"/r/item/{item}", self.met.saves, fields)
        own = {(self.id, name): value for name, value in typed.items()}
        if self.status == 303:
            self.met.acknowledged.update(own)
            closed = self.met.closed_at
            self.met.acknowledged_late += bool(closed and self.began > closed)
        elif self.status == CLOSED:
            self.met.refused.update(own)
        return self.status == 303

    async def _ask(
        self, method: str, path: str, times: list[float], fields: Mapping[str, str] | None = None
    ) -> str:
        body = urlencode({**fields, "csrf_token": self.seal}).encode() if fields else b""
        while True:
            self.began = time.monotonic()
            asking = self._head(method, path, body) + body
            self.status, head, text = await _exchange(self.address, asking)
            times.append((time.monotonic() - self.began) * 1000)
            self.met.answers[self.status] += 1
            if self.status != NOT_NOW:
                break
            await asyncio.sleep(1)
        for name, value in re.findall(r"(?im)^set-cookie: ([^=]+)=([^;]*)", head):
            self.cookies[name] = value
        if found := re.search(r'name="csrf_token" value="([^"]+)"', text):
            self.seal = found[1]
        return text

    def _head(self, method: str, path: str, body: bytes) -> bytes:
        host, port = self.address
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return (
            f"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
            f"Sec-Fetch-Site: same-origin\r\nCookie: {cookies}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()


async def _exchange(address: tuple[str, int], asking: bytes) -> tuple[int, str, str]:
    reading, writing = await asyncio.open_connection(*address)
    try:
        writing.write(asking)
        answer = await reading.read()
    finally:
        writing.close()
    if not answer:
        raise EOFError
    heading, _empty, text = answer.partition(b"\r\n\r\n")
    return int(heading.split()[1]), heading.decode(), text.decode()
