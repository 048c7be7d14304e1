"""Measures in the report: with their item, in words, as lines, in a table; typed text is text."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction

from assessment.core.measures import MeasureSeries, asks_for_results
from assessment.core.trend import Dated
from assessment.reporting.gap_report import GapReport, gap_report_html
from assessment.reporting.pages.categories import ItemPages
from assessment.reporting.pdf import print_document
from assessment.reporting.wording import NO_BREAK, plain
from assessment.resources import REPORTS
from tests.reporting.make_release import percent_release, report
from tests.reporting.pdf_checks import broken_rules, figures_of, text_of

RELEASE = percent_release()
[RESULTS, *_others] = [item for item in RELEASE.framework.items if asks_for_results(item)]


def series(title: str, *figures: object, **more: object) -> MeasureSeries:
    values = tuple(
        Dated(datetime.date(2022 + place, 12, 31), Fraction(str(figure)))
        for place, figure in enumerate(figures)
    )
    made = MeasureSeries(title, RESULTS.id, title, "per 100 km", "lower", values)
    return replace(made, **more)


BURSTS = series("Bursts", 11, "11.5", "12.9", target=Fraction(10), comparison=Fraction("9.25"))
CALLS = series("Calls", 9, 8, 7, target=Fraction(7), comparison=Fraction(7), source="Council")
BURST_VALUES = " · ".join(
    f"{year}:{NO_BREAK}{figure}"
    for year, figure in ((2022, "11.00"), (2023, "11.50"), (2024, "12.90"))
)
SHORT = series("Short", 4, 3)
EMPTY = series("Empty")


def made(*measures: MeasureSeries) -> GapReport:
    return report(replace(RELEASE, measures=measures))


def page_of(found: GapReport) -> ItemPages:
    pages = [item for category in found.categories for item in category.items]
    return next(item for item in pages if plain(item.title).startswith(f"{RESULTS.id} "))


def test_defects_per_million_are_told_as_a_sigma_level_with_its_convention():
    defects = series("Defects", 9000, 6000, 4500, unit="DPMO")
    shown = page_of(made(defects, BURSTS)).measures
    assert shown is not None
    captions = {plain(each.title): each.caption for pair in shown.pairs for each in pair}
    sigma = "Sigma level 4.11 (short term, 1.5 added by convention)."
    assert [sigma in caption for caption in captions.values()] == [True, False]


def test_the_set_is_summed_up_in_words():
    shown = page_of(made(BURSTS, CALLS, SHORT, EMPTY)).measures
    assert shown is not None
    assert shown.summary == (
        "Four measures, two with the three values a trend needs: one improves and one worsens.",
        (
            "One of two with a target stands there or better; one of two with a comparison is"
            " level with it or ahead."
        ),
    )


def test_without_trends_and_comparisons_that_is_what_is_said():
    shown = page_of(made(SHORT)).measures
    assert shown is not None
    assert shown.summary == (
        "One measure; none has the three values a trend needs.",
        "None is held against the figure of somebody else.",
    )


def test_each_line_says_where_it_goes_and_what_it_is_held_against():
    shown = page_of(made(BURSTS, CALLS, EMPTY)).measures
    assert shown is not None
    bursts, calls = (figure for pair in shown.pairs for figure in pair)
    assert (plain(bursts.title), plain(calls.title)) == ("Bursts: worsening", "Calls: improving")
    assert plain(bursts.caption) == (
        "per 100 km; lower is better. Target 10.00: not reached. Comparison 9.25: not as good."
    )
    assert plain(calls.caption) == (
        "per 100 km; lower is better. Target 7: reached. Comparison 7 (Council): the same."
    )
    assert bursts.chart.alt == (f"Bursts: worsening. {BURST_VALUES}. {plain(bursts.caption)}")


def test_every_series_has_a_row_and_every_value_stands_in_all_figures():
    found = made(BURSTS, SHORT, EMPTY)
    shown = page_of(found).measures
    assert shown is not None
    assert [(plain(row.head), row.cells) for row in shown.table.rows] == [
        ("Bursts, per 100 km", ("12.90", "10.00", "9.25", "+0.95", "3", "worsening")),
        ("Short, per 100 km", ("3", "–", "–", "–", "2", "too few points")),
        ("Empty, per 100 km", ("–", "–", "–", "–", "0", "too few points")),
    ]
    [listed] = next(part for part in found.figures if part.title == "Measures").tables
    assert [row.cells[1] for row in listed.rows] == [
        BURST_VALUES,
        f"2022:{NO_BREAK}4 · 2023:{NO_BREAK}3",
        "–",
    ]


def test_the_rule_for_trends_is_told_and_missing_measures_are_named():
    assert any("Mann" in sentence for sentence in made(BURSTS).method.conventions)
    assert not any("Mann" in sentence for sentence in made().method.conventions)
    missing = "Measures: no figures of the organisation’s own were given for the results."
    assert missing in made().left_out
    assert missing not in made(BURSTS).left_out
    assert page_of(made()).measures is None


def test_an_item_that_has_nothing_but_a_measure_has_a_page():
    bare = replace(
        RELEASE,
        comments=(),
        assessed=replace(
            RELEASE.assessed,
            items=tuple(
                replace(each, state="not scored") if each.id == RESULTS.id else each
                for each in RELEASE.assessed.items
            ),
        ),
    )
    assert page_of(report(replace(bare, measures=(BURSTS,)))).measures


def test_what_was_typed_creates_nothing_in_the_report():
    wicked = '</bdi></svg><img src="file:///etc/hostname"><script>alert(1)</script>{{ 7*7 }}'
    html = gap_report_html(
        made(series(wicked, 1, 2, 3, unit=wicked, source=wicked, comparison=Fraction(2)))
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "{{ 7*7 }}" in html


def test_measures_are_printed_with_tags_and_words_for_each_line():
    found = made(BURSTS, CALLS, SHORT)
    [category] = [
        replace(each, items=(page_of(found),))
        for each in found.categories
        if page_of(found) in each.items
    ]
    alone = replace(
        found, categories=(category,), figures=(), participation=None, units=None, perception=None,
        disagreement=None, hard=None, gaps=None, plan=(), key_factors=(),
    )  # fmt: skip
    result = print_document(REPORTS / "gap_report", gap_report_html(alone), "a4")
    assert (result.refused, result.remarks) == ((), ())
    assert not broken_rules(result.pdf)
    assert "too few points" in text_of(result.pdf)
    assert any(alt.startswith("Bursts: worsening. 2022:") for alt in figures_of(result.pdf))
