"""Two editions: every change is named, and what it does to answers given before."""

import pytest

from assessment.catalogue.check import check_bytes
from assessment.catalogue.diff import Change, changes, summed_up
from assessment.catalogue.rewording import rewording
from assessment.catalogue.schema import CriteriaFile
from tests.catalogue.broken import SOUND, edited


def read(text: str) -> CriteriaFile:
    checked = check_bytes(text.encode(), "x.yaml")
    assert checked.errors == ()
    assert checked.file is not None
    return checked.file


def changed(*edits: tuple[str, str]) -> list[tuple[str, str]]:
    """Effect and place of each change that the edits make."""
    found = changes(read(SOUND), read(edited(*edits)))
    return [(one.effect, one.place) for one in found]


S1 = "text: I know what we want to achieve this year."
L1 = "question 1.1-l1"
PAIRED = "            text: Our people know what we want to achieve this year.\n"
NEW = "          - id: 1.1-s9\n            form: staff\n            text: What else?\n"


def test_the_same_file_has_no_changes():
    assert changes(read(SOUND), read(SOUND)) == []
    assert summed_up([]) == "Nothing has changed."


@pytest.mark.parametrize(
    ("old", "new", "effect", "place"),
    [
        ("title: A small model", "title: A little model", "none", "file"),
        ("notice: For tests only.", "notice: For tests.", "none", "file"),
        ("0: Agree on a direction, and say it.", "0: Agree on it.", "none", "item 1.1"),
        ("[plans, minutes of meetings]", "[plans]", "none", "question 1.1a-1"),
        ("hint: Think of the leaders you meet.", "hint: Think.", "none", "question 1.2-s1"),
        ("title: Vision", "title: Visions", "none", "area 1.1a"),
        (S1, "text: I know what we want to acheive this year.", "none", "question 1.1-s1"),
        (S1, "text: I know what we want to achieve this year", "none", "question 1.1-s1"),
        (S1, "text: I know what my team wants to achieve.", "compatible", "question 1.1-s1"),
        (S1, "text: My pay is fair.", "incompatible", "question 1.1-s1"),
        (S1, S1.replace("I know", "I never know"), "incompatible", "question 1.1-s1"),
        (PAIRED, PAIRED + NEW, "compatible", "question 1.1-s9"),
        ("text: Customers are asked.", "text: Customers are asked twice.", "compatible",
         "criterion 7.1-1a"),
        ("        label: Mature\n", "        label: Ripe\n", "compatible", "scale process"),
        ("neither, agree,", "half, agree,", "compatible", "scale agreement"),
        ("disagree, neither, agree,", "agree, neither, disagree,", "incompatible",
         "scale agreement"),
        ("favourable: [4, 5]", "favourable: [5]", "incompatible", "scale agreement"),
        ("cap: approach", "cap: deployment", "incompatible", "scale process"),
        ("attributes: [approach,", "attributes: [{id: approach, weight: 2},", "incompatible",
         "scale process"),
        ("form: [staff, leaders]", "form: [staff]", "incompatible", "question 1.2-s1"),
        ("form: [staff, leaders]", "form: [staff, leaders, assessors]", "compatible",
         "question 1.2-s1"),
        ("from: [0, 50]", "from: [0, 60]", "incompatible", "bands process"),
        ("    limits: [100, 200]\n    labels: [Early, Mature]",
         "    limits: [100, 200]\n    labels: [Early, Ripe]", "none", "bands total"),
        ("not applicable: never", "not applicable: [we do not do that]", "incompatible", "file"),
        ("  item: judged\n", "", "incompatible", "scoring"),
    ],
)  # fmt: skip
def test_a_change_is_classed_by_what_it_does_to_answers(old, new, effect, place):
    assert changed((old, new)) == [(effect, place)]


def test_a_question_that_is_gone_or_has_moved_loses_its_answers():
    text = SOUND[SOUND.index("          - id: 1.1a-1") : SOUND.index("      - id: 1.2\n")]
    areas = "        areas:\n          - id: 1.1a\n            title: Vision\n"
    assert changed((text, ""), (areas, "")) == [
        ("none", "area 1.1a"),
        ("incompatible", "question 1.1a-1"),
    ]
    without = text.replace("            area: 1.1a\n", "")
    moved = changed((text, ""), ("  - id: 7\n", without + "  - id: 7\n"))
    assert ("incompatible", "question 1.1a-1") in moved


def test_points_that_move_from_one_item_to_another_change_every_result():
    assert changed(("points: 60", "points: 50"), ("points: 40", "points: 50")) == [
        ("incompatible", "item 1.1"),
        ("incompatible", "item 1.2"),
    ]


def test_a_language_is_one_change_and_not_one_for_each_text():
    found = changes(
        read(SOUND), read(edited(("title: Vision", "title: {en: Vision, de: Leitbild}")))
    )
    assert found[0] == Change("file", "There are texts in “de” now.", "compatible")
    assert {one.effect for one in found[1:]} <= {"none"}


def test_a_language_more_is_said_once_and_not_of_every_text():
    two = edited((S1, "text: {en: I know our goals., de: Ich kenne unsere Ziele.}"))
    one = edited((S1, "text: I know our goals."))
    assert [str(each) for each in changes(read(one), read(two))] == [
        "compatible: file: There are texts in “de” now."
    ]


def test_another_translation_changes_nothing():
    one = edited((S1, "text: {en: I know our goals., de: Ich kenne die Ziele.}"))
    other = one.replace("die Ziele", "unsere Ziele")
    [found] = changes(read(one), read(other))
    assert str(found) == "none: question 1.1-s1: The translation of its “text” is another."


def test_a_new_criterion_makes_its_level_harder_to_reach():
    more = "              - id: 7.1-1b\n                text: Answers are kept.\n"
    old = "                text: Customers are asked.\n"
    assert changed((old, old + more)) == [("incompatible", "criterion 7.1-1b")]


def test_the_sum_says_whether_answers_can_be_kept():
    none, compatible, incompatible = (
        Change("file", "…", effect) for effect in ("none", "compatible", "incompatible")
    )
    assert summed_up([none, none, compatible]) == (
        "3 changes: 1 compatible, 2 none. Existing answers can be kept."
    )
    assert summed_up([none, incompatible]) == (
        "2 changes: 1 incompatible, 1 none. Existing answers cannot all be kept."
    )


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("I know it.", "I know it.", "same"),
        ("I know it.", "I know it!", "corrected"),
        ("We recieve help.", "We receive help.", "corrected"),
        ("We get help in time.", "We get help when we need it.", "reworded"),
        ("We get help.", "We do not get help.", "something else"),
        ("We get help in time.", "Prices are fair.", "something else"),
    ],
)
def test_a_wording_is_corrected_reworded_or_another(before, after, what):
    assert rewording(before, after, "en") == what
