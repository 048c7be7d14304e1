"""What the report is made from, and the look-ups its pages share. No figure is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessment.core.assessed_items import ItemAssessed
from assessment.core.editorial import EditorialWords
from assessment.core.findings import Gap
from assessment.core.framework import STAFF, TOTAL, Framework, Item
from assessment.core.perceived import Perceived, QuestionPerceived
from assessment.core.release import Comment, CommentKind, Release, Result
from assessment.core.scales import GRADES, Scale
from assessment.core.text import shown
from assessment.core.trace import State
from assessment.reporting.marks import Span
from assessment.reporting.report_input import ReportInput
from assessment.reporting.withheld import has_withheld, keeps_back
from assessment.reporting.wording import (
    NO_BREAK,
    PERCENT,
    group_name,
    name,
    on_date,
    people,
    percent,
    shortened,
)

SHORT, LONG = 48, 90
MOST_TYPED = 1_000_000
"""Letters of all comments together: about 150 pages, half a minute of printing."""

PERCENT_SPAN = Span(100, "%", (0, 20, 40, 60, 80, 100))

STATE_WORDS: Mapping[State, str] = {
    "scored": "scored",
    "not scored": "not scored",
    "not determined": "not determined",
    "not applicable": "not applicable",
    "withheld": "withheld",
}


@dataclass(frozen=True)
class Source:
    """A release, its gaps, the release before it, and the report's own input."""

    release: Release
    gaps: tuple[Gap, ...]
    previous: Release | None
    about: ReportInput

    @cached_property
    def framework(self) -> Framework:
        return self.release.framework

    @cached_property
    def organisation(self) -> str:
        """The organisation, or the unit that this is about, as it stands in a sentence."""
        if self.about.unit:
            return name(self.about.unit)
        return name(self.about.organisation) if self.about.organisation else "the organisation"

    @cached_property
    def written(self) -> EditorialWords:
        """What people wrote above the figures; empty where nobody has."""
        return self.about.editorial.words if self.about.editorial else EditorialWords()

    @cached_property
    def chosen_gaps(self) -> tuple[Gap, ...]:
        """The gaps that people chose to speak of, in their order; one closed by now is none."""
        return tuple(gap for place in self.written.gaps if (gap := self.gap_of(place)))

    @cached_property
    def has_withheld(self) -> bool:
        """Some figure anywhere is kept back."""
        return has_withheld(self.release)

    @cached_property
    def withholds_judgements(self) -> bool:
        """Items were judged, but what came of it is kept back."""
        return any(self.assessed(item).state == "withheld" for item in self.judged)

    @cached_property
    def when(self) -> str:
        """The cycle, or the day of the report where nobody named one."""
        return name(self.about.cycle) if self.about.cycle else on_date(self.about.date)

    @cached_property
    def groups(self) -> Mapping[str, Result]:
        """Results by group, staff first."""
        found = self.release.groups
        order = sorted(found, key=lambda group: (group != STAFF, self._form_order(group), group))
        return {group: found[group] for group in order}

    def _form_order(self, group: str) -> int:
        forms = list(self.framework.forms)
        return forms.index(group) if group in forms else len(forms)

    @cached_property
    def survey_groups(self) -> Mapping[str, Perceived]:
        """Who answered scored questions, staff first."""
        return {
            group: result.perceived
            for group, result in self.groups.items()
            if result.perceived.n or keeps_back(result.perceived)
        }

    @cached_property
    def asks_in_survey(self) -> bool:
        return any(question.scale.is_scored for question in self.framework.questions)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of judgement the framework asks for; none in a survey alone."""
        return frozenset(item.judge.answer for item in self.framework.items if item.judge)

    @cached_property
    def judging_scales(self) -> tuple[Scale, ...]:
        """The scales items are judged on, in the order of the items."""
        found: dict[str, Scale] = {}
        for item in self.framework.items:
            if item.judge:
                found.setdefault(item.judge.id, item.judge)
        return tuple(found.values())

    @cached_property
    def has_points(self) -> bool:
        return self.framework.scoring.total == "sum" and any(
            item.points is not None and item.judge for item in self.framework.items
        )

    @cached_property
    def judged(self) -> tuple[Item, ...]:
        return tuple(item for item in self.framework.items if item.judge)

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        return tuple(item for item in self.judged if self.assessed(item).state == "scored")

    def assessed(self, item: Item) -> ItemAssessed:
        return self.release.assessed.item(item.id)

    def questions_of(self, item: Item, group: str) -> tuple[QuestionPerceived, ...]:
        """The item's scored questions that *group* was asked or answered."""
        own = {question.id for question in item.questions}
        return tuple(
            question for question in self._questions_by_group.get(group, ()) if question.id in own
        )

    @cached_property
    def _questions_by_group(self) -> Mapping[str, tuple[QuestionPerceived, ...]]:
        return {
            group: tuple(
                question
                for question in result.perceived.questions
                if question.completeness is not None or question.na or question.state == "withheld"
            )
            for group, result in self.groups.items()
        }

    def comments(self, place: str, kind: CommentKind) -> tuple[Comment, ...]:
        return self._comments.get((place, kind), ())

    @cached_property
    def _comments(self) -> Mapping[tuple[str, str], tuple[Comment, ...]]:
        found: dict[tuple[str, str], list[Comment]] = {}
        for comment in self.printed_comments:
            found.setdefault((comment.place, comment.kind), []).append(comment)
        return {key: tuple(own) for key, own in found.items()}

    @cached_property
    def printed_comments(self) -> tuple[Comment, ...]:
        """All comments; of more than paper can hold, as many as fit, so the longest ones go."""
        room, kept = MOST_TYPED, set()
        own = self.release.comments
        for place in sorted(range(len(own)), key=lambda place: len(own[place].text)):
            room -= len(own[place].text)
            if room < 0:
                break
            kept.add(place)
        return tuple(comment for place, comment in enumerate(own) if place in kept)

    def places_of(self, item: Item) -> tuple[str, ...]:
        """Where comments on an item may stand: it, its questions, its attributes and criteria."""
        questions = [question.id for question in item.questions]
        slots = [slot.key for slot in self.framework.slots_by_item[item.id]]
        return tuple(dict.fromkeys([item.id, *questions, *slots]))

    def words(self, item: Item, kind: CommentKind) -> tuple[Comment, ...]:
        """Everything of one *kind* written anywhere in *item*."""
        return tuple(
            comment for place in self.places_of(item) for comment in self.comments(place, kind)
        )

    def gap_of(self, place: str) -> Gap | None:
        return self._gaps_by_id.get(place)

    @cached_property
    def _gaps_by_id(self) -> Mapping[str, Gap]:
        return {gap.id: gap for gap in self.gaps}

    def target(self, item: Item) -> Fraction | None:
        """What leaders have chosen for *item*; None where they have not."""
        chosen = self.about.targets.get(item.id)
        if chosen and chosen.target is not None:
            return chosen.target
        gap = self.gap_of(item.id)
        return gap.target if gap and gap.is_chosen else None

    def reference(self, place: str) -> Fraction | None:
        """What others reached at *place*, where a reference profile says so."""
        found = self.about.reference
        return found.percents.get(place) if found else None

    @cached_property
    def reference_words(self) -> str:
        """Whose figures the reference is; empty without one."""
        found = self.about.reference
        if found is None:
            return ""
        sector, source = found.sector.rstrip("."), found.source.rstrip(".")
        how_many = f"n{NO_BREAK}={NO_BREAK}{found.n}"
        return f"Reference: {name(sector)}; source: {name(source)}; {how_many}; {name(found.date)}."

    def people(self, group: str, count: int) -> str:
        return people(self.framework, count, group)

    def group(self, group: str) -> str:
        return group_name(self.framework, group)

    def title(self, place: str) -> str:
        """The title of the whole, a category, an item or a question, kept apart."""
        if place == TOTAL:
            return "the whole"
        if place in self.framework.category_by_id:
            return name(self.framework.category_by_id[place].title)
        if place in self.framework.item_by_id:
            return name(self.framework.item_by_id[place].title)
        question = self.framework.question_by_id.get(place)
        return f"“{name(question.text.rstrip('.'))}”" if question else name(place)

    def short_title(self, place: str) -> str:
        """The title within a headline or a list, cut where it is too long for one."""
        question = self.framework.question_by_id.get(place)
        if question is not None:
            return f"“{name(shortened(question.text.rstrip('.'), SHORT))}”"
        return "the whole" if place == TOTAL else name(shortened(self._title_of(place), SHORT))

    def short_numbered(self, place: str, limit: int = LONG) -> str:
        """The id and the title within a line or two of a table."""
        return name(shortened(f"{place} {self._title_of(place)}", limit))

    def scale_title(self, scale_id: str) -> str:
        scale = self.framework.scales[scale_id]
        return name(scale.title or scale.id)

    def numbered(self, place: str) -> str:
        """The id and the title, as they stand in tables and headings."""
        return name(f"{place} {self._title_of(place)}")

    def _title_of(self, place: str) -> str:
        framework = self.framework
        if place in framework.category_by_id:
            return framework.category_by_id[place].title
        if place in framework.item_by_id:
            return framework.item_by_id[place].title
        question = framework.question_by_id.get(place)
        return question.text if question else ""


def value_words(scale: Scale, value: Fraction) -> str:
    """A judgement in words: "45 %", "level 3, Orderly", "stage 2, Trying", "minor"."""
    if scale.answer == "percent":
        return percent(value)
    label = scale.label_of(int(value))
    if scale.answer == "conformity":
        return label
    noun = "stage" if scale.answer == "stage" else "level"
    return f"{noun} {shown(value)}" if label == shown(value) else f"{noun} {shown(value)}, {label}"


def present_words(item: Item, assessed: ItemAssessed) -> str:
    """Where an item stands, in words; its state where it has no judgement."""
    if assessed.state != "scored" or item.judge is None:
        return STATE_WORDS[assessed.state]
    value = present_value(item, assessed)
    return value_words(item.judge, value) if value is not None else STATE_WORDS[assessed.state]


def present_value(item: Item, assessed: ItemAssessed) -> Fraction | None:
    """The number that stands for a judgement: a percent, a level, or a grade's place."""
    if assessed.state != "scored" or item.judge is None:
        return None
    if item.judge.answer == "percent":
        return assessed.percent
    if item.judge.answer == "conformity":
        return Fraction(GRADES.index(str(assessed.level)))
    return Fraction(int(assessed.level or 0))


def brief_value(scale: Scale, value: Fraction) -> str:
    """A judgement within a table: the level without its name."""
    if scale.answer in ("percent", "conformity"):
        return value_words(scale, value)
    return f"{'stage' if scale.answer == 'stage' else 'level'}{NO_BREAK}{shown(value)}"


def span_of(scale: Scale) -> Span:
    """The axis for judgements on *scale*, the same wherever they are drawn."""
    if scale.answer == "percent":
        return PERCENT_SPAN
    return Span(scale.highest, "level", tuple(range(scale.highest + 1)))


def measured_words(scale: Scale | None, measure: str, value: Fraction) -> str:
    """The present or the target of a gap, in words."""
    if measure == "favourable":
        return f"{shown(value)}{PERCENT} favourable"
    assert scale is not None  # noqa: S101 - every other gap is one of a judged item
    return brief_value(scale, value)
