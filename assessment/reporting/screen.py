"""Tables for the screen: each figure with the place of its trace, so that it explains itself.

The figures are those of the paper; only here a cell knows where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.assessed import PointsAssessed
from assessment.core.changes import Change
from assessment.core.framework import STAFF, TOTAL, Item
from assessment.core.perceived import PartPerceived, Perceived, QuestionPerceived
from assessment.core.perception import PerceptionGap
from assessment.core.text import shown
from assessment.core.trace import State
from assessment.reporting.comparison import Comparison
from assessment.reporting.pages.perception import READINGS
from assessment.reporting.pages.units import units_seen
from assessment.reporting.source import STATE_WORDS, Source, brief_value, present_value
from assessment.reporting.tokens import difference_step
from assessment.reporting.why_terms import present_place, seen_place
from assessment.reporting.wording import NO_FIGURE, beside, change_cell, figure, share, signed


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table; `why` is the place of its trace, `step` its colour, if any.

    `state` is set where there is no figure: withheld, not scored and zero never look alike.
    """

    text: str
    why: str = ""
    step: int | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells under its head; `of` is the id it leads to."""

    of: str
    head: str
    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `heads` are the titles of its cells, without the first column."""

    caption: str
    first: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


EMPTY = Cell(NO_FIGURE, state="not scored")


def cell(value: Fraction | None, why: str, state: State = "scored") -> Cell:
    """A figure and where it comes from, or the word for why there is none."""
    if value is None:
        return (
            Cell(NO_FIGURE, state="not scored")
            if state in ("scored", "not scored")
            else Cell(STATE_WORDS[state], state=state)
        )
    return Cell(shown(value), why)


def category_grid(source: Source) -> Grid:
    """Every category and the whole, assessed and perceived side by side, with the last cycle."""
    comparison = Comparison(source.release, source.previous)
    release = source.release
    lines = []
    for category in source.framework.categories:
        judged = release.assessed.category(category.id)
        seen = release.perceived.category(category.id)
        own = f"assessed.categories[{category.id}]."
        lines.append(
            Line(
                category.id,
                f"{category.id} {category.title}",
                (
                    cell(judged.points, own + "points", judged.state),
                    _possible(judged, own),
                    cell(judged.percent, own + "percent", judged.state),
                    cell(comparison.assessed_category(category), f"previous.{own}percent"),
                    _other(source, category.id),
                    *_perceived(
                        seen,
                        ("category", category.id),
                        comparison.perceived_category(category),
                    ),
                ),
            )
        )
    total, whole = release.assessed.total, release.perceived
    before = comparison.assessed_points()
    lines.append(
        Line(
            TOTAL,
            "The whole",
            (
                cell(total.points, "assessed.total.points", total.state),
                _possible(total, "assessed.total."),
                cell(total.percent, "assessed.total.percent", total.state),
                Cell(f"{shown(before)} points", "previous.assessed.total.points")
                if before is not None
                else EMPTY,
                _other(source, TOTAL),
                *_perceived(whole, ("whole", TOTAL), comparison.perceived_whole()),
            ),
            strong=True,
        )
    )
    heads = (
        "assessed, points", "of", "assessed, %", "last cycle, %", "reference, %",
        "staff, %", "n", "complete, %", "last cycle, %", "clear change",
    )  # fmt: skip
    return _without_empty(Grid(_titled(source, "Categories"), "Category", heads, tuple(lines)))


def item_grid(source: Source, items: Sequence[Item]) -> Grid:
    """Items: present, target, last cycle, and how staff see them."""
    comparison = Comparison(source.release, source.previous)
    lines = []
    for item in items:
        judged, seen = source.assessed(item), source.release.perceived.item(item.id)
        value, aim = present_value(item, judged), source.target(item)
        before = comparison.assessed_item(item)
        scale = item.judge
        lines.append(
            Line(
                item.id,
                f"{item.id} {item.title}",
                (
                    Cell(brief_value(scale, value), present_place(source, item.id))
                    if scale and value is not None
                    else cell(None, "", judged.state),
                    Cell(brief_value(scale, aim), f"targets[{item.id}].target")
                    if scale and aim is not None
                    else EMPTY,
                    Cell(brief_value(scale, before), f"previous.{present_place(source, item.id)}")
                    if scale and before is not None
                    else EMPTY,
                    _other(source, item.id),
                    cell(judged.points, f"assessed.items[{item.id}].points", judged.state),
                    *_perceived(seen, ("item", item.id), comparison.perceived_item(item)),
                ),
            )
        )
    heads = (
        "assessed", "target", "last cycle", "reference, %", "points",
        "staff, %", "n", "complete, %", "last cycle, %", "clear change",
    )  # fmt: skip
    return _without_empty(Grid(_titled(source, "Items"), "Item", heads, tuple(lines)))


def _titled(source: Source, what: str) -> str:
    said = f"{what}, assessed and perceived"
    return f"{said}. {source.reference_words}" if source.reference_words else said


def _other(source: Source, place: str) -> Cell:
    """What others reached: from outside, so that no trace of ours leads there."""
    value = source.reference(place)
    return EMPTY if value is None else Cell(shown(value))


def question_grid(source: Source, item: Item, group: str) -> Grid | None:
    """The scored questions of *item* as *group* answered them; None where it answered none."""
    questions = source.questions_of(item, group)
    if not questions:
        return None
    own = "perceived." if group == STAFF else f"groups[{group}].perceived."
    lines = tuple(
        Line(
            question.id, source.framework.question_by_id[question.id].text, _answers(own, question)
        )
        for question in questions
    )
    heads = ("%", "mean", "favourable, %", "n", "can’t judge", "not applicable", "complete, %")
    caption = f"How {source.group(group)} answered"
    return Grid(caption, "Question", heads, lines)


def group_grids(source: Source) -> tuple[Grid, ...]:
    """Each group beside staff, on the whole and the categories, then on items and questions."""
    gaps = source.release.perception_gaps
    kinds = (("whole", "category"), ("item", "pair"))
    return tuple(
        _group_grid(source, group, own)
        for wanted in kinds
        for group in dict.fromkeys(gap.group for gap in gaps)
        if (own := [gap for gap in gaps if gap.group == group and gap.kind in wanted])
    )


def _group_grid(source: Source, group: str, gaps: Sequence[PerceptionGap]) -> Grid:
    who = source.group(group)
    in_favour = any(gap.favourable_points is not None for gap in gaps)
    heads = (
        *("staff, %", "n", f"{who}, %", "n", "difference", "95 % interval", "reading"),
        *(("staff favourable, %", f"{who} favourable, %", "apart", "size") if in_favour else ()),
    )
    lines = tuple(
        Line(
            gap.id,
            "The whole" if gap.kind == "whole" else source.numbered(gap.id),
            (*_beside_staff(gap), *(_in_favour(gap) if in_favour else ())),
            strong=gap.kind == "whole",
        )
        for gap in gaps
    )
    return Grid(
        f"Staff and {who} on what both answered; difference in points", "What", heads, lines
    )


def _beside_staff(gap: PerceptionGap) -> tuple[Cell, ...]:
    own = f"perception_gaps[{gap.group}, {gap.kind} {gap.id}]."
    between = EMPTY
    if gap.interval:
        low, high = Fraction(gap.interval.low), Fraction(gap.interval.high)
        between = Cell(f"{shown(low)} to {shown(high)}", own + "interval")
    return (
        Cell(figure(gap.staff_percent), own + "staff_percent"),
        Cell(str(gap.staff_n)),
        Cell(figure(gap.percent), own + "percent"),
        Cell(str(gap.n)),
        Cell(signed(gap.points), own + "points"),
        between,
        Cell(READINGS[gap.verdict]),
    )


def _in_favour(gap: PerceptionGap) -> tuple[Cell, ...]:
    own = f"perception_gaps[{gap.group}, {gap.kind} {gap.id}]."
    apart = gap.favourable_points
    if apart is None:
        return (EMPTY,) * 4
    return (
        Cell(figure(gap.staff_favourable), own + "staff_favourable"),
        Cell(figure(gap.favourable), own + "favourable"),
        Cell(signed(apart), own + "favourable_points"),
        Cell(gap.reading or ""),
    )


def unit_grid(source: Source) -> Grid | None:
    """Units × categories as staff see them: the colours compare each cell with all staff."""
    units, whole = units_seen(source), source.release.perceived
    if len(units) < 2 or whole.state not in ("scored", "withheld"):
        return None
    seen = [
        category
        for category in source.framework.categories
        if whole.category(category.id).state in ("scored", "withheld")
    ]
    lines = []
    for unit, perceived in units.items():
        cells = [_people(perceived)]
        for category in seen:
            part = perceived.category(category.id)
            place = f"units[{unit}].perceived.categories[{category.id}].percent"
            cells.append(_heat(part, whole.category(category.id).percent, place))
        lines.append(Line(unit, unit, tuple(cells)))
    all_staff = [_people(whole)] + [
        cell(part.percent, f"perceived.categories[{part.id}].percent", part.state)
        for part in (whole.category(each.id) for each in seen)
    ]
    lines.append(Line("", "All staff", tuple(all_staff), strong=True))
    heads = ("n", *(f"{category.id} {category.title}" for category in seen))
    return Grid("Perceived maturity by unit and category, in %", "Unit", heads, tuple(lines))


def _heat(part: PartPerceived, whole: Fraction | None, place: str) -> Cell:
    if part.percent is None or whole is None:
        return cell(part.percent, place, part.state)
    step = min(5, max(1, difference_step(part.percent - whole)))
    return Cell(shown(part.percent), place, step)


def _possible(judged: PointsAssessed, own: str) -> Cell:
    """The points that can be reached."""
    if not judged.possible:
        return EMPTY
    return Cell(figure(judged.possible), own + "possible" if "possible" in judged.traces else "")


def _perceived(
    part: PartPerceived | Perceived, of: tuple[str, str], change: Change | None
) -> Iterator[Cell]:
    place = seen_place(*of)
    yield cell(part.percent, place, part.state)
    yield _people(part) if part.n or part.state == "withheld" else EMPTY
    yield (
        Cell(share(part.completeness), place.removesuffix("percent") + "completeness")
        if part.completeness is not None and part.percent is not None
        else EMPTY
    )
    yield cell(change.before if change else None, f"previous.{place}")
    yield Cell(change_cell(change), f"changes[{of[0]} {of[1]}].points") if change else EMPTY


def _answers(own: str, question: QuestionPerceived) -> tuple[Cell, ...]:
    place = f"{own}questions[{question.id}]."
    return (
        cell(question.percent, place + "percent", question.state),
        Cell(shown(question.mean, 2), place + "mean") if question.mean is not None else EMPTY,
        cell(question.favourable, place + "favourable", question.state),
        _people(question),
        Cell(beside(str(question.unknown), question.state)),
        Cell(beside(str(question.na), question.state)),
        Cell(share(question.completeness), place + "completeness")
        if question.completeness is not None
        else EMPTY,
    )


def _people(part: PartPerceived | Perceived | QuestionPerceived) -> Cell:
    """How many gave a scored answer; where the figure is kept back, so is this."""
    return Cell("", state="withheld") if part.state == "withheld" else Cell(str(part.n))


def _says_something(each: Cell) -> bool:
    """Where criteria have no points, each cell would say that they do not apply."""
    return each.text != NO_FIGURE and each.state != "not applicable"


def _without_empty(grid: Grid) -> Grid:
    """*grid* without the columns that would be empty throughout."""
    kept = [
        place
        for place in range(len(grid.heads))
        if any(_says_something(line.cells[place]) for line in grid.lines)
    ]
    return Grid(
        grid.caption,
        grid.first,
        tuple(grid.heads[place] for place in kept),
        tuple(
            Line(line.of, line.head, tuple(line.cells[place] for place in kept), line.strong)
            for line in grid.lines
        ),
    )
