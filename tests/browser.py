"""A real browser for tests: a server in a thread, pages that fail on any console message, axe.

A test module asks for the fixtures by importing them in its folder's conftest.py.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

import machine
from assessment.web.serving import listen, server_for

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = (375, 740)
DESK = (1280, 900)
NARROW = (320, 640)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_EVERY_LOOK = tuple((size, scheme) for size in (PHONE, DESK) for scheme in SCHEMES)
LOOKS = _EVERY_LOOK if "TOUCHSTONE_PICTURES" in os.environ else (_EVERY_LOOK[0], _EVERY_LOOK[3])
"""Sizes and schemes that axe looks at: colours hang on the scheme, places on the size."""
MISSING = "no Chromium here"
PATIENCE = 20_000
"""Milliseconds that a page is waited for: many times what it takes, for machines that are busy."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Live:
    """An application served on a port of this machine."""

    url: str
    app: Flask


@dataclass
class Window:
    """A browser window of one person, and what its console said."""

    page: Page
    context: BrowserContext
    url: str
    messages: list[str] = field(default_factory=list)
    is_refused: bool = False

    def go(self, path: str) -> None:
        """Open a page of the server."""
        self.page.goto(f"{self.url}{path}")

    def expect_refusal(self) -> None:
        """The test asks for a refusal, which the browser notes, sooner or later."""
        self.is_refused = True

    def unexpected(self) -> list[str]:
        """What the console said beside the refusals that were asked for."""
        return [each for each in self.messages if not (self.is_refused and _is_refusal(each))]


def _is_refusal(message: str) -> bool:
    return "the server responded with a status of 4" in message and "/static/" not in message


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests. In CI its absence is an error, elsewhere a counted skip."""
    program = machine.find_browser()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(f"{MISSING}, and CI must not skip the browser tests")
        pytest.skip(MISSING)
    flags = [*FLAGS, "--no-sandbox"] if machine.is_root() else FLAGS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        started.close()


@pytest.fixture
def serve_live() -> Iterator[Callable[[Flask], Live]]:
    """Serve an application in a thread until the test is over."""
    servers: list[tuple[Any, threading.Thread]] = []

    def serve(app: Flask) -> Live:
        listening = listen("127.0.0.1", 0)
        server = server_for(app, listening)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        servers.append((server, thread))
        return Live(f"http://127.0.0.1:{listening.getsockname()[1]}", app)

    yield serve
    for server, thread in servers:
        # The loop of the server runs as long as it has something to listen to.
        server.trigger.pull_trigger(server.close)
        server.task_dispatcher.shutdown()
        thread.join(timeout=5)


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Open windows; at the end none may have said anything on its console."""
    windows: list[Window] = []

    def open_one(live: Live, size: tuple[int, int] = DESK, **options: object) -> Window:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB",
            timezone_id="UTC",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        window = Window(context.new_page(), context, live.url)
        listen_to(window)
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        window.context.close()
    assert [message for window in windows for message in window.unexpected()] == []


def listen_to(window: Window) -> None:
    """Keep what the console says and what scripts throw."""

    def note(message: ConsoleMessage) -> None:
        window.messages.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    window.page.on("console", note)
    window.page.on("pageerror", lambda error: window.messages.append(f"thrown: {error}"))


@cache
def axe_script() -> str:
    """The checks; they are put into the page from outside, so its policy is not asked."""
    folder = Path(axe_playwright_python.__file__).parent
    return folder.joinpath("axe.min.js").read_text(encoding="utf-8")


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: one line each."""
    page.evaluate(axe_script())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", AXE_TAGS
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def look_over(window: Window, name: str) -> list[str]:
    """Everything that is wrong with a page, on a phone and a desk, light and dark; pictures too."""
    page, found = window.page, []
    for size, scheme in LOOKS:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        # Without motion: a colour on its way from one to the other is neither.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        picture(page, f"{name}-{size[0]}-{scheme}")
        found += [f"{name} {size[0]} {scheme}: {each}" for each in axe_violations(page)]
        found += [f"{name} {size[0]}: {each} is small" for each in small_targets(page)]
    for size in (PHONE, DESK, NARROW):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if wider := sideways(page):
            found.append(f"{name}: {wider} pixels wider than {size[0]}")
    return found


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window; 0 is right."""
    # Asked through a locator, which waits: between two pages there is nothing to measure.
    wider: int = page.locator("html:has(body)").evaluate(
        "html => html.scrollWidth - html.clientWidth"
    )
    return wider


def small_targets(page: Page, least: int = 44) -> list[str]:
    """Buttons, fields and links of their own that a thumb would miss; links in text may be low."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll(
               'button, input:not([type=hidden]), select, textarea, nav a, .button, .brand')]
             .filter(each => each.checkVisibility())
             .map(each => [each, each.closest('label') ?? each])
             .map(([each, whole]) => [each, whole.getBoundingClientRect()])
             .filter(([each, box]) => box.height < least - 0.5)
             .map(([each, box]) => `${each.tagName} ${each.textContent.trim()} ${box.height}`)""",
        least,
    )
    return found


def picture(page: Page, name: str) -> None:
    """Keep a screenshot where TOUCHSTONE_PICTURES says, to be looked at."""
    if folder := os.environ.get("TOUCHSTONE_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder, f"{name}.png"), full_page=True)
