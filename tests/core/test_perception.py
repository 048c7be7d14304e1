"""Leader-versus-staff gaps: shared questions only, and a difference only beyond chance."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assessment.core.framework import Framework
from assessment.core.perception import PerceptionGap
from tests.factories import (
    AGREEMENT,
    make_framework,
    make_item,
    make_question,
    make_release,
    make_sheet,
)


def example() -> Framework:
    return make_framework(
        make_item(
            "1.1",
            make_question("a"),
            make_question("b", forms=["staff"]),
            make_question("b2", forms=["leaders"], pair="b"),
            points=60,
        ),
        make_item("1.2", make_question("c", forms=["staff"]), points=20),
        make_item("2.1", make_question("d", forms=["staff", "leaders"]), points=20),
    )


def gaps(staff, leaders, invited=None) -> dict[tuple[str, str], PerceptionGap]:
    framework = example()
    sheets = [make_sheet(framework, each) for each in staff]
    sheets += [make_sheet(framework, each, group="leaders") for each in leaders]
    found = make_release(framework, *sheets, invited=invited).perception_gaps
    return {(gap.kind, gap.id): gap for gap in found}


def test_two_wordings_of_one_statement_are_compared_as_a_pair():
    found = gaps([{"b": 2}], [{"b2": 4}])["pair", "b"]
    assert (found.percent, found.staff_percent, found.points) == (75, 25, 50)


def test_a_gap_is_also_counted_in_points_of_favourable_answers():
    found = gaps([{"a": 4, "d": 5}, {"a": 2, "d": 5}], [{"a": 5, "d": 3}])
    item = found["item", "1.1"]
    assert (item.staff_favourable, item.favourable, item.favourable_points) == (50, 100, 50)
    whole = found["whole", "total"]
    assert whole.staff_favourable == Fraction(60 * 50 + 20 * 100, 80)
    assert whole.favourable == Fraction(60 * 100, 80)


def test_the_published_example_of_a_progress_check_comes_out_exactly():
    staff = [1] * 3 + [2] * 8 + [3] * 9 + [4] * 16 + [5] * 4
    leaders = [2] + [3] + [4] * 5 + [5] * 5
    found = gaps([{"d": value} for value in staff], [{"d": value} for value in leaders])[
        "pair", "d"
    ]
    assert found.favourable_points == Fraction(100, 3)
    assert found.points == Fraction(275, 12)
    assert found.reading == "act"


def test_a_difference_of_ten_points_is_watched_and_one_of_twenty_acted_on():
    def reading(favourable):
        leaders = [{"d": 5}] * favourable + [{"d": 1}] * (100 - favourable)
        return gaps([{"d": 5}, {"d": 1}], leaders)["pair", "d"].reading

    assert [reading(each) for each in (50, 59, 60, 69, 70, 41, 40, 31, 30)] == [
        "aligned", "aligned", "worth watching", "worth watching", "act",
        "aligned", "worth watching", "worth watching", "act",
    ]  # fmt: skip


def test_answers_without_a_favourable_side_give_no_such_points():
    plain = make_question("a", scale=replace(AGREEMENT, favourable=frozenset()))
    framework = make_framework(make_item("1.1", plain))
    sheets = [make_sheet(framework, {"a": 2}), make_sheet(framework, {"a": 4}, group="leaders")]
    [gap, *_] = make_release(framework, *sheets).perception_gaps
    assert (gap.favourable, gap.staff_favourable, gap.favourable_points) == (None, None, None)
    assert gap.reading is None


def test_only_what_both_groups_answered_goes_into_a_gap():
    found = gaps([{"a": 1, "b": 5, "c": 5, "d": 3}], [{"a": 5, "d": 3}])
    assert found["item", "1.1"].staff_percent == 0
    assert ("item", "1.2") not in found
    whole = found["whole", "total"]
    assert whole.percent == Fraction(60 * 100 + 20 * 50, 80)


def test_one_group_alone_has_no_gap():
    assert gaps([{"a": 1}], []) == {}
    assert gaps([], [{"a": 1}]) == {}


def test_without_the_number_of_invited_no_difference_is_claimed():
    found = gaps([{"a": 1}] * 30, [{"a": 5}] * 10)["item", "1.1"]
    assert found.verdict == "not tested"


INVITED = {(None, "staff"): 50, (None, "leaders"): 12}


def test_a_difference_larger_than_chance_is_called_one():
    staff = [{"a": 2}] * 20 + [{"a": 3}] * 20
    found = gaps(staff, [{"a": 5}] * 5 + [{"a": 4}] * 5, INVITED)["item", "1.1"]
    assert found.verdict == "larger than chance"
    assert found.interval.low < found.points < found.interval.high


def test_a_difference_within_chance_is_no_clear_difference():
    staff = [{"a": 1}, {"a": 5}] * 20
    found = gaps(staff, [{"a": 2}, {"a": 5}] * 4, INVITED)["item", "1.1"]
    assert found.verdict == "no clear difference"


def test_below_half_of_those_invited_nothing_is_tested():
    few = {(None, "staff"): 90, (None, "leaders"): 12}
    found = gaps([{"a": 1}] * 40, [{"a": 5}] * 10, few)["item", "1.1"]
    assert found.verdict == "not tested"


def test_every_gap_is_made_again_from_its_traces():
    for gap in gaps([{"a": 1, "b": 4, "d": 2}], [{"a": 5, "b2": 3, "d": 3}]).values():
        assert gap.traces["percent"].value == gap.percent
        assert gap.traces["staff_percent"].value == gap.staff_percent
