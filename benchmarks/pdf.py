"""The gap report on paper, against typst on the same content and against a naive style.

Seconds differ between machines and interpreters, so what counts are ratios taken in one run. CPU: a
warm print against typst (bound 12), against automatic tables with the collector on (bound 0.75),
and the share that making the chart SVG has of it (bound 0.02). Wall: two processes with nothing
kept (bound 0.70), and two after one comment was edited (bound 0.25), each against one process.
Nothing here fails on a figure. Others who use the machine meanwhile spoil the wall figures.
"""

from __future__ import annotations

import gc
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path

from assessment.reporting.charts import to_svg
from assessment.reporting.elements import Figure
from assessment.reporting.engine import Job, printing_module
from assessment.reporting.gap_report import GapReport, ReportInput, gap_report_html
from assessment.reporting.marks import Chart
from assessment.reporting.pdf import Press, print_document
from assessment.reporting.sheets import read_sheets
from assessment.resources import REPORTS
from assessment.services.demo import write_example
from assessment.services.reports import Sources, gap_report
from benchmarks.typst_source import typst_source

ROUNDS = 3
DESIGN = REPORTS / "gap_report"
AUTOMATIC = "<style>table { table-layout: auto !important }</style></head>"
COMMENT = re.compile(r'<div class="labelled said">.*?<bdi>([^<]{40,})</bdi>', re.DOTALL)
PRINT, TYPST = "print, warm", "typst: the same words, tables, charts"
NAIVE = "naive: automatic tables, collector on"
ONE, TWO = "one process", "two processes, all new"
EDITED = "two processes, one comment edited"


@cache
def demo_report() -> GapReport:
    """What the report of the invented organisation says."""
    with tempfile.TemporaryDirectory() as folder:
        made = write_example(Path(folder))
        sources = Sources(made.criteria, made.answers, made.previous, made.targets, made.invited)
        about = ReportInput(made.date, organisation=made.organisation, cycle=made.cycle)
        return gap_report(sources, about)


def report_html() -> tuple[Path, str]:
    """The design's folder and the whole page, as they go to the printer."""
    return DESIGN, gap_report_html(demo_report())


def taken(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """The seconds of *work* by *clock*."""
    gc.collect()
    start = clock()
    work()
    return clock() - start


def medians(work: dict[str, Callable[[], object]], clock: Callable[[], float]) -> dict[str, float]:
    """The median seconds of each piece of *work*, done in turn, every other time backwards."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(ROUNDS):
        for name in list(work)[:: -1 if turn % 2 else 1]:
            times[name].append(taken(work[name], clock))
    return {name: statistics.median(spent) for name, spent in times.items()}


def typst_cpu(source: Path) -> float:
    """The CPU seconds of a first compilation: typst remembers, so each has its own process."""
    program = (
        "import sys, time, typst; start = time.process_time();"
        "typst.compile(sys.argv[1], font_paths=[sys.argv[2]], pdf_standards='ua-1');"
        "print(time.process_time() - start)"
    )
    command: list[str | Path] = [sys.executable, "-c", program, source, REPORTS / "fonts"]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


def after_an_edit(html: str, kept: Path, press: Press) -> Callable[[], object]:
    """Printing the report with one comment changed, differently each time."""
    press.kept = kept
    print_document(DESIGN, html, "a4", press)
    press.kept = None
    comment = COMMENT.findall(html)[-1]
    edits = count(1)

    def work() -> None:
        press.kept = kept
        print_document(DESIGN, html.replace(comment, f"{comment} {next(edits)}."), "a4", press)
        press.kept = None

    return work


def figures(value: object) -> list[Figure]:
    """Every figure anywhere in *value*."""
    if isinstance(value, Figure):
        return [value]
    if isinstance(value, tuple | list):
        return [found for each in value for found in figures(each)]
    names = getattr(value, "__dataclass_fields__", ())
    return [found for name in names for found in figures(getattr(value, name, None))]


def cpu_ratios(html: str, charts: list[Chart], scratch: Path) -> None:
    """One process against other ways to the same paper."""
    source = scratch / "report.typ"
    source.write_text(typst_source(html, scratch), encoding="utf-8")
    naive = Job(html.replace("</head>", AUTOMATIC, 1), read_sheets(DESIGN, "a4", "report.css"))
    typst: list[float] = []
    spent = medians(
        {
            TYPST: lambda: typst.append(typst_cpu(source)),
            PRINT: lambda: print_document(DESIGN, html, "a4"),
            NAIVE: lambda: printing_module().printed_section(naive.html, naive.sheets, ""),
            "chart SVG": lambda: [to_svg(chart, 640) for chart in charts],
            "page (HTML with charts)": lambda: gap_report_html(demo_report()),
        },
        time.process_time,
    )
    spent[TYPST] = statistics.median(typst)
    lines(spent, "CPU")
    ratio("print / typst", spent[PRINT] / spent[TYPST], 12)
    ratio("print / naive", spent[PRINT] / spent[NAIVE], 0.75)
    ratio("chart SVG / print", spent["chart SVG"] / spent[PRINT], 0.02)


def wall_ratios(html: str, scratch: Path) -> None:
    """Two warm processes against one."""
    with Press(2) as press:
        edited = after_an_edit(html, scratch / "kept", press)
        spent = medians(
            {
                ONE: lambda: print_document(DESIGN, html, "a4"),
                TWO: lambda: print_document(DESIGN, html, "a4", press),
                EDITED: edited,
            },
            time.perf_counter,
        )
    lines(spent, "wall")
    ratio("two processes, all new / one process", spent[TWO] / spent[ONE], 0.70)
    ratio("two processes, one comment edited / one process", spent[EDITED] / spent[ONE], 0.25)


def lines(spent: dict[str, float], clock: str) -> None:
    """A row for each time."""
    for name, seconds in spent.items():
        print(f"{name:<52}{seconds * 1000:>9.1f} ms {clock}")


def ratio(what: str, figure: float, bound: float) -> None:
    """A row with what may be compared between machines."""
    print(f"{what:<52}{figure:>12.3f}  (bound {bound})")


def main() -> None:
    """Print the table."""
    _, html = report_html()
    first = print_document(DESIGN, html, "a4")
    charts = [figure.chart for figure in figures(demo_report())]
    pages, size = first.pages, len(first.pdf) // 1024
    print(f"gap report: {pages} pages, {len(charts)} charts, {size} KB")
    with tempfile.TemporaryDirectory() as scratch:
        cpu_ratios(html, charts, Path(scratch))
        wall_ratios(html, Path(scratch))


if __name__ == "__main__":
    main()
