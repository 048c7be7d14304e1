"""An author explains a rule, compares two editions, and begins a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessment.catalogue.rulebook import GROUPS, RULES
from assessment.cli import main
from tests.catalogue.broken import SOUND

DENIED = SOUND.replace("hint: Think of", "hint: Do not think of").replace(
    "text: Leaders here do what they ask of others.", "text: Leaders here do nothing."
)
SILENCE = "silence:\n  - {rule: negation, reason: A law says it in these words.}\n"


def run(*words: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=typed)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "small-2026.yaml"
    path.write_text(SOUND, encoding="utf-8")
    return path


def test_a_warning_ends_with_its_rule_and_is_counted_when_it_is_silenced(old):
    old.write_text(DENIED, encoding="utf-8")
    heard = run("check", old)
    assert "Say it the other way round. [negation]" in heard.output
    assert "small-2026.yaml: 1 warning; " in heard.output
    old.write_text(DENIED + SILENCE, encoding="utf-8")
    silent = run("check", old)
    assert silent.output.startswith(f"{old}: no faults, 1 warning silenced; 2 categories")
    assert heard.exit_code == silent.exit_code == 0


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained_with_its_examples(rule):
    said = run("explain", rule)
    assert said.exit_code == 0
    for part in (RULES[rule].means, RULES[rule].why, "This breaks it:", "This does not:"):
        assert part in said.output
    assert ("To silence it" in said.output) == (RULES[rule].severity == "warning")


def test_all_rules_are_listed_by_groups():
    lines = run("explain").output.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == list(GROUPS)
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(RULES)


def test_a_rule_may_be_typed_as_it_stands_in_a_line():
    assert run("explain", "[negation]").output == run("explain", "negation").output


def test_a_misspelt_rule_gets_a_proposal():
    said = run("explain", "negatoin")
    assert (said.exit_code, said.output) == (
        1,
        "Error: There is no rule “negatoin”. Did you mean “negation”?\n",
    )
    assert "“touchstone explain” lists all rules" in run("explain", "xyz").output


def test_changes_are_told_in_words_and_the_end_says_whether_answers_can_be_kept(old, tmp_path):
    new = tmp_path / "new.yaml"
    new.write_text(SOUND.replace("title: Vision", "title: Visions"), encoding="utf-8")
    kept = run("diff", old, new)
    assert kept.output.splitlines()[-1] == "1 change: 1 none. Existing answers can be kept."
    new.write_text(SOUND.replace("favourable: [4, 5]", "favourable: [5]"), encoding="utf-8")
    lost = run("diff", old, new)
    assert lost.output.startswith("incompatible: scale agreement: “favourable” has changed.\n")
    assert (kept.exit_code, lost.exit_code) == (0, 1)


def test_changes_are_given_as_json(old, tmp_path):
    new = tmp_path / "new.yaml"
    new.write_text(SOUND.replace("title: Vision", "title: Visions"), encoding="utf-8")
    assert json.loads(run("diff", old, new, "--json").stdout) == {
        "keeps_answers": True,
        "changes": [{"place": "area 1.1a", "what": "“title” has changed.", "effect": "none"}],
    }


def test_a_file_with_errors_is_not_compared(old, tmp_path):
    said = run("diff", old, tmp_path / "gone.yaml")
    assert said.exit_code == 1
    assert "There is no such file. [unreadable]" in said.output


def test_a_file_is_begun_by_questions_and_names_what_is_left(tmp_path):
    path = tmp_path / "ours-2026.yaml"
    begun = run("new", path, typed="Our model\n\nen\ny\nlevel\nLeading, Doing\n")
    assert begun.exit_code == 0
    assert (
        f"Written: {path}\nLeft to do:\n{path}:7:1: error: There is nothing after" in begun.output
    )
    assert "title: Leading" in path.read_text(encoding="utf-8")
    again = run("new", path)
    assert again.exit_code == 1
    assert "is there already and was not touched" in again.output


def test_a_file_is_cloned_or_extended(old, tmp_path):
    clone, variant = tmp_path / "small-2027.yaml", tmp_path / "small-health.yaml"
    assert run("new", clone, "--clone", old, "--edition", "2").output == f"Written: {clone}\n"
    assert run("new", variant, "--extend", old, typed="2\n").exit_code == 0
    assert "variant of" not in clone.read_text(encoding="utf-8")
    assert "variant of: small-2026\n" in variant.read_text(encoding="utf-8")
    assert run("new", tmp_path / "x.yaml", "--clone", old, "--extend", old).exit_code == 2
