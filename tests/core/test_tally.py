"""Counting many sheets: who judged anything, whatever kind of place they judged it at."""

from __future__ import annotations

import pytest

from assessment.core.framework import Framework
from assessment.core.tally import tally_sheets
from tests.factories import (
    MET,
    NA,
    UNKNOWN,
    make_framework,
    make_item,
    make_question,
    make_sheet,
)


def example() -> Framework:
    return make_framework(
        make_item("1.1", make_question("a")),
        make_item("1.2", judge=MET, criteria=(1, 1)),
        make_item("1.3", make_question("b"), judge=None),
    )


@pytest.mark.parametrize(
    "given",
    [{"1.1": 40}, {"1.1/approach": 40}, {"1.2-1a": 1}, {"1.2-1a": UNKNOWN}, {"1.1": NA}],
    ids=["judgement", "attribute", "criterion", "can't judge", "not applicable"],
)
def test_among_those_who_only_answer_questions_a_judge_is_found(given):
    framework = example()
    sheets = [make_sheet(framework, {"a": 4, "b": 2}) for _ in range(3)]
    sheets.insert(1, make_sheet(framework, given, group="assessors"))
    assert tally_sheets(framework, sheets).judging() == [1]


def test_a_judge_who_has_given_nothing_is_none_until_they_waive_an_item():
    framework = example()
    silent = make_sheet(framework, {}, group="assessors")
    waiving = make_sheet(framework, {}, group="assessors", waived=["1.1"])
    staff = make_sheet(framework, {"a": 3}, waived=["1.1"])
    assert tally_sheets(framework, [silent, staff, waiving]).judging() == [2]
