"""How the demo starts: its settings, its application, and what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from assessment.services.demo_folder import database_url
from assessment.web import create_app
from assessment.web.serving import read_templates
from assessment.web.settings import Settings
from assessment.web.starting import local_address, with_secret_key


def demo_settings(folder: Path) -> Settings:
    """The demo's settings. No variable has a say: none of a real installation can lead here."""
    bare = Settings("", database_url(folder), folder.absolute(), demo=True)
    return with_secret_key(bare)


def demo_app(settings: Settings) -> Flask:
    """The application with its templates read; its database may still be in the making."""
    app = create_app(settings)
    read_templates(app)
    return app


def first_words(folder: Path, bound: tuple[Any, ...]) -> Iterator[str]:
    """What is printed at the start."""
    yield f"Touchstone demo: {local_address(bound)}"
    yield f"Nothing in it is real; it is kept in {folder}. Stop with Ctrl+C."
