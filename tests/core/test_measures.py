"""Measures: exact figures, levels, trends by hand and by counting, breadth."""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.exact import NotAFigure, exact, written
from assessment.core.measures import MeasureSeries, breadth, in_order, level, trend
from assessment.core.periods import grain_of, last_day, period
from assessment.core.trend import Dated, chance_of
from tests.factories import make_framework, make_item


def series(*figures: object, direction="lower", place="7.1", **more) -> MeasureSeries:
    values = tuple(
        Dated(datetime.date(2019 + place, 12, 31), Fraction(str(figure)))
        for place, figure in enumerate(figures)
    )
    given = {key: None if v is None else Fraction(str(v)) for key, v in more.items()}
    return MeasureSeries("m1", place, "Bursts", "per 100 km", direction, values, **given)


def verdict(*figures: object, direction="lower") -> str:
    return trend(series(*figures, direction=direction)).verdict


# Figures as typed


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12.5", Fraction(25, 2)),
        ("12,5", Fraction(25, 2)),
        ("-0,125", Fraction(-1, 8)),
        ("\N{MINUS SIGN}3", Fraction(-3)),
        ("1 234,50", Fraction(2469, 2)),
        ("1\N{NARROW NO-BREAK SPACE}234", Fraction(1234)),
        ("1.234", Fraction(617, 500)),
        ("1234,567", Fraction(1234567, 1000)),
        (" +7 ", Fraction(7)),
    ],
)
def test_a_figure_is_kept_exactly_whatever_its_decimal_sign(typed, value):
    assert exact(typed) == value


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1,234", "two readings"),
        ("-12,500", "two readings"),
        ("1,234.5", "no figure"),
        ("1.234,5", "no figure"),
        ("12 %", "no figure"),
        ("1e5", "no figure"),
        ("٣", "no figure"),
        ("", "no figure"),
        ("nan", "no figure"),
        ("12 34", "no figure"),
        ("1234567890123456", "too long"),
        ("0.1234567", "too long"),
    ],
)
def test_what_is_no_figure_or_has_two_readings_is_refused(typed, why):
    with pytest.raises(NotAFigure) as refused:
        exact(typed)
    assert refused.value.why == why


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_a_written_figure_reads_back_as_itself(digits, places):
    value = Fraction(digits, 10**places)
    assert exact(written(value)) == value


def test_all_figures_of_a_series_have_as_many_decimals():
    found = series(12, "9.25", target=10)
    assert [found.figure(each.value) for each in found.values] == ["12.00", "9.25"]
    assert found.figure(found.target) == "10.00"


# Days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025", "2025-12-31"),
        ("2025-Q3", "2025-09-30"),
        ("2024-02", "2024-02-29"),
        ("2024-02-28", "2024-02-28"),
        ("2023-02-29", None),
        ("2025-13", None),
        ("2025-00", None),
        ("2025-Q5", None),
        ("0000", None),
        ("31.12.2025", None),
        ("", None),
    ],
)
def test_a_period_stands_for_its_last_day(typed, day):
    assert last_day(typed) == (day and datetime.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["2024-12-31", "2025-12-31"], ["2024", "2025"]),
        (["2025-09-30", "2025-12-31"], ["2025-Q3", "2025-Q4"]),
        (["2025-08-31", "2025-12-31"], ["2025-08", "2025-12"]),
        (["2025-08-30", "2025-12-31"], ["2025-08-30", "2025-12-31"]),
    ],
)
def test_days_are_called_by_the_longest_period_they_all_end(days, words):
    ends = [datetime.date.fromisoformat(day) for day in days]
    assert [period(day, grain_of(ends)) for day in ends] == words
    assert [last_day(word) for word in words] == ends


def test_years_stay_years_though_the_last_is_not_over_yet():
    values = (*series(1, 2, 3).values, Dated(datetime.date(2022, 9, 30), Fraction(4)))
    found = MeasureSeries("m", "7.1", "Bursts", "", "lower", values)
    assert [found.when(each) for each in values] == ["2019", "2020", "2021", "2022-Q3"]


# Levels


@pytest.mark.parametrize(
    ("direction", "standings"),
    [("lower", ("better", "worse")), ("higher", ("worse", "better"))],
)
def test_the_last_value_is_held_against_target_and_comparison(direction, standings):
    found = level(series(12, 9, direction=direction, target=10, comparison=8))
    assert found is not None
    assert (found.last.value, found.target, found.comparison) == (9, *standings)


def test_a_value_that_equals_the_target_is_at_it():
    found = level(series("9.50", target="9.5"))
    assert found is not None
    assert (found.target, found.comparison) == ("at", None)


def test_without_values_there_is_no_level():
    assert level(series(target=10)) is None


# Trends


@pytest.mark.parametrize("figures", [(), (3,), (3, 2)])
def test_fewer_than_three_points_have_no_trend(figures):
    found = trend(series(*figures))
    assert (found.verdict, found.per_year) == ("too few points", None)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((12, 10, 9), "improving"),
        ((9, 10, 12), "worsening"),
        ((12, 9, 10), "mixed"),
        ((12, 12, 9), "mixed"),
        ((12, 11, 10, 9, 8), "improving"),
        ((12, 11, 10, 8, 9), "mixed"),
        ((20, 18, 19, 15, 14, 12), "improving"),
        ((20, 18, 19, 14, 15, 12), "mixed"),
        ((5, 5, 5), "steady"),
        ((0, 0, 0), "steady"),
        (("99.1", "99.3", "99.2"), "steady"),
        (("99.1", "99.2", "99.3"), "worsening"),
    ],
)
def test_verdicts_by_hand(figures, expected):
    assert verdict(*figures) == expected


def test_what_improves_one_way_worsens_the_other():
    assert verdict(9, 10, 12, direction="higher") == "improving"
    assert verdict(12, 10, 9, direction="higher") == "worsening"


def test_five_points_in_a_row_are_what_the_exact_test_asks_for():
    assert chance_of(10, (1,) * 5) == Fraction(2, 120)
    assert chance_of(8, (1,) * 5) == Fraction(10, 120)


@pytest.mark.parametrize(
    ("s", "points", "one_sided"),
    [(13, 6, "0.008"), (11, 6, "0.028"), (18, 8, "0.016"), (16, 8, "0.031"), (21, 10, "0.036")],
)
def test_chances_are_those_of_the_published_tables(s, points, one_sided):
    # Gilbert, Statistical Methods for Environmental Pollution Monitoring, 1987, table A18.
    assert round(chance_of(s, (1,) * points) / 2, 3) == Fraction(one_sided)


@pytest.mark.parametrize("figures", ["112345", "112233", "1112", "11222345", "1234567"])
def test_chances_are_what_counting_all_orders_gives(figures):
    scores = [
        sum((b > a) - (b < a) for a, b in itertools.combinations(order, 2))
        for order in itertools.permutations(figures)
    ]
    equals = tuple(figures.count(one) for one in sorted(set(figures)))
    for s in range(max(scores) + 1):
        as_far = sum(abs(score) >= s for score in scores)
        assert chance_of(s, equals) == Fraction(as_far, len(scores))


def test_one_strange_year_does_not_move_the_rate_of_change():
    found = trend(series(20, 18, 500, 14, 12))
    assert found.per_year is not None
    assert round(float(found.per_year), 1) == -2.0


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=12))
def test_a_series_turned_upside_down_has_the_opposite_verdict(figures):
    opposite = {"improving": "worsening", "worsening": "improving"}
    up, down = verdict(*figures), verdict(*(-each for each in figures))
    assert down == opposite.get(up, up)


def test_sixty_months_are_counted_exactly_too():
    months = tuple(
        Dated(datetime.date(2020 + n // 12, n % 12 + 1, 1), Fraction(n)) for n in range(60)
    )
    found = trend(MeasureSeries("m", "7.1", "Rising", "", "higher", months))
    assert found.verdict == "improving"
    assert found.s == 1770


# A set


def test_breadth_counts_what_a_set_says():
    found = breadth(
        [
            series(12, 10, 9, target=10, comparison=8),
            series(9, 10, 12, target=12),
            series(9, 10),
            series(target=4),
        ]
    )
    assert (found.series, found.with_trend, found.improving, found.worsening) == (4, 2, 1, 1)
    assert (found.with_target, found.on_target) == (2, 2)
    assert (found.with_comparison, found.ahead) == (1, 0)


def test_series_stand_in_the_order_of_the_items():
    framework = make_framework(make_item("1.1"), make_item("7.1"))
    found = in_order(framework, [series(place="7.1"), series(place="1.1"), series(place="7.1")])
    assert [each.place for each in found] == ["1.1", "7.1", "7.1"]
