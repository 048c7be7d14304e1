"""Board paper, page 1: what this is for, how it was done, and who answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from assessment.core.scales import GRADES
from assessment.core.statistics import LEAST_PARTICIPATION
from assessment.core.text import shown
from assessment.reporting import headlines, headlines_groups
from assessment.reporting.elements import Table
from assessment.reporting.pages import decisions
from assessment.reporting.pages.participation import group_table, has_rates, participation_rows
from assessment.reporting.pages.room import COLUMN, PAGE_LINES, lines_of, paragraphs
from assessment.reporting.source import Source
from assessment.reporting.wording import (
    FEW_ANSWERED,
    counted,
    listed,
    name,
    number_word,
    opening_of,
    sentence,
    shortened,
)

MOST_GROUPS = 6
ABOUT_LENGTH, TITLE_LENGTH = 420, 130
LEAD, LARGE = 84, 62
"""Letters to a line of the lead, and of the large type in the column."""

INTERIM = (
    "This is an interim report: the cycle is still open, answers may still come in, and every "
    "figure here may still change."
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Page 1. `summary` is what people wrote; without it `brief` says what the next pages find."""

    headline: str
    lead: str
    notes: tuple[str, ...]
    summary: tuple[str, ...]
    brief: tuple[str, ...]
    purpose: str
    method: tuple[str, ...]
    participation: Table | None
    answered: tuple[str, ...]

    @property
    def lines(self) -> float:
        """About how many lines of the page it fills."""
        large = 1.5 * (lines_of(self.lead, LEAD) + 1) + 1.25 * paragraphs(
            (*self.summary, *self.brief), LARGE
        )
        blocks = (self.notes, (self.purpose,) if self.purpose else (), self.method, self.answered)
        small = sum(paragraphs(texts, COLUMN) + 0.5 for texts in blocks if texts)
        return large + small + (1.1 * len(self.participation.rows) + 3 if self.participation else 0)

    @property
    def is_long(self) -> bool:
        """It fits its page only if all of it stands in small type."""
        return self.lines > PAGE_LINES


def opening(source: Source) -> Opening:
    """Page 1; people's own words stand on it whole, and what is made from data gives them room."""
    framework, written = source.framework, source.written
    took_part = headlines.participation(source)
    made = Opening(
        name(written.headline) if written.headline else took_part,
        _lead(source),
        tuple(_notes(source)),
        tuple(name(text) for text in written.summary.splitlines() if text.strip()),
        () if written.summary else tuple(_brief(source)),
        opening_of(framework.about, ABOUT_LENGTH) if framework.about else "",
        tuple(_method(source)),
        group_table(source, MOST_GROUPS),
        ((f"{took_part}.",) if written.headline else ()) + tuple(_answered(source)),
    )
    if written.summary and made.lines > PAGE_LINES:
        made = replace(made, purpose="")
    return made


def _lead(source: Source) -> str:
    framework = source.framework
    edition = f", edition {name(framework.edition)}" if framework.edition else ""
    where = source.organisation
    if source.about.unit and source.about.organisation:
        where = f"{where}, a unit of {name(source.about.organisation)},"
    return (
        f"This paper says where {where} stands, read against "
        f"{name(shortened(framework.title, TITLE_LENGTH))}{edition}; what people see from where "
        "they work; and which gaps ask for a decision."
    )


def _notes(source: Source) -> Iterator[str]:
    """What a reader must know of the whole paper before the first figure."""
    if source.about.interim:
        yield INTERIM
    if source.about.unit:
        below = (
            f"{source.organisation} and the units below it"
            if len(source.release.units) > 1
            else f"{source.organisation} alone"
        )
        yield (
            f"Figures here are those of {below}. “Staff” are the staff who work there, not those "
            "of the whole organisation."
        )


def _brief(source: Source) -> Iterator[str]:
    """What the next three pages find, in a sentence each; nothing where nothing is known."""
    if source.scored or source.survey_groups:
        yield f"{headlines.profile(source)}."
    clear = [gap for gap in source.release.perception_gaps if gap.verdict == "larger than chance"]
    if clear:
        yield f"{headlines_groups.perception(source, clear)}, more than chance explains."
    said = decisions.headline(source)
    if source.gaps or said != headlines.gaps(source):
        yield f"{said}."


def _method(source: Source) -> Iterator[str]:
    if source.asks_in_survey:
        yield (
            "In the survey, people say how far statements hold where they work. Their answers "
            "give perceived maturity: the mean of each statement, brought to a scale from 0 to "
            "100 percent. It is never counted in points."
        )
    if source.kinds:
        yield _judging(source)
    if source.asks_in_survey and source.kinds:
        yield "The two are read side by side and never mixed."
    if source.about.has_appendix:
        yield "The appendix shows what each statement in this paper rests on."


def _judging(source: Source) -> str:
    who = _judges(source)
    if "conformity" in source.kinds:
        scale = next(each for each in source.judging_scales if each.answer == "conformity")
        words = listed(f"“{scale.label_of(grade)}”" for grade in range(len(GRADES)))
        return (
            f"{who} grade each item on evidence: {words}. Grades are never averaged; where judges "
            "differ, the most severe stands until they agree."
        )
    if "met" in source.kinds:
        return (
            f"{who} say of each criterion whether it is met. An item stands at the highest level "
            "whose criteria are all met, together with those of all lower levels."
        )
    if source.kinds & {"level", "stage"}:
        return f"{who} choose for each item, on evidence, the described step it has reached."
    worth = ""
    if source.has_points:
        possible = sum((item.points or Fraction(0) for item in source.judged), Fraction(0))
        worth = (
            " The percent counts for as many points as the item is worth; all items together are "
            f"worth {shown(possible)} points."
        )
    return (
        f"{who} judge each item on evidence, in percent of full maturity: this gives assessed "
        f"maturity.{worth}"
    )


def _judges(source: Source) -> str:
    groups = [
        source.group(group)
        for group, result in source.groups.items()
        if any(item.judges for item in result.assessed.items)
    ]
    return sentence(listed(groups)) if groups else "Assessors"


def _answered(source: Source) -> Iterator[str]:
    rows = participation_rows(source)
    if not any(row.answered for row in rows):
        yield (
            "No answers and no judgements have come in, so this report holds no results yet. It "
            "says what is measured, how, and what is missing."
        )
        return
    if len(rows) > MOST_GROUPS:
        others = sum(row.answered for row in rows[MOST_GROUPS:])
        yield (
            f"{sentence(counted(len(rows) - MOST_GROUPS, 'more group'))}, with "
            f"{counted(others, 'person', 'people')} who answered, are not listed here."
        )
    yield from _rates(source)
    units = len(source.release.units)
    if units > (1 if source.about.unit else 0):
        where = "; figures by unit stand in the appendix" if source.about.has_appendix else ""
        yield f"Those who answered work in {counted(units, 'unit')}{where}."
    yield from _state_of_judgement(source)


def _rates(source: Source) -> Iterator[str]:
    if not has_rates(source):
        yield (
            "How many were invited was not said. So no rate of participation is known, and no "
            "difference between groups is tested against chance."
        )
        return
    low = [
        source.group(row.group)
        for row in participation_rows(source)
        if row.rate is not None and row.rate < LEAST_PARTICIPATION
    ]
    if low:
        yield (
            f"Of {listed(low)}, fewer than half of those invited answered. Their figures say how "
            "those see it who answered; no interval is given."
        )


def _state_of_judgement(source: Source) -> Iterator[str]:
    if not source.kinds:
        yield "Nothing is judged on evidence here: this framework is a survey alone."
        return
    items, scored = source.judged, source.scored
    if not scored:
        waived = sum(source.assessed(item).state == "not applicable" for item in items)
        if waived == len(items):
            yield "Every item was said not to apply, so there is no assessed maturity."
        elif source.withholds_judgements:
            yield f"What was judged is withheld: {FEW_ANSWERED}."
        else:
            yield "Nothing was judged: there is no assessed maturity in this report."
        return
    yield f"Of {counted(len(items), 'item')}, {listed(_judged_parts(source))}."


def _judged_parts(source: Source) -> Iterator[str]:
    settled = sum(source.assessed(item).consensus for item in source.scored)
    provisional = sum(source.assessed(item).provisional for item in source.scored)
    if settled:
        yield f"{number_word(settled)} {_rest(settled)} on a consensus of the judges"
    if provisional:
        verb = "is" if provisional == 1 else "are"
        yield (
            f"{number_word(provisional)} {verb} provisional, resting on several judgements that "
            "have not been brought together"
        )
    if alone := len(source.scored) - settled - provisional:
        yield f"{number_word(alone)} {_rest(alone)} on the judgement of one person"
    states = [source.assessed(item).state for item in source.judged]
    if waived := states.count("not applicable"):
        yield f"{number_word(waived)} {'does' if waived == 1 else 'do'} not apply"
    if kept := states.count("withheld"):
        yield f"{number_word(kept)} {'is' if kept == 1 else 'are'} withheld"
    if missing := len(states) - len(source.scored) - waived - kept:
        yield f"{number_word(missing)} {'has' if missing == 1 else 'have'} no judgement"


def _rest(count: int) -> str:
    return "rests" if count == 1 else "rest"
