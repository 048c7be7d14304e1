"""Journeys go through an installation of their own, in a real browser."""

from __future__ import annotations

from tests.browser import open_window, serve_live
from tests.web.conftest import empty_database, engine, installation

__all__ = ["empty_database", "engine", "installation", "open_window", "serve_live"]
