"""Journeys go through an installation of their own, in a real browser."""

from __future__ import annotations

from tests.browser import open_window, serve_live
from tests.databases import database, engine, pytest_generate_tests
from tests.web.conftest import installation

__all__ = [
    "database",
    "engine",
    "installation",
    "open_window",
    "pytest_generate_tests",
    "serve_live",
]
