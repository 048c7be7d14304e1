"""Published formulas with their worked examples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assessment.core.statistics import (
    Estimate,
    Interval,
    answer_moments,
    combined_estimate,
    cronbach_alpha,
    difference,
    participation_reading,
    t_quantile,
)

TWELVE = np.array([4, 3, 5, 4, 4, 2, 5, 3, 4, 4, 3, 5], float)


def moments(rows):
    given = ~np.isnan(rows)
    return answer_moments(np.where(given, rows, 0.0), given)


def estimate(values, invited: int | None = None) -> Estimate:
    """The mean of the answers to one question."""
    return combined_estimate(moments(values[:, None]), np.ones(1), len(values), invited)


def interval(of: Estimate) -> Interval | None:
    """Beside something known for certain the interval of a difference is that of the mean."""
    return difference(of, Estimate(0.0, 0.0, 2))


def test_the_interval_of_a_mean_shrinks_with_the_share_of_those_invited():
    found = estimate(TWELVE, invited=40)
    bounds = interval(found)
    assert found.mean == pytest.approx(3.833333, abs=1e-6)
    assert found.error == pytest.approx(0.229297, abs=1e-6)
    assert (bounds.low, bounds.high) == pytest.approx((3.328654, 4.338012), abs=1e-6)


def test_without_a_known_number_of_invited_nothing_is_taken_off():
    found = estimate(TWELVE)
    bounds = interval(found)
    assert found.error == pytest.approx(0.270615, abs=1e-6)
    assert (bounds.low, bounds.high) == pytest.approx((3.237714, 4.428952), abs=1e-6)


def test_when_everybody_answers_there_is_no_sampling_error():
    found = estimate(TWELVE, invited=12)
    bounds = interval(found)
    assert found.error == 0
    assert bounds.low == bounds.high == found.mean


def test_one_person_has_no_interval():
    assert interval(estimate(np.array([4.0]))) is None


@pytest.mark.parametrize(
    ("probability", "df", "expected"),
    [
        (0.975, 11, 2.200985),
        (0.975, 1, 12.706205),
        (0.975, 2, 4.302653),
        (0.975, 30, 2.042272),
        (0.975, 1000, 1.962339),
        (0.95, 5, 2.015048),
        (0.975, 7.3, 2.345067),
        (0.975, math.inf, 1.959964),
    ],
)
def test_quantiles_of_student_s_t_agree_with_the_tables(probability, df, expected):
    assert t_quantile(probability, df) == pytest.approx(expected, abs=1e-5)


def test_welch_s_difference_of_leaders_and_staff():
    leaders = estimate(np.array([5, 4, 5, 4, 4, 5], float))
    staff = estimate(np.array([3, 4, 3, 2, 4, 3, 5, 3, 4, 2], float))
    found = difference(leaders, staff)
    error = math.hypot(leaders.error, staff.error)
    assert (leaders.mean - staff.mean) / error == pytest.approx(3.207135, abs=1e-6)
    assert (found.low + found.high) / 2 == pytest.approx(1.2)
    assert found.excludes_zero


def test_a_difference_smaller_than_chance_includes_zero():
    assert not difference(estimate(TWELVE), estimate(TWELVE + 0.1)).excludes_zero


ALPHA_ROWS = np.array(
    [[4, 5, 4, 4], [3, 3, 2, 3], [5, 5, 5, 4], [2, 3, 2, 2], [4, 4, 3, 5], [3, 4, 3, 3]], float
)


def test_alpha_of_the_worked_example():
    assert cronbach_alpha(ALPHA_ROWS) == pytest.approx(0.933638, abs=1e-6)


@pytest.mark.parametrize(
    "rows", [ALPHA_ROWS[:, :1], ALPHA_ROWS[:1], np.full((5, 3), 4.0)], ids=["k", "n", "constant"]
)
def test_alpha_that_cannot_be_computed_is_none(rows):
    assert cronbach_alpha(rows) is None


def test_a_negative_alpha_is_shown_as_it_is():
    assert cronbach_alpha(np.array([[1, 5], [5, 1], [2, 4], [4, 3]], float)) < 0


def test_a_combined_estimate_without_gaps_is_that_of_the_people_s_own_means():
    rows = ALPHA_ROWS * 25 - 25
    weights = np.full(4, 0.25)
    own = rows.mean(axis=1)
    found = combined_estimate(moments(rows), weights, n=6)
    assert found.mean == pytest.approx(own.mean())
    assert found.error == pytest.approx(own.std(ddof=1) / math.sqrt(6))


def test_a_combined_estimate_with_gaps_keeps_the_mean_of_the_question_means():
    rows = ALPHA_ROWS.copy()
    rows[0, 1] = np.nan
    rows[3] = np.nan
    found = combined_estimate(moments(rows), np.full(4, 0.25), n=5)
    assert found.mean == pytest.approx(np.nanmean(rows, axis=0).mean())


def test_a_combined_error_covers_the_truth_about_as_often_as_it_says():
    """A small simulation with answers left out: of 300 intervals some 95 % hold the true mean."""
    random = np.random.default_rng(7)
    held = 0
    for _ in range(300):
        mood = random.normal(0, 1, 40)
        rows = mood[:, None] + random.normal(0, 1, (40, 3)) + np.array([1.0, 2.0, 3.0])
        rows[random.random((40, 3)) < 0.2] = np.nan
        found = interval(combined_estimate(moments(rows), np.full(3, 1 / 3), n=40))
        held += found.low <= 2 <= found.high
    assert 0.91 <= held / 300 <= 0.985


@pytest.mark.parametrize(
    ("rate", "reading"),
    [
        (1.0, "good"),
        (0.7, "good"),
        (0.69, "usable with caution"),
        (0.5, "usable with caution"),
        (0.49, "weak"),
        (0.3, "weak"),
        (0.29, "do not generalise"),
        (0.0, "do not generalise"),
    ],
)
def test_a_rate_of_participation_is_read_by_its_class(rate, reading):
    assert participation_reading(rate) == reading
