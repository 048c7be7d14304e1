"""The two shorter Baldrige instruments: four stages for 17 items, and the award's two rubrics."""

from __future__ import annotations

import pytest

from assessment.core.framework import Framework
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria


@pytest.fixture(scope="module")
def frameworks() -> dict[str, Framework]:
    names = ("baldrige-2023", "baldrige-builder-2023", "baldrige-award-2025")
    found = check_criteria([CRITERIA / f"{name}.yaml" for name in names])
    return {each.framework.id: each.framework for each in found if each.framework}


@pytest.fixture(scope="module")
def builder(frameworks: dict[str, Framework]) -> Framework:
    return frameworks["baldrige-builder-2023"]


@pytest.fixture(scope="module")
def award(frameworks: dict[str, Framework]) -> Framework:
    return frameworks["baldrige-award-2025"]


def test_the_short_check_has_the_items_of_the_full_framework(builder, frameworks):
    full = frameworks["baldrige-2023"]
    assert [item.id for item in builder.items] == [item.id for item in full.items]
    assert len(builder.items) == 17
    titles = {item.id: item.title for item in full.items}
    differing = [item.id for item in builder.items if item.title != titles[item.id]]
    assert differing == ["7.5"]


def test_the_short_check_knows_four_stages_for_processes_and_for_results(builder):
    for name in ("process", "results"):
        levels = builder.scales[name].levels
        assert [level.number for level in levels] == [1, 2, 3, 4]
        assert [level.label for level in levels] == ["Reactive", "Early", "Mature", "Role model"]
    for item in builder.items:
        assert item.judge.id == ("results" if item.id.startswith("7") else "process")


def test_the_profile_of_the_short_check_has_its_five_areas(builder):
    assert [each.id for each in builder.context] == ["P.1a", "P.1b", "P.2a", "P.2b", "P.2c"]


def test_a_couple_of_questions_is_asked_about_every_item_of_the_short_check(builder):
    for item in builder.items:
        assert len(item.questions_of("assessors")) == 2
        assert set(item.improve) == {1, 2, 3, 4}
        assert item.evidence


def test_the_award_has_nine_sections_the_first_of_which_is_context_alone(award):
    asked = {each.id[0] for each in award.context}
    assert asked == set("123456789")
    assert [category.id for category in award.categories] == list("23456789")


def test_five_sections_of_the_award_have_results_and_eight_have_processes(award):
    assert [item.id for item in award.items if item.judge.id == "results"] == [
        "2R", "3R", "4R", "5R", "6R",
    ]  # fmt: skip
    assert [item.id for item in award.items if item.judge.id == "process"] == [
        "2P", "3P", "4P", "5P", "6P", "7P", "8P", "9P",
    ]  # fmt: skip


def test_the_award_rates_results_from_nought_to_three_and_processes_to_two(award):
    assert award.scales["results"].values == (0, 1, 2, 3)
    assert award.scales["process"].values == (0, 1, 2)
    for item in award.items:
        assert set(item.improve) == set(item.judge.values)


def test_neither_has_points_bands_or_a_total(builder, award):
    for framework in (builder, award):
        assert all(item.points is None for item in framework.items)
        assert framework.scoring.total == "none"
        assert not framework.bands


def test_results_are_never_asked_of_staff_and_point_to_their_processes(builder, award):
    for framework in (builder, award):
        for item in framework.items:
            of_results = item.judge.id == "results"
            assert bool(item.drivers) == of_results, item.id
            assert bool(item.questions_of("staff")) != of_results, item.id
