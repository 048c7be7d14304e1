"""Importance and sigma on the command line, down to a report that uses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessment.catalogue.check import load_framework
from assessment.cli import main
from assessment.exchange.settings import read_targets
from assessment.reporting.gap_report import ReportInput, gap_report_html
from assessment.resources import CRITERIA
from assessment.services.demo import Example, write_example
from assessment.services.reports import Sources, gap_report
from tests.catalogue.test_companions import CROSSWALK, FRAMEWORK, HOUSE, PROFILE

BALDRIGE = CRITERIA / "baldrige-2023.yaml"
WISHES = CRITERIA / "qfd-water-utility.yaml"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_importance_is_printed_with_the_most_important_item_first():
    done = run("importance", WISHES)
    assert done.exit_code == 0, done.output
    assert "One call reaches a person who can help." in done.output
    first = done.output.partition("share")[2].splitlines()[1]
    assert first == "  15.6 %  3 most      6.1 Work Processes"


def test_importance_is_written_into_new_targets_that_a_report_reads(tmp_path):
    path = tmp_path / "targets.csv"
    assert run("importance", WISHES, "-o", path).exit_code == 0
    found = read_targets(load_framework(BALDRIGE), path)
    assert {each.target for each in found.values()} == {None}
    assert (found["6.1"].importance, found["7.2"].importance, found["1.1"].importance) == (3, 2, 1)
    assert len(found) == 17


def test_importance_leaves_what_targets_say_already(tmp_path):
    path = tmp_path / "targets.csv"
    path.write_text(
        "id,target,importance,effort,reason,date\n6.1,70,1,3,'=because,2027-06-30\n1.2-s1,80,,,,\n",
        encoding="utf-8",
    )
    assert run("importance", WISHES, "-o", path).exit_code == 0
    found = read_targets(load_framework(BALDRIGE), path)
    kept = found["6.1"]
    assert (kept.target, kept.importance, kept.effort, kept.reason, kept.date) == (
        70, 3, 3, "=because", "2027-06-30",
    )  # fmt: skip
    assert found["1.2-s1"].target == 80


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CROSSWALK, "own.yaml:1:1: error: This file holds no requirements"),
        (HOUSE, "own.yaml:7:12: error: The file of the framework “ours” is needed."),
        (HOUSE.replace("{1.1: 9}", "{1.1: 8}"), "own.yaml:12:13: error: 8 is none of: 9, 3, 1."),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(tmp_path, text, words):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    done = run("importance", path)
    assert done.exit_code == 1
    assert words in done.output


def test_the_framework_is_found_beside_the_file(tmp_path):
    tmp_path.joinpath("ours.yaml").write_text(
        FRAMEWORK.format(name="ours", item="1.1"), encoding="utf-8"
    )
    tmp_path.joinpath("own.yaml").write_text(HOUSE, encoding="utf-8")
    done = run("importance", tmp_path / "own.yaml")
    assert done.exit_code == 0, done.output
    assert "1.1 Direction" in done.output


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Example:
    return write_example(tmp_path_factory.mktemp("example"))


def report_of(example: Example, reference: Path | None) -> str:
    sources = Sources(
        example.criteria, example.answers, example.previous, example.targets, reference=reference
    )
    html = gap_report_html(gap_report(sources, ReportInput(example.date)))
    return re.sub("</?bdi>", "", html).replace("\N{NO-BREAK SPACE}", " ")


def test_a_reference_stands_beside_the_figures_of_a_report_with_its_source(example):
    found = report_of(example, CRITERIA / "profile-demo-2025.yaml")
    assert "reference, %" in found
    assert "Reference: One regional water company, invented; source: Touchstone" in found
    assert "n = 1; 2025-11." in found
    assert "52.8" in found
    assert "reference, %" not in report_of(example, None)


def test_a_reference_of_something_else_is_refused_with_its_place(tmp_path, example):
    own = tmp_path / "own.yaml"
    for text, words in (
        (PROFILE, "own.yaml:7:12: error: This is a profile of “ours”, not of “baldrige-2023”."),
        (CROSSWALK, "own.yaml:1:1: error: This file is no reference profile"),
        (PROFILE.replace("framework: ours", "framework: baldrige-2023"), "own.yaml:"),
    ):
        own.write_text(text.replace("1.1: 42.5", "1.9: 42.5"), encoding="utf-8")
        done = run(
            "report", example.criteria, example.answers, "-o", tmp_path / "gap.pdf",
            "--reference", own,
        )  # fmt: skip
        assert done.exit_code == 1
        assert words in done.output
    assert "“baldrige-2023” has no “1.9”." in done.output


def test_sigma_is_worked_out_with_its_convention():
    done = run("sigma", "--defects", 27, "--units", 1500, "--opportunities", 4)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "DPMO         4500",
        "yield        0.9955",
        "sigma level  4.1121 (short term: 1.5 added by convention; without it 2.6121)",
    ]


def test_yields_and_capability_are_worked_out_too():
    done = run("sigma", "--yield", 0.98, "--yield", 0.95, "--yield", 0.99)
    assert done.output == "rolled yield 0.92169\n"
    done = run("sigma", "--limits", 9.4, 10.6, "--mean", 10.1, "--deviation", 0.15)
    assert done.output.splitlines()[0] == "Cp           1.3333"
    assert done.output.splitlines()[1].startswith("Cpk          1.1111")


@pytest.mark.parametrize("words", [[], ["--defects", 3], ["--defects", 9, "--units", 1]])
def test_sigma_of_nothing_says_what_it_needs(words):
    done = run("sigma", *words)
    assert done.exit_code != 0
    assert "Traceback" not in done.output
    assert "Error: " in done.output
