"""Cycles to test pages with: a draft on small criteria, made through the pages themselves."""

from __future__ import annotations

from typing import Any

from assessment.services.criteria_files import upload
from tests.rounds import CRITERIA
from tests.web.installation import MORNING, Installation, StrictClient

PLAN = {
    "title": "Spring 2026",
    "purpose": "To see where to begin.",
    "sponsor": "The board",
    "forms": ["staff", "assessors"],
    "closes_on": "2026-06-30",
}
PEOPLE = "code,name,email,form,unit\n7,Ann,ann@example.org,staff,Ward 3\n8,Bo,,assessors,\n"


def bring_criteria(
    installation: Installation, text: str = CRITERIA, name: str = "small.yaml"
) -> str:
    """The key of *text* as an uploaded criteria file."""
    with installation.session() as session, session.begin():
        upload(session, installation.organisation.id, name, text.encode(), by="T", now=MORNING)
    return f"uploaded/{name}"


def draft(client: StrictClient, key: str, **changes: Any) -> str:
    """The address of a new draft."""
    answer = client.send(f"/cycles/new?criteria={key}", **{**PLAN, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def open_round(client: StrictClient, key: str, people: str = PEOPLE, **changes: Any) -> str:
    """The address of a cycle that is open."""
    made = draft(client, key, **changes)
    assert client.send(f"{made}/people/list", text=people, go="add").status_code == 303
    assert client.send(f"{made}/open").status_code == 303
    return made
