"""What grades come to, and the findings behind it: the first thing after the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.core.framework import Item
from assessment.core.scales import GRADES
from assessment.reporting.elements import Column, Row, Table
from assessment.reporting.pages.room import PAGE_LINES
from assessment.reporting.source import Source
from assessment.reporting.why_terms import present_place
from assessment.reporting.wording import NO_FIGURE, counted, name, sentence, shortened

LEAST_FINDINGS, MOST_FINDINGS = 3, 24
ABOVE, A_TABLE, A_ROW, A_FINDING, A_NOTE = 7.0, 3.6, 1.03, 0.95, 1.5
"""Lines of the page: for headline and lead, a table's caption and heads, a row of it, a note."""

TITLE_LENGTH, WORDS_LENGTH = 50, 52

SEVERE = ("major", "minor")

MEANINGS = {
    "not ready": (
        "A single item with the gravest grade stands in the way, and so does a review or an audit "
        "that was set aside. What follows is what was found, the gravest first."
    ),
    "not determined": (
        "What nobody has assessed is not conforming, so nothing can be said of the whole yet."
    ),
    "minors open": (
        "Nothing grave was found. What follows is still open and wants its cause removed."
    ),
    "no obstacle found in what was assessed": (
        "This speaks of the samples that were seen. It promises no certificate."
    ),
}


def verdict_lines(source: Source) -> Iterator[str]:
    """What the verdict means, and how much of the framework it rests on; nothing without one."""
    said = source.release.assessed.verdict
    if said is None or not source.scored:
        return
    yield MEANINGS[said]
    graded = _graded(source)
    states = [source.assessed(item).state for item in graded]
    rest = len(graded) - states.count("scored") - states.count("not applicable")
    looked_at = f"{states.count('scored')} of {counted(len(graded), 'item')}"
    waived = states.count("not applicable")
    ends = [f"{looked_at} {'was' if states.count('scored') == 1 else 'were'} graded"]
    if waived:
        ends.append(f"{counted(waived, 'item does', 'items do')} not apply")
    if rest:
        ends.append(f"{counted(rest, 'item was', 'items were')} not assessed")
    yield f"{'; '.join(ends)}. Grades are never averaged."


def findings_table(source: Source, below: Sequence[Table], notes: int) -> Table | None:
    """The nonconforming items, the most severe first, with what was written on each.

    As many as there is room for above the tables and notes that stand *below*.
    """
    found = sorted(_nonconforming(source), key=lambda item: -_grade(source, item))
    if not found:
        return None
    shown = found[: _room(below, notes)]
    rest = len(found) - len(shown)
    more = f"; {counted(rest, 'more finding')}" if rest else ""
    where = " in the appendix under All gaps" if rest and source.about.has_appendix else ""
    return Table(
        f"Findings: the first {len(shown)} of {len(found)}{more}{where}" if rest else "Findings",
        (
            Column("Item", 42, "text"),
            Column("grade", 20, "text"),
            Column("what was found", 38, "text"),
        ),
        tuple(
            Row(
                source.short_numbered(item.id, TITLE_LENGTH),
                (_label(source, item), _words(source, item)),
                whys=(present_place(source, item.id), ""),
            )
            for item in shown
        ),
        style="compact",
    )


def _room(below: Sequence[Table], notes: int) -> int:
    taken = sum(A_TABLE + A_ROW * len(table.rows) for table in below) + A_NOTE * notes
    room = PAGE_LINES - ABOVE - A_TABLE - taken
    return min(MOST_FINDINGS, max(LEAST_FINDINGS, int(room / A_FINDING)))


def _graded(source: Source) -> tuple[Item, ...]:
    return tuple(item for item in source.judged if item.judge and item.judge.answer == "conformity")


def _nonconforming(source: Source) -> list[Item]:
    return [
        item
        for item in _graded(source)
        if source.assessed(item).state == "scored" and source.assessed(item).level in SEVERE
    ]


def _grade(source: Source, item: Item) -> int:
    return GRADES.index(str(source.assessed(item).level))


def _label(source: Source, item: Item) -> str:
    return sentence(name(item.judge.label_of(_grade(source, item)))) if item.judge else NO_FIGURE


def _words(source: Source, item: Item) -> str:
    """The first thing judges wrote on it, within a line."""
    written = source.comments(item.id, "ofi") + source.comments(item.id, "comment")
    return name(shortened(written[0].text, WORDS_LENGTH)) if written else NO_FIGURE
