"""Every figure of the result in compact tables: what charts draw and sentences say, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assessment.core.assessed import Assessed, BandReached, PointsAssessed
from assessment.core.assessed_items import ItemAssessed
from assessment.core.framework import TOTAL, Category, Item
from assessment.core.perceived import PartPerceived, Perceived, QuestionPerceived
from assessment.core.scales import GRADES
from assessment.core.text import shown
from assessment.core.trace import State
from assessment.reporting.elements import Column, Row, Table, anchor, chunks, columns
from assessment.reporting.pages.ladders import band_title
from assessment.reporting.pages.measures import all_measures
from assessment.reporting.pages.unit_figures import unit_tables
from assessment.reporting.source import Source
from assessment.reporting.wording import (
    NO_FIGURE,
    beside,
    figure,
    figure_or_state,
    listed,
    name,
    sentence,
    share,
)

GROUPS_A_TABLE = 4
POINTS_HEADS = ("points", "of", "%", "complete, %", "state")


@dataclass(frozen=True, slots=True)
class FigureTables:
    """The tables of one subject, under its title."""

    anchor: str
    title: str
    tables: tuple[Table, ...]


def all_figures(source: Source) -> tuple[FigureTables, ...]:
    """The whole, then each category, units and measures; only what has figures."""
    found = [FigureTables("figures-whole", "The whole and its categories", tuple(_whole(source)))]
    found += [
        FigureTables(
            anchor("figures", category.id),
            source.numbered(category.id),
            tuple(_category(source, category)),
        )
        for category in source.framework.categories
    ]
    found.append(FigureTables("figures-units", "Units", tuple(unit_tables(source))))
    found.append(FigureTables("figures-measures", "Measures", tuple(all_measures(source))))
    return tuple(part for part in found if part.tables)


def _whole(source: Source) -> Iterator[Table]:
    categories = source.framework.categories
    if source.asks_in_survey and source.survey_groups:
        parts: list[tuple[str, str]] = [(TOTAL, "The whole")]
        parts += [(category.id, source.numbered(category.id)) for category in categories]
        yield from _perceived_tables(
            source, parts, "Perceived maturity of the whole and of categories"
        )
    for title, assessed in _judging(source):
        rows = [_points_row("The whole", assessed.total)]
        rows += [
            _points_row(source.numbered(category.id), assessed.category(category.id))
            for category in categories
        ]
        yield told(
            f"Assessed maturity of the whole and of categories, {title}",
            (*columns("Part", 34, *POINTS_HEADS)[:-1], Column("state", 13.2, "text")),
            rows,
        )
        if assessed.bands:
            yield _bands(source, title, assessed)


def _judging(source: Source) -> Iterator[tuple[str, Assessed]]:
    """Assessed figures of all judges, and of each group where several judged."""
    if not source.kinds:
        return
    if not source.scored and not any(
        i.state != "not scored" for i in source.release.assessed.items
    ):
        return
    yield "all judges", source.release.assessed
    groups = {
        group: result.assessed
        for group, result in source.groups.items()
        if any(item.judges for item in result.assessed.items)
    }
    if len(groups) > 1 or any(item.consensus for item in source.release.assessed.items):
        for group, assessed in groups.items():
            yield f"judged by {source.group(group)}", assessed


def _points_row(head: str, part: PointsAssessed) -> Row:
    state = "partial" if part.state == "scored" and not part.complete else part.state
    return Row(
        head,
        (
            figure_or_state(part.points, part.state),
            beside(figure(part.possible), part.state),
            figure_or_state(part.percent, part.state),
            beside(share(part.completeness), part.state),
            state,
        ),
        strong=part.id == TOTAL,
    )


def _bands(source: Source, title: str, assessed: Assessed) -> Table:
    return Table(
        f"Bands, {title}",
        (
            Column("Of", 28, "text"),
            Column("band", 8),
            Column("name", 28, "text"),
            Column("points", 12),
            Column("of", 10),
            Column("state", 14, "text"),
        ),
        tuple(_band_row(source, band) for band in assessed.bands),
        style="compact",
    )


def _band_row(source: Source, band: BandReached) -> Row:
    return Row(
        sentence(band_title(source, band.of)),
        (
            NO_FIGURE if band.band is None else str(band.band),
            name(band.label) if band.label else NO_FIGURE,
            beside(figure(band.points), band.state),
            beside(figure(band.possible), band.state),
            band.state,
        ),
    )


def _category(source: Source, category: Category) -> Iterator[Table]:
    if source.survey_groups:
        parts = [(item.id, source.numbered(item.id)) for item in category.items]
        yield from _perceived_tables(source, parts, "Perceived maturity of items")
        if rows := tuple(_question_rows(source, category)):
            yield _question_table(rows)
    judged = [item for item in category.items if item.judge]
    if judged:
        for title, assessed in _judging(source):
            yield _item_table(source, judged, title, assessed)


def _perceived_tables(
    source: Source, parts: Sequence[tuple[str, str]], title: str
) -> Iterator[Table]:
    """Percent, n and completeness of each group, several groups beside each other."""
    for groups in chunks(list(source.survey_groups), GROUPS_A_TABLE):
        rows = []
        for place, head in parts:
            cells: list[str] = []
            for group in groups:
                part = _part(source.survey_groups[group], place)
                cells += [
                    _percent_or_state(part.percent, part.state),
                    beside(str(part.n), part.state),
                    beside(share(part.completeness), part.state),
                ]
            if any(cell not in (NO_FIGURE, "0", "") for cell in cells):
                rows.append(Row(head, tuple(cells), strong=place == TOTAL))
        if rows:
            who = listed(source.group(group) for group in groups)
            heads = [
                f"{source.group(group)}: {what}"
                for group in groups
                for what in ("%", "n", "complete, %")
            ]
            yield Table(
                f"{title}: {who}", columns("Part", 31, *heads), tuple(rows), style="compact"
            )


def _part(perceived: Perceived, place: str) -> PartPerceived | Perceived:
    if place == TOTAL:
        return perceived
    if place in {part.id for part in perceived.categories}:
        return perceived.category(place)
    return perceived.item(place)


def _percent_or_state(value: Fraction | None, state: State) -> str:
    if value is not None:
        return shown(value)
    return state if state in ("not applicable", "not determined", "withheld") else NO_FIGURE


def _question_rows(source: Source, category: Category) -> Iterator[tuple[Row, int]]:
    """A row for each question and each group that was asked, with the number of its answers."""
    for item in category.items:
        by_group = {
            group: {question.id: question for question in source.questions_of(item, group)}
            for group in source.survey_groups
        }
        for question in item.questions:
            for group, own in by_group.items():
                if question.id in own:
                    values = source.framework.question_by_id[question.id].scale.values
                    yield _question_row(source, group, own[question.id]), len(values)


def _question_row(source: Source, group: str, question: QuestionPerceived) -> Row:
    return Row(
        name(question.id),
        (
            source.group(group),
            *(beside(text, question.state) for text in (str(question.n), figure(question.mean, 2))),
            _percent_or_state(question.percent, question.state),
            *(
                beside(text, question.state)
                for text in (
                    figure(question.favourable),
                    str(question.unknown),
                    str(question.na),
                    share(question.completeness),
                    _counts(question.counts),
                )
            ),
        ),
    )


def _counts(counts: Mapping[int, int]) -> str:
    """How often each answer was given: all in a short scale, those that occur in a long one."""
    if len(counts) <= 7:
        return " · ".join(str(count) for count in counts.values())
    return ", ".join(f"{value}: {count}" for value, count in counts.items() if count) or NO_FIGURE


def _question_table(rows: Sequence[tuple[Row, int]]) -> Table:
    short = max(length for _, length in rows) <= 7
    return Table(
        "Questions by group. The last column counts the answers "
        + ("from the lowest to the highest" if short else "by value"),
        (
            Column("Question", 11, "text"),
            Column("group", 12, "text"),
            Column("n", 6),
            Column("mean", 7),
            Column("%", 8),
            Column("favourable, %", 9),
            Column("can’t judge", 7),
            Column("n/a", 5),
            Column("complete, %", 10),
            Column("answers", 25),
        ),
        tuple(row for row, _ in rows),
        style="compact",
    )


def _item_table(source: Source, items: Sequence[Item], title: str, assessed: Assessed) -> Table:
    graded = "conformity" in source.kinds
    return told(
        f"Assessed maturity of items, {title}",
        (
            Column("Item", 34, "text"),
            Column("%", 8),
            Column("points", 9),
            Column("of", 7),
            Column("level", 20, "text") if graded else Column("level", 10),
            Column("judges", 7),
            Column("complete, %", 10),
            Column("state", 15, "text"),
        ),
        tuple(_item_row(source, item, assessed.item(item.id)) for item in items),
    )


def told(caption: str, heads: Sequence[Column], rows: Sequence[Row]) -> Table:
    """A table without the columns that say nothing in any row; the others take their room.

    Some frameworks sum up no category and give no points, and grades need the room for their names.
    """
    kept = [
        place
        for place in range(len(heads) - 1)
        if any(row.cells[place] not in (NO_FIGURE, "", "not applicable") for row in rows)
    ]
    own = [heads[0], *(heads[place + 1] for place in kept)]
    factor = 100 / sum(column.width for column in own)
    return Table(
        caption,
        tuple(replace(column, width=column.width * factor) for column in own),
        tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows),
        style="compact",
    )


def _item_row(source: Source, item: Item, assessed: ItemAssessed) -> Row:
    level = NO_FIGURE if assessed.level is None else str(assessed.level)
    if isinstance(assessed.level, str) and item.judge:
        level = item.judge.label_of(GRADES.index(assessed.level))
    state: str = assessed.state
    if assessed.consensus:
        state = "consensus"
    elif assessed.provisional:
        state = "provisional"
    return Row(
        source.numbered(item.id),
        (
            figure_or_state(assessed.percent, assessed.state),
            beside(figure(assessed.points), assessed.state),
            figure(item.points),
            beside(level, assessed.state),
            beside(str(assessed.judges), assessed.state),
            beside(share(assessed.completeness), assessed.state),
            state,
        ),
    )
