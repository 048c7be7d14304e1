"""Every test here that asks for a database runs on SQLite and on PostgreSQL."""

from tests.databases import (
    database,
    engine,
    pytest_generate_tests,
    reading_sessions,
    session,
    sessions,
)

__all__ = [
    "database",
    "engine",
    "pytest_generate_tests",
    "reading_sessions",
    "session",
    "sessions",
]
