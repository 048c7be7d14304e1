"""What a check says about meaning, files and folders."""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from assessment.catalogue.check import Checked, check_bytes, check_file, load_framework
from assessment.catalogue.problems import CriteriaError
from assessment.catalogue.rulebook import RULES
from assessment.catalogue.run import check_paths
from benchmarks.criteria import questions_file, thousand_questions
from tests.catalogue.broken import BROKEN, SOUND, edited


def check(text: str) -> Checked:
    return check_bytes(text.encode(), "file.yaml")


def found(text: str) -> list[tuple[int, str, str]]:
    """Line, rule and sentence of each problem."""
    return [(one.line, one.rule, one.sentence) for one in check(text).problems]


def rules(text: str) -> list[str]:
    return [problem.rule for problem in check(text).problems]


LEADERS_QUESTION = """\
          - id: 1.2-l1
            form: leaders
            scale: agreement
            text: We lead.
"""
MATURITY = SOUND[SOUND.index("  maturity:\n") : SOUND.index("  clause:\n")]
WITH_GRADES = edited(
    (MATURITY, ""),
    ("  - of: total\n    limits: [100, 200]\n    labels: [Early, Mature]\n", ""),
    ("        judge: maturity\n", "        judge: clause\n"),
    ("{0: Ask one customer., 1: Ask them all.}", "{minor: Ask them all., major: Ask.}"),
    (SOUND[SOUND.index("        levels:\n          - level: 1") : SOUND.index("bands:")], ""),
    ("  total: sum\n", "  total: verdict\n  required: [7.1]\n"),
    ("7.1: 1}", "7.1: minor}"),
)


# What items are worth


@pytest.mark.parametrize("points", ["-60", "0", "0.0", ".nan", "nan", "inf", "1e400"])
def test_points_that_are_no_worth_are_refused_with_their_place(points):
    [problem] = check(edited(("points: 60", f"points: {points}"))).problems
    assert (problem.line, problem.column, problem.severity) == (55, 17, "error")


def test_points_that_add_up_to_999_of_1000_are_refused_at_the_limit():
    text = edited(
        ("points: 100\n", "points: 899\n"),
        ("[100, 200]", "[100, 1000]"),
        ("{1.1: 50, 1.2: 50, 7.1: 1}", "{'*': 50}"),
    )
    assert found(text) == [
        (
            110,
            "bands-sum",
            "The last limit is 1000, but the points of all judged items add up to 999.",
        )
    ]
    assert found(text.replace("points: 899", "points: 900")) == []


def test_points_are_kept_exactly():
    text = edited(("points: 60", "points: 200/3"), ("points: 40", "points: 100/3"))
    framework = check(text).framework
    assert framework is not None
    assert [item.points for item in framework.items] == [
        Fraction(200, 3),
        Fraction(100, 3),
        Fraction(100),
    ]


# Warnings


def test_a_file_without_golden_answers_is_warned_about():
    text = SOUND[: SOUND.index("golden:")]
    [problem] = check(text).problems
    assert (problem.line, problem.rule, problem.severity) == (1, "no-golden", "warning")
    assert check(text).framework is not None


def test_a_form_that_asks_nothing_is_warned_about():
    text = edited(("  leaders:\n", "  partners:\n    audience: Suppliers\n  leaders:\n"))
    assert found(text) == [
        (41, "unused-form", "No question is asked on the form “partners”."),
    ]


def test_items_that_nobody_judges_are_warned_about():
    text = edited(("audience: Examiners", "audience: Examiners\n    judges: no"))
    assert rules(text) == ["nobody-judges"]
    assert rules(text.replace("team\n", "team\n    judges: yes\n")) == []


def test_an_item_that_asks_nothing_is_warned_about():
    item = "      - id: 1.3\n        title: Nothing\n        points: 50\n  - id: 7\n"
    assert rules(edited(("  - id: 7\n", item))) == ["nothing-asked"]


def test_advice_that_is_missing_below_the_top_is_warned_about_once_an_item():
    text = edited(("          0: Agree on a direction, and say it.", "          50: Go on."))
    assert found(text) == [
        (53, "missing-improve", "Item “1.1” does not say what to improve at: 0.")
    ]


def test_advice_at_a_question_counts_for_its_item():
    text = edited(
        ("        improve:\n          0: Agree on a direction, and say it.\n", ""),
        (
            "            evidence: [plans",
            "            improve: {0: Write it down.}\n            evidence: [plans",
        ),
    )
    framework = check(text).framework
    assert rules(text) == []
    assert framework is not None
    assert framework.question_by_id["1.1a-1"].improve == {0: "Write it down."}


def test_a_language_with_gaps_is_warned_about_once_at_the_first_gap():
    text = edited(("title: Vision", "title: {en: Vision, de: Leitbild}"))
    [(line, rule, sentence)] = found(text)
    assert (line, rule) == (3, "missing-language")
    assert sentence == "1 of 46 texts are given in “de”; this is the first that is not."
    assert check(text).coverage == {"en": (46, 46), "de": (1, 46)}


def test_a_gap_in_the_files_own_language_is_warned_about_too():
    text = edited(("title: Vision", "title: {de: Leitbild}"))
    assert [line for line, _, _ in found(text)] == [3, 59]


def test_a_pair_across_items_is_warned_about():
    text = edited(
        ("pair: 1.1-l1", "pair: 1.2-l1"),
        ("          - id: 1.2-s1", LEADERS_QUESTION + "          - id: 1.2-s1"),
    )
    assert rules(text) == ["pair-across-items"]


def test_one_block_alone_is_warned_about():
    text = edited(("            pair: 1.1-l1", "            pair: 1.1-l1\n            block: A"))
    assert rules(text) == ["single-block"]
    assert rules(text.replace("            hint:", "            block: B\n            hint:")) == [
        "single-block"
    ]


def more_questions(count: int, extra: str = "", form: str = "staff") -> str:
    questions = "".join(
        f"          - id: more-{number}\n            form: {form}\n            scale: agreement\n"
        f"            text: We see it happen, as in case {number}.\n{extra.format(number % 2)}"
        for number in range(count)
    )
    return edited(("  - id: 7\n", questions + "  - id: 7\n"))


def test_many_questions_for_staff_and_leaders_are_warned_about():
    assert rules(more_questions(18)) == []
    assert found(more_questions(19)) == [
        (38, "many-questions", "The form “staff” asks 21 questions; 20 are a good limit.")
    ]
    assert rules(more_questions(38, form="leaders")) == []
    assert rules(more_questions(39, form="leaders")) == ["many-questions"]


def test_rotating_questions_count_as_one_draw():
    assert rules(more_questions(36, extra="            block: block-{}\n")) == []


def test_a_staff_form_beyond_ten_minutes_is_warned_about():
    text = edited(("text: Leaders here do", "text: Leaders " + "really " * 2_300 + "do"))
    assert "long-form" not in rules(text)  # beyond the length of a text
    text = edited(("text: Leaders here do", "text: Leaders " + "so " * 2_400 + "do"))
    sentence = "The form “staff” takes about 10 minutes; 10 are a good limit."
    assert (38, "long-form", sentence) in found(text)


def test_more_than_ten_thousand_questions_are_refused():
    assert check(questions_file(10_000)).problems == ()
    short = "          - id: x{}\n            text: Why?\n"
    more = "".join(short.format(number) for number in range(10_001))
    assert "too-many-questions" in rules(edited(("  - id: 7\n", more + "  - id: 7\n")))


def test_a_band_may_be_of_a_category():
    bands = "  - of: 1\n    limits: [50, 100]\n    labels: [Early, Mature]\n"
    assert rules(edited(("  - of: process\n", bands + "  - of: process\n"))) == []
    more = bands.replace("100", "110")
    assert found(edited(("  - of: process\n", more + "  - of: process\n"))) == [
        (
            113,
            "bands-sum",
            "The last limit is 110, but the points of the judged items of “1” add up to 100.",
        )
    ]


WITHOUT_JUDGES = edited(
    (SOUND[SOUND.index("  process:\n") : SOUND.index("forms:\n")], ""),
    (SOUND[SOUND.index("  - id: 7\n") : SOUND.index("not applicable")], ""),
    ("        judge: process\n", ""),
    ("        improve:\n          0: Agree on a direction, and say it.\n", ""),
    ("        improve:\n          0: Ask people what they see.\n", ""),
    (SOUND[SOUND.index("  - name: half") : SOUND.index("  - name: one person")], ""),
    ("        points: 60\n", ""),
    ("        points: 40\n", ""),
    ("scoring:\n  item: judged\n  total: sum\n", ""),
)


def test_a_survey_needs_no_judges():
    assert rules(WITHOUT_JUDGES) == []


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ("item: cumulative", "“cumulative” needs items judged on a met scale."),
        ("total: sum", "“total: sum” needs points on the items."),
        ("category: points", "“category: points” needs points on the items."),
        ("total: verdict", "A verdict needs items that are judged on a conformity scale."),
    ],
)
def test_a_rule_finds_what_it_works_on(chosen, sentence):
    text = WITHOUT_JUDGES.replace("golden:", f"scoring:\n  {chosen}\ngolden:")
    assert [(rule, said) for _, rule, said in found(text)] == [("scoring-fit", sentence)]


def test_advice_needs_a_place_to_stand():
    text = WITHOUT_JUDGES.replace("        areas:", "        improve: {0: Go on.}\n        areas:")
    assert rules(text) == ["unknown-improve"]


# Levels from 0

RUBRIC = """\
  rubric:
    answer: level
    levels:
      - {level: 0, label: None, text: Nothing is done.}
      - {level: 1, label: Some, text: Something is done.}
      - {level: 2, label: Much, text: Much is done.}
"""
WITH_RUBRIC = edited(
    (MATURITY, RUBRIC),
    ("        judge: maturity\n", "        judge: rubric\n"),
    (SOUND[SOUND.index("        levels:\n          - level: 1") : SOUND.index("bands:")], ""),
    ("    judged: {1.1: 50, 1.2: 50, 7.1: 1}", "    judged: {1.1: 50, 1.2: 50, 7.1: 0}"),
)


def test_levels_that_are_picked_may_begin_with_zero():
    framework = check(WITH_RUBRIC).framework
    assert rules(WITH_RUBRIC) == []
    assert framework is not None
    assert framework.scales["rubric"].values == (0, 1, 2)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{level: 1, label", "{level: 2, label", "Level 1 is expected here, not 2."),
        (
            "{level: 0, label",
            "{level: -1, label",
            "Level 1 is expected here, not -1.",
        ),
    ],
)
def test_levels_from_zero_have_no_gap(old, new, sentence):
    text = WITH_RUBRIC.replace(old, new)
    assert text != WITH_RUBRIC
    assert next(said for _, rule, said in found(text) if rule == "level-gap").startswith(sentence)


def test_levels_with_criteria_begin_with_one():
    text = edited(("- level: 1\n        label: Begun", "- level: 0\n        label: Begun"))
    assert "Level 1 is expected here, not 0." in [sentence for _, _, sentence in found(text)]


# Conformity, verdict


def test_a_verdict_over_graded_items_is_sound():
    framework = check(WITH_GRADES).framework
    assert rules(WITH_GRADES) == []
    assert framework is not None
    assert framework.scoring.total == "verdict"
    assert framework.scoring.required == ("7.1",)
    assert framework.item_by_id["7.1"].improve == {2: "Ask them all.", 3: "Ask."}


def test_a_required_item_is_graded():
    assert found(WITH_GRADES.replace("required: [7.1]", "required: [1.1]"))[0][1:] == (
        "required-not-graded",
        "Item “1.1” is required, but not judged on a conformity scale.",
    )


def test_advice_on_conformity_stands_at_a_grade():
    sentence = found(WITH_GRADES.replace("{minor:", "{minr:"))[0][2]
    assert sentence == "No range, level or grade starts at “minr”. Did you mean “minor”?"


# All rules


def test_every_rule_is_met_by_a_test():
    """Each id of `RULES` is provoked by a broken file or an example, or named in a test here."""
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    named = {rule for rule in RULES if f'"{rule}"' in tests}
    provoked = {expected.rule for broken in BROKEN for expected in broken.expected}
    shown = {rule.id for rule in RULES.values() if not rule.in_words}
    assert set(RULES) - named - provoked - shown == set()
    assert provoked - set(RULES) == set()


def test_problems_are_sorted_by_place():
    text = edited(
        ("title: Vision", "title:"), ("kind: framework", "kind: survey"), ("hint:", "hnt:")
    )
    lines = [problem.line for problem in check(text).problems]
    assert lines == sorted(lines)
    assert len(lines) == 3


# Files and folders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.yaml").write_text(SOUND, encoding="utf-8")
    other = SOUND.replace("id: small-2026", "id: other-2026\nvariant of: small-2026")
    (tmp_path / "a.yaml").write_text(other, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not criteria", encoding="utf-8")
    return tmp_path


def test_a_folder_stands_for_its_yaml_files_in_order(folder):
    results = check_paths([folder])
    assert [Path(checked.path).name for checked in results] == ["a.yaml", "b.yaml"]
    assert [checked.problems for checked in results] == [(), ()]


def test_a_file_that_is_named_twice_is_checked_once(folder):
    assert len(check_paths([folder / "b.yaml", folder])) == 2


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (SOUND.encode()[:700], "missing-field"),
        (bytes(range(256)) * 10, "not-text"),
        (b"", "empty-file"),
    ],
)
def test_a_faulty_file_is_named_and_the_rest_are_served(folder, data, rule):
    (folder / "a.yaml").write_bytes(data)
    faulty, sound = check_paths([folder])
    assert rule in {problem.rule for problem in faulty.problems}
    assert faulty.framework is None
    assert sound.framework is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named_and_the_rest_are_served(folder):
    (folder / "a.yaml").chmod(0)
    faulty, sound = check_paths([folder])
    assert [problem.rule for problem in faulty.problems] == ["unreadable"]
    assert sound.framework is not None


def test_a_file_that_cannot_be_opened_is_named_with_the_reason(folder, monkeypatch):
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    [problem] = check_file(folder / "a.yaml").problems
    assert problem.rule == "unreadable"
    assert problem.sentence == "This file cannot be read: permission denied."


def test_what_is_not_there_or_not_a_file_is_named(folder):
    (folder / "empty").mkdir()
    (folder / "c.yaml").symlink_to(folder / "vanished")
    names = [folder / "vanished.yaml", folder / "empty", "nul\0.yaml", folder / "c.yaml"]
    assert [checked.problems[0].rule for checked in check_paths(names)] == [
        "unreadable",
        "nothing-to-check",
        "unreadable",
        "unreadable",
    ]


def test_two_files_with_one_framework_leave_the_first(folder):
    (folder / "a.yaml").write_text(SOUND, encoding="utf-8")
    first, second = check_paths([folder])
    assert first.framework is not None
    assert second.framework is None
    [problem] = second.problems
    assert (problem.line, problem.rule) == (2, "duplicate-framework")


def test_loading_gives_the_framework_or_every_error(folder):
    assert load_framework(folder / "b.yaml").id == "small-2026"
    (folder / "b.yaml").write_text(edited(("hint:", "hnt:")), encoding="utf-8")
    with pytest.raises(CriteriaError, match="Did you mean “hint”") as caught:
        load_framework(folder / "b.yaml")
    assert [problem.rule for problem in caught.value.problems] == ["unknown-field"]


def test_loading_in_a_language_that_is_not_there_is_refused(folder):
    with pytest.raises(CriteriaError, match="There are no texts in “fr”, only in: en") as caught:
        load_framework(folder / "b.yaml", language="fr")
    assert [problem.rule for problem in caught.value.problems] == ["unknown-language"]


def test_a_check_gives_the_golden_answers_of_the_file(folder):
    named = [golden.name for golden in check_file(folder / "b.yaml").golden]
    assert named == ["half of everything", "one person agrees"]


def test_a_check_counts(folder):
    assert check_file(folder / "b.yaml").counts == {
        "categories": 2,
        "items": 3,
        "questions": 5,
        "criteria": 2,
    }


def test_a_thousand_questions_are_sound():
    checked = check(thousand_questions())
    assert checked.problems == ()
    assert checked.counts["questions"] == 1_000
