"""Words for figures: as one would write them by hand."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction

import pytest

from assessment.core.changes import Change
from assessment.core.perception import PerceptionGap
from assessment.core.statistics import Interval
from assessment.reporting.wording import (
    CLOSE,
    NO_BREAK,
    OPEN,
    change_cell,
    change_words,
    counted,
    figure,
    listed,
    name,
    on_date,
    opening_of,
    people,
    percent,
    perception_sentence,
    plain,
    points,
    sentence,
    share,
    shortened,
    signed,
    some,
)
from tests.reporting.make_release import percent_framework

FRAMEWORK = percent_framework()


def gap(staff: int, other: int, interval: Interval | None = None) -> PerceptionGap:
    return PerceptionGap(
        "category", "5", "leaders", Fraction(other), Fraction(staff), 9, 41, interval, {}
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_ends_with_and(parts, said):
    assert listed(parts) == said


def test_what_does_not_fit_in_a_list_is_counted():
    assert some(["a", "b", "c", "d"], 2, "item", "items") == "a, b and two more items"
    assert some(["a", "b", "c"], 2, "item", "items") == "a, b and one more item"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no items"), (1, "one item"), (9, "nine items"), (12, "12 items")]
)
def test_small_numbers_are_words_and_one_is_singular(count, said):
    assert counted(count, "item") == said


def test_staff_leaders_and_others_are_counted_as_people_say_it():
    assert people(FRAMEWORK, 118, "staff") == "118 staff"
    assert people(FRAMEWORK, 1, "staff") == "one member of staff"
    assert people(FRAMEWORK, 1, "leaders") == "one leader"
    assert people(FRAMEWORK, 5, "assessors") == "five assessors"
    assert plain(people(FRAMEWORK, 7, "Kunden")) == "seven people of the group “Kunden”"


def test_a_figure_that_is_not_there_is_a_dash_and_never_a_zero():
    assert figure(None) == percent(None) == share(None) == signed(None) == "–"
    assert figure(Fraction(0)) == "0"


def test_figures_have_one_decimal_and_means_two():
    assert percent(Fraction(1234, 100)) == f"12.3{NO_BREAK}%"
    assert share(Fraction(2, 3)) == "66.7"
    assert figure(Fraction(10, 3), 2) == "3.33"


def test_a_difference_carries_its_sign():
    assert signed(Fraction(25, 2)) == "+12.5"
    assert signed(Fraction(-3)) == "−3"
    assert signed(Fraction(0)) == "0"


def test_one_point_is_singular():
    assert points(Fraction(1)) == "1 point"
    assert points(Fraction(1, 2)) == "0.5 points"


def test_dates_are_written_out():
    assert on_date(datetime.date(2026, 3, 4)) == "4 March 2026"


def test_a_sentence_starts_with_a_capital_even_behind_an_isolate():
    assert sentence(name("apples") + " fell") == f"{OPEN}Apples{CLOSE} fell"
    assert sentence("") == ""


def test_a_name_cannot_end_its_own_isolation():
    assert name(f"a{CLOSE}b") == f"{OPEN}ab{CLOSE}"


def test_long_text_is_cut_at_a_word_and_says_so():
    assert shortened("one two three four", 12) == "one two …"
    assert shortened("short", 12) == "short"
    assert shortened("x" * 30, 12).endswith("…")


def test_the_opening_of_a_text_is_whole_sentences():
    text = "First one. Second one. Third one is longer."
    assert opening_of(text, 25) == "First one. Second one."
    assert opening_of(text, 500) == text


def test_a_difference_is_called_one_only_when_it_is_larger_than_chance():
    clear = gap(41, 53, Interval(3.0, 21.0, 20.0))
    assert perception_sentence(FRAMEWORK, clear, "People") == (
        "People is rated 12 points lower by staff than by leaders (41 and 9 people); "
        "the difference is larger than chance."
    )


def test_what_may_be_chance_or_was_not_tested_says_so():
    unclear = perception_sentence(FRAMEWORK, gap(50, 53, Interval(-3.0, 9.0, 20.0)), "People")
    untested = perception_sentence(FRAMEWORK, gap(53, 50), "People")
    assert unclear.endswith("; no clear difference.")
    assert untested == (
        "People is rated 3 points higher by staff than by leaders (41 and 9 people); "
        "not tested against chance."
    )


def test_equal_ratings_are_alike():
    assert "is rated alike by staff and leaders" in perception_sentence(
        FRAMEWORK, gap(50, 50), "People"
    )


def change(now: str, before: str, interval: Interval | None) -> str:
    return plain(change_words(Change(Fraction(now), Fraction(before), interval)))


def test_a_change_is_called_one_only_when_it_is_larger_than_chance():
    assert change("58.2", "52", Interval(2.1, 10.3, 80.0)).replace(NO_BREAK, " ") == (
        "6.2 points higher than last cycle (52 %; 95 % interval of the change 2.1 to 10.3)"
    )
    assert "1 point lower than last cycle" in change("51", "52", Interval(-1.5, -0.5, 80.0))


@pytest.mark.parametrize(
    ("now", "interval"),
    [
        ("58.2", Interval(-0.4, 12.8, 80.0)),
        ("58.2", None),
        ("52.01", Interval(0.01, 0.01, math.inf)),
    ],
    ids=["within chance", "not tested", "nothing left after rounding"],
)
def test_every_other_change_is_no_clear_one(now, interval):
    said = change(now, "52", interval)
    assert "no clear change" in said
    assert "higher" not in said
    assert change_cell(Change(Fraction(now), Fraction(52), interval)) == "no"


def test_a_clear_change_within_a_table_carries_its_sign():
    assert change_cell(Change(Fraction(58), Fraction(52), Interval(1.0, 11.0, 80.0))) == "+6"
    assert change_cell(None) == "\N{EN DASH}"
