"""The guide to criteria files: every example in it works, and every field is in its tables."""

import re
from pathlib import Path
from typing import get_args

import pytest

from assessment.catalogue.check import check_bytes
from assessment.catalogue.schema import Entry, ScaleEntry
from assessment.catalogue.sentences import ENTRIES
from assessment.services.checking import run_golden

README = Path(__file__).resolve().parents[2] / "criteria" / "README.md"
GUIDE = README.read_text(encoding="utf-8")
BLOCKS = [
    (match["kind"], match["text"], GUIDE.count("\n", 0, match.start()) + 2)
    for match in re.finditer(r"^```(?P<kind>.*)\n(?P<text>(?:.*\n)*?)```$", GUIDE, re.MULTILINE)
]
SMALLEST = next(text for kind, text, _ in BLOCKS if kind == "yaml")
PIECES = [(text, line) for kind, text, line in BLOCKS if kind == "yaml"][1:]
NEEDS_THE_PIECE_BEFORE = ("bands:", "golden:")


def parts(text: str) -> dict[str, str]:
    """The top-level parts of a file by their names, as typed."""
    return {
        part.partition(":")[0]: part
        for part in re.findall(r"^\S.*\n(?:[ \n].*\n?)*", text, re.MULTILINE)
    }


def grown() -> list[tuple[int, str]]:
    """The smallest file with each piece in turn, and the line of the guide it stands at."""
    files = []
    before = parts(SMALLEST)
    for text, line in PIECES:
        needs = text.startswith(NEEDS_THE_PIECE_BEFORE)
        before = {**(before if needs else parts(SMALLEST)), **parts(text)}
        files.append((line, "".join(before.values())))
    return files


def test_the_smallest_file_is_sound_without_any_remark():
    checked = check_bytes(SMALLEST.encode(), "our-model-2026.yaml", run_golden)
    assert checked.problems == ()
    assert checked.framework is not None


def test_the_smallest_file_is_small():
    assert len(SMALLEST.splitlines()) < 40


@pytest.mark.parametrize(("line", "text"), grown(), ids=lambda value: str(value)[:6])
def test_every_piece_is_sound_and_its_golden_answers_come_out(line, text):
    checked = check_bytes(text.encode(), f"README.md, line {line}", run_golden)
    assert [str(problem) for problem in checked.problems] == []


def test_the_example_of_problems_shows_what_the_check_says():
    wrong = next(text for kind, text, _ in BLOCKS if kind == "yaml wrong")
    said = next(text for kind, text, _ in BLOCKS if kind == "text")
    checked = check_bytes(wrong.encode(), "our-model-2026.yaml")
    assert "".join(f"{problem}\n" for problem in checked.problems) == said


@pytest.mark.parametrize("kind", ["crosswalk", "profile", "requirements"])
def test_the_examples_of_files_beside_a_framework_are_sound(kind):
    [text] = [text for fence, text, _ in BLOCKS if fence == f"yaml {kind}"]
    checked = check_bytes(text.encode(), f"{kind}.yaml")
    assert [str(problem) for problem in checked.problems] == []
    assert checked.companion is not None


def tables() -> dict[str, str]:
    """The field tables by their headings."""
    reference = GUIDE.partition("## Every field")[2]
    return {
        part.partition("\n")[0]: part.partition("\n")[2] for part in reference.split("\n### ")[1:]
    }


HEADINGS = {
    "criteria file": "The file",
    "level of an item": "The level of an item",
    "entry of bands": "Bands",
    "choice of scoring rules": "Scoring",
}


@pytest.mark.parametrize("kind", [kind for kind in ENTRIES if not kind.endswith(" scale")])
def test_every_field_is_in_its_table(kind):
    assert fields_in(tables()[heading_of(kind)]) >= fields(ENTRIES[kind])


def test_every_field_of_a_scale_is_in_its_table():
    assert fields_in(tables()["A scale"]) == {
        name for scale in get_args(ScaleEntry) for name in fields(scale)
    }


def test_every_required_field_is_in_bold():
    for kind, entry in ENTRIES.items():
        table = tables()[heading_of(kind)]
        bold = set(re.findall(r"\*\*`([^`]+)`\*\*", table))
        required = {
            field.alias or name for name, field in entry.model_fields.items() if field.is_required()
        }
        assert required <= bold, kind
        if not kind.endswith(" scale"):
            assert bold == required, kind


def heading_of(kind: str) -> str:
    if kind.endswith(" scale"):
        return "A scale"
    article = "An" if kind[0] in "aeiou" else "A"
    return HEADINGS.get(kind, f"{article} {kind}")


def fields(entry: type[Entry]) -> set[str]:
    return {field.alias or name for name, field in entry.model_fields.items()}


def fields_in(table: str) -> set[str]:
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    return {name for cell in cells for name in re.findall("`([^`]+)`", cell)}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: Our model", "title: Phase 1: start", "This colon does not fit here."),
        ("title: Leading", "title: @Leading", "A text cannot start with “@”."),
        ("title: Leading", "title: *Leading", "“*” at the start marks a YAML reference"),
        ("    audience", "\taudience", "There is a tab at the start of this line."),
        ("hint: Why?", "text: Why?", "The field “text” is given twice"),
        ("answer: 4}", "comment: Why, after the event}", "“after the event” is no field."),
        ("id: 1.1-s1\n", "id: 1.1\n", "The id “1.1” is used twice"),
    ],
)
def test_a_common_mistake_leads_to_the_words_of_the_guide(old, new, words):
    sound = SMALLEST.replace("            text:", "            hint: Why?\n            text:")
    assert check_bytes(sound.encode(), "file").problems == ()
    problems = check_bytes(sound.replace(old, new).encode(), "file").problems
    assert words in GUIDE
    assert any(words in problem.sentence for problem in problems)
