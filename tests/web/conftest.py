"""An installation for each test: a database, people of two organisations, strict clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assessment.store.engine import open_engine
from assessment.store.schema import upgrade
from tests.browser import MISSING, open_window, serve_live
from tests.web.installation import Installation, make_installation

__all__ = ["open_window", "serve_live"]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the present schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(empty_database: Path, tmp_path: Path) -> Iterator[Engine]:
    copy = tmp_path / "touchstone.sqlite"
    copy.write_bytes(empty_database.read_bytes())
    copy.chmod(0o600)
    made = open_engine(f"sqlite:///{copy}")
    yield made
    made.dispose()


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
