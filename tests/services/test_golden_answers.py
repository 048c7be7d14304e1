"""Golden answers that give many items their judgement at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.services.checking import check_criteria

FILE = """
kind: framework
id: graded
title: Clauses and a checklist
edition: First draft
language: en
scales:
  clause:
    answer: conformity
  documents:
    answer: met
    levels:
      - {level: 1, label: all there}
forms:
  staff: {audience: Everyone}
  assessors: {audience: Internal auditors}
categories:
  - id: 1
    title: Clauses
    items:
      - {id: 1.1, title: Policy, judge: clause}
      - {id: 1.2, title: Objectives, judge: clause}
  - id: D
    title: Documents
    items:
      - id: D1
        title: Kept up to date
        judge: documents
        improve: {0: Write it.}
        levels:
          - level: 1
            criteria:
              - {id: D1-1.1, text: The policy is written down.}
scoring: {total: verdict}
golden:
  - name: everything
    judged: JUDGED
    expect:
      assessed:
        verdict: VERDICT
        items: [ITEM]
"""


def problems(folder: Path, judged: str, verdict: str, item: str) -> list[str]:
    path = folder / "graded.yaml"
    text = FILE.replace("JUDGED", judged).replace("VERDICT", verdict).replace("ITEM", item)
    path.write_text(text, encoding="utf-8")
    (found,) = check_criteria([path])
    return [problem.sentence for problem in found.problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("judged", "verdict", "item"),
    [
        ("{'*': minor}", "minors open", "{id: D1, state: not scored}"),
        ("{'*': 1}", "not determined", "{id: D1, level: 1}"),
        (
            "{'*': conforming, D1: 0}",
            "no obstacle found in what was assessed",
            "{id: D1, level: 0}",
        ),
    ],
)
def test_a_star_gives_grades_to_what_is_graded_and_numbers_to_the_rest(
    tmp_path, judged, verdict, item
):
    assert problems(tmp_path, judged, verdict, item) == []


def test_a_word_that_is_no_grade_is_refused_by_a_star(tmp_path):
    (said,) = problems(tmp_path, "{'*': confroming}", "minors open", "{id: D1, level: 1}")
    assert "“confroming” cannot be the judgement of D1." in said


def test_a_grade_is_refused_where_an_item_is_named_that_takes_none(tmp_path):
    (said,) = problems(tmp_path, "{D1: minor}", "minors open", "{id: D1, level: 1}")
    assert "“minor” cannot be the judgement of D1." in said
