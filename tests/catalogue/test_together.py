"""What shows only when several files are checked in one run."""

from pathlib import Path

import pytest

from assessment.catalogue.check import Checked
from assessment.catalogue.run import check_paths
from tests.catalogue.broken import SOUND

OWN = """\
kind: framework
id: own-2026
title: Leaders here do what they ask of others
edition: First
language: en
scales:
  agreement:
    answer: agreement
    labels: [strongly disagree, disagree, neither, agree, strongly agree]
forms:
  staff:
    audience: Everyone
categories:
  - id: 1
    title: Leading
    items:
      - id: 1.1
        title: Direction
        questions:
          - {id: 1.1-s1, form: staff, scale: agreement, text: TEXT}
golden:
  - name: one agrees
    answers:
      - {respondent: r1, question: 1.1-s1, answer: 4}
    expect:
      perceived: {percent: 75}
"""
SHARED = "leaders here do what they ask of OTHERS."


@pytest.fixture
def run(tmp_path: Path):
    def check(**files: str) -> dict[str, Checked]:
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return {Path(one.path).stem: one for one in check_paths([tmp_path])}

    return check


def rules(checked: Checked) -> list[str]:
    return [problem.rule for problem in checked.problems]


def test_a_sentence_that_two_files_share_is_warned_about_in_the_later_one(run):
    found = run(a=SOUND, b=OWN.replace("TEXT", SHARED))
    [problem] = found["b"].problems
    assert (problem.line, problem.rule, problem.severity) == (20, "shared-sentence", "warning")
    assert "“small-2026”" in problem.sentence
    assert found["a"].problems == ()


@pytest.mark.parametrize("text", ["Leaders here act well.", "My boss does what she asks of us."])
def test_short_sentences_and_own_words_may_stand_beside_another_file(run, text):
    assert rules(run(a=SOUND, b=OWN.replace("TEXT", text))["b"]) == []


def test_one_sentence_of_a_longer_text_is_enough(run):
    text = f"'{SHARED} We see it.'"
    assert rules(run(a=SOUND, b=OWN.replace("TEXT", text))["b"]) == ["shared-sentence"]


def test_variants_of_one_framework_share_what_they_like(run):
    variant = OWN.replace("TEXT", SHARED).replace("edition:", "variant of: small-2026\nedition:")
    other = variant.replace("own-2026", "other-2026")
    found = run(a=SOUND, b=variant, c=other)
    assert [rules(one) for one in found.values()] == [[], [], []]


def test_a_shared_sentence_is_silenced_like_any_warning(run):
    silence = "silence:\n  - {rule: shared-sentence, at: 1.1-s1, reason: A law says so.}\n"
    found = run(a=SOUND, b=OWN.replace("TEXT", SHARED) + silence)["b"]
    assert rules(found) == []
    assert [problem.rule for problem in found.silenced] == ["shared-sentence"]


@pytest.mark.parametrize("named", ["small-2027", "own-2026"])
def test_a_variant_of_what_is_not_there_is_warned_about(run, named):
    text = OWN.replace("TEXT", "We try.").replace("edition:", f"variant of: {named}\nedition:")
    assert rules(run(a=SOUND, b=text)["b"]) == ["unknown-variant"]


def test_a_variant_is_known_beside_its_file_even_if_that_is_not_checked(tmp_path):
    (tmp_path / "small-2026.yaml").write_text(SOUND, encoding="utf-8")
    text = OWN.replace("TEXT", "We try.").replace("edition:", "variant of: small-2026\nedition:")
    (tmp_path / "own-2026.yaml").write_text(text, encoding="utf-8")
    assert rules(check_paths([tmp_path / "own-2026.yaml"])[0]) == []
