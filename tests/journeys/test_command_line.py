"""The journeys without a server: check a file, score answers, print the report."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from assessment.catalogue.check import load_framework
from assessment.cli import main
from assessment.core.text import shown
from assessment.resources import CRITERIA
from assessment.services.demo import Example, write_example

BALDRIGE = CRITERIA / "baldrige-2023.yaml"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return write_example(tmp_path_factory.mktemp("example"))


def report_words(example: Example, target: Path) -> list[object]:
    return [
        "report", example.criteria, example.answers, "-o", target,
        "--previous", example.previous, "--previous-invited", example.previous_invited,
        "--targets", example.targets,
        "--invited", example.invited, "--measures", example.measures, "--date", "2026-11-16",
        "--organisation", example.organisation, "--cycle", example.cycle,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def printed(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("printed") / "gap.pdf"
    result = run(*report_words(example, target))
    assert result.exit_code == 0, result.output
    return target


@pytest.fixture(scope="module")
def scored(example) -> dict[str, Any]:
    result = run(
        "score", example.criteria, example.answers, "--measures", example.measures, "--json"
    )
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("words", [["--version"], ["report", "--help"], ["check", "--nope"]])
def test_help_and_mistyped_options_wait_for_no_library(words):
    code = (
        "import sys; from assessment.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print({'numpy', 'pydantic', 'plotly', 'flask'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "set()"


def test_paper_is_printed_without_the_library_of_the_screen():
    code = (
        "import sys, assessment.services.reports; print({'plotly', 'flask'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_shipped_criteria_check_clean():
    result = run("check", CRITERIA)
    assert result.exit_code == 0, result.output
    assert "baldrige-2023.yaml: no faults; 7 categories, 17 items" in result.output


def test_a_broken_file_is_named_by_line_and_column_and_the_command_fails(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("kind: framework\nid: mine\ntitel: Mine\n", encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 1
    assert re.search(rf"{re.escape(str(path))}:3:1: error: .*Did you mean “title”", result.output)


def test_a_report_on_a_broken_file_says_what_is_wrong_and_leaves_no_file(tmp_path, example):
    broken, target = tmp_path / "broken.yaml", tmp_path / "gap.pdf"
    broken.write_text("kind: [framework", encoding="utf-8")
    result = run("report", broken, example.answers, "-o", target)
    assert result.exit_code == 1
    assert f"{broken}:2:1: error: " in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == [broken]


def test_bad_answers_are_all_named_and_nothing_is_scored(tmp_path):
    answers = tmp_path / "answers.csv"
    answers.write_text("respondent,question,answer\nr,1.1,52.5\nr,1.9,50\n", encoding="utf-8")
    result = run("score", BALDRIGE, answers)
    assert result.exit_code == 1
    assert [line.split("answers.csv:")[1][:4] for line in result.stderr.splitlines()] == [
        "2:3:",
        "3:2:",
    ]
    assert result.stdout == ""


def test_a_report_that_cannot_be_written_is_refused_in_a_sentence(tmp_path, example):
    result = run("report", example.criteria, example.answers, "-o", tmp_path / "no" / "gap.pdf")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_the_old_report_stays_when_the_new_one_fails(tmp_path, example):
    target, bad = tmp_path / "gap.pdf", tmp_path / "bad.csv"
    target.write_bytes(b"the old report")
    bad.write_text("respondent,question,answer\nr,1.1,7\n", encoding="utf-8")
    assert run("report", example.criteria, bad, "-o", target).exit_code == 1
    assert target.read_bytes() == b"the old report"


def numbers(value: object, name: str = "") -> list[Fraction]:
    """Every figure of the result, as exact as it is given; 0 to 1 shares become percents."""
    if isinstance(value, dict):
        skipped = {"traces", "framework", "low", "high", "values", "alpha", "spread", "agreed"}
        return [
            each
            for key, child in value.items()
            if key not in skipped
            for each in numbers(child, key)
        ]
    if isinstance(value, list):
        return [each for child in value for each in numbers(child, name)]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    exact = Fraction(str(value))
    return [100 * exact if name in {"completeness", "rate"} else exact]


def test_every_figure_of_the_result_stands_in_the_report(printed, scored):
    text = text_of(printed)
    words = set(re.findall(r"[−-]?\d+(?:\.\d+)?", text.replace("-", "−")))
    missing = {
        shown(number)
        for part in ("assessed", "perceived", "groups", "units")
        for number in numbers(scored[part])
        if not words & {shown(number), shown(number, 2), shown(number, 0)}
    }
    assert not missing


def test_every_measure_of_the_result_stands_in_the_report(printed, scored):
    words = " ".join(text_of(printed).split())
    assert len(scored["measures"]) >= 10
    for measure in scored["measures"]:
        assert measure["title"] in words
        assert all(f"{value['value']:g}" in words for value in measure["values"])


def test_bad_measures_are_named_and_nothing_is_scored(tmp_path, example):
    path = tmp_path / "measures.csv"
    path.write_text("item,title,unit,direction,date,value\n9.9,X,,lower,2025,1\n", "utf-8")
    result = run("score", example.criteria, example.answers, "--measures", path)
    assert result.exit_code == 1
    assert f"{path}:2:1: error: There is no item “9.9” in these criteria." in result.stderr


def test_the_words_of_the_result_stand_in_the_report(printed, scored):
    text = " ".join(text_of(printed).split())
    framework = load_framework(BALDRIGE)
    for item in framework.items:
        assert item.title in text
    for band in scored["assessed"]["bands"]:
        assert band["label"] in text
    for doubt in scored["doubts"]:
        assert " ".join(doubt.split())[:60] in text


def test_the_same_answers_make_the_same_bytes_in_another_process(printed, example, tmp_path):
    target = tmp_path / "again.pdf"
    words = [str(word) for word in report_words(example, target)]
    subprocess.run(
        [sys.executable, "-m", "assessment", *words],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland"},
        capture_output=True,
        timeout=150,
    )
    first, second = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (printed, target))
    assert first == second


def test_the_order_of_the_rows_changes_no_byte_of_the_result(example, scored, tmp_path):
    header, rows = example.answers.read_text(encoding="utf-8").split("\n", 1)
    turned = tmp_path / "turned.csv"
    lines = list(csv.reader(io.StringIO(rows)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(reversed(lines))
    turned.write_text(f"{header}\n{out.getvalue()}", encoding="utf-8")
    result = run("score", example.criteria, turned, "--measures", example.measures, "--json")
    assert json.loads(result.stdout) == scored


def test_a_summary_for_the_terminal_names_every_item(example):
    result = run("score", example.criteria, example.answers)
    assert result.exit_code == 0
    for item in load_framework(BALDRIGE).items:
        assert f"  {item.id} " in result.output
