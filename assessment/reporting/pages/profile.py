"""Board paper, page 2: assessed and perceived side by side, against target and last cycle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.assessed import PointsAssessed
from assessment.core.assessed_items import ItemAssessed
from assessment.core.changes import Change
from assessment.core.framework import STAFF, TOTAL, Item
from assessment.core.perceived import PartPerceived, Perceived
from assessment.core.text import shown
from assessment.core.trace import State
from assessment.reporting import headlines
from assessment.reporting.comparison import Comparison
from assessment.reporting.elements import Figure, Row, Table, columns
from assessment.reporting.marks import Profile, ProfileRow
from assessment.reporting.pages.findings import findings_table, verdict_lines
from assessment.reporting.pages.ladders import ladders, other_bands
from assessment.reporting.pages.standings import item_tables, standings
from assessment.reporting.source import PERCENT_SPAN, Source, present_value, span_of
from assessment.reporting.wording import (
    FEW_ANSWERED,
    NO_FIGURE,
    beside,
    change_cell,
    change_words,
    figure,
    figure_or_state,
    listed,
    percent,
    perception_sentence,
    plain,
    sentence,
    signed,
)

MOST_CATEGORIES, MOST_ITEMS, MOST_AXES, HEAD_LENGTH = 12, 20, 9, 30


MOST_BESIDE = 8
"""With more categories the table takes the room of the ladders, which stand in the appendix."""


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Page 2. A figure that `is_round` leaves room beside it for the lead.

    `standings` and `items` say where items stand that no category sums up; `findings` come before
    everything else where there are grades. `bands` are those that are not drawn as ladders.
    """

    headline: str
    lead: tuple[str, ...]
    figure: Figure | None
    is_round: bool
    ladders: tuple[Figure, ...]
    bands: tuple[Table, ...]
    findings: Table | None
    standings: tuple[Table, ...]
    table: Table | None
    items: tuple[Table, ...]
    note: tuple[str, ...]


def profile_page(source: Source) -> ProfilePage:
    """Page 2: by category, or by item where the framework has no percent for a category."""
    comparison = Comparison(source.release, source.previous)
    by_category = any(part.percent is not None for part in source.release.assessed.categories)
    by_item = bool(source.scored) and not by_category
    rows = _item_rows(source, comparison) if by_item else _category_rows(source, comparison)
    figure = _figure(source, rows, by_item)
    found = standings(source, is_drawn=figure is not None) if by_item else ()
    verdict, seen = tuple(verdict_lines(source)), tuple(_lead(source, comparison))
    has_room = len(source.framework.categories) <= MOST_BESIDE
    others = other_bands(source) if has_room else None
    return ProfilePage(
        headlines.profile(source),
        verdict or seen,
        figure,
        figure is not None and not by_item and 3 <= len(rows) <= MOST_AXES,
        tuple(ladders(source)) if has_room else (),
        (others,) if others else (),
        findings_table(source, found, len(seen)) if verdict else None,
        found,
        None if by_item else _table(source, comparison),
        tuple(item_tables(source)) if by_item and figure is None and not _is_grid(found) else (),
        ((*seen,) if verdict else ()) + tuple(_not_compared(source, comparison)),
    )


def _is_grid(tables: Sequence[Table]) -> bool:
    """Each item has its row in one of *tables*."""
    return any(table.style == "grid" for table in tables)


def _not_compared(source: Source, comparison: Comparison) -> Iterator[str]:
    if not comparison.left_out():
        return
    said = "Some questions or items were not the same in the last cycle and are not compared"
    named = "; the appendix names them under What is not in this report"
    yield f"{said}{named if source.about.has_appendix else ''}."


def _lead(source: Source, comparison: Comparison) -> Iterator[str]:
    if whole := headlines.whole(source):
        before, now = comparison.assessed_points(), source.release.assessed.total.points
        if before is not None and now is not None:
            gained = signed(now - before)
            since = "the same as" if gained == "0" else f"{gained} points since"
            whole = f"{whole.rstrip('.')}; {since} the last cycle ({shown(before)})."

        yield whole
    perceived = source.release.perceived
    if perceived.percent is not None:
        who = sentence(source.people(STAFF, perceived.n))
        verb = "rates" if perceived.n == 1 else "rate"
        said = f"{who} {verb} the whole {percent(perceived.percent)}"
        change = comparison.perceived_whole()
        yield f"{said}; {change_words(change)}." if change else f"{said}."
    elif perceived.state == "withheld":
        yield f"How staff rate the whole is withheld: {FEW_ANSWERED}."
    whole_gaps = [gap for gap in source.release.perception_gaps if gap.kind == "whole"]
    for gap in whole_gaps[:2]:
        yield perception_sentence(source.framework, gap, "the whole")


def _category_rows(source: Source, comparison: Comparison) -> tuple[ProfileRow, ...]:
    release = source.release
    return tuple(
        ProfileRow(
            category.id,
            category.title,
            row_state(
                release.assessed.category(category.id), release.perceived.category(category.id)
            ),
            present=release.assessed.category(category.id).percent,
            target=_category_target(source, category.items),
            previous=comparison.assessed_category(category),
            perceived=release.perceived.category(category.id).percent,
            reference=source.reference(category.id),
        )
        for category in source.framework.categories
    )


def row_state(judged: PointsAssessed | ItemAssessed, seen: PartPerceived) -> State:
    """Why a row has no judgement; where there is only a survey, why it has none of that."""
    return seen.state if judged.state != "scored" and seen.state == "withheld" else judged.state


def _category_target(source: Source, items: Sequence[Item]) -> Fraction | None:
    """Where leaders chose a target for every judged item: their mean, weighted as the items are."""
    own = [item for item in items if item in source.scored]
    found = [
        (item.points or Fraction(1), target)
        for item in own
        if (target := source.target(item)) is not None
    ]
    if not found or len(found) < len(own):
        return None
    weight = sum((weight for weight, _ in found), Fraction(0))
    return sum((weight * target for weight, target in found), Fraction(0)) / weight


def _item_rows(source: Source, comparison: Comparison) -> tuple[ProfileRow, ...]:
    """Items in place of categories, where a framework has no percent for a category."""
    is_drawn = len(source.judging_scales) == 1 and "conformity" not in source.kinds
    if not is_drawn or len(source.judged) > MOST_ITEMS:
        return ()
    return item_rows(source, comparison, source.judged)


def item_rows(
    source: Source, comparison: Comparison, items: Sequence[Item]
) -> tuple[ProfileRow, ...]:
    """The profile of some items. A level and a percent never share an axis."""
    return tuple(
        ProfileRow(
            item.id,
            f"{item.id} {item.title}",
            row_state(source.assessed(item), source.release.perceived.item(item.id)),
            present=present_value(item, source.assessed(item)),
            target=source.target(item),
            previous=comparison.assessed_item(item),
            perceived=source.release.perceived.item(item.id).percent
            if item.judge is None or item.judge.answer == "percent"
            else None,
            reference=source.reference(item.id)
            if item.judge is None or item.judge.answer == "percent"
            else None,
        )
        for item in items
    )


def _figure(source: Source, rows: tuple[ProfileRow, ...], by_item: bool) -> Figure | None:
    if sum(row.present is not None or row.perceived is not None for row in rows) < 2:
        return None
    span = span_of(source.judging_scales[0]) if by_item else PERCENT_SPAN
    what = "items" if by_item else "categories"
    return Figure(
        "",
        profile_caption(source, rows, what, span.unit),
        Profile(profile_alt(rows, what, span.unit), span, rows, as_rows=by_item),
    )


def profile_caption(source: Source, rows: Sequence[ProfileRow], what: str, unit: str) -> str:
    """What is drawn, for whom, of how many, and when."""
    said = f"Maturity of the {what}, {'in %' if unit == '%' else f'by {unit}'}"
    if any(row.perceived is not None for row in rows):
        said += f"; perceived by staff, n = {source.release.perceived.n}"
    said = f"{said}. {sentence(source.when)}."
    if any(row.reference is not None for row in rows):
        said += f" {source.reference_words}"
    return said


def profile_alt(rows: Sequence[ProfileRow], what: str, unit: str) -> str:
    """The chart in words, for those who do not see it."""
    sign = "%" if unit == "%" else ""
    said = []
    for row in rows:
        values = [
            f"{word} {shown(value)}{sign}"
            for word, value in (
                ("assessed", row.present),
                ("perceived", row.perceived),
                ("reference", row.reference),
            )
            if value is not None
        ]
        said.append(f"{row.label}: {listed(values) if values else row.state}")
    return plain(f"Profile of {len(rows)} {what}. {'; '.join(said)}.")


def _table(source: Source, comparison: Comparison) -> Table | None:
    """The profile in numbers. A column that would be empty throughout is left away."""
    titles, rows = _table_titles(source), _table_rows(source, comparison)
    kept = [
        place
        for place in range(len(titles))
        if any(row.cells[place] not in (NO_FIGURE, "", "not applicable") for row in rows)
    ]
    if not kept:
        return None
    return Table(
        _caption(source),
        columns("Category", 30, *(titles[place] for place in kept)),
        tuple(Row(row.head, tuple(row.cells[place] for place in kept), row.strong) for row in rows),
        style="compact",
    )


def _caption(source: Source) -> str:
    what = "assessed on evidence, perceived by groups" if source.kinds else "perceived by groups"
    said = f"The same in numbers: {what}. {sentence(source.when)}"
    return f"{said}. {source.reference_words}" if source.reference_words else said


def _table_titles(source: Source) -> list[str]:
    return [
        "assessed, points",
        "of",
        "assessed, %",
        "last cycle, %",
        "reference, %",
        "staff, %",
        "n",
        "last cycle, %",
        "clear change",
        *(f"{source.group(group)}, %" for group in _other_groups(source)),
    ]


def _table_rows(source: Source, comparison: Comparison) -> list[Row]:
    release, rows = source.release, []
    for category in source.framework.categories[:MOST_CATEGORIES]:
        judged = release.assessed.category(category.id)
        seen = release.perceived.category(category.id)
        cells = (
            figure_or_state(judged.points, judged.state),
            beside(figure(judged.possible), judged.state),
            figure_or_state(judged.percent, judged.state),
            figure(comparison.assessed_category(category)),
            figure(source.reference(category.id)),
            figure_or_state(seen.percent, seen.state),
            _people(seen),
            *_since(comparison.perceived_category(category)),
            *_others(source, category.id),
        )
        rows.append(Row(source.short_numbered(category.id, HEAD_LENGTH), cells))
    total, whole = release.assessed.total, release.perceived
    cells = (
        figure_or_state(total.points, total.state),
        beside(figure(total.possible), total.state),
        figure_or_state(total.percent, total.state),
        NO_FIGURE,
        figure(source.reference(TOTAL)),
        figure_or_state(whole.percent, whole.state),
        _people(whole),
        *_since(comparison.perceived_whole()),
        *_others(source, TOTAL),
    )
    return [*rows, Row("The whole", cells, strong=True)]


def _people(seen: PartPerceived | Perceived) -> str:
    return beside(str(seen.n) if seen.n else NO_FIGURE, seen.state)


def _since(change: Change | None) -> tuple[str, str]:
    """Last cycle's percent, and the change in points where it is larger than chance."""
    return figure(change.before if change else None), change_cell(change)


def _other_groups(source: Source) -> tuple[str, ...]:
    return tuple(group for group in source.survey_groups if group != STAFF)[:2]


def _others(source: Source, place: str) -> Iterator[str]:
    for group in _other_groups(source):
        perceived = source.survey_groups[group]
        part = perceived if place == TOTAL else perceived.category(place)
        yield figure_or_state(part.percent, part.state)
