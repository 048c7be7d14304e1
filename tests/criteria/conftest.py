"""What the shipped files say is also read on the pages of an installation."""

from __future__ import annotations

from tests.databases import database, engine, pytest_generate_tests
from tests.web.conftest import installation

__all__ = ["database", "engine", "installation", "pytest_generate_tests"]
