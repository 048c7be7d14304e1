"""Headlines in words that fit how a framework judges: percents, levels, stages, grades, or none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assessment.catalogue.check import load_framework
from assessment.core.findings import find_gaps
from assessment.core.framework import Scoring
from assessment.core.release import Answers, release
from assessment.reporting import headlines, headlines_parts
from assessment.reporting.pages.standings import standings
from assessment.reporting.screen import category_grid
from assessment.reporting.source import Source
from assessment.reporting.wording import plain
from assessment.resources import CRITERIA
from tests.reporting.make_release import (
    ABOUT,
    conformity_framework,
    met_framework,
    people,
    percent_framework,
    stage_framework,
    survey_framework,
)

SHIPPED = sorted(
    path
    for path in CRITERIA.glob("*.yaml")
    if re.search("^categories:", path.read_text(encoding="utf-8"), re.MULTILINE)
)


def read(framework):
    """A made-up release of *framework*, in which every form has been filled in."""
    counts = {"staff": 12, "leaders": 6, "assessors": 3}
    sheets = [
        sheet for form in framework.forms for sheet in people(framework, form, counts.get(form, 2))
    ]
    made = release(framework, Answers(tuple(sheets)))
    return Source(made, find_gaps(made, {}), None, ABOUT)


def mixed(*kinds):
    """The items of the first framework, judged in turn on the scales of *kinds*."""
    first = kinds[0]
    scales = {scale.id: scale for each in kinds for scale in each.scales.values()}
    judges = [next(item.judge for item in each.items if item.judge) for each in kinds]
    categories, place = [], 0
    for category in first.categories:
        items = []
        for item in category.items:
            items.append(replace(item, judge=judges[place % len(judges)], points=None, levels=()))
            place += 1
        categories.append(replace(category, items=tuple(items)))
    scoring = Scoring("judged", "none")
    return replace(first, categories=tuple(categories), scales=scales, scoring=scoring, bands=())


def said_of(source):
    own = source.framework
    return [
        headlines.profile(source),
        *(headlines_parts.category(source, each) for each in own.categories),
        *(headlines_parts.item(source, each) for each in own.items),
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_headline_of_a_shipped_file_names_a_level_that_its_scale_lacks(path):
    source = read(load_framework(path))
    highest = max(
        (scale.highest for scale in source.judging_scales if scale.answer != "percent"), default=-1
    )
    for said in map(plain, said_of(source)):
        for number in re.findall(r"(?:level|stage) (\d+)", said):
            assert int(number) <= highest, said
        if {scale.answer for scale in source.judging_scales} == {"percent"}:
            assert "level" not in said, said


def test_percents_that_no_category_sums_up_are_percents():
    source = read(mixed(percent_framework()))
    assert all(part.percent is None for part in source.release.assessed.categories)
    said = plain(headlines.profile(source))
    assert "%" in said
    assert "on evidence" in said


def test_levels_stages_grades_and_statements_are_each_said_in_their_own_words():
    words = {
        met_framework: r"level \d",
        stage_framework: r"stage \d",
        conformity_framework: r"graded|determined",
        survey_framework: r"by staff",
    }
    for make, expected in words.items():
        said = plain(headlines.profile(read(make())))
        assert re.search(expected, said), said


def test_scales_of_different_kinds_are_named_and_never_counted_together():
    source = read(mixed(percent_framework(), stage_framework()))
    said = plain(headlines.profile(source))
    percents, stages = (
        plain(source.scale_title(scale.id))
        for kind in ("percent", "stage")
        for scale in source.judging_scales
        if scale.answer == kind
    )
    assert re.search(rf"{re.escape(percents)}: .*%", said, re.IGNORECASE), said
    assert re.search(rf"{re.escape(stages)}: .*item.* at stage \d", said, re.IGNORECASE), said


def test_a_table_of_criteria_without_points_has_no_column_for_them():
    assert "assessed, points" not in category_grid(read(stage_framework())).heads
    assert "assessed, points" in category_grid(read(percent_framework())).heads


def test_levels_that_scales_call_differently_are_counted_apart():
    two = stage_framework()
    scale = next(item.judge for item in two.items if item.judge)
    other = replace(
        scale,
        id="other",
        levels=tuple(replace(level, label=f"Other {level.number}") for level in scale.levels),
    )
    first, *rest = two.categories
    items = tuple(replace(item, judge=other) for item in first.items)
    renamed = replace(
        two,
        categories=(replace(first, items=items), *rest),
        scales={**two.scales, "other": other},
    )
    assert len(standings(read(two), is_drawn=True)) == 1
    assert len(standings(read(renamed), is_drawn=True)) == 2
