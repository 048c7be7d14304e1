"""Crosswalks and references: each slip is named at its place, links lead somewhere, texts count."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from assessment.catalogue.check import Checked, check_bytes, load_framework
from assessment.catalogue.problems import CriteriaError
from assessment.catalogue.run import check_paths
from assessment.core.crosswalk import Crosswalk, Ref
from assessment.core.importance import HouseOfQuality
from assessment.core.reference import Profile

FRAMEWORK = """\
kind: framework
id: {name}
title: A model
edition: First
language: en
scales:
  agreement: {{answer: agreement, labels: [no, so so, yes]}}
forms:
  staff: {{audience: Everyone}}
context:
  - {{id: P.1, text: What do you offer?}}
categories:
  - id: 1
    title: Leading
    items:
      - id: {item}
        title: Direction
        questions:
          - {{id: {item}-s1, form: staff, scale: agreement, text: I know our aim.}}
"""
CROSSWALK = """\
kind: crosswalk
id: bridge
title: Two models side by side
edition: First
language: en
frameworks: [ours, theirs]
takes over:
  strong: [evidence, comments]
  partial: evidence
links:
  - item: ours/1.1
    strong: theirs/9.9
    note: Read both.
  - item: ours/P.1
    thematic: [theirs/1]
"""
PROFILE = """\
kind: reference
of: profile
id: neighbours
title: Our neighbours
edition: First
language: en
framework: ours
source: A letter
sector: Works in the valley
n: 12
date: 2025-06
percents:
  1.1: 42.5
  1: 40
  total: 41
"""
HOUSE = """\
kind: reference
of: requirements
id: wishes
title: What customers want
edition: First
language: en
framework: ours
requirements:
  - {id: R1, text: It is there on time., importance: 5, now: 3, target: 4, sales point: 1.5}
  - {id: R2, text: It works., importance: 4}
relations:
  R1: {1.1: 9}
  R2: {1.1: 3}
"""


NO_PART = "“theirs 9.9” names no part of a framework. Write its file and its id: “model-2026/1.1”."
NOWHERE = (
    "“ours/P.1” is linked with nothing. Name a part under “strong”, “partial” or “thematic”, or say"
    " “change: new” or “change: dropped”."
)


def said(text: str) -> list[tuple[int, int, str, str]]:
    checked = check_bytes(text.encode(), "file.yaml")
    assert (checked.companion is None) == bool(checked.errors)
    return [(one.line, one.column, one.rule, one.sentence) for one in checked.problems]


def run(folder: Path, **files: str) -> dict[str, Checked]:
    for name, text in files.items():
        folder.joinpath(f"{name}.yaml").write_text(text, encoding="utf-8")
    return {Path(one.path).stem: one for one in check_paths([folder])}


def beside_both(folder: Path, text: str) -> list[str]:
    """What a check says of *text* in a folder with both frameworks."""
    found = run(
        folder,
        ours=FRAMEWORK.format(name="ours", item="1.1"),
        theirs=FRAMEWORK.format(name="theirs", item="9.9"),
        own=text,
    )["own"]
    assert (found.companion is None) == bool(found.errors)
    return [
        f"{one.line}:{one.column} {one.severity} {one.rule}: {one.sentence}"
        for one in found.problems
    ]


@pytest.mark.parametrize("text", [CROSSWALK, PROFILE, HOUSE], ids=["crosswalk", "profile", "house"])
def test_the_files_that_are_broken_are_sound_before(text, tmp_path):
    assert said(text) == []
    assert beside_both(tmp_path, text) == []


@pytest.mark.parametrize(
    ("sound", "old", "new", "expected"),
    [
        (CROSSWALK, "kind: crosswalk", "kind: croswalk",
         (1, 7, "not-a-choice", "“croswalk” is no choice for “kind”. Did you mean “crosswalk”?")),
        (CROSSWALK, "frameworks: [ours, theirs]\n", "",
         (1, 1, "missing-field",
          "“frameworks” is missing: a crosswalk needs the ids of two frameworks or more.")),
        (CROSSWALK, "frameworks: [ours, theirs]", "frameworks: [ours]",
         (6, 13, "too-few", "“frameworks” has 1 entry; it needs 2 or more.")),
        (CROSSWALK, "    strong: th", "    strnog: th",
         (12, 5, "unknown-field", "I don't know the field “strnog” here. Did you mean “strong”?")),
        (CROSSWALK, "  partial: evidence", "  partial: scores",
         (9, 12, "not-a-choice",
          "“scores” is no choice for “partial”. Choose from: evidence, comments.")),
        (CROSSWALK, "  partial: evidence", "  thematic: evidence",
         (9, 3, "unknown-field",
          "The field “thematic” belongs to a link, not to a rule of taking over.")),
        (CROSSWALK, "theirs/9.9", "theirs 9.9",
         (12, 13, "bad-link", NO_PART)),
        (CROSSWALK, "strong: theirs/9.9", "strong: ours/1.1",
         (12, 13, "link-within", "“ours/1.1” is of the same framework: a link joins two.")),
        (CROSSWALK, "strong: theirs/9.9", "strong: thiers/9.9",
         (12, 13, "unlisted-framework",
          "“thiers” is not listed under “frameworks”. Did you mean “theirs”?")),
        (CROSSWALK, "    note: Read", "    partial: theirs/9.9\n    note: Read",
         (13, 14, "link-twice",
          "“ours/1.1” and “theirs/9.9” are linked already, in line 12.")),
        (CROSSWALK, "item: ours/P.1\n    thematic: [theirs/1]",
         "item: theirs/9.9\n    thematic: [ours/1.1]",
         (15, 16, "link-twice",
          "“theirs/9.9” and “ours/1.1” are linked already, in line 12.")),
        (CROSSWALK, "    thematic: [theirs/1]", "    change: same",
         (14, 11, "link-leads-nowhere", NOWHERE)),
        (CROSSWALK, "[ours, theirs]", "[ours, theirs, ours]",
         (6, 28, "duplicate-id", "“ours” is listed twice.")),
        (PROFILE, "of: profile", "of: prices",
         (2, 5, "not-a-choice",
          "“prices” is no choice for “of”. Choose from: profile, requirements.")),
        (PROFILE, "source: A letter\n", "",
         (1, 1, "missing-field", "“source” is missing: a profile needs a source.")),
        (PROFILE, "n: 12\n", "",
         (1, 1, "missing-field", "“n” is missing: a profile needs an “n”: how many they are.")),
        (PROFILE, "n: 12", "n: 0", (10, 4, "out-of-range", "There is one at least.")),
        (PROFILE, "2025-06", "2025-13",
         (11, 7, "not-a-date", "“2025-13” is no date such as 2025, 2025-06 or 2025-06-30.")),
        (PROFILE, "42.5", "142.5", (13, 8, "out-of-range", "142.5 is not between 0 and 100.")),
        (PROFILE, "42.5", "42,5",
         (13, 8, "not-a-number", "“42,5” is not a number. Did you mean “42.5”?")),
        (HOUSE, "importance: 5", "importance: 6",
         (9, 54, "out-of-range", "6 is not between 1 and 5.")),
        (HOUSE, "1.5}", "1.4}", (9, 89, "not-a-choice", "1.4 is none of: 1, 1.2, 1.5.")),
        (HOUSE, "{1.1: 9}", "{1.1: 8}", (12, 13, "not-a-choice", "8 is none of: 9, 3, 1.")),
        (HOUSE, "  R2: {", "  R3: {",
         [(10, 10, "unmet-requirement", "No item serves “R2”: a requirement that stays unmet."),
          (13, 3, "unknown-requirement",
           "This file has no requirement “R3”. Choose from: R1, R2.")]),
        (HOUSE, "id: R2", "id: R1",
         [(10, 10, "duplicate-id", "The id “R1” is used twice: in line 9 and here."),
          (13, 3, "unknown-requirement",
           "This file has no requirement “R2”. Choose from: R1.")]),
        (HOUSE, "relations:\n", "relation:\n",
         (11, 1, "unknown-field",
          "I don't know the field “relation” here. Did you mean “relations”?")),
        (HOUSE, "{1.1: 9}", "{1.1: }",
         (12, 8, "empty-value",
          "There is nothing after “1.1”. Fill it in, or leave the line out.")),
    ],
)  # fmt: skip
def test_a_slip_is_named_at_its_place_in_plain_words(sound, old, new, expected):
    assert old in sound
    assert said(sound.replace(old, new)) == (expected if isinstance(expected, list) else [expected])


def test_a_requirement_that_nothing_serves_is_pointed_out():
    assert said(HOUSE.replace("  R2: {1.1: 3}\n", "")) == [
        (10, 10, "unmet-requirement", "No item serves “R2”: a requirement that stays unmet.")
    ]


def test_too_many_strong_relations_are_pointed_out():
    strong = "R1: {1.1: 9, 1.2: 9, 1.3: 9, 1.4: 1}"
    [found] = said(HOUSE.replace("R1: {1.1: 9}", strong))
    assert found[2] == "many-strong-relations"
    assert said(HOUSE.replace("R1: {1.1: 9}", strong.replace("1.3: 9", "1.3: 3"))) == []


def test_a_framework_that_nothing_has_to_do_with_is_pointed_out():
    [found] = said(CROSSWALK.replace("theirs]", "theirs, others]"))
    assert found[1:3] == (28, "unused-framework")


def test_a_link_that_leads_nowhere_in_its_framework_is_an_error_with_a_proposal(tmp_path):
    assert beside_both(tmp_path, CROSSWALK.replace("theirs/9.9", "theirs/9.8")) == [
        "12:13 error orphan-link: “theirs” has no “9.8”. Choose from: 9.9, 1, P.1."
    ]


@pytest.mark.parametrize(
    ("text", "old", "new", "place"),
    [
        (PROFILE, "  1.1:", "  1.2:", "13:3"),
        (PROFILE, "  1: ", "  P.1: ", "14:3"),
        (HOUSE, "R1: {1.1: 9}", "R1: {1: 9, 1.1: 1}", "12:8"),
    ],
)
def test_what_a_reference_names_is_in_its_framework(tmp_path, text, old, new, place):
    assert old in text
    [found] = beside_both(tmp_path, text.replace(old, new))
    where, severity, rule, *_words = found.split(" ")
    assert (where, severity, rule.rstrip(":")) == (place, "error", "orphan-link")


def test_a_framework_that_is_not_checked_too_is_noted_and_no_fault(tmp_path):
    found = run(tmp_path, ours=FRAMEWORK.format(name="ours", item="1.1"), own=CROSSWALK)["own"]
    [noted] = found.problems
    assert str(noted).endswith(
        "own.yaml:6:20: note: The framework “theirs” is not among the files of this check, so that"
        " nothing that leads there was looked at. [framework-not-here]"
    )
    assert [one.rule for one in found.problems] == ["framework-not-here"]
    assert found.companion is not None
    assert found.warnings == ()


def test_an_item_that_serves_no_requirement_is_pointed_out(tmp_path):
    two = (
        FRAMEWORK.format(name="ours", item="1.1")
        + """\
      - id: 1.2
        title: More
        questions:
          - {id: 1.2-s1, form: staff, scale: agreement, text: I know more.}
"""
    )
    found = run(tmp_path, ours=two, own=HOUSE)["own"]
    assert [(one.severity, one.rule, one.sentence) for one in found.problems] == [
        ("warning", "untouched-item", "1 item serves no requirement: 1.2.")
    ]


def test_two_files_of_a_run_never_have_one_id(tmp_path):
    found = run(tmp_path, first=PROFILE, second=PROFILE)
    assert found["first"].companion is not None
    assert found["second"].companion is None
    assert [one.rule for one in found["second"].errors] == ["duplicate-file"]


def test_a_crosswalk_is_read_from_either_side():
    found = check_bytes(CROSSWALK.encode(), "file").companion
    assert isinstance(found, Crosswalk)
    [there] = found.related(Ref("ours", "1.1"))
    [back] = found.related(Ref("theirs", "9.9"))
    assert (str(there.to), there.strength, there.note) == ("theirs/9.9", "strong", "Read both.")
    assert (str(back.to), back.strength) == ("ours/1.1", "strong")
    assert found.pairs == (("ours", "theirs"),)
    assert [str(ref) for ref, _own in found.between("theirs", "ours")] == ["theirs/9.9", "theirs/1"]


def test_a_crosswalk_takes_evidence_over_and_never_a_figure():
    found = check_bytes(CROSSWALK.encode(), "file").companion
    assert isinstance(found, Crosswalk)
    assert found.takes_over == {
        "strong": ("evidence", "comments"), "partial": ("evidence",), "thematic": (),
    }  # fmt: skip


def test_a_profile_keeps_its_figures_exactly():
    found = check_bytes(PROFILE.encode(), "file").companion
    assert isinstance(found, Profile)
    assert found.percents == {"1.1": Fraction("42.5"), "1": 40, "total": 41}
    assert (found.sector, found.n, found.date) == ("Works in the valley", 12, "2025-06")


def test_a_house_of_quality_weighs_its_requirements():
    found = check_bytes(HOUSE.encode(), "file").companion
    assert isinstance(found, HouseOfQuality)
    assert [each.weight for each in found.requirements] == [10, 4]


@pytest.mark.parametrize(
    ("text", "kind"), [(CROSSWALK, "crosswalk"), (PROFILE, "reference"), (HOUSE, "reference")]
)
def test_nobody_can_answer_what_accompanies_a_framework(tmp_path, text, kind):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CriteriaError) as caught:
        load_framework(path)
    [problem] = caught.value.problems
    assert problem.rule == "not-a-framework"
    assert problem.sentence == f"This is a {kind}, not a framework: nobody can answer it."


def test_texts_of_these_files_may_have_several_languages():
    checked = check_bytes(
        CROSSWALK.replace("Two models side by side", "{en: Two, de: Zwei}").encode(), "f"
    )
    assert checked.coverage == {"en": (3, 3), "de": (1, 3)}
    assert [one.rule for one in checked.problems] == ["missing-language"]
