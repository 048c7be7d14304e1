"""The heart of the appendix: each category with its items, their figures and people's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.core.assessed_items import ItemAssessed
from assessment.core.framework import STAFF, Category, Item
from assessment.core.release import Comment, CommentKind
from assessment.core.text import shown
from assessment.reporting import headlines_parts
from assessment.reporting.comparison import Comparison
from assessment.reporting.elements import Fact, Figure, anchor
from assessment.reporting.marks import Profile
from assessment.reporting.pages.decisions import next_text
from assessment.reporting.pages.distributions import distributions, remarks
from assessment.reporting.pages.judgement import Judged, judged
from assessment.reporting.pages.ladders import ladder
from assessment.reporting.pages.measures import MeasuresShown, measures_of, measures_shown
from assessment.reporting.pages.profile import item_rows, profile_alt, profile_caption
from assessment.reporting.source import (
    PERCENT_SPAN,
    Source,
    brief_value,
    measured_words,
    present_value,
    present_words,
    span_of,
)
from assessment.reporting.wording import (
    FEW_ANSWERED,
    PERCENT,
    WITHHELD,
    change_words,
    counted,
    listed,
    name,
    percent,
    sentence,
    share,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Comments on one question by one group, without names."""

    group: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AboutQuestion:
    """A question and what people wrote under it."""

    id: str
    question: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ItemPages:
    """Everything about one item."""

    id: str
    anchor: str
    title: str
    headline: str
    about: str
    facts: tuple[Fact, ...]
    judged: Judged | None
    measures: MeasuresShown | None
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...]
    evidence: tuple[str, ...]
    strengths: tuple[str, ...]
    ofis: tuple[str, ...]
    next_step: str
    questions: tuple[AboutQuestion, ...]


@dataclass(frozen=True, slots=True)
class CategoryPages:
    """A category: its summary and chart, then its items."""

    anchor: str
    title: str
    headline: str
    about: str
    summary: tuple[str, ...]
    figure: Figure | None
    ladders: tuple[Figure, ...]
    items: tuple[ItemPages, ...]


def category_pages(source: Source) -> tuple[CategoryPages, ...]:
    """Every category of which something is known."""
    comparison = Comparison(source.release, source.previous)
    return tuple(
        _category(source, comparison, category)
        for category in source.framework.categories
        if is_known(source, category)
    )


def category_page(source: Source, category: Category) -> CategoryPages | None:
    """The one category, if something is known of it."""
    if not is_known(source, category):
        return None
    return _category(source, Comparison(source.release, source.previous), category)


def item_page(source: Source, item: Item) -> ItemPages | None:
    """The one item, if something is known of it."""
    if not item_is_known(source, item):
        return None
    return _item(source, Comparison(source.release, source.previous), item)


def is_known(source: Source, category: Category) -> bool:
    return any(item_is_known(source, item) for item in category.items)


def item_is_known(source: Source, item: Item) -> bool:
    """Something was answered, judged, written or measured, if only that it does not apply."""
    kinds: tuple[CommentKind, ...] = ("comment", "strength", "ofi", "evidence", "text")
    return (
        bool(item.judge and source.assessed(item).state != "not scored")
        or any(
            question.n + question.unknown + question.na or question.state == "withheld"
            for group in source.groups
            for question in source.questions_of(item, group)
        )
        or any(source.words(item, kind) for kind in kinds)
        or bool(measures_of(source, item))
    )


def _category(source: Source, comparison: Comparison, category: Category) -> CategoryPages:
    return CategoryPages(
        anchor("category", category.id),
        source.numbered(category.id),
        headlines_parts.category(source, category),
        category.about,
        tuple(_summary(source, comparison, category)),
        _figure(source, comparison, category),
        tuple(ladder(source, bands) for bands in source.framework.bands if bands.of == category.id),
        tuple(
            _item(source, comparison, item)
            for item in category.items
            if item_is_known(source, item)
        ),
    )


def _summary(source: Source, comparison: Comparison, category: Category) -> Iterator[str]:
    assessed = source.release.assessed.category(category.id)
    if assessed.points is not None and assessed.possible is not None:
        partial = "" if assessed.complete else ", a partial value: not every item is judged"
        before = comparison.assessed_category(category)
        since = f" Last cycle: {percent(before)}." if before is not None else ""
        worth = f"{shown(assessed.points)} of {shown(assessed.possible)} points"
        yield f"Assessed at {worth}{partial}.{since}"
    seen = source.release.perceived.category(category.id)
    if seen.percent is not None:
        change = comparison.perceived_category(category)
        since = f"; {change_words(change)}" if change else ""
        yield (
            f"Rated {percent(seen.percent)} by {source.people(STAFF, seen.n)}{since}. Of what "
            f"staff were asked here, {share(seen.completeness)}{PERCENT} is answered."
        )
    elif seen.state == "withheld":
        yield f"How staff rate this is withheld: {FEW_ANSWERED}."
    unknown = [item for item in category.items if not item_is_known(source, item)]
    if unknown:
        yield f"Nothing is known of {listed(source.title(item.id) for item in unknown)}."


def _figure(source: Source, comparison: Comparison, category: Category) -> Figure | None:
    """The items side by side on one axis: judged ones, else as staff rate them."""
    scales = {item.judge.id: item.judge for item in category.items if item.judge}
    span = PERCENT_SPAN
    if len(scales) > 1 or any(scale.answer == "conformity" for scale in scales.values()):
        return None
    for scale in scales.values():
        span = span_of(scale)
    rows = item_rows(source, comparison, category.items)
    if sum(row.present is not None or row.perceived is not None for row in rows) < 2:
        return None
    caption = profile_caption(source, rows, "items", span.unit)
    return Figure(
        "", caption, Profile(profile_alt(rows, "items", span.unit), span, rows, as_rows=True)
    )


def _item(source: Source, comparison: Comparison, item: Item) -> ItemPages:
    return ItemPages(
        item.id,
        anchor("item", item.id),
        source.numbered(item.id),
        headlines_parts.item(source, item),
        item.about,
        tuple(_facts(source, comparison, item)),
        judged(source, item),
        measures_shown(source, item),
        tuple(distributions(source, comparison, item)),
        (*_changes(comparison, item), *remarks(source, item), *_drivers(source, item)),
        _texts(source, item, "evidence"),
        _texts(source, item, "strength"),
        _texts(source, item, "ofi"),
        next_text(source, item),
        tuple(_about_questions(source, item)),
    )


def _texts(source: Source, item: Item, kind: CommentKind) -> tuple[str, ...]:
    return tuple(comment.text for comment in source.words(item, kind))


def _facts(source: Source, comparison: Comparison, item: Item) -> Iterator[Fact]:
    assessed = source.assessed(item)
    if item.judge is not None:
        yield Fact("assessed", _present(item, assessed), _judges_note(source, item))
        if item.points is not None and assessed.points is not None:
            yield Fact("points", shown(assessed.points), f"of {shown(item.points)}")
        before = comparison.assessed_item(item)
        if before is not None:
            yield Fact("last cycle", brief_value(item.judge, before))
        gap = source.gap_of(item.id)
        if gap is not None:
            label = "target" if gap.is_chosen else "next step"
            note = "" if gap.is_chosen else "no target chosen"
            yield Fact(label, measured_words(item.judge, gap.measure, gap.target), note)
        elif source.target(item) is not None:
            yield Fact("target", "reached")
    for group, perceived in list(source.survey_groups.items())[:2]:
        part = perceived.item(item.id)
        if part.percent is not None:
            yield Fact(f"{source.group(group)}", percent(part.percent), f"n = {part.n}")
        elif part.state == "withheld":
            yield Fact(f"{source.group(group)}", WITHHELD, FEW_ANSWERED)
    seen = source.release.perceived.item(item.id)
    if seen.completeness is not None and seen.percent is not None:
        yield Fact("complete", f"{share(seen.completeness)}{PERCENT}", "of staff’s answers")


def _present(item: Item, assessed: ItemAssessed) -> str:
    value = present_value(item, assessed)
    if item.judge is None or value is None:
        return present_words(item, assessed)
    return brief_value(item.judge, value)


def _judges_note(source: Source, item: Item) -> str:
    assessed = source.assessed(item)
    if assessed.consensus:
        return "consensus"
    if assessed.state == "withheld":
        return FEW_ANSWERED
    if assessed.state != "scored":
        return ""
    if assessed.provisional:
        return f"provisional, {counted(assessed.judges, 'judge')}"
    return "one judge"


def _changes(comparison: Comparison, item: Item) -> Iterator[str]:
    """How staff see the item beside the last cycle, and each question that clearly moved."""
    whole = comparison.perceived_item(item)
    if whole is not None:
        yield f"Staff rate this {percent(whole.percent)}; {change_words(whole)}."
    for question in item.questions:
        change = comparison.question(question.id)
        if change is not None and change.verdict == "larger than chance":
            yield f"{name(question.id)} is rated {percent(change.percent)}; {change_words(change)}."


def _drivers(source: Source, item: Item) -> Iterator[str]:
    known = [driver for driver in item.drivers if driver in source.framework.item_by_id]
    if known and source.gap_of(item.id) is not None:
        names = listed(source.numbered(driver) for driver in known)
        yield f"What drives this result: look at {names}."


def _about_questions(source: Source, item: Item) -> Iterator[AboutQuestion]:
    """Answers in words and comments, under their question, by group."""
    whole = source.comments(item.id, "text") + source.comments(item.id, "comment")
    if whole:
        yield AboutQuestion(item.id, "On the item as a whole", _said(source, whole))
    asked = {question.id: question.text for question in item.questions}
    for place in source.places_of(item):
        written = source.comments(place, "text") + source.comments(place, "comment")
        if written and place != item.id:
            title = asked.get(place) or _place_title(item, place)
            yield AboutQuestion(place, title, _said(source, written))


def _place_title(item: Item, place: str) -> str:
    """The criterion, or the attribute, that *place* stands for."""
    criteria = {each.id: each.text for level in item.levels for each in level.criteria}
    titles = {each.id: each.title for each in item.judge.attributes} if item.judge else {}
    return criteria.get(place) or titles.get(place.rpartition("/")[2], place)


def _said(source: Source, comments: Sequence[Comment]) -> tuple[Said, ...]:
    by_group: dict[str, list[str]] = {}
    for comment in comments:
        by_group.setdefault(comment.group, []).append(comment.text)
    order = [*(group for group in source.groups if group in by_group)]
    order += [group for group in by_group if group not in order]
    return tuple(Said(sentence(source.group(group)), tuple(by_group[group])) for group in order)
