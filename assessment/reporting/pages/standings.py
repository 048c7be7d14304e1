"""Where items stand that are judged by level, stage or grade: how many at each, and each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment.core.framework import Item
from assessment.core.scales import GRADES, Scale
from assessment.reporting.elements import Column, Row, Table, chunks, columns
from assessment.reporting.source import STATE_WORDS, Source, brief_value, present_value
from assessment.reporting.wording import WITHHELD, sentence, shortened

MOST_CATEGORIES, MOST_ITEMS, TITLE_LENGTH = 12, 34, 44


def counts_table(source: Source) -> Table | None:
    """How many items of each category stand at each level, stage or grade."""
    scale = source.judging_scales[0]
    if scale.answer == "percent":
        return None
    is_grade = scale.answer == "conformity"
    values = list(range(len(GRADES))) if is_grade else list(scale.values)
    rows = [
        Row(
            source.short_numbered(category.id, TITLE_LENGTH),
            _counts(source, category.items, values),
        )
        for category in source.framework.categories[:MOST_CATEGORIES]
        if any(item.judge for item in category.items)
    ]
    rows.append(Row("All items", _counts(source, source.judged, values), strong=True))
    heads = ["no judgement", *([WITHHELD] if source.withholds_judgements else [])]
    words = [scale.label_of(value) if is_grade else _short(scale, value) for value in values]
    what = "grade" if is_grade else "stage" if scale.answer == "stage" else "level"
    return Table(
        f"How many items stand at each {what}. {sentence(source.when)}",
        columns("Category", 30, *words, *heads),
        tuple(rows),
    )


def _short(scale: Scale, value: int) -> str:
    label = scale.label_of(value)
    return label if label == str(value) else f"{value} {shortened(label, 16)}"


def _counts(source: Source, items: Sequence[Item], values: Sequence[int]) -> tuple[str, ...]:
    own = [item for item in items if item.judge]
    found = Counter(present_value(item, source.assessed(item)) for item in own)
    counts = [found.get(Fraction(value), 0) for value in values]
    kept = sum(source.assessed(item).state == "withheld" for item in own)
    ends = [len(own) - sum(counts) - kept, *([kept] if source.withholds_judgements else [])]
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
                Row(source.short_numbered(item.id, TITLE_LENGTH), (_stands(source, item),))
                for item in own
            ),
            style="compact",
        )


def _stands(source: Source, item: Item) -> str:
    assessed = source.assessed(item)
    value = present_value(item, assessed)
    if value is None or item.judge is None:
        return STATE_WORDS[assessed.state]
    return sentence(brief_value(item.judge, value))
