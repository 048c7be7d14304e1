"""Whether staff see a thing otherwise than a cycle ago, or whether chance alone may move it so."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessment.core.chance import Chance, Kind, is_enough, part
from assessment.core.release import Release
from assessment.core.statistics import Interval, difference

Verdict = Literal["larger than chance", "no clear change", "not tested"]


@dataclass(frozen=True, slots=True)
class Change:
    """Staff's percent now and in an earlier cycle, and now − before in points.

    "Not tested" means that too little is known to tell a change from chance: nobody said how many
    were invited, too few of them answered, or fewer than two people did.
    """

    percent: Fraction
    before: Fraction
    interval: Interval | None

    @property
    def points(self) -> Fraction:
        return self.percent - self.before

    @property
    def verdict(self) -> Verdict:
        if self.interval is None:
            return "not tested"
        return "larger than chance" if self.interval.excludes_zero else "no clear change"


def change(now: Release, before: Release, kind: Kind, place: str) -> Change | None:
    """The change of one figure that was asked alike in both cycles; None where one has none.

    The two cycles count as independent groups. Many people answer in both, which makes the
    interval rather too wide than too narrow; who they are is not known, and is not asked.
    """
    percent = part(now.perceived, kind, place).percent
    earlier = part(before.perceived, kind, place).percent
    if percent is None or earlier is None:
        return None
    tested = _is_tested(now.chance, before.chance)
    estimates = now.chance.estimates[kind, place], before.chance.estimates[kind, place]
    return Change(percent, earlier, difference(*estimates) if tested else None)


def _is_tested(now: Chance, before: Chance) -> bool:
    """Half of those invited must have answered; in an old cycle that may not be known any more."""
    return is_enough(now.participation) and (
        before.participation is None or is_enough(before.participation)
    )
