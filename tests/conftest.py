"""What every test shares."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import browser
from tests.telling import pytest_sessionstart
from tests.told import copy_demo

__all__ = ["browser", "copy_demo", "pytest_sessionstart"]

FOLDER = Path(__file__).parent
DEAREST = (
    "journeys/test_filling_in_weather.py",
    "services/test_workers.py",
    "services/test_faults.py",
    "journeys/test_filling_in.py",
    "journeys/test_every_shipped_file.py",
    "reporting/test_press.py",
    "journeys/test_a_cycle_in_the_browser.py",
    "web/test_results_in_a_browser.py",
    "reporting/test_report_pages.py",
    "journeys/test_demo_command.py",
    "services/test_report_jobs.py",
    "journeys/test_command_line.py",
    "web/test_results.py",
)
"""Files that take longest. They come first, so that none of them is left alone at the end."""

# On a shared machine a slow moment is no finding; the thorough profile is for a longer look.
settings.register_profile(
    "quick",
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("TOUCHSTONE_HYPOTHESIS", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {FOLDER / name: place for place, name in enumerate(DEAREST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """The limit of pytest-timeout comes once; whoever hangs after it too is ended altogether."""
    given = item.config.getoption("timeout", None)
    limit = float(item.config.getini("timeout") or 0) if given is None else given
    if limit:
        faulthandler.dump_traceback_later(2 * limit, exit=True)
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()
