"""The interface in other languages: who reads which, and that no translation is broken."""

from __future__ import annotations

import re
import string

import pytest
from babel.messages.pofile import read_po

import words
from assessment.core.sentence import Sentence
from assessment.exchange.answers import HEADER, people_from_rows
from assessment.exchange.rows import rows_in
from assessment.services.errors import CycleClosed, NotComplete
from assessment.web import language
from assessment.web.forms import in_words
from tests.web.questionnaires import item_address, make_round, small_criteria, was_of

RESPONDENTS = (
    "assessment/services/answer_",
    "assessment/services/errors.py",
    "assessment/web/errors.py",
    "assessment/web/question",
    "assessment/web/refusals.py",
    "templates/base.html",
    "templates/error.html",
    "templates/macros.html",
    "templates/questionnaire/",
)
IMPORTS = ("assessment/exchange/answer", "assessment/exchange/rows.py")
VALUE = re.compile(r"%(?:\(\w+\)[sd]|%)")
NUMBER = "%(num)s"
FILES = sorted(language.FOLDER.glob("*.po"))


def catalog(path):
    with path.open("rb") as file:
        return read_po(file, locale=path.stem.replace("-", "_"))


@pytest.fixture
def german(installation):
    return make_round(installation, small_criteria(language="de"), language="de")


@pytest.fixture
def speaking(installation):
    """Go on in a language as a request would."""

    def speak(tag):
        language.speak(tag)

    with installation.app.test_request_context("/r/"):
        yield speak


def test_the_cycle_s_language_is_that_of_its_pages(german):
    client = german.enter("sam")
    welcome = client.get("/r/welcome").text
    assert '<html lang="de"' in welcome
    for said in ("Etwa 1 Minute", "5 Fragen in 2 Teilen", "12. Juni 2026", "Beginnen mit"):
        assert said in welcome
    page = client.get(item_address("1.1"))
    assert "Das kann ich nicht beurteilen" in page.text
    assert "Leaders here act on our values." in page.text, "the words of the file stay its own"
    typed = {**was_of(page.text), "answer:1.1-s1": "9", "comment:1.1-s1": "x" * 11_234}
    refused = client.send(item_address("1.1"), **typed)
    assert "„9“ ist keine Antwort darauf" in refused.text
    assert "1.234 Zeichen zu viel" in refused.text
    assert "Eine Antwort ist noch offen" not in client.send("/r/submit", open="").text
    assert "Antworten sind noch offen" in client.send("/r/submit", open="").text
    client.send("/r/submit", open="yes")
    thanks = client.get("/r/thanks").text
    assert "Danke. Ihre Antworten sind abgegeben." in thanks
    assert re.search(r"am 1\. Juni 2026, \d\d:\d\d abgegeben", thanks)


def test_before_it_is_known_whose_page_it_is_the_browser_decides(installation):
    for tag, said in (("de-AT,de;q=0.9", "Beginnen"), ("fr", "Start"), ("en", "Start")):
        page = installation.client().get("/r/", headers={"Accept-Language": tag})
        assert f">{said}</button>" in page.text


def test_people_are_offered_a_language_only_when_nearly_all_is_said_in_it():
    for tag in language.languages():
        assert language._words(tag).share >= language.WHOLE
    assert next(iter(language.languages())) == language.SOURCE


def test_a_sentence_of_a_service_is_said_in_the_reader_s_language(speaking):
    closed, one, two = CycleClosed("Umfrage", 2), NotComplete(("a",)), NotComplete(("a", "b"))
    assert str(closed.sentence) == (
        "“Umfrage” is closed and takes no more answers. The 2 answers you gave before are kept."
    )
    speaking("de")
    assert in_words(closed.sentence) == (
        "„Umfrage“ ist geschlossen und nimmt keine Antworten mehr an."
        " Die 2 Antworten, die Sie vorher gegeben haben, bleiben erhalten."
    )
    assert in_words(one.sentence).startswith("Eine Antwort ist noch offen.")
    assert in_words(two.sentence).startswith("2 Antworten sind noch offen.")
    assert in_words(Sentence("Not in any catalogue: %(x)s %%", x=1)) == "Not in any catalogue: 1 %"


def test_what_is_wrong_with_an_import_is_said_in_the_reader_s_language(german, speaking):
    framework = german.filling("sam").framework
    data = b"respondent,question,answer\nsam,1.1-s9,4\nsam,1.1-s1,9\n"
    rows, _none = rows_in(data, "a.csv", HEADER)
    _people, problems = people_from_rows(framework, rows)
    assert "There is no “1.1-s9” in these criteria. Did you mean “1.1-" in str(problems[0])
    speaking("de")
    said = [in_words(problem.sentence) for problem in problems]
    assert said[0].startswith("„1.1-s9“ gibt es in diesen Kriterien nicht. Meinten Sie „1.1-")
    assert said[1].startswith("„9“ ist keine ganze Zahl von 1 bis 5")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_translations_name_the_same_values_and_no_others(path):
    wrong = []
    for message in catalog(path):
        texts = [message.id] if isinstance(message.id, str) else message.id
        said = [message.string] if isinstance(message.string, str) else message.string
        known = set(VALUE.findall(" ".join(texts)))
        for each in filter(None, said or []):
            used = VALUE.findall(each)
            left_out = known - set(used) - {NUMBER}
            if set(used) - known or left_out or "%" in VALUE.sub("", each):
                wrong.append(each)
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_a_respondent_reads_is_translated(path):
    missing = [
        message.id
        for message in unsaid(path)
        if any(place.startswith(RESPONDENTS + IMPORTS) for place, _line in message.locations)
    ]
    assert missing == [], "run ./dev words, then say them"


def test_german_says_everything():
    missing = [message.id for message in unsaid(language.FOLDER / "de.po")]
    assert missing == [], "run ./dev words, then say them in de.po"
    assert "de" in language.languages()


def unsaid(path):
    """The texts of today's pages that a language has no words for."""
    said = {message.id for message in catalog(path) if language.is_said(message)}
    return [each for each in words.collect() if each.id and each.id not in said]


def test_texts_are_collected_from_pages_services_and_files():
    found = {
        message.id: {place for place, _line in message.locations} for message in words.collect()
    }
    assert "templates/questionnaire/thanks.html" in found["What happens next"]
    assert any("exchange" in place for place in found["The question is missing."])
    plural = ("%(num)s marked", "%(num)s marked")
    assert plural in found
    assert not [text for text in found if isinstance(text, str) and _is_broken(text)]


def _is_broken(text):
    """Whether a text was put together before it was marked, so that nobody can translate it."""
    return any(name for _text, name, _spec, _kind in string.Formatter().parse(text))
