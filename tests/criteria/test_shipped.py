"""The shipped criteria files: facts of the models, counted, and the golden answers run."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from assessment.catalogue.check import Checked
from assessment.core.framework import Framework, Question
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria
from tests.shipped import FRAMEWORKS

SHIPPED = FRAMEWORKS


@pytest.fixture(scope="module")
def checked() -> dict[str, Checked]:
    return {Path(each.path).stem: each for each in check_criteria([CRITERIA])}


def framework(checked: dict[str, Checked], name: str) -> Framework:
    found = checked[name].framework
    assert found is not None
    return found


@pytest.fixture(scope="module")
def baldrige(checked) -> Framework:
    return framework(checked, "baldrige-2023")


@pytest.fixture(scope="module")
def iso9004(checked) -> Framework:
    return framework(checked, "iso-9004-2018")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_file_has_no_problem_and_its_golden_answers_come_out(checked, path):
    found = checked[path.stem]
    assert [str(problem) for problem in found.problems] == []
    assert found.golden


def is_nobodys(owner: str) -> bool:
    """Common knowledge, or ours: nobody is there who could endorse it."""
    return owner.startswith("No owner") or "Touchstone" in owner


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_file_says_whose_model_it_is_and_what_is_in_doubt(checked, path):
    found = framework(checked, path.stem)
    assert found.owner
    assert "own words" in found.notice
    assert "endorsed" in found.notice or is_nobodys(found.owner)
    assert found.doubts
    assert any(note.startswith(("[memory]", "[inferred]", "[convention]")) for note in found.notes)


def asked_of_one(found: Framework, form: str) -> int:
    """How many questions one person meets: those asked of all, and those of the longest block."""
    dealt = Counter(question.block for question in found.questions_of(form))
    return dealt.pop(None, 0) + max(dealt.values(), default=0)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_staff_are_asked_at_most_twenty_statements_in_eight_minutes(checked, path):
    found = checked[path.stem]
    assert 0 < asked_of_one(framework(checked, path.stem), "staff") <= 20
    assert found.minutes["staff"] <= 8
    assert asked_of_one(framework(checked, path.stem), "leaders") <= 40


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_statement_for_staff_is_one_short_sentence(checked, path):
    for question in framework(checked, path.stem).questions_of("staff"):
        assert len(question.text.split()) <= 20, question.id
        assert question.text.endswith("."), question.id
        assert question.text.count(".") == 1, question.id


def texts_of(question: Question) -> list[str]:
    return [question.text, *question.evidence, *question.improve.values()]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_sentence_stands_in_a_file_twice(checked, path):
    found = framework(checked, path.stem)
    texts = [text for question in found.questions for text in texts_of(question)]
    for item in found.items:
        texts += [item.about, *item.improve.values(), *item.evidence]
        texts += [criterion.text for level in item.levels for criterion in level.criteria]
    long = [text.casefold() for text in texts if len(text.split()) > 4]
    assert len(long) == len(set(long))


POINTS = {
    "1.1": 65, "1.2": 50, "2.1": 45, "2.2": 45, "3.1": 40, "3.2": 45, "4.1": 45, "4.2": 45,
    "5.1": 40, "5.2": 45, "6.1": 40, "6.2": 45, "7.1": 120, "7.2": 80, "7.3": 80, "7.4": 80,
    "7.5": 90,
}  # fmt: skip
AREAS = {
    "1.1": "abc", "1.2": "abc", "2.1": "ab", "2.2": "ab", "3.1": "ab", "3.2": "ab", "4.1": "ab",
    "4.2": "abc", "5.1": "ab", "5.2": "abc", "6.1": "ab", "6.2": "abc", "7.1": "abc", "7.2": "a",
    "7.3": "a", "7.4": "a", "7.5": "ab",
}  # fmt: skip


def test_baldrige_has_its_items_with_their_points(baldrige):
    assert {item.id: item.points for item in baldrige.items} == POINTS
    judged = {scale: Fraction(0) for scale in ("process", "results")}
    for item in baldrige.items:
        judged[item.judge.id] += item.points
    assert judged == {"process": 550, "results": 450}


def test_baldrige_has_its_areas_and_every_area_is_asked_about(baldrige):
    for item in baldrige.items:
        assert [area.id for area in item.areas] == [item.id + letter for letter in AREAS[item.id]]
        asked = {question.area for question in item.questions_of("assessors")}
        assert asked == {area.id for area in item.areas}


def test_baldrige_asks_assessors_how_and_says_what_to_look_for(baldrige):
    asked = baldrige.questions_of("assessors")
    assert len(asked) >= 60
    assert all(question.evidence for question in asked)
    for item in baldrige.items:
        for question in item.questions_of("assessors"):
            if item.judge.id == "process":
                assert question.text.startswith(("How ", "In what way")), question.id


def test_baldrige_describes_every_range_of_every_attribute(baldrige):
    attributes = {
        "process": ["approach", "deployment", "learning", "integration"],
        "results": ["levels", "trends", "comparisons", "integration"],
    }
    for name, own in attributes.items():
        scale = baldrige.scales[name]
        assert [attribute.id for attribute in scale.attributes] == own
        assert [(described.start, described.end) for described in scale.ranges] == [
            (0, 5), (10, 25), (30, 45), (50, 65), (70, 85), (90, 100),
        ]  # fmt: skip
        texts = [text for described in scale.ranges for text in described.texts.values()]
        assert len(set(texts)) == 6 * 4


def test_baldrige_says_what_to_do_next_in_every_range_of_every_item(baldrige):
    for item in baldrige.items:
        assert set(item.improve) >= {0, 10, 30, 50, 70}


def test_baldrige_results_are_judged_and_never_asked_of_staff(baldrige):
    for item in baldrige.category_by_id["7"].items:
        assert not any(question.scale.is_scored for question in item.questions)
        assert item.drivers


def test_baldrige_leaders_and_staff_share_paired_statements(baldrige):
    pairs = {
        form: {question.pair_id for question in baldrige.questions_of(form)}
        for form in ("staff", "leaders")
    }
    assert pairs["staff"] <= pairs["leaders"]


ELEMENTS = [
    "5.2", "5.3", "6.2", "7.1", "7.2", "7.3", "7.4", "8.1", "8.2", "8.3", "8.4.2", "8.4.3",
    "8.4.4", "9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.7", "10.1", "10.2",
    "10.3", "10.4", "10.5", "10.6", "10.7", "11.1", "11.2", "11.3", "11.4",
]  # fmt: skip


def test_iso_9004_has_its_thirty_one_elements_by_clause(iso9004):
    assert [item.id for item in iso9004.items] == ELEMENTS
    assert [len(category.items) for category in iso9004.categories] == [2, 1, 4, 6, 7, 7, 4]


def test_iso_9004_has_two_to_four_criteria_on_each_of_five_levels(iso9004):
    for item in iso9004.items:
        assert [level.number for level in item.levels] == [1, 2, 3, 4, 5]
        assert all(2 <= len(level.criteria) <= 4 for level in item.levels), item.id
        assert set(item.improve) >= {0, 1, 2, 3, 4}


def test_iso_9004_knows_no_points_and_no_total(iso9004):
    assert all(item.points is None for item in iso9004.items)
    assert iso9004.scoring.total == "none"
    assert not iso9004.bands


def test_iso_9004_hears_staff_on_every_clause(iso9004):
    for category in iso9004.categories:
        asked = [q for item in category.items for q in item.questions if "staff" in q.forms]
        assert asked, category.id


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_ids_are_facts_and_follow_their_items(checked, path):
    for item in framework(checked, path.stem).items:
        for question in item.questions:
            assert re.fullmatch(rf"{re.escape(item.id)}([a-z]-\d+|-[a-z]+\d+)", question.id)
