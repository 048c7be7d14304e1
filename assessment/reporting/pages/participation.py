"""Who was asked, who answered, and by what: on the first page, and unit by unit in the appendix."""

from __future__ import annotations

from collections import Counter

from assessment.core.release import Participation
from assessment.core.statistics import participation_reading
from assessment.reporting import headlines_groups
from assessment.reporting.elements import Column, Part, Row, Table, columns
from assessment.reporting.source import Source
from assessment.reporting.why_terms import rate_place
from assessment.reporting.wording import NO_FIGURE, counted, name, number_word, sentence, share

RATES = ("invited", "answered", "rate, %", "how far it carries")


def participation_rows(source: Source) -> tuple[Participation, ...]:
    """A row for each group, staff first; groups that were invited and silent come last."""
    order = {group: place for place, group in enumerate(source.groups)}
    rows = [row for row in source.release.participation if row.unit is None]
    return tuple(sorted(rows, key=lambda row: (order.get(row.group, len(order)), row.group)))


def has_rates(source: Source) -> bool:
    """Somebody said how many were invited, of one group at least."""
    return any(row.invited is not None for row in source.release.participation)


def group_table(source: Source, most: int) -> Table | None:
    """The first *most* groups, and what each took part by."""
    rows = participation_rows(source)[:most]
    if not rows:
        return None
    own = (
        [Column(title, 12) for title in RATES[:3]] + [Column(RATES[3], 22, "text")]
        if has_rates(source)
        else [Column("answered", 18)]
    )
    first = Column("Group", 16, "text")
    took_part = Column("took part by", 100 - 16 - sum(c.width for c in own), "text")
    return Table(
        "Who was asked and who answered, by group"
        if has_rates(source)
        else "Who answered, by group",
        (first, took_part, *own),
        tuple(
            Row(
                sentence(source.group(row.group)),
                (took_part_by(source, row.group), *_cells(source, row)),
                whys=("", *_whys(source, row)),
            )
            for row in rows
        ),
    )


def _cells(source: Source, row: Participation) -> tuple[str, ...]:
    if not has_rates(source):
        return (str(row.answered),)
    if row.rate is None:
        return (NO_FIGURE, str(row.answered), NO_FIGURE, "not known")
    reading = participation_reading(float(row.rate))
    return (str(row.invited), str(row.answered), share(row.rate), reading)


def _whys(source: Source, row: Participation) -> tuple[str, ...]:
    """The rate is worked out from two counts, which stand beside it."""
    if not has_rates(source):
        return ("",)
    return ("", "", rate_place(row) if row.rate is not None else "", "")


def took_part_by(source: Source, group: str) -> str:
    """ "34 statements and judging 17 items"."""
    result = source.release.groups.get(group)
    if result is None or not result.answered:
        return NO_FIGURE
    statements = sum(
        1 for question in result.perceived.questions if question.n or question.state == "withheld"
    )
    judged = sum(1 for item in result.assessed.items if item.judges or item.state == "withheld")
    parts = []
    if statements:
        each = _asked_of_each(source, group, statements)
        said = (
            f"{each} of {statements} statements each" if each else counted(statements, "statement")
        )
        parts.append(f"answering {said}")
    if judged:
        parts.append(f"judging {counted(judged, 'item')}")
    return " and ".join(parts) or "no scored answer"


def _asked_of_each(source: Source, group: str, statements: int) -> str:
    """How many statements one person of *group* is asked where blocks rotate; else nothing."""
    own = [
        question.block
        for question in source.framework.questions_of(group)
        if question.scale.is_scored
    ]
    drawn = Counter(block for block in own if block)
    sizes = {own.count(None) + size for size in drawn.values()}
    if len(drawn) < 2 or max(sizes) >= statements:
        return ""
    low, high = min(sizes), max(sizes)
    return number_word(low) if low == high else f"{number_word(low)} to {number_word(high)}"


def participation_part(source: Source) -> Part | None:
    """Participation by unit; also by group, where there were too many groups for the first page."""
    by_unit = [row for row in source.release.participation if row.unit is not None]
    if not by_unit:
        return None
    heads = RATES if has_rates(source) else ("answered",)
    widths = (12.0, 12.0, 12.0, 20.0) if has_rates(source) else (30.0,)
    rates = [
        Column(head, width, "text" if head == RATES[3] else "number")
        for head, width in zip(heads, widths, strict=True)
    ]
    by_group = Table(
        "Participation by group",
        columns("Group", 44, "answered") if not has_rates(source) else _wide("Group", rates),
        tuple(
            Row(sentence(source.group(row.group)), _cells(source, row), whys=_whys(source, row))
            for row in participation_rows(source)
        )
        + _everybody(source),
        style="compact",
    )
    units = Table(
        "Participation by unit and group",
        (
            Column("Unit", 82 - sum(widths), "text"),
            Column("group", 18, "text"),
            *rates,
        ),
        tuple(
            Row(
                name(row.unit or ""),
                (source.group(row.group), *_cells(source, row)),
                whys=("", *_whys(source, row)),
            )
            for row in by_unit
        ),
        style="compact",
    )
    lead = (
        ()
        if has_rates(source)
        else ("How many were invited is not known, so no rate of participation is given.",)
    )
    return Part(
        "participation",
        "Who took part",
        headlines_groups.units_answered(source),
        lead,
        (by_group, units),
    )


def _everybody(source: Source) -> tuple[Row, ...]:
    """All people together, where there is more than one group; a consensus is no person."""
    if len(participation_rows(source)) < 2:
        return ()
    answered = str(source.release.answered)
    cells = (NO_FIGURE, answered, NO_FIGURE, NO_FIGURE) if has_rates(source) else (answered,)
    return (Row("All", cells, strong=True),)


def _wide(first: str, rates: list[Column]) -> tuple[Column, ...]:
    return Column(first, 100 - sum(each.width for each in rates), "text"), *rates
