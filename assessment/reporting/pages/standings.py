"""Items judged by level, stage or grade: how many at each, and each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.framework import CONSENSUS, Item
from assessment.core.scales import GRADES, Scale
from assessment.core.text import shown
from assessment.reporting.comparison import Comparison
from assessment.reporting.elements import Column, Row, Table, chunks, columns
from assessment.reporting.pages.room import PAGE_LINES, lines_of
from assessment.reporting.source import STATE_WORDS, Source, brief_value, present_value
from assessment.reporting.why_terms import present_place
from assessment.reporting.wording import NO_FIGURE, WITHHELD, name, sentence, shortened

MOST_CATEGORIES, MOST_ITEMS, TITLE_LENGTH = 12, 34, 44
MOST_IN_GRIDS, MOST_STEPS = 20, 7
ABOVE, A_TABLE, HEAD_WIDTH, TEXT_WIDTH = 5.0, 3.5, 30, 58
"""Lines for the lead, and for a table's caption and heads; letters to a line of its columns."""
LEAST_LABEL, ALL_LABELS = 16, 90
STANDS = "\N{BLACK CIRCLE}"


@dataclass(frozen=True, slots=True)
class _Set:
    """Scales that call the same steps by the same names, and the items judged on them."""

    scales: tuple[Scale, ...]
    items: tuple[Item, ...]

    @property
    def words(self) -> Mapping[int, str]:
        """Every step of the scales in words: the fewer they are, the more room they have."""
        scale = self.scales[0]
        if scale.answer == "conformity":
            return {grade: scale.label_of(grade) for grade in range(len(GRADES))}
        room = max(LEAST_LABEL, ALL_LABELS // len(scale.values))
        return {value: _short(scale, value, room) for value in scale.values}

    @property
    def noun(self) -> str:
        return {"conformity": "grade", "stage": "stage"}.get(self.scales[0].answer, "level")


def _sets(source: Source) -> tuple[_Set, ...]:
    """Items by what their steps are called; percents are none of them.

    Steps of different names are never counted in one table.
    """
    found: dict[object, list[Scale]] = {}
    for scale in source.judging_scales:
        if scale.answer != "percent":
            names = tuple(scale.label_of(value) for value in scale.values)
            found.setdefault((scale.answer, scale.values, names), []).append(scale)
    return tuple(
        _Set(tuple(scales), tuple(item for item in source.judged if item.judge in scales))
        for scales in found.values()
    )


def standings(source: Source, *, is_drawn: bool) -> tuple[Table, ...]:
    """Where items stand: a grid for each set of names where there are few items, else counts.

    What *is_drawn* on an axis needs no grid; grades are counted in any case.
    """
    sets = _sets(source)
    if is_drawn or not _fits_grids(source, sets):
        return tuple(_counts_table(source, own, len(sets)) for own in sets)
    comparison = Comparison(source.release, source.previous)
    grids = tuple(_grid(source, comparison, own, len(sets)) for own in sets)
    meanings = _meanings(source)
    if meanings is None or _lines(grids) + _lines((meanings,)) > PAGE_LINES - ABOVE:
        return grids
    return (*grids, meanings)


def _lines(tables: Sequence[Table]) -> float:
    """About how many lines of the page they fill."""
    return sum(
        A_TABLE
        + sum(
            0.5 + 0.8 * max(lines_of(row.head, HEAD_WIDTH), lines_of(row.cells[-1], TEXT_WIDTH))
            for row in table.rows
        )
        for table in tables
    )


def _fits_grids(source: Source, sets: Sequence[_Set]) -> bool:
    return (
        bool(source.scored)
        and "conformity" not in source.kinds
        and all(len(own.words) <= MOST_STEPS for own in sets)
        and sum(len(own.items) for own in sets) <= MOST_IN_GRIDS
    )


def _of(source: Source, own: _Set, sets: int) -> str:
    """Which items, where there are several tables; scales of the same names go by the first."""
    return f"{sentence(source.scale_title(own.scales[0].id))}: " if sets > 1 else ""


def _grid(source: Source, comparison: Comparison, own: _Set, sets: int) -> Table:
    """Items by steps: where each stands, and how many judges placed it where."""
    ends = _ends(source, comparison, own.items)
    said = f"{_of(source, own, sets)}where each item stands, marked {STANDS}"
    if any(_given(source, item) for item in own.items):
        said += "; numbers count the judges"
    titles = [*own.words.values(), *ends]
    return Table(
        f"{sentence(said)}. {sentence(source.when)}",
        columns("Item", 30, *titles),
        tuple(
            _grid_row(source, item, own, [cells[place] for cells in ends.values()])
            for place, item in enumerate(own.items)
        ),
        style="grid",
    )


def _meanings(source: Source) -> Table | None:
    """What it means to stand there, in the words of the criteria, where there is room to say it."""
    rows = tuple(
        Row(source.short_numbered(item.id, TITLE_LENGTH), (_stands(source, item), name(said)))
        for item in source.scored
        if (said := _meaning(source, item))
    )
    if not rows:
        return None
    return Table(
        "What that means, in the words of the criteria",
        (
            Column("Item", 30, "text"),
            Column("stands at", 12, "text"),
            Column("means", 58, "text"),
        ),
        rows,
    )


def _meaning(source: Source, item: Item) -> str:
    value = present_value(item, source.assessed(item))
    levels = item.judge.levels if item.judge else ()
    return next((level.text for level in levels if level.number == value), "")


def _ends(source: Source, comparison: Comparison, items: Sequence[Item]) -> dict[str, list[str]]:
    """What stands after the steps, where there is anything to say: aims, last cycle, states."""
    found = {
        "last cycle": [_step(comparison.assessed_item(item)) for item in items],
        "target": [_step(source.target(item)) for item in items],
        "state": [
            "" if source.assessed(item).state == "scored" else _state(source, item)
            for item in items
        ],
    }
    return {
        title: cells
        for title, cells in found.items()
        if any(cell not in ("", NO_FIGURE) for cell in cells)
    }


def _step(value: Fraction | None) -> str:
    return NO_FIGURE if value is None else shown(value)


def _state(source: Source, item: Item) -> str:
    state = source.assessed(item).state
    return WITHHELD if state == WITHHELD else STATE_WORDS[state]


def _grid_row(source: Source, item: Item, own: _Set, ends: Sequence[str]) -> Row:
    assessed = source.assessed(item)
    value = present_value(item, assessed)
    given = _given(source, item)
    cells, place = [], None
    for at, step in enumerate(own.words):
        count = str(given[Fraction(step)]) if given[Fraction(step)] else ""
        if value == step:
            place, count = at, f"{STANDS} {count}".strip()
        cells.append(count)
    why = present_place(source, item.id)
    whys = [why if at == place else "" for at in range(len(cells))]
    return Row(
        source.short_numbered(item.id, TITLE_LENGTH),
        (*cells, *ends),
        whys=(*whys, *("" for _ in ends)),
        stands=place,
    )


def _given(source: Source, item: Item) -> Counter[Fraction]:
    """How many judges gave each step, before they agreed; nothing of a single judge."""
    given = [
        each.value
        for each in source.release.judgements
        if each.item_id == item.id and each.group != CONSENSUS and each.value is not None
    ]
    is_told = source.assessed(item).state == "scored" and len(given) > 1
    return Counter(given if is_told else ())


def _counts_table(source: Source, own: _Set, sets: int) -> Table:
    """How many items of each category stand at each level, stage or grade."""
    rows = []
    for category in source.framework.categories[:MOST_CATEGORIES]:
        items = [item for item in category.items if item in own.items]
        if items:
            head = source.short_numbered(category.id, TITLE_LENGTH)
            rows.append(Row(head, _counts(source, items, tuple(own.words))))
    if len(rows) > 1:
        rows.append(Row("All items", _counts(source, own.items, tuple(own.words)), strong=True))
    heads = ["no judgement", *([WITHHELD] if source.withholds_judgements else [])]
    said = f"{_of(source, own, sets)}how many items stand at each {own.noun}"
    return Table(
        f"{sentence(said)}. {sentence(source.when)}",
        columns("Category", 30, *own.words.values(), *heads),
        tuple(rows),
    )


def _short(scale: Scale, value: int, room: int) -> str:
    label = scale.label_of(value)
    return label if label == str(value) else f"{value} {shortened(label, room)}"


def _counts(source: Source, items: Sequence[Item], values: Sequence[int]) -> tuple[str, ...]:
    found = Counter(present_value(item, source.assessed(item)) for item in items)
    counts = [found.get(Fraction(value), 0) for value in values]
    kept = sum(source.assessed(item).state == "withheld" for item in items)
    ends = [len(items) - sum(counts) - kept, *([kept] if source.withholds_judgements else [])]
    return tuple(str(count) for count in [*counts, *ends])


def item_tables(source: Source) -> Iterator[Table]:
    """Every item in two short tables side by side, where there is room for all of them."""
    if len(source.judged) > MOST_ITEMS:
        return
    for place, own in enumerate(chunks(source.judged, -(-len(source.judged) // 2))):
        yield Table(
            "Where each item stands" if place == 0 else "Where each item stands, continued",
            (Column("Item", 72, "text"), Column("stands at", 28, "text")),
            tuple(
                Row(
                    source.short_numbered(item.id, TITLE_LENGTH),
                    (_stands(source, item),),
                    whys=(_why(source, item),),
                )
                for item in own
            ),
            style="compact",
        )


def _why(source: Source, item: Item) -> str:
    return present_place(source, item.id) if source.assessed(item).state == "scored" else ""


def _stands(source: Source, item: Item) -> str:
    assessed = source.assessed(item)
    value = present_value(item, assessed)
    if value is None or item.judge is None:
        return STATE_WORDS[assessed.state]
    return sentence(brief_value(item.judge, value))
