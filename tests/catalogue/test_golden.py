"""Golden answers: run by whoever knows how, and held against the results."""

from collections.abc import Iterable
from fractions import Fraction

import pytest

from assessment.catalogue.check import Checked, check_bytes
from assessment.catalogue.golden import Golden, mismatches
from assessment.core.framework import Framework
from tests.catalogue.broken import SOUND, edited


def check(text: str, *sentences: str) -> Checked:
    def run(_framework: Framework, golden: Golden) -> Iterable[str]:
        return sentences if golden.name == "one person agrees" else ()

    return check_bytes(text.encode(), "file.yaml", run)


def test_golden_answers_are_read_as_they_are_typed():
    judged, answered = check(SOUND).golden
    assert judged.judged == {"1.1": "50", "1.2": "50", "7.1": "1"}
    assert judged.expect == {"assessed": {"total": {"points": Fraction(100)}}}
    assert answered.answers == ({"respondent": "r1", "question": "1.1-s1", "answer": "4"},)


def test_expected_figures_are_numbers_and_ids_stay_text():
    text = edited(
        ("{id: 1.1-s1, n: 1, mean: 4}", "{id: 1.10, of: 2, n: 1/3, ok: yes, gone: ~, state: 5}")
    )
    assert check(text).golden[1].expect["perceived"] == {
        "questions": [
            {"id": "1.10", "of": "2", "n": Fraction(1, 3), "ok": True, "gone": None, "state": "5"}
        ]
    }


def test_results_that_are_borne_out_are_no_problem():
    assert check(SOUND).problems == ()


def test_a_mismatch_is_an_error_at_the_golden_entry():
    checked = check(SOUND, "perceived.percent is 50, expected 75")
    [problem] = checked.problems
    assert (problem.line, problem.column, problem.rule) == (125, 5, "golden-mismatch")
    assert problem.sentence == (
        "Golden answers “one person agrees”: perceived.percent is 50, expected 75."
    )
    assert checked.framework is None


def test_golden_answers_are_not_run_while_there_are_errors():
    checked = check(edited(("hint:", "hnt:")), "perceived.percent is 50, expected 75")
    assert [problem.rule for problem in checked.problems] == ["unknown-field"]


RESULT = {
    "assessed": {
        "total": {"points": 498.5, "complete": True, "state": "scored"},
        "items": [
            {"id": "1.1", "percent": 33.333333, "level": "minor"},
            {"id": "1.2", "percent": None},
        ],
        "bands": [{"of": "total", "band": 4, "label": "4"}],
    },
    "perceived": {"questions": [{"id": "q", "counts": {"4": 2}}]},
}


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"assessed": {"total": {"points": Fraction("498.5"), "complete": True}}},
        {"assessed": {"total": {"points": Fraction("498.5000009")}}},
        {"assessed": {"items": [{"id": "1.1", "percent": Fraction(100, 3)}]}},
        {"assessed": {"items": [{"id": "1.2", "percent": None}, {"id": "1.1", "level": "minor"}]}},
        {"assessed": {"bands": [{"of": "total", "band": Fraction(4), "label": Fraction(4)}]}},
        {"perceived": {"questions": [{"id": "q", "counts": {"4": Fraction(2)}}]}},
    ],
)
def test_only_what_is_expected_is_compared(expect):
    assert mismatches(expect, RESULT) == []


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        (
            {"assessed": {"total": {"points": Fraction(500)}}},
            "assessed.total.points is 498.5, expected 500",
        ),
        (
            {"assessed": {"total": {"points": Fraction("498.500002")}}},
            "assessed.total.points is 498.5, expected 498.500002",
        ),
        (
            {"assessed": {"total": {"pionts": Fraction(500)}}},
            "The results have no assessed.total.pionts. Did you mean “points”?",
        ),
        (
            {"assessed": {"items": [{"id": "1.1", "level": "major"}]}},
            "assessed.items[1.1].level is “minor”, expected “major”",
        ),
        (
            {"assessed": {"items": [{"id": "1.2", "percent": Fraction(0)}]}},
            "assessed.items[1.2].percent is nothing, expected 0",
        ),
        (
            {"assessed": {"items": [{"id": "1.9", "percent": Fraction(0)}]}},
            "assessed.items has no entry “1.9”",
        ),
        (
            {"assessed": {"bands": [{"of": "total", "band": Fraction(5)}]}},
            "assessed.bands[total].band is 4, expected 5",
        ),
        (
            {"perceived": {"questions": []}},
            "perceived.questions has 1 entry, expected 0",
        ),
        (
            {"assessed": {"total": {"complete": False}}},
            "assessed.total.complete is yes, expected no",
        ),
        (
            {"assessed": {"total": Fraction(500)}},
            "assessed.total is a list or fields, expected 500",
        ),
        (
            {"assessed": {"total": {"points": [Fraction(1)]}}},
            "assessed.total.points is 498.5, expected a list or fields",
        ),
    ],
)
def test_a_difference_is_a_plain_sentence(expect, sentence):
    assert mismatches(expect, RESULT) == [sentence]
