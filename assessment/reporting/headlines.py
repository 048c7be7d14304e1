"""Findings as headlines: the strongest true statement, its size, its n; or that none is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from assessment.core.findings import clear_highs
from assessment.core.framework import Item
from assessment.core.scales import GRADES, Scale
from assessment.core.text import shown
from assessment.reporting.source import Source, present_value
from assessment.reporting.withheld import keeps_back
from assessment.reporting.wording import (
    FEW_ANSWERED,
    counted,
    listed,
    name,
    number_word,
    people,
    people_noun,
    percent,
    points,
    sentence,
    some,
)

NOTABLE = Fraction(5)
"""Percents closer together than this are not called apart."""

MOST_GROUPS, MOST_NAMED = 3, 2
MOST_SCALES = 3
"""With more scales than a headline can name, those of the same steps are counted together."""

Ranked = Sequence[tuple[str, Fraction]]


def participation(source: Source) -> str:
    """Who took part: "118 of 150 staff, 14 leaders and five assessors took part"."""
    framework = source.framework
    rows = [row for row in source.release.participation if row.unit is None and row.answered]
    if not rows:
        return "Nobody has answered yet"
    order = list(source.groups)
    rows.sort(key=lambda row: order.index(row.group))
    said = []
    for row in rows[:MOST_GROUPS]:
        if row.invited and row.invited >= row.answered:
            noun = people_noun(framework, row.invited, row.group)
            said.append(f"{row.answered} of {row.invited} {noun}")
        else:
            said.append(people(framework, row.answered, row.group))
    if others := sum(row.answered for row in rows[MOST_GROUPS:]):
        said.append(counted(others, "other person", "other people"))
    return sentence(f"{listed(said)} took part")


def profile(source: Source) -> str:
    """The headline of the whole profile: judgements first, else how staff see it."""
    release = source.release
    if release.assessed.verdict is not None and source.scored:
        return verdict(source)
    judged = [
        (source.short_title(part.id), part.percent)
        for part in release.assessed.categories
        if part.percent is not None
    ]
    if judged:
        hidden = keeps_back(release.assessed)
        return extremes(judged, "is judged", " on evidence", hidden=hidden)
    if source.scored:
        return standing(source, source.scored)
    if source.survey_groups:
        return _survey(source)
    if source.withholds_judgements:
        return f"What was judged is withheld: {FEW_ANSWERED}"
    if any(source.assessed(item).state == "not applicable" for item in source.judged):
        return "There is nothing to profile: what was judged was said not to apply"
    return "There is nothing to profile yet: no answers and no judgements were given"


def _survey(source: Source) -> str:
    perceived = source.release.perceived
    seen = [
        (source.short_title(part.id), part.percent)
        for part in perceived.categories
        if part.percent is not None
    ]
    if not seen and keeps_back(perceived):
        return f"How staff see it is withheld: {FEW_ANSWERED}"
    if not seen:
        others = listed(source.group(group) for group in source.survey_groups)
        return f"Only {others} answered the survey; how staff see it is not known"
    said = extremes(seen, "is rated", " by staff", hidden=keeps_back(perceived))
    return f"{said} (n = {perceived.n})"


def verdict(source: Source) -> str:
    """The verdict in the core's words, and the grades behind it in those of the criteria."""
    said = source.release.assessed.verdict or ""
    if said == "not determined":
        open_items = sum(
            source.assessed(item).state not in ("scored", "not applicable")
            for item in source.judged
            if item.judge is not None and item.judge.answer == "conformity"
        )
        what = counted(open_items, "item has", "items have")
        return f"Not determined: {what} not been assessed"
    severe = [item for item in source.scored if source.assessed(item).level in ("major", "minor")]
    return sentence(f"{said}: {grades(source, severe)}" if severe else said)


def grades(source: Source, items: Sequence[Item]) -> str:
    """ "one item graded “breach” and five “slip”", the most severe first."""
    counts = Counter(str(source.assessed(item).level) for item in items)
    scale = next(scale for scale in source.judging_scales if scale.answer == "conformity")
    said: list[str] = []
    for grade in reversed(GRADES):
        if counts[grade]:
            noun = "" if said else " item graded" if counts[grade] == 1 else " items graded"
            label = name(scale.label_of(GRADES.index(grade)))
            said.append(f"{number_word(counts[grade])}{noun} “{label}”")
    return listed(said)


def extremes(values: Ranked, verb: str, by: str = "", *, hidden: bool = False) -> str:
    """Which of several stands highest and which lowest; that they are close where they are.

    Where others are kept back, nothing is claimed of them.
    """
    if len(values) == 1:
        title, value = values[0]
        return f"{sentence(title)} {verb} {percent(value)}{by}"
    ordered = sorted(values, key=lambda pair: pair[1])
    (low, lowest), (high, highest) = ordered[0], ordered[-1]
    if highest - lowest < NOTABLE:
        between = f"from {percent(lowest)} to {percent(highest)}"
        return f"No part stands out: all {verb.replace('is ', 'are ')} much alike{by}, {between}"
    if len(ordered) > 2 and ordered[1][1] - lowest >= NOTABLE:
        ahead = points(ordered[1][1] - lowest)
        others = "every other part that is shown" if hidden else "every other part"
        return f"{sentence(low)} lags at {percent(lowest)}{by}, {ahead} behind {others}"
    return (
        f"{sentence(high)} {verb} highest{by}, {percent(highest)}; {low} lowest, {percent(lowest)}"
    )


def standing(source: Source, items: Sequence[Item]) -> str:
    """Where *items* stand that no category sums up: percents, grades and levels each in their way.

    What is judged on scales of different kinds is never counted together.
    """
    found = _by_scale(items)
    if len(found) > 1:
        said = (f"{source.scale_title(scale.id)}: {_briefly(source, own)}" for scale, own in found)
        return sentence("; ".join(said))
    return _on_one_scale(source, items)


def _by_scale(items: Sequence[Item]) -> list[tuple[Scale, list[Item]]]:
    """Items with the scale they are judged on; of many scales, like ones count as one."""
    judged = [(item.judge, item) for item in items if item.judge]
    few = len({scale.id for scale, _ in judged}) <= MOST_SCALES
    found: dict[object, tuple[Scale, list[Item]]] = {}
    for scale, item in judged:
        key = scale.id if few else (scale.answer, scale.lowest, scale.highest)
        found.setdefault(key, (scale, []))[1].append(item)
    return list(found.values())


def _on_one_scale(source: Source, items: Sequence[Item]) -> str:
    kinds = {item.judge.answer for item in items if item.judge}
    if kinds == {"percent"}:
        values = [
            (source.short_title(item.id), value)
            for item in items
            if (value := source.assessed(item).percent) is not None
        ]
        return extremes(values, "is judged", " on evidence", hidden=source.withholds_judgements)
    return sentence(grades(source, items)) if kinds == {"conformity"} else levels(source, items)


def _briefly(source: Source, items: Sequence[Item]) -> str:
    """ "five of eight items at level 1", "three items from 30 % to 55 %", "one item graded …"."""
    kind = next(item.judge.answer for item in items if item.judge)
    if kind == "conformity":
        return grades(source, items)
    values = [
        value for item in items if (value := present_value(item, source.assessed(item))) is not None
    ]
    if kind == "percent":
        low, high = min(values), max(values)
        many = counted(len(values), "item")
        at = f"at {percent(low)}" if low == high else f"from {percent(low)} to {percent(high)}"
        return f"{many} {at}"
    common, count = Counter(values).most_common(1)[0]
    noun = "stage" if kind == "stage" else "level"
    many = counted(len(values), "item")
    if count < len(values):
        many = f"{number_word(count)} of {many}"
    elif count > 1:
        many = f"all {many}"
    return f"{many} at {noun} {shown(common)}"


def levels(source: Source, items: Sequence[Item]) -> str:
    """The level most items have reached, and those that lie below or above it."""
    values = {
        item.id: value
        for item in items
        if (value := present_value(item, source.assessed(item))) is not None
    }
    common, count = Counter(values.values()).most_common(1)[0]
    kinds = {item.judge.answer for item in items if item.judge}
    noun = "stage" if kinds == {"stage"} else "level"
    if count == len(values):
        return f"{_all(count)} at {noun} {shown(common)}"
    stand = "stands" if count == 1 else "stand"
    said = f"{sentence(number_word(count))} of {counted(len(values), 'item')} {stand} at {noun}"
    lowest = min(values.values())
    low = [source.short_title(place) for place, value in values.items() if value == lowest]
    if lowest < common and len(low) <= MOST_NAMED:
        return f"{said} {shown(common)}; {listed(low)} at {shown(lowest)}"
    if len(set(values.values())) == 2:
        other = next(value for value in values.values() if value != common)
        rest = "the other" if count == len(values) - 1 else "the others"
        return f"{said} {shown(common)}, {rest} at {noun} {shown(other)}"
    return (
        f"{said} {shown(common)}; they reach from {shown(lowest)} to {shown(max(values.values()))}"
    )


def _all(count: int) -> str:
    if count == 1:
        return "The one item that was judged stands"
    return "Both items stand" if count == 2 else f"All {number_word(count)} items stand"


def themes(source: Source) -> str:
    """What people named, what was written down, or what the figures say where nobody wrote."""
    items = source.framework.items
    if source.written.themes:
        return _named(len(source.written.strengths), len(source.written.opportunities))
    strengths = sum(len(source.words(item, "strength")) for item in items)
    ofis = sum(len(source.words(item, "ofi")) for item in items)
    if strengths or ofis:
        return sentence(
            f"{counted(strengths, 'strength')} and "
            f"{counted(ofis, 'opportunity', 'opportunities')} for improvement were written down"
        )
    if highs := len(clear_highs(source.release)):
        return sentence(f"nine in ten staff agree on {counted(highs, 'statement')}")
    if source.scored or source.survey_groups:
        return "The figures speak alone: nobody wrote down strengths or opportunities"
    return "No themes yet: nothing was answered, judged or written"


def _named(strengths: int, opportunities: int) -> str:
    """ "Three strengths and one opportunity for improvement stand out"."""
    parts = [counted(strengths, "strength")] if strengths else []
    if opportunities:
        noun = counted(opportunities, "opportunity", "opportunities")
        parts.append(f"{noun} for improvement")
    verb = "stands" if strengths + opportunities == 1 else "stand"
    return sentence(f"{listed(parts)} {verb} out")


def gaps(source: Source) -> str:
    """How many gaps there are, and which of them come first; those that people chose before all."""
    found = source.gaps
    if not found:
        return "No gap is known"
    if picked := [source.short_title(gap.id) for gap in source.chosen_gaps]:
        matter = "gap matters" if len(picked) == 1 else "gaps matter"
        titles = some(picked, MOST_NAMED, "gap", "gaps")
        return sentence(f"{number_word(len(picked))} {matter} most: {titles}")
    if not any(gap.is_chosen for gap in found):
        severe = [item for item in source.scored if source.assessed(item).level in GRADES[2:]]
        if severe:
            return f"To be put right: {grades(source, severe)}"
        count = counted(len(found), "item")
        return f"No target has been chosen; {count} can reach a next step"
    first = [gap for gap in found if gap.when == "now"]
    if not first and len(found) == 1:
        return f"One gap, on {source.short_title(found[0].id)}; by its priority not for now"
    if not first:
        return sentence(f"{counted(len(found), 'gap')}, none of them for now by its priority")
    items = [source.short_title(gap.id) for gap in first if gap.measure != "favourable"]
    names = items[:MOST_NAMED]
    if rest := len(items) - len(names):
        names.append(counted(rest, "more item"))
    if statements := len(first) - len(items):
        names.append(counted(statements, "statement of the survey", "statements of the survey"))
    come = "gap comes" if len(first) == 1 else "gaps come"
    return sentence(f"{number_word(len(first))} {come} first: {listed(names)}")


def whole(source: Source) -> str:
    """The one line about points under the profile's headline; empty where there are none."""
    total = source.release.assessed.total
    if total.state == "withheld":
        return f"The points of the whole are withheld: {FEW_ANSWERED}."
    if total.points is None or total.possible is None:
        return ""
    said = (
        f"{sentence(source.organisation)} is judged at {shown(total.points)} of "
        f"{shown(total.possible)} points, {percent(total.percent)}"
    )
    if total.complete:
        return f"{said}."
    applicable = [item for item in source.judged if source.assessed(item).state != "not applicable"]
    if source.withholds_judgements:
        return f"{said}. This is a partial value: some judgements are withheld."
    judged = f"{len(source.scored)} of the {len(applicable)} items"
    return f"{said}. This is a partial value: {judged} have been judged so far."
