"""Who may open a page: said at each view, and asked before any view runs.

A view that says nothing stops the start: nobody can forget it. Tests read the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask

from assessment.services.permissions import Deed

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "touchstone_access"


@dataclass(frozen=True, slots=True)
class Access:
    """Whom a page is for: `everyone`, `respondent`, `person`, or a person who may do `deed`."""

    whom: str
    deed: Deed | None = None


def everyone(view: View) -> View:
    """Open to anybody, signed in or not."""
    return _mark(view, Access("everyone"))


def person(view: View) -> View:
    """For anybody who is signed in."""
    return _mark(view, Access("person"))


def respondent(view: View) -> View:
    """For somebody who has opened a personal link."""
    return _mark(view, Access("respondent"))


def allowed(deed: Deed) -> Callable[[View], View]:
    """For people whose role lets them do *deed* somewhere; of what, the service asks."""

    def mark(view: View) -> View:
        return _mark(view, Access("person", deed))

    return mark


def access_of(app: Flask, endpoint: str) -> Access:
    """What the view behind *endpoint* says."""
    found: Access | None = getattr(app.view_functions[endpoint], _MARK, None)
    if found is None:
        raise LookupError(f"The view {endpoint} does not say whom it is for.")
    return found


def all_access(app: Flask) -> Iterator[tuple[str, Access]]:
    """Every endpoint and whom it is for; a view without a word raises."""
    for endpoint in app.view_functions:
        yield endpoint, access_of(app, endpoint)


def _mark(view: View, access: Access) -> View:
    setattr(view, _MARK, access)
    return view
