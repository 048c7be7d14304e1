"""The parts of a questionnaire in words: how they stand, where they are, and where one goes on."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

from flask import url_for

from assessment.core.framework import Category, Item
from assessment.core.progress import CategoryProgress, Count, ItemProgress
from assessment.services.cycle_days import standing
from assessment.services.errors import NotThere
from assessment.services.fillings import Filling
from assessment.web.language import day, ngettext
from assessment.web.language import gettext as _


@dataclass(frozen=True)
class Place:
    """Where an item stands in the questionnaire, and what is before and behind it."""

    category: Category
    item: Item
    part: int
    parts: int
    number: int
    numbers: int
    before: str
    after: str


def find_place(filling: Filling, item_id: str) -> Place:
    """Where the item is; NotThere if this respondent is not asked about it."""
    parts = filling.progress.categories
    order = [item.item.id for part in parts for item in part.items]
    if item_id not in order:
        raise NotThere
    at = order.index(item_id)
    part = next(
        each for each in enumerate(parts, start=1) if item_id in [i.item.id for i in each[1].items]
    )
    ids = [item.item.id for item in part[1].items]
    number = ids.index(item_id)
    return Place(
        part[1].category, part[1].items[number].item, part[0], len(parts), number + 1, len(ids),
        address(order[at - 1]) if at else url_for("questionnaire.hub"),
        address(order[at + 1]) if at + 1 < len(order) else url_for("questionnaire.review"),
    )  # fmt: skip


def address(item_id: str) -> str:
    """Where an item's page is."""
    return url_for("questionnaire.item", item_id=item_id)


def address_in(part: CategoryProgress) -> str:
    """The first open item of a part, else its first."""
    waiting = [item for item in part.items if not item.count.is_complete]
    return address((waiting or list(part.items))[0].item.id)


def next_address(filling: Filling) -> str:
    """Where to go on: the first open item, else the review."""
    found = filling.progress.next_open()
    return address(found.id) if found else url_for("questionnaire.review")


def next_words(filling: Filling) -> str:
    """What the one button of the hub says."""
    found = filling.progress.next_open()
    if found is None:
        return _("Review and submit")
    title = filling.framework.category_of[found.id].title
    started = filling.progress.count.is_started
    if started:
        return _("Continue with %(part)s", part=title)
    return _("Start with %(part)s", part=title)


def state(part: CategoryProgress | ItemProgress) -> str:
    """How a part stands, in words."""
    count = part.count
    if not count.is_started:
        words = _("Not started") if count.asked else _("Nothing to score")
    elif count.is_complete:
        words = _("Completed")
    else:
        words = _("%(done)s of %(asked)s answered", done=done(count), asked=count.asked)
    if count.marked:
        words += " · " + ngettext("%(num)s marked", "%(num)s marked", count.marked)
    return words


def done(count: Count) -> int:
    """Answers given; "can't judge" is one."""
    return count.answered + count.cant_judge


def minutes(filling: Filling) -> int:
    """How long this form takes, in whole minutes and never none."""
    return max(1, math.ceil(filling.minutes))


def closing_words(filling: Filling, now: datetime.datetime) -> str:
    """Until when answers are taken, or that they no longer are and what is kept."""
    cycle = filling.cycle
    if standing(cycle, now) == "open":
        return _("Open until the end of %(day)s.", day=day(cycle.closes_on))
    kept = ngettext("Your %(num)s answer is kept.", "Your %(num)s answers are kept.", filling.kept)
    return _("This assessment has closed.") + " " + kept
