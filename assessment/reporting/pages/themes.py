"""Board paper, page 3: strengths first, then opportunities, then what people see differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assessment.core.findings import CANNOT_JUDGE_SHARE, CLEAR_HIGH, clear_highs, hard_to_judge
from assessment.core.framework import Item
from assessment.core.perception import PerceptionGap
from assessment.core.release import Comment
from assessment.core.text import shown
from assessment.reporting import headlines
from assessment.reporting.comparison import Comparison
from assessment.reporting.elements import Figure
from assessment.reporting.marks import Profile
from assessment.reporting.pages.perception import perception_figure
from assessment.reporting.pages.profile import item_rows, profile_alt, profile_caption
from assessment.reporting.pages.room import COLUMN, PAGE_LINES, lines_of, paragraphs
from assessment.reporting.source import (
    PERCENT_SPAN,
    Source,
    brief_value,
    present_value,
    present_words,
)
from assessment.reporting.wording import (
    PERCENT,
    counted,
    listed,
    percent,
    perception_sentence,
    sentence,
    some,
)

Written = Literal["strength", "ofi"]

MOST_QUOTES, QUOTE_LENGTH, LABEL_WIDTH, MOST_NAMED = 3, 220, 34, 3


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, whole and as typed, and the item it stands at."""

    text: str
    item: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Findings under one label, and a few of the sentences behind them."""

    label: str
    findings: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()

    @property
    def lines(self) -> float:
        """About how many lines of the page it fills."""
        quotes = (f"{quote.text} {quote.item}" for quote in self.quotes)
        return 1 + paragraphs(self.findings, COLUMN) + paragraphs(quotes, COLUMN)


@dataclass(frozen=True, slots=True)
class Themes:
    """Page 3."""

    headline: str
    themes: tuple[Theme, ...]
    figure: Figure | None


def key_themes(source: Source) -> Themes:
    """The page, with as many of people's own sentences as there is room for."""
    found = (_strengths(source), _opportunities(source), _differences(source), _hard(source))
    themes = tuple(theme for theme in found if theme)
    for most in range(MOST_QUOTES, -1, -1):
        themes = tuple(replace(theme, quotes=theme.quotes[:most]) for theme in themes)
        if sum(theme.lines for theme in themes) <= PAGE_LINES:
            break
    return Themes(headlines.themes(source), themes, _figure(source, themes))


def _figure(source: Source, themes: Sequence[Theme]) -> Figure | None:
    """Groups beside staff, or else every item, where people's own sentences leave room for it."""
    if any(theme.quotes for theme in themes):
        return None
    room = PAGE_LINES - sum(theme.lines for theme in themes)
    own = [gap for gap in source.release.perception_gaps if gap.kind == "category"]
    for figure in (*perception_figure(source, own, "category"), *_item_figure(source)):
        rows = getattr(figure.chart, "rows", ())
        if 8 + sum(0.7 + lines_of(row.label, LABEL_WIDTH) for row in rows) <= room:
            return figure
    return None


def _item_figure(source: Source) -> Iterator[Figure]:
    items = [item for item in source.framework.items if item.judge is None or item in source.scored]
    percents = all(item.judge is None or item.judge.answer == "percent" for item in items)
    rows = item_rows(source, Comparison(source.release, source.previous), items)
    if percents and len([row for row in rows if row.present or row.perceived]) > 1:
        alt = profile_alt(rows, "items", "%")
        caption = profile_caption(source, rows, "items", "%")
        yield Figure("", caption, Profile(alt, PERCENT_SPAN, rows, as_rows=True))


def _strengths(source: Source) -> Theme:
    found = [*_ends(source, highest=True), *_clear_highs(source)]
    found += _written(source, "strength", ("strength", "strengths"))
    if not found:
        found = ["No strength can be named: nothing was judged, rated or written down."]
    return Theme("Strengths", tuple(found), _quotes(source, "strength", highest=True))


def _clear_highs(source: Source) -> Iterator[str]:
    if highs := [source.short_title(each) for each in clear_highs(source.release)]:
        named = some(highs, 2, "statement", "statements")
        yield f"More than {shown(CLEAR_HIGH)}{PERCENT} of staff are favourable on {named}."


def _opportunities(source: Source) -> Theme:
    found = [*_ends(source, highest=False), *_grades(source)]
    found += _written(source, "ofi", ("opportunity", "opportunities"))
    if not found:
        found = ["No opportunity can be named: nothing was judged, rated or written down."]
    label = "Opportunities for improvement"
    return Theme(label, tuple(found), _quotes(source, "ofi", highest=False))


def _ends(source: Source, highest: bool) -> Iterator[str]:
    """The items judged, and the items rated, at one end; only where the two ends differ."""
    word = "highest" if highest else "lowest"
    judged = [
        (value, item)
        for item in source.scored
        if (value := present_value(item, source.assessed(item))) is not None
        and item.judge
        and item.judge.answer != "conformity"
    ]
    if ends := _end(judged, highest):
        names = [f"{source.short_title(item.id)} ({_standing(source, item)})" for _, item in ends]
        yield f"Judged {word}: {listed(names)}."
    rated = [
        (value, item)
        for item in source.framework.items
        if (value := source.release.perceived.item(item.id).percent) is not None
    ]
    if ends := _end(rated, highest):
        names = [f"{source.short_title(item.id)} ({percent(value)})" for value, item in ends]
        yield f"Rated {word} by staff (n = {source.release.perceived.n}): {listed(names)}."


def _standing(source: Source, item: Item) -> str:
    value = present_value(item, source.assessed(item))
    if value is None or item.judge is None:
        return present_words(item, source.assessed(item))
    return brief_value(item.judge, value)


def _end(values: Sequence[tuple[Fraction, Item]], highest: bool) -> list[tuple[Fraction, Item]]:
    """Up to three at one end, the outermost first; none where all are alike."""
    if len({value for value, _ in values}) < 2:
        return []
    ordered = sorted(values, key=lambda pair: pair[0], reverse=highest)
    return ordered[: min(MOST_NAMED, len(values) // 2)]


def _grades(source: Source) -> Iterator[str]:
    for grade in ("major", "minor", "ofi"):
        own = [item for item in source.scored if source.assessed(item).level == grade]
        if own:
            label = present_words(own[0], source.assessed(own[0]))
            names = [source.short_title(item.id) for item in own]
            yield f"Graded “{label}”: {some(names, 4, 'item', 'items')}."


def _written(source: Source, kind: Written, words: tuple[str, str]) -> Iterator[str]:
    """How many were written, and where most of them."""
    counts = {
        item.id: count
        for item in source.framework.items
        if (count := len(source.words(item, kind)))
    }
    if not counts:
        return
    total, most = sum(counts.values()), max(counts.values())
    said = f"{sentence(counted(total, *words))} {'was' if total == 1 else 'were'} written down"
    where = [source.short_title(item_id) for item_id, count in counts.items() if count == most]
    if len(where) <= 2 and len(counts) > len(where):
        each = " each" if len(where) > 1 else ""
        yield f"{said}, most of them on {listed(where)} ({most}{each})."
    else:
        yield f"{said}, on {counted(len(counts), 'item')}."


def _quotes(source: Source, kind: Written, highest: bool) -> tuple[Quote, ...]:
    """Short ones from the items that stand highest (or lowest), one an item."""
    known = [(rank, item) for item in source.framework.items if (rank := _rank(source, item))]
    known.sort(key=lambda pair: pair[0], reverse=highest)
    unknown = [item for item in source.framework.items if not _rank(source, item)]
    found = []
    for item in [*(item for _, item in known), *unknown]:
        own = [comment for comment in source.words(item, kind) if _is_short(comment)]
        if own:
            found.append(Quote(own[0].text, source.short_numbered(item.id)))
    return tuple(found[:MOST_QUOTES])


def _rank(source: Source, item: Item) -> Fraction | None:
    value = present_value(item, source.assessed(item))
    return value if value is not None else source.release.perceived.item(item.id).percent


def _is_short(comment: Comment) -> bool:
    return len(comment.text) <= QUOTE_LENGTH and "\n" not in comment.text


def _differences(source: Source) -> Theme | None:
    """Groups beside staff; called different only where that is larger than chance."""
    gaps = source.release.perception_gaps
    if not gaps:
        return None
    clear = _clear(gaps)
    shown_gaps = clear[:MOST_NAMED] or [gap for gap in gaps if gap.kind == "whole"][:MOST_NAMED]
    found = [
        perception_sentence(source.framework, gap, source.short_title(gap.id)) for gap in shown_gaps
    ]
    if rest := len(clear) - len(clear[:MOST_NAMED]):
        where = counted(rest, "more category", "more categories")
        found.append(f"In {where} the difference is larger than chance as well.")
    elif not clear:
        tested = any(gap.verdict != "not tested" for gap in gaps)
        found.append(
            "In no category is a difference larger than chance."
            if tested
            else "A difference that was not tested is a reason to talk, not a finding."
        )
    return Theme("Seen differently" if clear else "Seen from different places", tuple(found))


def _clear(gaps: Sequence[PerceptionGap]) -> list[PerceptionGap]:
    own = [gap for gap in gaps if gap.kind == "category" and gap.verdict == "larger than chance"]
    return sorted(own, key=lambda gap: -abs(gap.points))


def _hard(source: Source) -> Theme | None:
    hard = [source.short_title(each) for each in hard_to_judge(source.release)]
    if not hard:
        return None
    least = f"{shown(100 * CANNOT_JUDGE_SHARE)}{PERCENT}"
    finding = (
        f"{least} or more of staff cannot judge {some(hard, 2, 'statement', 'statements')}. That "
        "is a finding in itself: it often means that a practice has not reached them."
    )
    return Theme("Hard to judge", (finding,))
