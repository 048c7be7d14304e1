"""The shape of a file: numbers exactly, nothing unknown, and the same shape for editors."""

import json
import re
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
import yaml

from assessment.catalogue.check import check_bytes
from assessment.catalogue.editors import KINDS, json_schema
from assessment.catalogue.figures import NotANumber, amount, whole_number
from assessment.catalogue.problems import Problem
from tests.catalogue.broken import SOUND
from tests.catalogue.test_companions import CROSSWALK, HOUSE, PROFILE

CRITERIA = Path(__file__).resolve().parents[2] / "criteria"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("65", 65),
        ("58.25", Fraction(233, 4)),
        ("200/3", Fraction(200, 3)),
        ("-1.5", Fraction(-3, 2)),
    ],
)
def test_an_amount_is_read_exactly(typed, number):
    assert amount(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "", " 4", "4 ", "４", "٤", "nan", ".nan", "inf", "-.inf", "1e3", "1e400", "0x10", "1_000",
        "+5", "05", "5.", ".5", "1/0", "1.5/2", "--5", "five", "9" * 13, "9" * 5_000,
    ],
)  # fmt: skip
def test_what_is_not_plainly_a_number_is_refused(typed):
    with pytest.raises(NotANumber):
        amount(typed)
    with pytest.raises(NotANumber):
        whole_number(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("58,25", "58.25"), ("1,000", "1000"), ("50 %", "50"), ("+5", "5"), ("05", "5")],
)
def test_a_near_number_gets_a_proposal(typed, meant):
    with pytest.raises(NotANumber, match=f"Did you mean “{meant}”"):
        amount(typed)


def test_a_whole_number_has_no_decimals():
    assert whole_number("12") == 12
    with pytest.raises(NotANumber, match=r"“4\.0” is not a whole number\. Did you mean “4”"):
        whole_number("4.0")


def problems_of(text: str) -> list[Problem]:
    return list(check_bytes(text.encode(), "file.yaml").problems)


def test_the_sound_file_is_sound():
    assert problems_of(SOUND) == []


def test_an_id_keeps_every_character():
    text = SOUND.replace("id: P.1", "id: 2026-01-01")
    framework = check_bytes(text.encode(), "file.yaml").framework
    assert framework is not None
    assert [factor.id for factor in framework.context] == ["2026-01-01"]


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u202e"])
def test_an_id_with_an_invisible_character_is_refused(sign):
    [found] = problems_of(SOUND.replace("id: P.1", f"id: P{sign}.1"))
    code = f"U+{ord(sign):04X}"
    assert found.rule == "bad-id"
    assert code in found.sentence


def test_a_date_is_just_a_text_and_no_number():
    assert problems_of(SOUND.replace("edition: First edition", "edition: 2026-13-45")) == []
    [found] = problems_of(SOUND.replace("points: 60", "points: 2026-13-45"))
    assert (found.line, found.column, found.rule) == (55, 17, "not-a-number")


def test_every_misfit_is_reported_in_one_run():
    text = SOUND.replace("points: 60", "points: sixty").replace("hint:", "hnt:")
    text = text.replace("cap: approach", "cap: aproach").replace(
        "language: en", "language: English"
    )
    assert [found.rule for found in problems_of(text)] == [
        "bad-language",
        "unknown-attribute",
        "not-a-number",
        "unknown-field",
    ]


def test_meaning_is_read_around_a_misfit_without_false_alarms():
    text = SOUND.replace("audience: Examiners", "audience: [Examiners]")
    text = text.replace("id: P.1", "id: '7.1'")
    assert [found.rule for found in problems_of(text)] == ["wrong-shape", "duplicate-id"]


def test_a_misspelt_required_field_is_not_reported_as_missing_too():
    [found] = problems_of(SOUND.replace("title: Vision", "titel: Vision"))
    assert found.sentence == "I don't know the field “titel” here. Did you mean “title”?"


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_that_of_the_models(kind):
    committed = CRITERIA.joinpath(f"{kind}.schema.json").read_text(encoding="utf-8")
    assert committed == json_schema(kind)


def as_an_editor_sees_it(text: str) -> object:
    """The values with the types YAML gives them, and names of fields as text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def editor(kind: str = "criteria") -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema(kind)))
    return jsonschema.Draft202012Validator(json.loads(json_schema(kind)))


def test_an_editor_accepts_a_sound_file():
    assert list(editor().iter_errors(as_an_editor_sees_it(SOUND))) == []


@pytest.mark.parametrize("path", sorted(CRITERIA.glob("*.yaml")), ids=lambda path: path.name)
def test_an_editor_accepts_the_shipped_files(path):
    text = path.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\w+)\.schema\.json\n", text)
    kind = named[1] if named else "criteria"
    assert list(editor(kind).iter_errors(as_an_editor_sees_it(text))) == []


@pytest.mark.parametrize(
    ("kind", "text"), [("crosswalk", CROSSWALK), ("reference", PROFILE), ("reference", HOUSE)]
)
def test_an_editor_knows_the_other_kinds_of_file(kind, text):
    assert list(editor(kind).iter_errors(as_an_editor_sees_it(text))) == []
    for wrong in (text.replace("language: en", "langage: en"), text.replace("edition: First", "")):
        assert list(editor(kind).iter_errors(as_an_editor_sees_it(wrong))) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hint:", "hnt:"),
        ("answer: percent", "answer: percnt"),
        ("item: judged", "item: juged"),
        ("points: 60", "points: [60]"),
        ("    title: Leading\n", ""),
        ("evidence: [plans, minutes of meetings]", "evidence: plans"),
        ("not applicable: never", "not applicable: sometimes"),
    ],
)
def test_an_editor_marks_a_misfit(old, new):
    assert list(editor().iter_errors(as_an_editor_sees_it(SOUND.replace(old, new)))) != []
