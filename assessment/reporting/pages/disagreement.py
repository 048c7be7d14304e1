"""How far the independent judges lie apart, before they agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment.core.consensus import Disagreement
from assessment.core.findings import DISAGREEMENT, to_discuss
from assessment.core.scales import Scale
from assessment.core.text import shown
from assessment.reporting.elements import Column, Figure, Part, Row, Table
from assessment.reporting.marks import Spread, SpreadRow
from assessment.reporting.source import Source, brief_value, span_of
from assessment.reporting.why_terms import present_place
from assessment.reporting.wording import NO_FIGURE, counted, listed, name, plain, sentence

MOST_ROWS = 16

CONVENTION = (
    f"Where judges lie more than {DISAGREEMENT} percent, or more than one level, apart, there is "
    "reason to talk before deciding; that is our convention."
)


def disagreement(source: Source) -> Part | None:
    """Only where an item has two independent judgements."""
    found = source.release.disagreements
    if not found:
        return None
    return Part(
        "disagreement",
        "Where judges part",
        _headline(source),
        (
            f"{sentence(counted(len(found), 'item has', 'items have'))} two judgements or more.",
            CONVENTION,
        ),
        (_table(source), *_figures(source)),
    )


def _headline(source: Source) -> str:
    apart = to_discuss(source.release)
    if not apart:
        return "On no item do judges lie far apart"
    if len(apart) <= 2:
        return f"Judges lie far apart on {listed(source.title(each) for each in apart)}"
    return f"Judges lie far apart on {counted(len(apart), 'item')}"


def _figures(source: Source) -> Iterator[Figure]:
    for scale in source.judging_scales:
        own = [
            each
            for each in source.release.disagreements
            if source.framework.item_by_id[each.item_id].judge is scale
        ]
        if scale.answer == "conformity":
            continue
        if own:
            least = sorted((each.spread for each in own), reverse=True)[:MOST_ROWS][-1]
            some = [each for each in own if each.spread >= least][:MOST_ROWS]
            rows = tuple(
                SpreadRow(
                    each.item_id,
                    plain(source.numbered(each.item_id)),
                    each.values,
                    each.agreed,
                    each.settled,
                )
                for each in some
            )
            yield Figure(
                _title(source, scale, some),
                _caption(source, len(some), len(own)),
                Spread(_alt(rows), span_of(scale), rows),
            )


def _caption(source: Source, drawn: int, known: int) -> str:
    """What is drawn; where there are too many items, those furthest apart."""
    which = f" The {drawn} items furthest apart, of {known}." if drawn < known else ""
    return f"Every judgement, and where the item stands.{which} {sentence(source.when)}."


def _title(source: Source, scale: Scale, found: Sequence[Disagreement]) -> str:
    widest = max(found, key=lambda each: each.spread)
    if not widest.spread:
        return f"{source.scale_title(scale.id)}: all judges gave the same"
    size = shown(widest.spread)
    unit = "points" if scale.answer == "percent" else "level" if size == "1" else "levels"
    where = source.short_title(widest.item_id)
    return f"{source.scale_title(scale.id)}: {size} {unit} apart on {where}"


def _alt(rows: Sequence[SpreadRow]) -> str:
    said = [f"{row.label}: {', '.join(shown(value) for value in row.values)}" for row in rows]
    return plain(f"Judgements of several judges. {'; '.join(said)}.")


def _table(source: Source) -> Table:
    graded = "conformity" in source.kinds
    return Table(
        "Judgements item by item, in rising order; spread = highest less lowest",
        (
            Column("Item", 32 if graded else 42, "text"),
            Column("judges", 7),
            Column("given", 27 if graded else 20, "text"),
            Column("spread", 7 if graded else 8),
            Column("stands at", 16 if graded else 12, "text"),
            Column("by", 11, "text"),
        ),
        tuple(_row(source, each) for each in source.release.disagreements),
        style="compact",
    )


def _row(source: Source, each: Disagreement) -> Row:
    scale = source.framework.item_by_id[each.item_id].judge
    assert scale is not None  # noqa: S101 - only judged items have judges
    return Row(
        source.numbered(each.item_id),
        (
            str(each.judges),
            _given(scale, each.values),
            NO_FIGURE if scale.answer == "conformity" else shown(each.spread),
            NO_FIGURE if each.agreed is None else brief_value(scale, each.agreed),
            "consensus" if each.settled else "provisional",
        ),
        whys=(
            "",
            "",
            "" if scale.answer == "conformity" else f"disagreements[{each.item_id}].spread",
            present_place(source, each.item_id) if _stands(source, each) else "",
            "",
        ),
    )


def _stands(source: Source, each: Disagreement) -> bool:
    return source.release.assessed.item(each.item_id).state == "scored"


def _given(scale: Scale, values: Sequence[Fraction]) -> str:
    """ "40 · 45 · 60"; grades, which are words, are counted: "2 × conforming, 1 × minor"."""
    if scale.answer != "conformity":
        return " · ".join(shown(value) for value in values)
    counts = Counter(values)
    return ", ".join(
        f"{counts[value]} × {name(scale.label_of(int(value)))}" for value in sorted(counts)
    )
