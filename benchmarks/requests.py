"""What a page costs the processor: seen, saved, and the link that leads to it; without a network.

Budgets, in ms of CPU on one core of a small server: a page of eight questions 12 to show and 7 to
save durably, a personal link 10 to open, and the first page of a new process within 100 ms.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from assessment.web import create_app
from assessment.web.settings import Settings
from tests.web.served import ITEMS, Asked, ask, questions_of

ROUNDS = 120
BROWSER = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def median_cpu(work: Callable[[int], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median CPU seconds of *work*, and as a multiple of the yardstick measured in turn with it."""
    times, yards = [], []
    for number in range(rounds):
        if number % 20 == 0:
            gc.collect()
            start = time.process_time()
            hashlib.pbkdf2_hmac("sha256", b"touchstone", b"yardstick", 200_000)
            yards.append(time.process_time() - start)
        start = time.process_time()
        work(number)
        times.append(time.process_time() - start)
    spent = statistics.median(times)
    return spent, spent / statistics.median(yards)


@contextmanager
def _installation() -> Iterator[tuple[Settings, Asked]]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'touchstone.sqlite'}"
        yield Settings("k3" * 30, url, data), ask(url, ROUNDS + 1)


def _enter(client: FlaskClient, secret: str) -> None:
    """Open a personal link: its page, and the exchange of its pass for a cookie."""
    seal = _hidden(client, "/r/")["csrf_token"]
    given = {"csrf_token": seal, "code": secret}
    assert client.post("/r/", data=given, headers=BROWSER).status_code == 303


def _hidden(client: FlaskClient, path: str) -> dict[str, str]:
    """The hidden fields of a page, which its form sends back."""
    page = client.get(path, headers=BROWSER)
    assert page.status_code == 200
    return dict(_HIDDEN.findall(gzip.decompress(page.data).decode()))


def _answers(item: str, number: int) -> dict[str, str]:
    given = {f"answer:{each}": str(number % 5 + 1) for each in questions_of(item)}
    return {**given, f"comment:{questions_of(item)[0]}": f"Seen in meeting {number}."}


def bench_requests(line: Callable[..., None]) -> None:
    """Print what pages cost, each as a *line* of the table."""
    with _installation() as (settings, asked):
        app = create_app(settings)
        secrets = list(asked.passes.values())
        client = app.test_client()
        _enter(client, secrets[-1])
        seal = _hidden(client, "/r/device")["csrf_token"]
        client.post("/r/device", data={"csrf_token": seal, "shared": "no"}, headers=BROWSER)

        def view(number: int) -> None:
            path = f"/r/item/{ITEMS[number % len(ITEMS)]}"
            assert client.get(path, headers=BROWSER).status_code == 200

        prepared: list[tuple[str, dict[str, str]]] = []
        for number in range(ROUNDS):
            item = ITEMS[number % len(ITEMS)]
            before = _answers(item, number - len(ITEMS)) if number >= len(ITEMS) else {}
            shown = (
                _hidden(client, f"/r/item/{item}")
                if not before
                else prepared[number - len(ITEMS)][1]
            )
            was = {f"was:{name}": value for name, value in before.items()}
            prepared.append((item, {**shown, **was, **_answers(item, number)}))

        def save(number: int) -> None:
            item, fields = prepared[number]
            answer = client.post(f"/r/item/{item}", data=fields, headers=BROWSER)
            assert answer.status_code == 303, answer.text

        others = iter(secrets)
        line("view a page of eight questions (12 ms)", *median_cpu(view))
        line("save it durably (7 ms)", *median_cpu(save))
        line("view it, filled in", *median_cpu(view))
        line(
            "open a personal link (10 ms)",
            *median_cpu(lambda _number: _enter(app.test_client(), next(others))),
        )
        cookie = client.get_cookie("touchstone")
        assert cookie is not None
        firsts = [_first_page(settings, cookie.value) for _ in range(3)]
        print(f"{'first page of a new process (100 ms)':<52}{statistics.median(firsts):>9.1f} ms")


def _first_page(settings: Settings, cookie: str) -> float:
    """Milliseconds that the first one waits whom a process serves that has just started."""
    command = [sys.executable, "-m", "benchmarks.first_page"]
    given = [settings.secret_key, settings.database_url, str(settings.data), cookie]
    done = subprocess.run([*command, *given], check=True, capture_output=True, encoding="utf-8")
    return float(done.stdout)
