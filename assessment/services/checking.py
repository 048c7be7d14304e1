"""A consultant checks criteria: shape, meaning, and whether the golden answers still come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from assessment.catalogue.check import Checked
from assessment.catalogue.golden import Golden, mismatches
from assessment.catalogue.run import check_paths
from assessment.core.framework import ASSESSORS, Framework, Item
from assessment.core.release import Answers, release
from assessment.core.scales import GRADES
from assessment.core.sheet import NOT_ANSWERED, Sheet, blank_sheet
from assessment.exchange.answers import answers_from_rows
from assessment.exchange.result import result_json
from assessment.exchange.rows import Row


def check_criteria(paths: Sequence[Path]) -> list[Checked]:
    """Check the files and folders of *paths*, golden answers included."""
    return check_paths(paths, run_golden=run_golden)


def run_golden(framework: Framework, golden: Golden) -> Iterable[str]:
    """What the golden set expects and does not get, a sentence each."""
    rows = [
        Row("golden", number, _cells(row), dict.fromkeys(row, 1))
        for number, row in enumerate(golden.answers, start=1)
    ]
    answers, problems = answers_from_rows(framework, rows)
    if problems:
        return [f"answer {problem.line}: {problem.sentence}" for problem in problems]
    try:
        sheets = answers.sheets + _judged_sheets(framework, golden.judged)
    except ValueError as refusal:
        return [str(refusal)]
    found = release(framework, Answers(sheets, answers.comments, answers.key_factors))
    return mismatches(golden.expect, result_json(found))


def _cells(row: Mapping[str, str]) -> dict[str, str]:
    return {"answer": "", **row}


def _judged_sheets(framework: Framework, judged: Mapping[str, str]) -> tuple[Sheet, ...]:
    """One judge who gave every item of *judged* its value; `*` stands for all that can take it."""
    if not judged:
        return ()
    sheet = blank_sheet(framework, "golden judge", ASSESSORS)
    given: dict[str, int] = {}
    for item in _that_take(framework, judged["*"]) if "*" in judged else ():
        if item.id not in judged:
            given.update(_codes(item, judged["*"]))
    for item in framework.items:
        if item.judge is not None and item.id in judged:
            given.update(_codes(item, judged[item.id]))
    return (sheet.with_values(framework, given),)


def _that_take(framework: Framework, value: str) -> Sequence[Item]:
    """A grade is for the items that are graded, a number for all others. Where there are none of
    the kind it is for every item, which will refuse it."""
    items = [item for item in framework.items if item.judge is not None]
    alike = [item for item in items if _is_graded(item) == (value in GRADES)]
    return alike or items


def _is_graded(item: Item) -> bool:
    return item.judge is not None and item.judge.answer == "conformity"


def _codes(item: Item, value: str) -> dict[str, int]:
    assert item.judge is not None  # noqa: S101 - the caller has looked
    if _is_graded(item):
        code = GRADES.index(value) if value in GRADES else -1
    else:
        number = Fraction(value) if value.replace("/", "").isdecimal() else Fraction(-1)
        code = int(number) if number == int(number) else -1
    if code not in item.judge.values:
        raise ValueError(f"“{value}” cannot be the judgement of {item.id}.")
    if item.judge.answer != "met":
        return {item.id: code}
    return {
        criterion.id: 1 if level.number <= code else 0 if level.number == code + 1 else NOT_ANSWERED
        for level in item.levels
        for criterion in level.criteria
    }
