"""The file structured after the EFQM Model: parts and points, its cap and its worked examples."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.core.framework import Framework
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria

PARTS = [5, 4, 5, 4, 5, 5, 1]
POINTS = [20, 25, 20, 50, 20, 40, 200]


@pytest.fixture(scope="module")
def efqm() -> Framework:
    [checked] = check_criteria([CRITERIA / "efqm-2025.yaml"])
    assert checked.framework is not None
    return checked.framework


def test_seven_criteria_hold_twenty_nine_parts_and_a_thousand_points(efqm):
    assert [category.id for category in efqm.categories] == list("1234567")
    assert [len(category.items) for category in efqm.categories] == PARTS
    assert len(efqm.items) == 29
    assert sum(item.points for item in efqm.items) == 1000


def test_parts_of_a_criterion_have_the_same_points_and_are_numbered_through(efqm):
    for category, parts, points in zip(efqm.categories, PARTS, POINTS, strict=True):
        assert [item.id for item in category.items] == [
            f"{category.id}.{number}" for number in range(1, parts + 1)
        ]
        assert {item.points for item in category.items} == {points}


def test_direction_execution_and_results_are_judged_on_scales_of_their_own(efqm):
    of_criterion = {"1": "direction", "2": "direction", "6": "results", "7": "results"}
    summed = {"direction": Fraction(0), "execution": Fraction(0), "results": Fraction(0)}
    for category in efqm.categories:
        for item in category.items:
            assert item.judge.id == of_criterion.get(category.id, "execution")
            summed[item.judge.id] += item.points
    assert summed == {"direction": 200, "execution": 400, "results": 400}


def test_the_first_attribute_of_each_scale_caps_the_mean_of_them_all(efqm):
    assert efqm.scoring.item == "mean"
    counts = {"direction": 4, "execution": 6, "results": 6}
    for name, count in counts.items():
        scale = efqm.scales[name]
        assert len(scale.attributes) == count
        assert scale.cap == scale.attributes[0].id == ("scope" if name == "results" else "sound")


def test_five_classes_of_percent_start_where_the_model_has_them(efqm):
    for name in ("direction", "execution", "results"):
        scale = efqm.scales[name]
        assert [described.start for described in scale.ranges] == [0, 10, 40, 70, 90]
        texts = [text for described in scale.ranges for text in described.texts.values()]
        assert len(set(texts)) == len(texts) == 5 * len(scale.attributes)


def test_bands_of_the_total_start_at_the_limits_of_the_owner_after_one_of_ours(efqm):
    [bands] = [bands for bands in efqm.bands if bands.of == "total"]
    assert bands.starts == (0, 300, 400, 500, 600, 700)
    assert not any("star" in label.lower().split() for label in bands.labels)


def test_every_part_has_advice_evidence_and_questions_for_assessors(efqm):
    for item in efqm.items:
        assert set(item.improve) == {0, 10, 40, 70}, item.id
        assert item.evidence
        asked = item.questions_of("assessors")
        assert len(asked) >= 2
        assert all(question.evidence for question in asked)


def test_results_are_judged_and_point_to_parts_worth_examining(efqm):
    for item in efqm.items:
        of_results = item.judge.id == "results"
        assert bool(item.drivers) == of_results
        assert not (of_results and item.questions_of("staff"))


def test_recognition_is_left_to_the_owner_of_the_model(efqm):
    assert "recognition is given by the owner" in efqm.notice
    said = " ".join([efqm.title, efqm.about, *(text for b in efqm.bands for text in b.labels)])
    assert "recogni" not in said.lower()
