"""The gap report on paper, against typst on the same content and against a naive style.

CPU seconds differ between machines and interpreters, so what counts are ratios taken in one run:
a warm print against typst (bound 12), against automatic tables with the collector on (bound 0.75),
and the share that making the chart SVG has of it (bound 0.02). Nothing here fails on a figure.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from assessment.reporting.charts import to_svg
from assessment.reporting.elements import Figure
from assessment.reporting.gap_report import GapReport, ReportInput, gap_report_html
from assessment.reporting.pdf import print_document
from assessment.reporting.printing import printed
from assessment.resources import REPORTS
from assessment.services.demo import write_example
from assessment.services.reports import Sources, gap_report
from benchmarks.typst_source import typst_source

ROUNDS = 3
DESIGN = REPORTS / "gap_report"
AUTOMATIC = "<style>table { table-layout: auto !important }</style></head>"
NAIVE, TYPST = "naive: automatic tables, collector on", "typst: the same words, tables, charts"


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


def cpu(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def typst_cpu(source: Path) -> float:
    """The CPU seconds of a first compilation: typst remembers, so each has its own process."""
    program = (
        "import sys, time, typst; start = time.process_time();"
        "typst.compile(sys.argv[1], font_paths=[sys.argv[2]], pdf_standards='ua-1');"
        "print(time.process_time() - start)"
    )
    command: list[str | Path] = [sys.executable, "-c", program, source, REPORTS / "fonts"]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


def figures(value: object) -> list[Figure]:
    """Every figure anywhere in *value*."""
    if isinstance(value, Figure):
        return [value]
    if isinstance(value, tuple | list):
        return [found for each in value for found in figures(each)]
    names = getattr(value, "__dataclass_fields__", ())
    return [found for name in names for found in figures(getattr(value, name, None))]


def main() -> None:
    """Print the table."""
    folder, html = report_html()
    first = print_document(folder, html, "a4")
    charts = [figure.chart for figure in figures(demo_report())]
    naive = html.replace("</head>", AUTOMATIC, 1)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "report.typ")
        source.write_text(typst_source(html, Path(scratch)), encoding="utf-8")
        work: dict[str, Callable[[], object]] = {
            "print, warm": lambda: print_document(folder, html, "a4"),
            NAIVE: lambda: printed(folder, naive, "a4"),
            "chart SVG": lambda: [to_svg(chart, 640) for chart in charts],
            "page (HTML with charts)": lambda: gap_report_html(demo_report()),
        }
        times: dict[str, list[float]] = {name: [] for name in [*work, TYPST]}
        for turn in range(ROUNDS):
            times[TYPST].append(typst_cpu(source))
            for name in list(work)[:: -1 if turn % 2 else 1]:
                times[name].append(cpu(work[name]))
    taken = {name: statistics.median(spent) for name, spent in times.items()}
    ours, theirs = taken["print, warm"], taken[TYPST]
    size = len(first.pdf) // 1024
    print(f"gap report: {first.pages} pages, {len(charts)} charts, {size} KB")
    for name, seconds in taken.items():
        print(f"{name:<52}{seconds * 1000:>9.1f} ms")
    print(f"{'print / typst (bound 12)':<52}{ours / theirs:>12.2f}")
    print(f"{'print / naive (bound 0.75)':<52}{ours / taken[NAIVE]:>12.2f}")
    print(f"{'chart SVG / print (bound 0.02)':<52}{taken['chart SVG'] / ours:>12.4f}")
    print(f"{'print, a page':<52}{1000 * ours / first.pages:>9.1f} ms")


if __name__ == "__main__":
    main()
