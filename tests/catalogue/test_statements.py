"""Statements that are hard to answer are named, and those that are not are left alone."""

import pytest

from assessment.catalogue.check import check_bytes
from assessment.catalogue.reading_ease import reading_ease, syllables, syllables_de
from tests.catalogue.broken import SOUND

PLAIN = "text: I know what we want to achieve this year."

LINE = SOUND.count("\n", 0, SOUND.index(PLAIN)) + 1


def rules(text: str, language: str = "en") -> list[str]:
    """What is said about a statement for staff, in a file of its language."""
    assert PLAIN in SOUND
    whole = SOUND.replace(PLAIN, f"text: '{text.replace(chr(39), chr(39) * 2)}'")
    checked = check_bytes(whole.replace("language: en", f"language: {language}").encode(), "x.yaml")
    return [problem.rule for problem in checked.problems if problem.line == LINE]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("My manager listens and acts.", "double-barrelled"),
        ("I get tools or training.", "double-barrelled"),
        ("I trust my team and my manager.", "double-barrelled"),
        ("Of course I know our goals.", "leading"),
        ("My team does excellent work.", "leading"),
        ("We have the best leaders.", "leading"),
        ("We should plan our work.", "leading"),
        ("How do we plan our work?", "how-on-agreement"),
        ("How well we plan our work.", "how-on-agreement"),
        ("Is my work planned?", "how-on-agreement"),
        ("I do not know our goals.", "negation"),
        ("I don't know our goals.", "negation"),
        ("I don’t know our goals.", "negation"),
        ("Nobody asks me.", "negation"),
        ("I have no time.", "negation"),
        ("Organisational priorities are communicated systematically.", "reading-level"),
        ("I see it in my work. " * 6, "long-question"),
    ],
)
def test_a_statement_that_is_hard_to_answer_is_named(text, rule):
    assert rules(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "Work moves well between my team and yours.",
        "I talk with my manager once or twice a year.",
        "My work gets better and better.",
        "I know the health and safety rules.",
        "I understand our standards.",
        "The order of our work is clear.",
        "We look at the best in our field.",
        "My tools do what they should.",
        "I notice when things go wrong.",
        "I know how my work helps others.",
        "Most of my work is right the first time.",
        "What works becomes our normal way.",
        "Who is hired here fits the team.",
        "Another team knows our notes.",
    ],
)
def test_a_plain_statement_is_left_alone(text):
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Ich kenne unsere Ziele und unsere Zahlen.", "double-barrelled"),
        ("Natürlich kenne ich unsere Ziele.", "leading"),
        ("Wie gut kenne ich unsere Ziele.", "how-on-agreement"),
        ("Ich kenne unsere Ziele nicht.", "negation"),
        ("Ich habe keine Zeit.", "negation"),
        ("Organisationsprioritäten kommunizieren Verantwortliche systematisch.", "reading-level"),
    ],
)
def test_german_statements_are_looked_at_in_german(text, rule):
    assert rules(text, "de") == [rule]


@pytest.mark.parametrize(
    "text", ["Wer uns verlässt, gibt vorher sein Wissen weiter.", "Ich rede offen mit dem Chef."]
)
def test_a_plain_german_statement_is_left_alone(text):
    assert rules(text, "de") == []


def test_a_language_without_lists_is_looked_at_for_its_length_only():
    assert rules("Je ne sais pas et je suis and not excellent.", "fr") == []


def test_what_is_answered_in_words_may_ask_how_and_twice():
    old = "text: How do leaders set the direction?"
    text = SOUND.replace(old, "text: How do leaders set the direction and what do they not do?")
    assert check_bytes(text.encode(), "x.yaml").problems == ()


def test_each_wording_is_looked_at_in_its_language():
    whole = SOUND.replace(PLAIN, "text: {en: I know our goals., de: Ich kenne sie nicht.}")
    found = check_bytes(whole.encode(), "x.yaml").problems
    assert [(one.line, one.column) for one in found if one.rule == "negation"] == [(LINE, 47)]


def test_a_form_that_is_hard_as_a_whole_is_named_at_the_form():
    text = SOUND.replace(PLAIN, "text: Management communicates our priorities regularly.")
    text = text.replace(
        "text: Leaders here do what they ask of others.",
        "text: Managers explain important organisational decisions.",
    )
    found = [one for one in check_bytes(text.encode(), "x.yaml").problems if one.line == 38]
    assert [one.rule for one in found] == ["reading-level"]


@pytest.mark.parametrize(
    ("word", "count"),
    [("make", 1), ("people", 2), ("asked", 1), ("wanted", 2), ("table", 2), ("services", 3)],
)
def test_syllables_of_english_words(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(("word", "count"), [("Haus", 1), ("Freude", 2), ("Ziele", 2), ("über", 2)])
def test_syllables_of_german_words(word, count):
    assert syllables_de(word) == count


def test_reading_ease_follows_the_published_formulas():
    assert reading_ease(["The cat sat on the mat."], "en") == pytest.approx(116.145)
    assert reading_ease(["Das Haus ist groß."], "de") == pytest.approx(180 - 4 - 58.5)
    assert reading_ease(["Le chat."], "fr") is None
    assert reading_ease(["2026"], "en") is None
