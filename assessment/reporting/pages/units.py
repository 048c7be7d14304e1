"""Units × categories as staff rate them, each cell read against all staff. No league table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from assessment.core.framework import Category
from assessment.core.perceived import PartPerceived, Perceived
from assessment.reporting import headlines_groups
from assessment.reporting.elements import Part, Row, Table, chunks, columns
from assessment.reporting.source import Source
from assessment.reporting.tokens import STEP_BOUNDS, difference_step
from assessment.reporting.withheld import keeps_back
from assessment.reporting.wording import (
    beside,
    counted,
    figure_or_state,
    name,
    sentence,
    shortened,
)

MOST_COLUMNS, FEW, HEAD_LENGTH = 10, 5, 26


def heat_map(source: Source) -> Part | None:
    """Only where staff of two units or more answered; units stand by name."""
    units = units_seen(source)
    whole = source.release.perceived
    if len(units) < 2 or whole.state not in ("scored", "withheld"):
        return None
    seen = [
        category
        for category in source.framework.categories
        if whole.category(category.id).state in ("scored", "withheld")
    ]
    cells = [
        (unit, category.id, value)
        for unit, perceived in units.items()
        for category in seen
        if (value := perceived.category(category.id).percent) is not None
    ]
    return Part(
        "units",
        "Units and categories",
        headlines_groups.heat(source, cells),
        tuple(_lead(units)),
        tuple(_tables(source, units, seen)),
    )


def units_seen(source: Source) -> dict[str, Perceived]:
    """How the staff of each unit see it, by name; units without an answer are left out.

    A unit whose figures are kept back stays: its row says so.
    """
    return {
        unit: result.perceived
        for unit, result in sorted(source.release.units.items())
        if result.perceived.percent is not None or keeps_back(result.perceived)
    }


def _lead(units: Mapping[str, Perceived]) -> Iterator[str]:
    near, far = STEP_BOUNDS[3], STEP_BOUNDS[4]
    yield (
        f"Each cell is the percent at which the staff of a unit rate a category. The colour "
        f"compares it with all staff: grey within {near} points, pale beyond, strong from {far} "
        "points on. Red with a line under it is lower, green with a line over it is higher. "
        "Differences between units are not tested against chance."
    )
    shown = [perceived for perceived in units.values() if perceived.state == "scored"]
    small = sum(perceived.n < FEW for perceived in shown)
    if small:
        rows = "its row" if small == 1 else "their rows"
        yield (
            f"In {counted(small, 'unit')} fewer than five staff answered: read {rows} with care."
        )


def _tables(
    source: Source, units: Mapping[str, Perceived], seen: Sequence[Category]
) -> Iterator[Table]:
    whole = source.release.perceived
    for own in chunks(seen, MOST_COLUMNS):
        rows = [_row(name(unit), perceived, whole, own) for unit, perceived in units.items()]
        cells = (str(whole.n), *(_cell(whole.category(each.id)) for each in own))
        rows.append(Row("All staff", cells, strong=True))
        yield Table(
            f"Perceived maturity by unit and category, in %; n = staff who answered. "
            f"{sentence(source.when)}",
            columns("Unit", 22, "n", *(_head(each) for each in own)),
            tuple(rows),
            style="heat",
        )


def _head(category: Category) -> str:
    return name(shortened(f"{category.id} {category.title}", HEAD_LENGTH))


def _row(unit: str, perceived: Perceived, whole: Perceived, own: Sequence[Category]) -> Row:
    values = [
        (perceived.category(each.id).percent, whole.category(each.id).percent) for each in own
    ]
    return Row(
        unit,
        (
            beside(str(perceived.n), perceived.state),
            *(_cell(perceived.category(each.id)) for each in own),
        ),
        steps=(None, *(_step(value, all_staff) for value, all_staff in values)),
    )


def _cell(part: PartPerceived) -> str:
    return figure_or_state(part.percent, part.state)


def _step(value: Fraction | None, whole: Fraction | None) -> int | None:
    """The colour of a cell: one of the five that ink can be read on."""
    if value is None or whole is None:
        return None
    return min(5, max(1, difference_step(value - whole)))
