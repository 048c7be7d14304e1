"""From scores and targets to what comes now, next and later."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.core.findings import (
    Target,
    clear_highs,
    find_gaps,
    hard_to_judge,
    to_discuss,
)
from assessment.core.framework import Scoring
from tests.factories import (
    CONFORMITY,
    MET,
    UNKNOWN,
    judged,
    make_framework,
    make_item,
    make_question,
    make_release,
    make_sheet,
)


def one_gap(present: int, target: int, importance: int = 2, effort: int = 2):
    framework = make_framework(make_item("1.1", points=60))
    found = make_release(framework, judged(framework, {"1.1": present}))
    aim = Target("1.1", Fraction(target), importance, effort, "because", "2027-06-30")
    (gap,) = find_gaps(found, {"1.1": aim})
    return gap


@pytest.mark.parametrize(
    ("present", "target", "importance", "effort", "priority", "when"),
    [
        (40, 45, 2, 2, Fraction(1), "later"),
        (40, 50, 2, 2, Fraction(2), "next"),
        (40, 60, 3, 2, Fraction(3), "now"),
        (40, 65, 2, 2, Fraction(3), "now"),
        (40, 65, 1, 2, Fraction(3, 2), "next"),
        (40, 65, 1, 3, Fraction(1), "later"),
        (40, 45, 3, 1, Fraction(3), "now"),
    ],
)
def test_priority_is_importance_times_class_of_gap_by_effort(
    present, target, importance, effort, priority, when
):
    gap = one_gap(present, target, importance, effort)
    assert (gap.priority, gap.when) == (priority, when)


def test_a_gap_says_what_closing_it_is_worth():
    gap = one_gap(40, 60)
    assert (gap.gap, gap.points_to_win, gap.is_chosen) == (20, 12, True)
    assert (gap.reason, gap.date) == ("because", "2027-06-30")


def test_without_a_target_the_distance_to_the_next_range_is_shown_as_that():
    framework = make_framework(make_item("1.1", points=60))
    found = make_release(framework, judged(framework, {"1.1": 35}))
    (gap,) = find_gaps(found, {})
    assert (gap.target, gap.is_chosen) == (50, False)


def test_importance_without_a_target_weighs_the_next_step():
    framework = make_framework(make_item("1.1", points=60))
    found = make_release(framework, judged(framework, {"1.1": 35}))
    (gap,) = find_gaps(found, {"1.1": Target("1.1", None, 3)})
    assert (gap.target, gap.is_chosen, gap.priority, gap.when) == (50, False, 3, "now")


def test_a_target_that_is_reached_is_no_gap():
    framework = make_framework(make_item("1.1"))
    found = make_release(framework, judged(framework, {"1.1": 60}))
    assert find_gaps(found, {"1.1": Target("1.1", Fraction(60))}) == ()


def test_what_is_not_scored_has_no_gap():
    framework = make_framework(make_item("1.1"))
    assert find_gaps(make_release(framework), {"1.1": Target("1.1", Fraction(60))}) == ()


def test_levels_are_apart_by_levels():
    framework = make_framework(
        make_item("5.2", points=None, judge=MET, criteria=(1, 1, 1, 1, 1)),
        scoring=Scoring(item="cumulative", total="none"),
    )
    given = {"5.2-1a": 1, "5.2-2a": 0}
    found = make_release(framework, judged(framework, given))
    (gap,) = find_gaps(found, {"5.2": Target("5.2", Fraction(4))})
    assert (gap.measure, gap.gap, gap.gap_class, gap.points_to_win) == ("level", 3, 3, None)


def test_a_grade_is_short_of_conforming_by_its_severity():
    framework = make_framework(
        make_item("8.3", points=None, judge=CONFORMITY),
        make_item("9.2", points=None, judge=CONFORMITY),
        scoring=Scoring(total="verdict"),
    )
    found = make_release(framework, judged(framework, {"8.3": "major", "9.2": "conforming"}))
    (gap,) = find_gaps(found, {})
    assert (gap.id, gap.gap_class, gap.when) == ("8.3", 3, "now")


def test_a_statement_may_have_a_target_of_percent_favourable():
    framework = make_framework(make_item("1.1", make_question("a"), judge=None))
    found = make_release(
        framework, make_sheet(framework, {"a": 4}), make_sheet(framework, {"a": 2})
    )
    (gap,) = find_gaps(found, {"a": Target("a", Fraction(80))})
    assert (gap.measure, gap.present, gap.gap) == ("favourable", 50, 30)


def test_what_comes_now_stands_first_then_the_order_of_the_framework():
    framework = make_framework(*(make_item(key) for key in ("1.1", "1.2", "2.1")))
    found = make_release(framework, judged(framework, {"1.1": 45, "1.2": 10, "2.1": 45}))
    targets = {key: Target(key, Fraction(50)) for key in ("1.1", "1.2", "2.1")}
    assert [gap.id for gap in find_gaps(found, targets)] == ["1.2", "1.1", "2.1"]


def test_more_than_ninety_percent_favourable_is_a_clear_high():
    framework = make_framework(make_item("1.1", make_question("a"), make_question("b")))
    sheets = [make_sheet(framework, {"a": 5, "b": 5 if place else 1}) for place in range(10)]
    assert clear_highs(make_release(framework, *sheets)) == ("a",)


def test_three_in_ten_who_cannot_judge_are_a_finding():
    framework = make_framework(make_item("1.1", make_question("a"), make_question("b")))
    sheets = [
        make_sheet(framework, {"a": UNKNOWN if place < 3 else 4, "b": UNKNOWN if place < 2 else 4})
        for place in range(10)
    ]
    assert hard_to_judge(make_release(framework, *sheets)) == ("a",)


def test_judges_more_than_twenty_points_apart_should_talk():
    framework = make_framework(make_item("1.1"), make_item("1.2"))
    found = make_release(
        framework,
        judged(framework, {"1.1": 30, "1.2": 30}),
        judged(framework, {"1.1": 55, "1.2": 50}),
    )
    assert to_discuss(found) == ("1.1",)
    assert [each.spread for each in found.disagreements] == [25, 20]
