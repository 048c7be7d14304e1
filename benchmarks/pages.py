"""`./dev bench pages`: what Lighthouse says of the pages people see first, on a phone.

Five runs a page, the median of each; goals are 100, 100, 100. Audits that fell short are named.
Lighthouse is no part of the environment: it is fetched with npm into .tools, once.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessment.store.engine import open_engine
from assessment.store.schema import upgrade
from assessment.web.serving import listen, server_for
from tests.web.installation import Installation, StrictClient, make_installation
from tests.web.questionnaires import eight_questions, item_address, make_round

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tools"))
import machine  # noqa: E402

VERSION = "13.5.0"
FOLDER = ROOT / ".tools" / f"lighthouse-{VERSION}"
ROUNDS = 5
TRIES = 3
"""A browser on a busy machine may not come up in time; that says nothing of the page."""
KINDS = ("performance", "accessibility", "best-practices")


@dataclass
class Seen:
    """What the runs said of a page: points by kind, and every audit that was not full."""

    points: dict[str, list[float]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)

    def add(self, said: dict[str, Any]) -> None:
        """Take the report of one run."""
        for kind in KINDS:
            whole = said["categories"][kind]
            self.points.setdefault(kind, []).append(100 * (whole["score"] or 0))
            weighty = {each["id"] for each in whole["auditRefs"] if each["weight"]}
            for name in weighty:
                audit = said["audits"][name]
                if audit["score"] is not None and audit["score"] < 1:
                    self.short[name] = audit.get("displayValue") or audit["title"]


def bench_pages(rounds: int = ROUNDS) -> None:
    """Print the medians of each page, or one sentence that says what is missing."""
    lacks = _missing()
    if lacks:
        print(f"Lighthouse needs {lacks}, and there is none here.")
        return
    print(f"{'':<16}{''.join(f'{kind:>16}' for kind in KINDS)}   short of full")
    with _installation() as (pages, base):
        for name, (path, client) in pages.items():
            seen = Seen()
            for _ in range(rounds):
                seen.add(_looked_at(f"{base}{path}", client))
            medians = "".join(f"{statistics.median(seen.points[kind]):>16.0f}" for kind in KINDS)
            short = ", ".join(f"{name} ({said})" for name, said in sorted(seen.short.items()))
            print(f"{name:<16}{medians}   {short or '–'}", flush=True)


def _missing() -> str:
    if machine.find_browser() is None:
        return "Chromium (apt-get install chromium)"
    if FOLDER.is_dir():
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "Node and npm (apt-get install npm)"
    made = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"]
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as scratch:
        subprocess.run([*made, "--prefix", scratch, f"lighthouse@{VERSION}"], check=True)
        # Moved whole, so that an interrupted download never looks like a finished one.
        shutil.copytree(scratch, FOLDER, symlinks=True)
    return ""


@contextmanager
def _installation() -> Iterator[tuple[dict[str, tuple[str, StrictClient]], str]]:
    """An installation that is served, and who looks at which of its pages."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder, 'touchstone.sqlite')}")
        upgrade(engine)
        installation = make_installation(engine, Path(folder))
        pages = _pages(installation)
        listening = listen("127.0.0.1", 0)
        server: Any = server_for(installation.app, listening)
        threading.Thread(target=server.run, daemon=True).start()
        yield pages, f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.trigger.pull_trigger(server.close)
        server.task_dispatcher.shutdown()
        engine.dispose()


def _pages(installation: Installation) -> dict[str, tuple[str, StrictClient]]:
    made = make_round(installation, eight_questions())
    answering = made.enter("sam")
    leading = installation.signed_in("administrator")
    return {
        "link": ("/r/", installation.client()),
        "questionnaire": (item_address("1.0"), answering),
        "hub": ("/r/parts", answering),
        "sign-in": ("/sign-in", installation.client()),
        "cycle": (f"/cycles/{made.cycle_id}", leading),
    }


def _looked_at(url: str, client: StrictClient) -> dict[str, Any]:
    """What Lighthouse says of *url* for the person behind *client*."""
    cookie = client.get_cookie("touchstone")
    headers = {"Cookie": f"touchstone={cookie.value}"} if cookie else {}
    flags = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage"]
    if machine.is_root():
        flags.append("--no-sandbox")
    command = [
        str(FOLDER / "node_modules" / ".bin" / "lighthouse"),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(KINDS)}",
        f"--chrome-flags={' '.join(flags)}",
        f"--extra-headers={json.dumps(headers)}",
    ]
    env = {**os.environ, "CHROME_PATH": str(machine.find_browser())}
    for _ in range(TRIES):
        done = subprocess.run(command, check=False, capture_output=True, env=env)
        if done.returncode == 0:
            report: dict[str, Any] = json.loads(done.stdout)
            return report
    sys.exit(f"Lighthouse could not look at {url}: {done.stderr.decode()[-500:]}")
