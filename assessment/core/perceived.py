"""Perceived maturity: what many people see from where they stand, as percent of the scale.

Question percent = 100 × (mean − lowest) ÷ (highest − lowest) of its scale; an item is the mean of
its answered questions; a category and the whole are the means of their items, weighted by points.
Never points, never a band: opinions are not a judgement on evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessment.core.framework import Category, Item, Question
from assessment.core.tally import Scope, SlotCounts
from assessment.core.trace import Input, LeftOut, State, Trace, Traces


@dataclass(frozen=True, slots=True)
class QuestionPerceived:
    """One question's answers. `mean` is on its scale, `percent` and `favourable` are 0 to 100."""

    id: str
    n: int
    mean: Fraction | None
    percent: Fraction | None
    favourable: Fraction | None
    unknown: int
    na: int
    counts: Mapping[int, int]
    completeness: Fraction | None
    state: State
    traces: Traces

    @property
    def cannot_judge_share(self) -> Fraction | None:
        """ "I can't judge this" as a share (0 to 1) of those who answered; a finding in itself."""
        given = self.n + self.unknown
        return Fraction(self.unknown, given) if given else None


@dataclass(frozen=True, slots=True)
class PartPerceived:
    """An item or a category. `n` counts respondents with a scored answer anywhere in it."""

    id: str
    n: int
    percent: Fraction | None
    completeness: Fraction | None
    state: State
    traces: Traces


@dataclass(frozen=True)
class Perceived:
    """Perceived maturity of one group of people, from the whole down to the question."""

    n: int
    percent: Fraction | None
    completeness: Fraction | None
    state: State
    traces: Traces
    categories: tuple[PartPerceived, ...]
    items: tuple[PartPerceived, ...]
    questions: tuple[QuestionPerceived, ...]

    def item(self, item_id: str) -> PartPerceived:
        return self._items[item_id]

    def category(self, category_id: str) -> PartPerceived:
        return self._categories[category_id]

    def question(self, question_id: str) -> QuestionPerceived:
        return self._questions[question_id]

    @cached_property
    def _items(self) -> Mapping[str, PartPerceived]:
        return {item.id: item for item in self.items}

    @cached_property
    def _categories(self) -> Mapping[str, PartPerceived]:
        return {category.id: category for category in self.categories}

    @cached_property
    def _questions(self) -> Mapping[str, QuestionPerceived]:
        return {question.id: question for question in self.questions}


def perceive(scope: Scope) -> Perceived:
    """Perceived maturity of the people in *scope*."""
    framework = scope.framework
    questions = {
        question.id: _question(scope, question)
        for question in framework.questions
        if question.scale.is_scored
    }
    items = {item.id: _item(scope, item, questions) for item in framework.items}
    categories = {
        category.id: _category(scope, category, items) for category in framework.categories
    }
    percent, state, traces = _weighted(framework.items, items)
    completeness, traces = _with_completeness(scope, tuple(questions), traces)
    return Perceived(
        n=scope.reached(""),
        percent=percent,
        completeness=completeness,
        state=state,
        traces=traces,
        categories=tuple(categories.values()),
        items=tuple(items.values()),
        questions=tuple(questions.values()),
    )


def _question(scope: Scope, question: Question) -> QuestionPerceived:
    counts = scope.counts(question.id)
    figures = _figures(question, counts)
    completeness, traces = _with_completeness(scope, (question.id,), figures)
    return QuestionPerceived(
        id=question.id,
        n=counts.n,
        mean=figures["mean"].value if "mean" in figures else None,
        percent=figures["percent"].value if "percent" in figures else None,
        favourable=figures["favourable"].value if "favourable" in figures else None,
        unknown=counts.unknown,
        na=counts.na,
        counts=counts.values,
        completeness=completeness,
        state=_state_of(counts),
        traces=traces,
    )


def _figures(question: Question, counts: SlotCounts) -> dict[str, Trace]:
    """The traces of a question's figures; none where nobody gave a scored answer."""
    if not counts.n:
        return {}
    left_out = tuple(
        LeftOut(f"{number} × {what}", why)
        for number, what, why in (
            (counts.unknown, "can't judge", "said that they cannot judge it"),
            (counts.na, "not applicable", "said that it does not apply"),
            (counts.unanswered, "not answered", "left it open: never counted as zero"),
        )
        if number
    )
    scale = question.scale
    mean = Trace(
        "weighted mean",
        tuple(
            Input(f"{question.id} answered {value}", Fraction(value), Fraction(number))
            for value, number in counts.values.items()
            if number
        ),
        left_out,
    )
    figures = {
        "mean": mean,
        "percent": Trace(
            "rescaled",
            (
                Input(f"{question.id} mean", mean.value),
                Input("lowest answer", Fraction(scale.lowest)),
                Input("highest answer", Fraction(scale.highest)),
            ),
        ),
    }
    if scale.favourable:
        figures["favourable"] = Trace(
            "share",
            tuple(
                Input(
                    f"{question.id} answered {value}",
                    Fraction(number),
                    Fraction(value in scale.favourable),
                )
                for value, number in counts.values.items()
            ),
        )
    return figures


def _state_of(counts: SlotCounts) -> State:
    if counts.n:
        return "scored"
    return "not applicable" if counts.na and not counts.to_answer else "not scored"


def _item(scope: Scope, item: Item, questions: Mapping[str, QuestionPerceived]) -> PartPerceived:
    own = [questions[question.id] for question in item.questions if question.id in questions]
    percent, state, traces = _mean_of(own, [Fraction(1)] * len(own), "mean")
    keys = [question.id for question in own]
    completeness, traces = _with_completeness(scope, keys, traces)
    return PartPerceived(item.id, scope.reached(item.id), percent, completeness, state, traces)


def _category(
    scope: Scope, category: Category, items: Mapping[str, PartPerceived]
) -> PartPerceived:
    percent, state, traces = _weighted(category.items, items)
    keys = [
        question.id
        for item in category.items
        for question in item.questions
        if question.scale.is_scored
    ]
    completeness, traces = _with_completeness(scope, keys, traces)
    return PartPerceived(
        category.id, scope.reached(category.id), percent, completeness, state, traces
    )


def _with_completeness(
    scope: Scope, keys: Sequence[str], traces: Traces
) -> tuple[Fraction | None, Traces]:
    trace = scope.completeness(keys)
    if trace is None:
        return None, traces
    return trace.value, {**traces, "completeness": trace}


def _weighted(
    items: Sequence[Item], scores: Mapping[str, PartPerceived]
) -> tuple[Fraction | None, State, Traces]:
    """The mean of *items* weighted by their points, equally where the file has none."""
    weights = [Fraction(1) if item.points is None else item.points for item in items]
    return _mean_of([scores[item.id] for item in items], weights, "weighted mean")


def _mean_of(
    parts: Sequence[PartPerceived | QuestionPerceived],
    weights: Sequence[Fraction],
    rule: str,
) -> tuple[Fraction | None, State, Traces]:
    scored = [
        Input(f"{part.id} percent", part.percent, weight)
        for part, weight in zip(parts, weights, strict=True)
        if part.percent is not None
    ]
    left_out = [LeftOut(part.id, part.state) for part in parts if part.percent is None]
    if not scored:
        states = {part.state for part in parts}
        return None, "not applicable" if states == {"not applicable"} else "not scored", {}
    trace = Trace(rule, tuple(scored), tuple(left_out))
    return trace.value, "scored", {"percent": trace}
