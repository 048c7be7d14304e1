"""The shipped files that speak German: nothing is missing, and people read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assessment.catalogue.check import Checked, check_file
from assessment.catalogue.minutes import minutes_of_forms
from assessment.core.framework import Framework
from assessment.resources import CRITERIA
from tests.web.questionnaires import item_address, make_round

SPEAKING = ("baldrige-2023", "tqm-principles")
LANGUAGES = {"en", "de"}


@pytest.fixture(scope="module", params=SPEAKING)
def checked(request: pytest.FixtureRequest) -> Checked:
    return check_file(CRITERIA / f"{request.param}.yaml")


def english_and_german(checked: Checked) -> tuple[Framework, Framework]:
    assert checked.framework is not None
    return checked.framework, checked.in_language("de")


def wordings(part: object) -> Iterator[dict[str, str]]:
    """Every text of a file as it is typed: the maps that name a language."""
    if isinstance(part, dict):
        if LANGUAGES & set(part):
            yield part
            return
        for inside in part.values():
            yield from wordings(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from wordings(inside)


def test_every_text_is_there_in_both_languages(checked):
    text = Path(checked.path).read_text(encoding="utf-8")
    found = list(wordings(yaml.load(text, Loader=yaml.BaseLoader)))  # noqa: S506
    assert [text for text in found if set(text) != LANGUAGES] == []
    assert len(found) > 100
    assert checked.coverage == dict.fromkeys(LANGUAGES, (len(found), len(found)))


def test_english_is_read_where_nobody_chose(checked):
    english, german = english_and_german(checked)
    assert english.language == "en"
    assert german.language == "de"
    assert english.title == checked.in_language("en").title != german.title


def test_no_statement_was_left_in_english(checked):
    english, german = english_and_german(checked)
    said = {question.id: question.text for question in english.questions}
    same = [each.id for each in german.questions if each.text == said[each.id]]
    assert same == []
    assert len(german.questions) == len(said)


@pytest.mark.parametrize("form", ["staff", "leaders"])
def test_a_german_statement_is_one_short_sentence(checked, form):
    _english, german = english_and_german(checked)
    for question in german.questions_of(form):
        assert len(question.text.split()) <= 20, question.id
        assert question.text.endswith("."), question.id
        assert question.text.count(".") == 1, question.id


def test_staff_are_through_in_eight_minutes_in_german_too(checked):
    _english, german = english_and_german(checked)
    assert 0 < minutes_of_forms(german)["staff"] <= 8


@pytest.mark.parametrize(
    ("name", "item", "statement"),
    [
        ("baldrige-2023", "1.1", "Unsere oberste Leitung hält, was sie verspricht."),
        ("tqm-principles", "T3", "Meine Führungskraft fragt mich nach meinen Ideen."),
    ],
)
def test_a_respondent_of_a_german_cycle_reads_german(installation, name, item, statement):
    german = make_round(installation, f"shipped/{name}.yaml", language="de")
    page = german.enter("sam").get(item_address(item)).text
    assert '<html lang="de"' in page
    assert statement in page
    assert "stimme voll zu" in page
    assert "agree" not in page


def test_a_respondent_of_an_english_cycle_still_reads_english(installation):
    english = make_round(installation, "shipped/baldrige-2023.yaml", language="en")
    page = english.enter("sam").get(item_address("1.1")).text
    assert "Our senior leaders keep the promises they make." in page
    assert "Leitung" not in page
