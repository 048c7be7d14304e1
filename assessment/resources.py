"""Where things are: criteria/, templates/ and reports/, and the folder for data of one's own."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_data"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

CRITERIA = _ROOT / "criteria"
TEMPLATES = _ROOT / "templates"
REPORTS = _ROOT / "reports"
"""Beside the package in a checkout, inside it when installed."""


def command_name() -> str:
    """How the command is typed: through ./dev in a checkout, by its own name where installed."""
    return "touchstone" if _ROOT == _SHIPPED else "./dev"


def data_folder(named: str | None) -> Path:
    """Where data is kept: the folder that is *named*, else var/ of a checkout or the user's own."""
    if named:
        return Path(named)
    if _ROOT != _SHIPPED:
        return _ROOT / "var"
    return Path.home() / ".local" / "share" / "touchstone"
