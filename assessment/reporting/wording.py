"""Words for figures: numbers, lists and people as one would write them by hand.

Names that somebody typed (titles, units, groups) stand between Unicode isolates, so that a name
written from right to left, or with a sign that turns the order round, leaves its neighbours alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from assessment.core.changes import Change
from assessment.core.framework import CONSENSUS, STAFF, Framework
from assessment.core.perception import PerceptionGap
from assessment.core.text import shown
from assessment.core.trace import State

OPEN, CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
NO_FIGURE = "\N{EN DASH}"
PERCENT = f"{NO_BREAK}%"
WITHHELD = "withheld"
FEW_ANSWERED = "fewer than five people answered"
"""Why a figure is kept back, as it stands after "withheld:"."""

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def name(text: str) -> str:
    """*text*, typed by somebody, kept apart from the sentence it stands in."""
    return f"{OPEN}{text.replace(OPEN, '').replace(CLOSE, '')}{CLOSE}"


def plain(text: str) -> str:
    """*text* without isolates, for bookmarks and alternative texts."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def on_date(date: datetime.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def typed_day(day: str) -> str:
    """The day that somebody named, written out where it is one."""
    try:
        return on_date(datetime.date.fromisoformat(day))
    except ValueError:
        return name(day)


def number_word(count: int) -> str:
    """One to nine in words, more in figures."""
    return _SMALL[count] if count < len(_SMALL) else str(count)


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "one item", "12 items": the number and its noun."""
    return f"{number_word(count)} {one if count == 1 else many or one + 's'}"


def listed(parts: Iterable[str]) -> str:
    """ "a, b and c"."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def some(parts: Sequence[str], most: int, one: str, many: str) -> str:
    """ "a, b and three more items": no more than *most* by name."""
    if len(parts) <= most:
        return listed(parts)
    return listed([*parts[:most], counted(len(parts) - most, f"more {one}", f"more {many}")])


def sentence(text: str) -> str:
    """*text* with a capital first letter, wherever the isolates stand."""
    place = next((at for at, sign in enumerate(text) if sign != OPEN), 0)
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


def percent(value: Fraction | None) -> str:
    return NO_FIGURE if value is None else f"{shown(value)}{PERCENT}"


def figure(value: Fraction | None, places: int = 1) -> str:
    return NO_FIGURE if value is None else shown(value, places)


def figure_or_state(value: Fraction | None, state: State, places: int = 1) -> str:
    """A figure in a table; one that is kept back says so, and is never taken for none at all."""
    return WITHHELD if state == WITHHELD else figure(value, places)


def kept_back(text: str, state: State) -> str:
    """*text* in a table of its own, or the word for what is kept back with its figure."""
    return WITHHELD if state == WITHHELD else text


def beside(text: str, state: State) -> str:
    """*text* in a cell beside a figure; nothing, where that figure is kept back."""
    return "" if state == WITHHELD else text


def share(value: Fraction | None) -> str:
    """A share of 0 to 1, written as a percent without its sign."""
    return NO_FIGURE if value is None else shown(100 * value)


def signed(value: Fraction | None) -> str:
    """A difference with its sign."""
    if value is None:
        return NO_FIGURE
    text = shown(value)
    return text if value <= 0 or text == "0" else f"+{text}"


def points(value: Fraction) -> str:
    """ "one point", "12.5 points"."""
    return f"{shown(value)} {'point' if shown(abs(value)) == '1' else 'points'}"


def group_name(framework: Framework, group: str) -> str:
    """The group as it stands in a sentence: the file's own forms bare, free labels isolated."""
    return group if group in framework.forms or group in (STAFF, CONSENSUS) else name(group)


def people(framework: Framework, count: int, group: str) -> str:
    """ "118 staff", "one leader", "nine people of the group “suppliers”"."""
    return f"{number_word(count)} {people_noun(framework, count, group)}"


def people_noun(framework: Framework, count: int, group: str) -> str:
    """The word for *count* people of *group*."""
    if group == STAFF:
        return "member of staff" if count == 1 else "staff"
    if group in framework.forms and group.endswith("s"):
        return group[:-1] if count == 1 else group
    return f"{'person' if count == 1 else 'people'} of the group “{name(group)}”"


def opening_of(text: str, limit: int) -> str:
    """The first whole sentences of *text* within *limit* characters, at least one."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    kept = sentences[0]
    for each in sentences[1:]:
        if len(kept) + 1 + len(each) > limit:
            break
        kept = f"{kept} {each}"
    return kept if len(kept) <= limit else shortened(kept, limit)


def shortened(text: str, limit: int) -> str:
    """*text* cut at a word within *limit* characters, an ellipsis showing that it goes on."""
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(None, 1)[0].rstrip(",;:–- ")
    return f"{cut} …"


def higher_or_lower(gap: PerceptionGap) -> str:
    """How staff stand beside the other group, in points; "alike" where nothing shows."""
    size = shown(abs(gap.points))
    if size == "0":
        return "rated alike by staff and"
    way = "lower" if gap.points > 0 else "higher"
    return f"rated {points(abs(gap.points))} {way} by staff than by"


VERDICTS = {
    "larger than chance": "the difference is larger than chance",
    "no clear difference": "no clear difference",
    "not tested": "not tested against chance",
}


def perception_sentence(framework: Framework, gap: PerceptionGap, what: str) -> str:
    """ "People is rated 12.3 points lower by staff than by leaders (41 and 9 people); …"."""
    group = group_name(framework, gap.group)
    counts = f"({gap.staff_n} and {gap.n} people)"
    return f"{sentence(what)} is {higher_or_lower(gap)} {group} {counts}; {VERDICTS[gap.verdict]}."


def change_words(change: Change) -> str:
    """ "6.2 points higher than last cycle (52 %; 95 % interval of the change 2.1 to 10.3)".

    What chance alone may do is no change, and what was not tested is not called one.
    """
    before = percent(change.before)
    if change.interval is None:
        return f"last cycle {before}, not tested against chance: no clear change"
    if not _is_clear(change):
        return f"no clear change since the last cycle ({before})"
    way = "higher" if change.points > 0 else "lower"
    low, high = (shown(Fraction(bound)) for bound in (change.interval.low, change.interval.high))
    return (
        f"{points(abs(change.points))} {way} than last cycle ({before}; 95{PERCENT} interval of "
        f"the change {low} to {high})"
    )


def change_cell(change: Change | None) -> str:
    """The same within a table: the points where they are larger than chance."""
    if change is None:
        return NO_FIGURE
    return signed(change.points) if _is_clear(change) else "no"


def _is_clear(change: Change) -> bool:
    """Larger than chance, and than what rounding leaves of it."""
    return change.verdict == "larger than chance" and shown(change.points) != "0"
