"""Six Sigma's figures, each beside an example worked out by hand."""

from fractions import Fraction

import pytest

from assessment.core.sigma import (
    capability,
    dpmo,
    level_of_measure,
    rolled_yield,
    sigma_level,
    yield_of,
)


def test_defects_lead_to_dpmo_yield_and_the_sigma_level():
    found = dpmo(27, 1500, 4)
    assert found == 4500
    assert yield_of(found) == Fraction("0.9955")
    level = sigma_level(found)
    assert level is not None
    assert round(level - 1.5, 4) == 2.6121
    assert round(level, 4) == 4.1121


def test_a_measure_has_a_level_only_if_it_counts_defects_per_million():
    level = level_of_measure(" dpmo ", Fraction(4500))
    assert level is not None
    assert round(level, 4) == 4.1121
    assert level_of_measure("per 1,000", Fraction(4500)) is None
    assert level_of_measure("DPMO", Fraction(-5)) is None


def test_six_sigma_are_3_4_defects_in_a_million():
    level = sigma_level(Fraction("3.4"))
    assert level is not None
    assert round(level, 1) == 6.0


@pytest.mark.parametrize("found", [Fraction(0), Fraction(1_000_000)])
def test_all_or_nothing_has_no_sigma_level(found):
    assert sigma_level(found) is None


@pytest.mark.parametrize("counted", [(-1, 5, 1), (6, 5, 1), (0, 0, 1), (1, 5, 0)])
def test_more_defects_than_chances_for_one_are_refused(counted):
    with pytest.raises(ValueError, match="Defects cannot be more"):
        dpmo(*counted)


def test_the_yields_of_steps_are_multiplied():
    steps = [Fraction("0.98"), Fraction("0.95"), Fraction("0.99")]
    assert rolled_yield(steps) == Fraction("0.92169")


def test_capability_looks_at_the_width_and_at_the_nearer_limit():
    wide, near = capability(lower=9.4, upper=10.6, mean=10.1, deviation=0.15)
    assert (round(wide, 4), round(near, 4)) == (1.3333, 1.1111)


@pytest.mark.parametrize("wrong", [(10, 9, 9.5, 1), (9, 10, 9.5, 0)])
def test_capability_needs_limits_and_a_spread(wrong):
    with pytest.raises(ValueError, match="from low to high"):
        capability(*wrong)
