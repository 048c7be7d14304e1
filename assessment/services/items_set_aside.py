"""Items that apply to nobody in a cycle: its lead says so, with a reason, where the file allows it.

What is set aside lies over all sheets and rewrites none: taking it back brings every answer back.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.core.framework import Framework
from assessment.core.text import COMMENT_LIMIT
from assessment.exchange.answer_values import reason_refused
from assessment.services.cycles import locked
from assessment.services.errors import CycleClosed, NotThere, Sentence, _
from assessment.services.typed import Fields
from assessment.store.tables import Cycle


@dataclass(frozen=True, slots=True)
class SetAside:
    """Why an item applies to nobody, who said so, and when."""

    reason: str
    by: str
    at: datetime.datetime


def items_set_aside(row: Cycle) -> Mapping[str, SetAside]:
    """What is set aside in a cycle, by the id of the item."""
    return {
        item: SetAside(kept["reason"], kept["by"], datetime.datetime.fromisoformat(kept["at"]))
        for item, kept in row.set_aside.items()
    }


def may_set_aside(framework: Framework) -> bool:
    """Whether these criteria allow that an item does not apply."""
    return framework.not_applicable != "never"


def set_item_aside(
    session: Session,
    row: Cycle,
    framework: Framework,
    item: str,
    reason: str,
    *,
    by: str,
    now: datetime.datetime,
) -> None:
    """Say for everybody that *item* does not apply. The same again keeps who said it first."""
    row = _changing(session, row)
    fields = Fields()
    if not item:
        fields.wrong["item"] = Sentence(_("Choose an item first."))
    elif item not in framework.item_by_id:
        raise NotThere
    reason = fields.text("reason", reason, COMMENT_LIMIT, needed=True)
    if not may_set_aside(framework):
        fields.wrong["item"] = Sentence(_("In these criteria every item applies."))
    elif "reason" not in fields.wrong and reason_refused(framework, reason):
        fields.wrong["reason"] = Sentence(_("Choose one of the reasons these criteria allow."))
    fields.refuse_wrong()
    if row.set_aside.get(item, {}).get("reason") == reason:
        return
    row.set_aside = {
        **row.set_aside,
        item: {"reason": reason, "by": by, "at": now.astimezone(datetime.UTC).isoformat()},
    }
    session.flush()


def take_item_back(session: Session, row: Cycle, item: str) -> None:
    """The item applies again, with every answer it had."""
    row = _changing(session, row)
    row.set_aside = {key: kept for key, kept in row.set_aside.items() if key != item}
    session.flush()


def _changing(session: Session, row: Cycle) -> Cycle:
    row = locked(session, row)
    if row.state not in ("draft", "open"):
        raise CycleClosed(row.title)
    return row
