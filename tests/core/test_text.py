"""Typed text is kept, debris goes; figures are written the same everywhere."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.text import clean, half_up, rounded, shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\vfour\ffive", "one\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x07c", "abc"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("e\u0301", "é"),
        ("tab\tstays", "tab\tstays"),
        ("🏳️‍🌈 שלום مرحبا 你好", "🏳️‍🌈 שלום مرحبا 你好"),
        ("\u202eneighbours", "\u202eneighbours"),
        ("{{ 7*7 }} <b>&amp;", "{{ 7*7 }} <b>&amp;"),
    ],
)
def test_text_is_kept_as_typed_without_what_nobody_can_see(typed, kept):
    assert clean(typed) == kept


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_clean_text_can_be_stored_and_printed_anywhere(typed):
    kept = clean(typed)
    kept.encode("utf-8")
    assert clean(kept) == kept
    assert "\x00" not in kept
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(50), 1, "50"),
        (Fraction(200, 3), 1, "66.7"),
        (Fraction("12.25"), 1, "12.3"),
        (Fraction("-12.25"), 1, "−12.3"),
        (Fraction("0.04"), 1, "0"),
        (Fraction("-0.04"), 1, "0"),
        (Fraction("263.75"), 2, "263.75"),
        (Fraction(1000), 1, "1000"),
        (Fraction(100), 0, "100"),
    ],
)
def test_figures_are_shown_rounded_half_up_without_idle_zeros(value, places, text):
    assert shown(value, places) == text


@pytest.mark.parametrize(("value", "whole"), [("194.5", 195), ("194.49", 194), ("0", 0)])
def test_points_are_rounded_half_up_before_a_band_is_looked_up(value, whole):
    assert half_up(Fraction(value)) == whole


@given(st.fractions(min_value=-1000, max_value=1000))
def test_rounding_is_never_off_by_more_than_half_a_step(value):
    assert abs(Fraction(rounded(value, 6)) - value) <= Fraction(1, 2_000_000)
