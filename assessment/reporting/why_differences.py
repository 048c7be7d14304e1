"""Why this difference or share: judges, groups and cycles apart, and parts of a count."""

from __future__ import annotations

from fractions import Fraction

from assessment.core.changes import Change
from assessment.core.framework import TOTAL
from assessment.core.perception import ACT, WATCH, PerceptionGap
from assessment.core.scales import GRADES, Scale
from assessment.core.statistics import Interval
from assessment.core.text import shown
from assessment.reporting.comparison import THEN_UNKNOWN, Comparison, knows_participation
from assessment.reporting.source import Source
from assessment.reporting.why_terms import Derived, Term, rate_place, seen_place
from assessment.reporting.wording import name, sentence, share

CHANCE = (
    "The 95 % interval is Welch's, for two groups of which not everybody answered; where it leaves "
    "out zero, the difference is larger than chance."
)
UNTESTED = (
    "It is not tested against chance: nobody said how many were invited, fewer than half of them "
    "answered, or fewer than two people did."
)


def spread(source: Source, of: str) -> Derived | None:
    """How far the judges of the item *of* lie apart; None where nobody disagrees."""
    found = next((each for each in source.release.disagreements if each.item_id == of), None)
    if found is None:
        return None
    scale = source.framework.item_by_id[of].judge
    terms = (
        Term(f"judgement {number}", _given(scale, value))
        for number, value in enumerate(found.values, start=1)
    )
    steps = " Grades are counted in steps." if scale and scale.answer == "conformity" else ""
    return Derived(
        f"How far the judges of {source.numbered(of)} lie apart",
        shown(found.spread),
        f"The highest judgement less the lowest.{steps}",
        tuple(terms),
    )


def _given(scale: Scale | None, value: Fraction) -> str:
    if scale is None or scale.answer != "conformity":
        return shown(value)
    return f"{name(scale.label_of(int(value)))}, step {shown(value)} of {len(GRADES) - 1}"


def rate(source: Source, place: str) -> Derived | None:
    """The participation at *place*, a group or a unit; None where nobody was counted."""
    for row in source.release.participation:
        if rate_place(row) == place and row.rate is not None:
            where = f" of {name(row.unit)}" if row.unit is not None else ""
            return Derived(
                f"Participation: {source.group(row.group)}{where}",
                share(row.rate),
                "Those who answered, divided by those who were invited, in percent.",
                (Term("answered", str(row.answered)), Term("invited", str(row.invited))),
            )
    return None


def unjudged(source: Source, group: str, of: str) -> Derived | None:
    """The share that cannot judge the question *of*; None where it is withheld or was not asked."""
    result = source.release.groups.get(group)
    asked = result.perceived.questions if result else ()
    found = next((each for each in asked if each.id == of), None)
    if found is None or found.cannot_judge_share is None or found.state == "withheld":
        return None
    return Derived(
        f"Cannot judge {source.numbered(of)}, {source.group(group)}",
        share(found.cannot_judge_share),
        "Those who said “I can’t judge this”, divided by all who said that or gave a scored "
        "answer, in percent.",
        (
            Term("can’t judge", str(found.unknown)),
            Term("gave a scored answer", str(found.n)),
        ),
    )


def apart(source: Source, group: str, kind: str, of: str, figure: str) -> Derived | None:
    """How *group* and staff differ on something, or the interval of that difference."""
    found = next(
        (
            each
            for each in source.release.perception_gaps
            if (each.group, each.kind, each.id) == (group, kind, of)
        ),
        None,
    )
    if found is None or (figure == "interval" and found.interval is None):
        return None
    about = "the whole" if kind == "whole" else source.title(of)
    who = source.group(group)
    if figure == "favourable_points":
        return _apart_in_favour(found, about, who)
    value = _between(found.interval) if figure == "interval" else shown(found.points)
    what = "95 % interval of the difference" if figure == "interval" else "Difference"
    return Derived(
        f"{what} on {about}: {who} less staff",
        value,
        f"The percent of {who} less that of staff, in points. {_chance(found.interval)}",
        _sides(found, who),
    )


def _apart_in_favour(gap: PerceptionGap, about: str, who: str) -> Derived | None:
    if gap.favourable is None or gap.staff_favourable is None:
        return None
    own = f"perception_gaps[{gap.group}, {gap.kind} {gap.id}]."
    return Derived(
        f"Difference in favourable answers on {about}: {who} less staff",
        shown(gap.favourable - gap.staff_favourable),
        f"The percent of {who} who answered favourably less that of staff, in points. Under "
        f"{WATCH} groups count as aligned, from {ACT} on it asks to act [our convention].",
        (
            Term(f"{sentence(who)}, % favourable", shown(gap.favourable, 2), own + "favourable"),
            Term("Staff, % favourable", shown(gap.staff_favourable, 2), own + "staff_favourable"),
        ),
    )


def _sides(gap: PerceptionGap, who: str) -> tuple[Term, ...]:
    own = f"perception_gaps[{gap.group}, {gap.kind} {gap.id}]."
    return (
        Term(f"{sentence(who)}, percent", shown(gap.percent, 2), own + "percent"),
        Term("Staff, percent", shown(gap.staff_percent, 2), own + "staff_percent"),
        Term(f"{sentence(who)} who answered", str(gap.n)),
        Term("Staff who answered", str(gap.staff_n)),
    )


def change(source: Source, kind: str, of: str) -> Derived | None:
    """What became of the whole, a category, an item or a question since the last cycle."""
    found = _changed(source, kind, of)
    if found is None:
        return None
    place = seen_place(kind, of)
    unknown = source.previous is not None and not knows_participation(source.previous)
    then = f" Of the last cycle, {THEN_UNKNOWN}" if unknown else ""
    return Derived(
        f"Change of {'the whole' if kind == 'whole' else source.numbered(of)} as staff see it",
        shown(found.points),
        "The percent of this cycle less that of the last one, in points; the table shows it where "
        f"it is larger than chance, else “no”. {_chance(found.interval)}{then}",
        (
            Term("this cycle, percent", shown(found.percent, 2), place),
            Term("last cycle, percent", shown(found.before, 2), f"previous.{place}"),
        ),
    )


def _changed(source: Source, kind: str, of: str) -> Change | None:
    comparison, framework = Comparison(source.release, source.previous), source.framework
    if kind == "whole":
        return comparison.perceived_whole() if of == TOTAL else None
    if kind == "category":
        category = framework.category_by_id.get(of)
        return comparison.perceived_category(category) if category else None
    item = framework.item_by_id.get(of)
    return comparison.perceived_item(item) if item else None


def _between(interval: Interval | None) -> str:
    if interval is None:
        return ""
    return f"{shown(Fraction(interval.low))} to {shown(Fraction(interval.high))}"


def _chance(interval: Interval | None) -> str:
    return f"{CHANCE} Here it is {_between(interval)}." if interval else UNTESTED
