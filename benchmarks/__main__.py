"""`./dev bench`: what the budgets speak of, in ms of CPU and as multiples of a yardstick.

Machines differ and are shared, so each figure is also given as a multiple of PBKDF2-SHA256 with
200,000 rounds, measured in the same process right beside it. Nothing here fails on a figure.

    ./dev bench [check] [rollup] [requests] [pdf]
    ./dev bench load [--postgres]    500 people at a deadline (F13): two minutes
    ./dev bench beside               saves with and without reports made meanwhile: two minutes
    ./dev bench closing              100,000 people: closing, results, report (F21): two minutes
    ./dev bench results              pages of results, 100 and 100,000 people: two minutes
    ./dev bench slow                 300 slow clients (F12): half a minute
    ./dev bench pages                Lighthouse on five pages, five times each: ten minutes
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assessment.services.checking import check_criteria
from benchmarks.criteria import questions_file
from benchmarks.load import bench_beside, bench_load, bench_slow
from benchmarks.requests import bench_requests
from benchmarks.rollup import many_sheets, peak_megabytes, roll_up


def yardstick() -> None:
    """A piece of work whose cost depends on the processor alone."""
    hashlib.pbkdf2_hmac("sha256", b"touchstone", b"yardstick", 200_000)


def cpu(work: Callable[[], object], rounds: int = 5) -> tuple[float, float]:
    """Median CPU seconds of *work*, and as a multiple of the yardstick measured in turn with it."""
    times, ratios = [], []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        yardstick()
        middle = time.process_time()
        work()
        spent = time.process_time() - middle
        times.append(spent)
        ratios.append(spent / (middle - start))
    return statistics.median(times), statistics.median(ratios)


def line(what: str, seconds: float, ratio: float, more: str = "") -> None:
    """One row of the table."""
    print(f"{what:<52}{seconds * 1000:>9.1f} ms{ratio:>8.2f} ×  {more}")


def bench_check() -> None:
    """Check criteria files of 1,000 and 10,000 questions."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (1_000, 10_000):
            path = Path(folder) / f"{count}.yaml"
            path.write_text(questions_file(count), encoding="utf-8")
            (checked,) = check_criteria([path])
            errors = [str(problem) for problem in checked.problems if problem.severity == "error"]
            assert not errors, errors[:3]
            spent = cpu(lambda path=path: check_criteria([path]), rounds=3)  # type: ignore[misc]
            line(f"check a file of {count:,} questions", *spent)


def bench_rollup() -> None:
    """Roll up 10,000, 100,000 and 1,000,000 sheets."""
    for count, rounds in ((10_000, 5), (100_000, 5), (1_000_000, 1)):
        sheets = many_sheets(count)
        before = peak_megabytes()
        spent = cpu(lambda sheets=sheets: roll_up(sheets), rounds)  # type: ignore[misc]
        after = peak_megabytes()
        memory = f"peak {after:.0f} MB, {after - before:.0f} above the sheets"
        line(f"roll up {count:,} sheets × 60 slots, 40 units", *spent, memory)
        del sheets


def main() -> None:
    """Run what is named on the command line, or all that needs the processor alone."""
    chosen = set(sys.argv[1:]) or {"check", "rollup", "requests", "pdf"}
    if "check" in chosen:
        bench_check()
    if "rollup" in chosen:
        bench_rollup()
    if "requests" in chosen:
        bench_requests(line)
    if "load" in chosen:
        bench_load(on_postgresql="--postgres" in chosen)
    if "beside" in chosen:
        bench_beside()
    if "results" in chosen:
        importlib.import_module("benchmarks.results").bench_results(line)
    if "slow" in chosen:
        bench_slow()
    if "closing" in chosen:
        importlib.import_module("benchmarks.closing").bench_closing()
    if "pages" in chosen:
        importlib.import_module("benchmarks.pages").bench_pages()
    if "pdf" in chosen:
        importlib.import_module("benchmarks.pdf").main()


if __name__ == "__main__":
    main()
