"""Leader-versus-staff gaps: shared questions only, and a difference only beyond chance."""

from __future__ import annotations

from fractions import Fraction

from assessment.core.framework import Framework
from assessment.core.perception import PerceptionGap
from tests.factories import make_framework, make_item, make_question, make_release, make_sheet


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
