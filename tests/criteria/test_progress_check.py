"""The forty paired statements: their sections, their blocks, and the two forms side by side."""

from __future__ import annotations

from collections import Counter

import pytest

from assessment.catalogue.check import Checked
from assessment.core.blocks import blocks_of
from assessment.core.framework import Framework
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria

SECTIONS = [6, 5, 5, 5, 6, 4, 9]


@pytest.fixture(scope="module")
def checked() -> Checked:
    [found] = check_criteria([CRITERIA / "progress-check.yaml"])
    return found


@pytest.fixture(scope="module")
def progress(checked: Checked) -> Framework:
    assert checked.framework is not None
    return checked.framework


def test_seven_sections_hold_forty_statements_for_staff_and_as_many_for_leaders(progress):
    for form in ("staff", "leaders"):
        counts = [len(item.questions_of(form)) for item in progress.items]
        assert counts == SECTIONS
    assert sum(SECTIONS) == 40
    assert len(progress.categories) == 7


def test_statement_k_of_one_form_pairs_with_statement_k_of_the_other(progress):
    for item in progress.items:
        staff, leaders = item.questions_of("staff"), item.questions_of("leaders")
        for number, (own, other) in enumerate(zip(staff, leaders, strict=True), start=1):
            assert (own.id, other.id) == (f"{item.id}-s{number}", f"{item.id}-l{number}")
            assert own.pair_id == other.pair_id


def test_a_person_on_the_staff_meets_a_core_of_ten_and_one_block_of_ten(progress):
    dealt = Counter(question.block for question in progress.questions_of("staff"))
    assert dealt == {None: 10, "A": 10, "B": 10, "C": 10}
    assert blocks_of(progress, "staff") == ("A", "B", "C")


def test_leaders_are_few_and_answer_everything(progress):
    assert blocks_of(progress, "leaders") == ()


def test_every_section_is_met_in_the_core_and_in_every_block(progress):
    for item in progress.items:
        met = {question.block for question in item.questions_of("staff")}
        assert met == {None, "A", "B", "C"}, item.id


def test_staff_need_less_than_four_minutes_and_leaders_less_than_six(checked):
    assert checked.minutes["staff"] < 4
    assert checked.minutes["leaders"] < 6


def test_all_statements_share_one_scale_of_five_and_none_is_judged(progress):
    assert {question.scale.id for question in progress.questions} == {"agreement"}
    scale = progress.scales["agreement"]
    assert scale.values == (1, 2, 3, 4, 5)
    assert scale.favourable == {4, 5}
    assert not any(item.judge for item in progress.items)
    assert not any(form.judges for form in progress.forms.values())
