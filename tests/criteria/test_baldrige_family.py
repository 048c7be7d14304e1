"""The Baldrige framework and its kin: two sectors and an earlier edition, against the facts."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from assessment.core.framework import Framework
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria
from tests.factories import judged, make_release

GENERAL, HEALTH, EDUCATION, EARLIER = (
    "baldrige-2023",
    "baldrige-2023-health",
    "baldrige-2023-education",
    "baldrige-2019",
)
FAMILY = (GENERAL, HEALTH, EDUCATION, EARLIER)
SECTORS = (HEALTH, EDUCATION)
OF_2023 = (GENERAL, HEALTH, EDUCATION)

ITEMS = (
    "1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2", "6.1", "6.2",
    "7.1", "7.2", "7.3", "7.4", "7.5",
)  # fmt: skip
POINTS_OF_2023 = (65, 50, 45, 45, 40, 45, 45, 45, 40, 45, 40, 45, 120, 80, 80, 80, 90)
POINTS_OF_2019 = (70, 50, 45, 40, 40, 45, 45, 45, 40, 45, 45, 40, 120, 80, 80, 80, 90)
AREAS_OF_2023 = (3, 3, 2, 2, 2, 2, 2, 3, 2, 3, 2, 3, 3, 1, 1, 1, 2)
AREAS_OF_2019 = (3, 3, 2, 2, 2, 3, 3, 2, 2, 3, 4, 3, 3, 1, 1, 1, 2)

MIXED = dict(
    zip(ITEMS, (55, 45, 50, 40, 60, 55, 45, 40, 50, 45, 55, 35, 45, 50, 40, 35, 45), strict=True)
)


@pytest.fixture(scope="module")
def family() -> dict[str, Framework]:
    found = check_criteria([CRITERIA / f"{name}.yaml" for name in FAMILY])
    return {each.framework.id: each.framework for each in found if each.framework}


def titles(framework: Framework) -> dict[str, str]:
    return {item.id: str(item.title) for item in framework.items}


@pytest.mark.parametrize("name", FAMILY)
def test_each_has_the_seventeen_items_in_their_seven_categories(family, name):
    framework = family[name]
    assert tuple(item.id for item in framework.items) == ITEMS
    assert [len(category.items) for category in framework.categories] == [2, 2, 2, 2, 2, 2, 5]


@pytest.mark.parametrize("name", FAMILY)
def test_each_gives_its_items_the_points_of_its_edition(family, name):
    points = POINTS_OF_2023 if name in OF_2023 else POINTS_OF_2019
    assert tuple(item.points for item in family[name].items) == points


@pytest.mark.parametrize("name", FAMILY)
def test_each_gives_550_points_for_processes_and_450_for_results(family, name):
    points = {"process": Fraction(0), "results": Fraction(0)}
    for item in family[name].items:
        assert item.judge is not None
        assert item.points is not None
        points[item.judge.id] += item.points
    assert points == {"process": 550, "results": 450}


@pytest.mark.parametrize("name", FAMILY)
def test_each_has_the_areas_of_its_edition_and_asks_about_every_one(family, name):
    counts = AREAS_OF_2023 if name in OF_2023 else AREAS_OF_2019
    for item, count in zip(family[name].items, counts, strict=True):
        assert [area.id for area in item.areas] == [item.id + each for each in "abcd"[:count]]
        asked = {question.area for question in item.questions_of("assessors")}
        assert asked == {area.id for area in item.areas}


@pytest.mark.parametrize("name", FAMILY)
def test_each_asks_assessors_how_and_says_what_to_look_for_and_what_to_do_next(family, name):
    for item in family[name].items:
        assert set(item.improve) == {0, 10, 30, 50, 70, 90}
        for question in item.questions_of("assessors"):
            assert len(question.evidence) >= 2, question.id
            opening = "How " if item.judge.id == "process" else "What "
            assert str(question.text).startswith(opening), question.id


def test_health_care_names_only_its_first_results_item_otherwise(family):
    general, health = titles(family[GENERAL]), titles(family[HEALTH])
    assert {each for each in ITEMS if health[each] != general[each]} == {"7.1"}
    assert health["7.1"] == "Health Care and Process Results"


def test_education_names_its_first_and_its_last_results_item_otherwise(family):
    general, education = titles(family[GENERAL]), titles(family[EDUCATION])
    assert {each for each in ITEMS if education[each] != general[each]} == {"7.1", "7.5"}
    assert education["7.1"] == "Student Learning and Process Results"
    assert education["7.5"] == "Budgetary, Financial, Market, and Strategy Results"


def test_the_earlier_edition_keeps_the_titles_of_the_items(family):
    assert titles(family[EARLIER]) == titles(family[GENERAL])


@pytest.mark.parametrize(
    ("name", "spoken_of"),
    [(HEALTH, "customer|product|student"), (EDUCATION, "customer|product|patient")],
)
def test_people_in_a_sector_read_about_those_they_serve(family, name, spoken_of):
    for form in ("staff", "leaders"):
        for question in family[name].questions_of(form):
            text = f"{question.text} {question.hint}"
            assert not re.search(spoken_of, text, re.IGNORECASE), question.id


@pytest.mark.parametrize("name", SECTORS)
def test_a_sector_asks_assessors_all_that_is_asked_in_general(family, name):
    general = {question.id for question in family[GENERAL].questions_of("assessors")}
    assert general < {question.id for question in family[name].questions_of("assessors")}


def test_health_care_asks_about_hand_over_speaking_up_and_preventable_harm(family):
    asked = {question.id: str(question.text) for question in family[HEALTH].questions}
    assert "take over from a colleague" in asked["4.2-s3"]
    assert "patient at risk" in asked["5.2-s4"]
    assert "harm to patients" in asked["7.1a-2"]


def test_education_asks_about_advising_learning_and_graduates(family):
    asked = {question.id: str(question.text) for question in family[EDUCATION].questions}
    assert "advise" in asked["3.2-s2"]
    assert "able to do when they finish" in asked["6.1-s3"]
    assert "graduates" in asked["7.1a-2"]


def test_the_supply_network_lay_under_work_processes_before_2023(family):
    def where(framework: Framework) -> set[str]:
        return {
            item.id
            for item in framework.items
            for question in item.questions_of("assessors")
            if "supply network" in question.text or "suppliers and partners who" in question.text
        }

    assert where(family[EARLIER]) - {"2.2"} == {"6.1"}
    assert where(family[GENERAL]) - {"2.2"} == {"6.2"}


def test_the_earlier_edition_asks_nothing_about_the_themes_of_2023(family):
    new = "resilien|equit|inclusi|accessib|circular|recycl|digital|cyber|treated fairly|retention"
    for question in family[EARLIER].questions:
        assert not re.search(new, str(question.text), re.IGNORECASE), question.id


@pytest.mark.parametrize("name", FAMILY)
def test_half_of_everything_is_500_points_and_twice_the_fourth_band(family, name):
    framework = family[name]
    sheet = judged(framework, dict.fromkeys(ITEMS, 50))
    assessed = make_release(framework, sheet).assessed
    assert assessed.total.points == 500
    assert [(band.of, band.points, band.band) for band in assessed.bands] == [
        ("process", 275, 4),
        ("results", 225, 4),
    ]


@pytest.mark.parametrize("name", FAMILY)
def test_a_mixed_profile_comes_to_the_points_of_its_edition(family, name):
    framework = family[name]
    assessed = make_release(framework, judged(framework, MIXED)).assessed
    categories, processes, total = (
        ((58.25, 40.5, 48.75, 38.25, 40.25, 37.75, 194.5), 263.75, 458.25)
        if name in OF_2023
        else ((61, 38.5, 48.75, 38.25, 40.25, 38.75, 194.5), 265.5, 460)
    )
    assert tuple(category.points for category in assessed.categories) == categories
    assert assessed.total.points == total
    assert [(band.of, band.points, band.band) for band in assessed.bands] == [
        ("process", processes, 4),
        ("results", 194.5, 3),
    ]
