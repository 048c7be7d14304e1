"""Board paper, page 3: strengths first, then opportunities, then what people see differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from assessment.reporting.pages.room import PAGE_LINES, column_lines, lines_of, paragraphs
from assessment.reporting.source import (
    PERCENT_SPAN,
    Source,
    brief_value,
    present_value,
    present_words,
)
from assessment.reporting.wording import (
    FEW_ANSWERED,
    PERCENT,
    counted,
    listed,
    name,
    percent,
    perception_sentence,
    sentence,
    some,
)

Written = Literal["strength", "ofi"]

MOST_QUOTES, QUOTE_LENGTH, LABEL_WIDTH, MOST_NAMED = 3, 220, 34, 3
RELEASED_LENGTH, LARGE, SMALL = 400, 62, 80
"""Letters of a quote that two readers released, and to a line of large and of small type."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, whole and as typed, and the item it stands at."""

    text: str
    item: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Under one label what people wrote, what the figures say, and a few comments behind both."""

    label: str
    findings: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def lines(self) -> float:
        """About how many lines of the page it fills."""
        quotes = (f"{quote.text} {quote.item}" for quote in self.quotes)
        large = 1.25 * paragraphs(self.written, LARGE)
        # Findings stand in small type below people's own words.
        findings = (
            0.8 * paragraphs(self.findings, SMALL) if self.written else column_lines(self.findings)
        )
        return 1 + large + findings + column_lines(quotes)


@dataclass(frozen=True, slots=True)
class Themes:
    """Page 3."""

    headline: str
    themes: tuple[Theme, ...]
    figure: Figure | None

    @property
    def lines(self) -> float:
        """About how many lines of the page it fills below its headline."""
        return PAGE_LINES if self.figure else sum(theme.lines for theme in self.themes)

    @property
    def is_long(self) -> bool:
        """People wrote so much that all of it stands in small type."""
        return not _fits(self.themes)


def key_themes(source: Source) -> Themes:
    """The page: people's words whole, then findings and quotes as far as there is room."""
    found = (
        _strengths(source),
        _opportunities(source),
        _differences(source),
        _hard(source),
        _said(source),
    )
    whole = tuple(theme for theme in found if theme)
    themes = next((each for each in _shorter(whole) if _fits(each)), _least(whole))
    return Themes(headlines.themes(source), themes, _figure(source, themes))


def _fits(themes: Sequence[Theme]) -> bool:
    return sum(theme.lines for theme in themes) <= PAGE_LINES


def _shorter(themes: Sequence[Theme]) -> Iterator[tuple[Theme, ...]]:
    """The themes with fewer and fewer quotes; then without the findings that words stand for."""
    for kept in (themes, _without_findings(themes)):
        for most in range(MOST_QUOTES, -1, -1):
            yield _with_quotes(kept, most)


def _least(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    return _with_quotes(_without_findings(themes), 0)


def _with_quotes(themes: Iterable[Theme], most: int) -> tuple[Theme, ...]:
    fewer = (replace(theme, quotes=theme.quotes[:most]) for theme in themes)
    return tuple(theme for theme in fewer if theme.written or theme.findings or theme.quotes)


def _without_findings(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    return tuple(replace(theme, findings=()) if theme.written else theme for theme in themes)


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
    written = _typed(source.written.strengths)
    if not found and not written:
        found = [f"No strength can be named: {_nothing(source)}."]
    return Theme("Strengths", tuple(found), _quotes(source, "strength", highest=True), written)


def _typed(texts: Iterable[str]) -> tuple[str, ...]:
    """People's own sentences, kept apart from ours."""
    return tuple(name(text) for text in texts)


def _nothing(source: Source) -> str:
    if source.has_withheld:
        return f"the figures are withheld, {FEW_ANSWERED}"
    return "nothing was judged, rated or written down"


def _clear_highs(source: Source) -> Iterator[str]:
    if highs := [source.short_title(each) for each in clear_highs(source.release)]:
        named = some(highs, 2, "statement", "statements")
        yield f"More than {shown(CLEAR_HIGH)}{PERCENT} of staff are favourable on {named}."


def _opportunities(source: Source) -> Theme:
    found = [*_ends(source, highest=False), *_grades(source)]
    found += _written(source, "ofi", ("opportunity", "opportunities"))
    written = _typed(source.written.opportunities)
    if not found and not written:
        found = [f"No opportunity can be named: {_nothing(source)}."]
    label = "Opportunities for improvement"
    return Theme(label, tuple(found), _quotes(source, "ofi", highest=False), written)


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
    """Short ones from the items that stand highest (or lowest), one an item.

    Where people decide what is quoted, only what they released.
    """
    known = [(rank, item) for item in source.framework.items if (rank := _rank(source, item))]
    known.sort(key=lambda pair: pair[0], reverse=highest)
    unknown = [item for item in source.framework.items if not _rank(source, item)]
    found = []
    for item in [*(item for _, item in known), *unknown]:
        own = [comment for comment in source.words(item, kind) if _may_be_quoted(source, comment)]
        most = 1 if source.about.editorial is None else MOST_QUOTES
        found += [Quote(comment.text, source.short_numbered(item.id)) for comment in own[:most]]
    return tuple(found[:MOST_QUOTES])


def _said(source: Source) -> Theme | None:
    """Released comments that call themselves neither strength nor opportunity."""
    if source.about.editorial is None:
        return None
    found = [
        Quote(comment.text, f"{sentence(source.group(comment.group))}, {_at(source, comment)}")
        for comment in source.about.editorial.quotes
        if comment.kind not in ("strength", "ofi") and _may_be_quoted(source, comment)
    ]
    return Theme("In people’s words", (), tuple(found[:MOST_QUOTES])) if found else None


def _at(source: Source, comment: Comment) -> str:
    items = (item for item in source.framework.items if comment.place in source.places_of(item))
    item = next(items, None)
    return source.short_numbered(item.id if item else comment.place)


def _may_be_quoted(source: Source, comment: Comment) -> bool:
    if source.about.editorial is not None:
        is_released = comment in source.about.editorial.quotes
        return is_released and len(comment.text) <= RELEASED_LENGTH
    return _is_short(comment)


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
