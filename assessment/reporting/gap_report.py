"""What the gap report says, in reading order, and its HTML. `reporting.pdf` prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assessment.core.findings import Gap
from assessment.core.release import Release
from assessment.reporting.charts import to_svg
from assessment.reporting.elements import Figure, Part, chunks
from assessment.reporting.lettering import text_width, wrapped
from assessment.reporting.pages.all_figures import FigureTables, all_figures
from assessment.reporting.pages.board_paper import BoardPaper, board_paper
from assessment.reporting.pages.categories import CategoryPages, category_pages
from assessment.reporting.pages.cover import RUNNING, Cover, cover, standing
from assessment.reporting.pages.disagreement import disagreement
from assessment.reporting.pages.gaps import Planned, all_gaps, hard_to_judge_part, plan_rows
from assessment.reporting.pages.key_factors import Answered, key_factors
from assessment.reporting.pages.left_out import left_out
from assessment.reporting.pages.method import Method, method
from assessment.reporting.pages.participation import participation_part
from assessment.reporting.pages.perception import perception
from assessment.reporting.pages.units import heat_map
from assessment.reporting.report_input import ReportInput
from assessment.reporting.source import Source
from assessment.reporting.wording import (
    CLOSE,
    OPEN,
    WITHHELD,
    name,
    plain,
    shortened,
)
from assessment.resources import REPORTS

__all__ = ["Cover", "GapReport", "ReportInput", "gap_report_html"]

WIDE, ROUND, LADDER = 642.0, 370.0, 310.0
"""Widths of charts in CSS pixels: across the page, round beside text, half the page."""

MOST_IN_A_COLUMN, CONTENTS, MOST_LINES = 40, 76, 3
COLUMN_HEIGHT = 540.0
"""Points for entries on the lower of the two papers, below the title and the heads."""
ENTRIES = {1: (13.0, 4.8, 12.27, 250.0), 2: (10.4, 1.6, 10.67, 225.0)}
"""By depth: the height of a line and of what is around it in points; size and room in pixels."""
FOOT, FOOT_SIZE, CYCLES = 475.0, 10.67, (60, 40, 26, 14)
"""The width of the running foot and its letters in CSS pixels, and how far its cycle is cut."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `depth` is 2 for an item within its category."""

    anchor: str
    title: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class GapReport:
    """The whole document. A board paper alone has nothing of the appendix."""

    about: ReportInput
    language: str
    cover: Cover
    board: BoardPaper
    has_results: bool
    """Something was rated or judged; a board paper about nothing needs no four pages."""
    participation: Part | None = None
    units: Part | None = None
    categories: tuple[CategoryPages, ...] = ()
    perception: Part | None = None
    disagreement: Part | None = None
    hard: Part | None = None
    gaps: Part | None = None
    plan: tuple[Planned, ...] = ()
    key_factors: tuple[Answered, ...] = ()
    method: Method | None = None
    left_out: tuple[str, ...] = ()
    figures: tuple[FigureTables, ...] = ()

    @classmethod
    def of(
        cls, release: Release, gaps: tuple[Gap, ...], previous: Release | None, about: ReportInput
    ) -> GapReport:
        """Everything that can be said of *release*; what cannot be said is named in `left_out`."""
        source = Source(release, gaps, previous, about)
        paper = cls(
            about=about,
            language=release.framework.language,
            cover=cover(source),
            board=board_paper(source),
            has_results=bool(source.survey_groups or source.scored),
        )
        return paper if about.board_only else _with_appendix(paper, source)

    @property
    def title(self) -> str:
        """The document's title in its properties."""
        who = ", ".join(part for part in (self.cover.organisation, self.about.unit) if part)
        what = "board paper" if self.about.board_only else "gap report"
        return f"{who}{': ' if who else ''}{what}, {self.cover.title}"

    @property
    def contents(self) -> tuple[tuple[Sequence[Entry], ...], ...]:
        """What the appendix holds, page by page, in one column or in two on each."""
        listed = tuple(self._entries())
        if len(listed) <= MOST_IN_A_COLUMN:
            return ((listed,),)
        pages = chunks(listed, _on_a_page(listed))
        return tuple(_two_columns(page) for page in pages)

    def _entries(self) -> Iterator[Entry]:
        if self.key_factors:
            yield Entry("factors", "Key factors")
        yield from _part_entries(self.participation, self.units)
        for category in self.categories:
            yield Entry(category.anchor, _listed(category.title))
            yield from (Entry(item.anchor, _listed(item.title), 2) for item in category.items)
        yield from _part_entries(self.perception, self.hard, self.disagreement, self.gaps)
        if self.plan:
            yield Entry("plan", "Action plan")
        yield Entry("method", "How to read the figures")
        yield Entry("left-out", "What is not in this report, and why")
        if self.figures:
            yield Entry("figures", "All figures")

    @property
    def running_head(self) -> str:
        parts = (self.cover.organisation, self.about.unit, self.cover.title)
        return " · ".join(name(shortened(part, RUNNING)) for part in parts if part)

    @property
    def running_foot(self) -> str:
        """One line: the cycle, the day, and who stands for it, or how final it is where names are
        long; then a long cycle gives way.
        """
        short = standing(self.about)
        ways = [(RUNNING, self.cover.status), *((limit, short) for limit in CYCLES)]
        made = [self._foot(limit, status) for limit, status in ways]
        fits = (foot for foot in made if text_width(plain(foot), FOOT_SIZE) <= FOOT)
        return next(fits, made[-1])

    def _foot(self, limit: int, status: str) -> str:
        cycle = name(shortened(self.cover.cycle, limit)) if self.cover.cycle else ""
        interim = "Interim" if self.about.interim else ""
        return " · ".join(part for part in (interim, cycle, self.cover.date, status) if part)


def _with_appendix(paper: GapReport, source: Source) -> GapReport:
    parts = {
        "participation": participation_part(source),
        "units": heat_map(source),
        "perception": perception(source),
        "disagreement": disagreement(source),
        "hard": hard_to_judge_part(source),
        "gaps": all_gaps(source),
    }
    factors = key_factors(source)
    present = frozenset(key for key, part in parts.items() if part)
    return replace(
        paper,
        categories=category_pages(source),
        plan=plan_rows(source),
        key_factors=factors,
        method=method(source),
        left_out=left_out(source, present | ({"key factors"} if factors else set())),
        figures=all_figures(source),
        participation=parts["participation"],
        units=parts["units"],
        perception=parts["perception"],
        disagreement=parts["disagreement"],
        hard=parts["hard"],
        gaps=parts["gaps"],
    )


def _part_entries(*parts: Part | None) -> Iterator[Entry]:
    return (Entry(part.anchor, part.title) for part in parts if part)


def _on_a_page(listed: Sequence[Entry]) -> int:
    """How many entries stand on each page, so that both columns of every page have room."""
    pages = -(-sum(map(_height, listed)) // (2 * COLUMN_HEIGHT))
    while any(
        _height_of(column) > COLUMN_HEIGHT
        for page in chunks(listed, -(-len(listed) // int(pages)))
        for column in _two_columns(page)
    ):
        pages += 1
    return -(-len(listed) // int(pages))


def _two_columns(page: Sequence[Entry]) -> tuple[Sequence[Entry], ...]:
    """Two columns as high as each other, or nearly."""
    place = min(
        range(1, len(page) + 1),
        key=lambda place: max(_height_of(page[:place]), _height_of(page[place:])),
    )
    return tuple(column for column in (page[:place], page[place:]) if column)


def _height_of(column: Sequence[Entry]) -> float:
    return sum(map(_height, column))


def _height(entry: Entry) -> float:
    """In points: titles of half the page's width may take two lines."""
    line, above, size, room = ENTRIES[entry.depth]
    return above + line * len(wrapped(entry.title, size, room, MOST_LINES).lines)


def _listed(title: str) -> str:
    """A title within one line of the contents."""
    return shortened(plain(title), CONTENTS)


def gap_report_html(report: GapReport) -> str:
    """*report* as one HTML page for print. Everything that people typed is escaped."""
    return _environment().get_template("report.html").render(report=report)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(REPORTS / "gap_report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_isolated,
    )
    environment.globals.update(
        drawn=drawn, plain=plain, ROUND=ROUND, LADDER=LADDER, WITHHELD=WITHHELD
    )
    return environment


_ISOLATED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def _isolated(value: object) -> object:
    """Text between isolates as <bdi>, which printers and readers know better than the signs."""
    if isinstance(value, str) and not isinstance(value, Markup) and OPEN in value:
        return Markup(_ISOLATED.sub(r"<bdi>\1</bdi>", str(escape(value))))  # noqa: S704 - escaped
    return value


def drawn(figure: Figure, width: float = WIDE) -> Markup:
    """A chart as SVG; the drawing escapes every word itself."""
    return Markup(to_svg(figure.chart, width))  # noqa: S704 - svg.py escapes
