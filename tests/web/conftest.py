"""An installation for each test: a database, people of two organisations, strict clients.

Pages are asked for on SQLite; modules that say `DATABASES = KINDS` do so on PostgreSQL too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.browser import MISSING, open_window, serve_live
from tests.databases import KINDS, database, engine, run_on
from tests.web.installation import Installation, make_installation

__all__ = ["database", "engine", "open_window", "serve_live"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    run_on(metafunc, getattr(metafunc.module, "DATABASES", KINDS[:1]))


@pytest.fixture
def installation(engine: Engine, tmp_path: Path) -> Installation:
    return make_installation(engine, tmp_path)


@pytest.fixture
def public(engine: Engine, tmp_path: Path) -> Installation:
    """The same, served to others under an https address."""
    return make_installation(engine, tmp_path, url="https://assess.example.org")


@pytest.fixture
def signed_in(installation: Installation) -> Callable[[str], object]:
    return installation.signed_in


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skipped browser test is a check that did not happen: say how many."""
    skipped = [
        each for each in terminalreporter.stats.get("skipped", []) if MISSING in str(each.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} browser tests were skipped: {MISSING}.", red=True
        )
