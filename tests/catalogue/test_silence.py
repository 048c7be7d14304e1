"""A file sets warnings aside with a reason: there, or everywhere, and never an error."""

import pytest

from assessment.catalogue.check import Checked, check_bytes
from tests.catalogue.broken import SOUND

DENIED = SOUND.replace(
    "text: I know what we want to achieve this year.", "text: I do not know what we want."
).replace("text: Leaders here do what they ask of others.", "text: Leaders here do nothing.")


def check(text: str, *silences: str) -> Checked:
    lines = "".join(f"  - {{{silence}}}\n" for silence in silences)
    whole = f"{text}silence:\n{lines}" if silences else text
    return check_bytes(whole.encode(), "small-2026.yaml")


def rules(checked: Checked) -> list[str]:
    return [problem.rule for problem in checked.problems]


def test_what_is_not_silenced_is_heard():
    found = check(DENIED)
    assert rules(found) == ["negation", "negation"]
    assert found.silenced == ()


def test_a_silence_without_a_place_holds_in_the_whole_file():
    found = check(DENIED, "rule: negation, reason: A law says so.")
    assert rules(found) == []
    assert [problem.rule for problem in found.silenced] == ["negation", "negation"]
    assert found.framework is not None


@pytest.mark.parametrize(
    ("place", "left"), [("1.1-s1", 1), ("1.2", 1), ("1", 0), ("leaders", 3), ("agreement", 3)]
)
def test_a_silence_holds_in_what_belongs_to_its_place(place, left):
    found = check(DENIED, f"rule: negation, at: {place}, reason: A law says so.")
    assert len(found.problems) == left
    assert len(found.silenced) + rules(found).count("negation") == 2


def test_a_silence_that_silences_nothing_is_warned_about():
    [problem] = check(SOUND, "rule: negation, at: 1.1, reason: A law says so.").problems
    assert (problem.rule, problem.severity) == ("unused-silence", "warning")
    assert problem.sentence == "There is no warning “negation” at “1.1” to silence."


def test_a_place_that_is_not_there_is_named_with_a_proposal():
    [problem] = check(SOUND, "rule: negation, at: leders, reason: A law says so.").problems
    assert problem.sentence == "Nothing here is called “leders”. Did you mean “leaders”?"


def test_a_misspelt_rule_is_an_error_with_a_proposal():
    [problem] = check(SOUND, "rule: negatoin, reason: A law says so.").errors
    assert problem.sentence == "There is no rule “negatoin”. Did you mean “negation”?"


def test_errors_cannot_be_silenced():
    text = SOUND.replace("pair: 1.1-l1", "pair: 1.1-l9")
    found = check(text, "rule: unknown-pair, reason: It comes later.")
    assert set(rules(found)) == {"unknown-pair", "silenced-error"}
    assert found.framework is None


@pytest.mark.parametrize("silence", ["rule: negation", "rule: negation, reason: ''"])
def test_a_silence_without_a_reason_is_an_error(silence):
    assert len(check(DENIED, silence).errors) == 1
