"""A change between two cycles is called one only where it is larger than chance."""

from __future__ import annotations

import pytest

from assessment.core.changes import Change, change
from assessment.core.framework import Framework
from assessment.core.release import Release
from assessment.core.sheet import NOT_ANSWERED
from tests.factories import make_framework, make_item, make_question, make_release, make_sheet


def example() -> Framework:
    return make_framework(
        make_item("1.1", make_question("a"), make_question("b"), points=60),
        make_item("1.2", make_question("c"), points=20),
    )


def cycle(*given: dict[str, int], invited: int | None = None) -> Release:
    framework = example()
    sheets = [make_sheet(framework, each) for each in given]
    people = None if invited is None else {(None, "staff"): invited}
    return make_release(framework, *sheets, invited=people)


def answers(key: str, *values: int) -> list[dict[str, int]]:
    return [{key: value} for value in values]


def test_the_interval_of_a_question_is_welch_s():
    """By hand: percents 50 75 75 100 of seven people, and 0 25 25 25 50 of nine.

    Means 75 and 25; squared errors 416.667/4 · 3/6 = 52.083 and 312.5/5 · 4/8 = 31.25; together
    83.333, whose root is 9.1287; df = 83.333² ÷ (52.083²/3 + 31.25²/4) = 6.047; t = 2.4424.
    """
    now = cycle(*answers("a", 3, 4, 4, 5), invited=7)
    before = cycle(*answers("a", 1, 2, 2, 2, 3), invited=9)
    found = change(now, before, "question", "a")
    assert found is not None
    assert found.interval is not None
    assert (found.percent, found.before, found.points) == (75, 25, 50)
    assert found.interval.df == pytest.approx(6.047, abs=1e-3)
    assert found.interval.low == pytest.approx(50 - 22.30, abs=0.02)
    assert found.interval.high == pytest.approx(50 + 22.30, abs=0.02)
    assert found.verdict == "larger than chance"


def test_the_error_of_an_item_counts_people_for_what_they_answered():
    """By hand: one answers a 50 and b 100, one 0 and 50, one 100 and leaves b open.

    They move the item's 62.5 by 6.25, −14.583 and 8.333; 1.5 × the sum of squares is 481.77, its
    root 21.949. Everybody answers in the new cycle, so nothing is left to chance there: two
    degrees of freedom, t = 4.302653.
    """
    before = cycle({"a": 3, "b": 5}, {"a": 1, "b": 3}, {"a": 5, "b": NOT_ANSWERED})
    now = cycle({"a": 5, "b": 5}, {"a": 5, "b": 5}, invited=2)
    found = change(now, before, "item", "1.1")
    assert found is not None
    assert found.interval is not None
    assert (found.percent, found.before) == (100, 62.5)
    assert found.interval.high - 37.5 == pytest.approx(4.302653 * 21.9493, abs=1e-3)
    assert found.verdict == "no clear change"


@pytest.mark.parametrize(("kind", "place"), [("whole", "total"), ("category", "1")])
def test_the_whole_and_a_category_weigh_their_items(kind, place):
    now = cycle(*({"a": 4, "b": 4, "c": value} for value in (4, 5, 4, 5)), invited=5)
    before = cycle(*({"a": 2, "b": 2, "c": value} for value in (1, 2, 1, 2)), invited=5)
    found = change(now, before, kind, place)
    assert found is not None
    assert found.interval is not None
    assert found.points == (60 * 50 + 20 * 75) / 80
    assert (found.interval.low + found.interval.high) / 2 == pytest.approx(float(found.points))
    assert found.verdict == "larger than chance"


def moved(now: int | None, before: int | None) -> Change:
    """Ten people who have become much happier; how many were invited each time."""
    high, low = answers("a", *[4, 5] * 5), answers("a", *[1, 2] * 5)
    found = change(cycle(*high, invited=now), cycle(*low, invited=before), "item", "1.1")
    assert found is not None
    return found


@pytest.mark.parametrize(("now", "before"), [(None, 12), (None, None), (21, 12), (12, 21)])
def test_a_change_that_cannot_be_tested_is_called_none(now, before):
    found = moved(now, before)
    assert found.interval is None
    assert found.verdict == "not tested"


@pytest.mark.parametrize(("now", "before"), [(12, 12), (20, 20), (12, None)])
def test_half_of_those_invited_are_enough_and_of_an_old_cycle_it_may_not_be_known(now, before):
    assert moved(now, before).verdict == "larger than chance"


def test_an_old_cycle_without_its_number_of_invited_is_taken_as_a_few_of_many():
    known, unknown = moved(12, 12).interval, moved(12, None).interval
    assert known is not None
    assert unknown is not None
    assert unknown.low < known.low


def test_the_same_answers_again_are_no_clear_change():
    same = answers("a", 1, 3, 5, 4)
    found = change(cycle(*same, invited=6), cycle(*same, invited=6), "question", "a")
    assert found is not None
    assert found.points == 0
    assert found.verdict == "no clear change"


def test_what_nobody_answered_in_one_of_the_cycles_has_no_change():
    now, before = cycle({"a": 3}), cycle({"c": 3})
    assert change(now, before, "question", "a") is None
    assert change(now, before, "item", "1.2") is None
