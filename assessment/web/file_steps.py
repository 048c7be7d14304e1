"""A table that is read in by two steps: what it would change is shown, then a button does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import flash, request
from flask.typing import ResponseReturnValue

from assessment.exchange.rows import FileRefused
from assessment.web.criteria_facts import Notes, notes_on
from assessment.web.language import gettext as _
from assessment.web.typed_files import Brought, brought

MOST_CHANGES = 200


class Plan(Protocol):
    """What a file would do."""

    @property
    def changes_nothing(self) -> bool: ...

    @property
    def changes(self) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class Step:
    """Where somebody is: before a file, with one that is missing or refused, or with its plan."""

    given: Brought | None = None
    plan: Plan | None = None
    notes: Notes | None = None
    missing: bool = False

    @property
    def changes(self) -> Sequence[object]:
        """The first changes of the plan: nobody reads more of them on a page."""
        return self.plan.changes[:MOST_CHANGES] if self.plan else ()


def read_in(
    pasted_name: str,
    page: Callable[[Step], str],
    plan: Callable[[Brought], Plan],
    deed: Callable[[Brought], ResponseReturnValue],
) -> ResponseReturnValue:
    """The answer to this request: the *page* at its step, or what the *deed* leads to."""
    if request.method == "GET":
        return page(Step())
    given = brought(pasted_name)
    if given.is_empty:
        return page(Step(given, missing=True)), 422
    try:
        if request.form.get("go") != "import":
            return page(Step(given, plan(given)))
        return deed(given)
    except FileRefused as refused:
        return page(Step(given, notes=notes_on(refused.problems))), 422


def say_done(plan: Plan, *sentences: str) -> None:
    """What was read in, in the *sentences* of those who know what it was."""
    if plan.changes_nothing:
        flash(_("The file says what stands here already. Nothing was changed."))
    else:
        flash(" ".join(sentences))
