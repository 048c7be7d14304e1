"""What a printed document is styled by: what all documents share, then its own sheets."""

from __future__ import annotations

from pathlib import Path

from assessment.reporting.tokens import css_properties
from assessment.resources import REPORTS

SIZES = {"a4": "A4", "letter": "letter"}

Sheets = tuple[tuple[Path, str], ...]
"""Sheets in their order, each with the folder that its addresses start from."""


def read_sheets(folder: Path, paper: str, *names: str) -> Sheets:
    """Fonts, tokens and size of the paper, then the sheets of *folder* by their *names*."""
    fonts = REPORTS / "fonts"
    faces = fonts.joinpath("fonts.css").read_text(encoding="utf-8")
    tokens = f":root {{\n{css_properties('light')}}}\n@page {{ size: {SIZES[paper]} }}\n"
    own = ((folder, folder.joinpath(name).read_text(encoding="utf-8")) for name in names)
    return ((fonts, faces + tokens), *own)
