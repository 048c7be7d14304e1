"""Statements that people can answer: one idea, plainly said, neither led nor denied.

What is rated on an agreement scale is looked at in every language there is a word list for; a
statement that is answered in words may well ask how, or twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from assessment.catalogue.outline import Outline, PlacedQuestion
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.reading_ease import reading_ease
from assessment.catalogue.rules.words import ASKING, JOINED, JOINING, LEADING, NEGATION
from assessment.catalogue.texts import Text
from assessment.catalogue.wording import quoted
from assessment.core.framework import STAFF

RATED, IN_WORDS = 120, 160
"""Characters. A phone of 360 points shows some 35 in a line: a rated statement takes four lines at
most, so that its answers are seen with it; above an empty field there is room for five."""
PLAIN_FORM, PLAIN_STATEMENT = 60, 10
"""Reading ease: from 60 plain language; below 30 very difficult, where one long word in a sentence
of five weighs so much that a single statement is named only when it lies far below."""


def statements(outline: Outline) -> Iterator[Finding]:
    """What is wrong with the words of a question."""
    own = outline.file.language
    for asked in outline.questions:
        for language, address, text in wordings(asked.question.text, own, asked.address):
            most = RATED if _is_scored(outline, asked) else IN_WORDS
            if len(text) > most:
                sentence = (
                    f"This question has {len(text)} characters; on a phone {most} are a good limit."
                )
                yield Finding(address, "long-question", sentence, "warning")
            if _is_rated(outline, asked):
                for rule, look in _LOOKS.items():
                    if sentence := look(text, language):
                        yield Finding(address, rule, sentence, "warning")
    yield from _hard_to_read(outline)


def wordings(text: Text, own: str, holder: Address) -> Iterator[tuple[str, Address, str]]:
    """Each wording of the `text` of *holder*: its language, where it stands, and the words."""
    if text.plain:
        yield own, (*holder, "text"), text.plain
    for language, words in text.wordings.items():
        yield language, (*holder, "text", language), words


def _is_scored(outline: Outline, asked: PlacedQuestion) -> bool:
    scale = outline.file.scales.get(asked.question.scale or "")
    return scale is not None and scale.answer != "text"


def _is_rated(outline: Outline, asked: PlacedQuestion) -> bool:
    scale = outline.file.scales.get(asked.question.scale or "")
    return scale is not None and scale.answer == "agreement"


def _double(text: str, language: str) -> str:
    """“and” or “or” between two things, fixed phrases and “between … and …” set aside."""
    if language not in JOINING:
        return ""
    rest = JOINED[language].sub(" ", text)
    found = JOINING[language].search(rest)
    if found is None:
        return ""
    return (
        f"{quoted(found[0])} may join two ideas, and whoever agrees with one only cannot answer."
        " Ask one of them, or make two statements."
    )


def _leading(text: str, language: str) -> str:
    found = LEADING[language].search(text) if language in LEADING else None
    if found is None:
        return ""
    return f"{quoted(found[0])} tells people what to answer. Say what is, in plain words."


def _asking(text: str, language: str) -> str:
    is_asked = language in ASKING and ASKING[language].match(text)
    if not is_asked and not text.rstrip().endswith("?"):
        return ""
    return "This is a question, but its answers are degrees of agreement. Make it a statement."


def _negated(text: str, language: str) -> str:
    found = NEGATION[language].search(text) if language in NEGATION else None
    if found is None:
        return ""
    return f"{quoted(found[0])} makes whoever disagrees deny a denial. Say it the other way round."


_LOOKS: Mapping[str, Callable[[str, str], str]] = {
    "double-barrelled": _double,
    "leading": _leading,
    "how-on-agreement": _asking,
    "negation": _negated,
}


def _hard_to_read(outline: Outline) -> Iterator[Finding]:
    """Statements for staff that are hard by themselves, and a form that is hard as a whole."""
    together: dict[str, list[str]] = {}
    for asked in outline.questions:
        forms = asked.question.form
        if (forms is None or STAFF in forms) and _is_rated(outline, asked):
            own = outline.file.language
            for language, address, text in wordings(asked.question.text, own, asked.address):
                together.setdefault(language, []).append(text)
                ease = reading_ease([text], language)
                if ease is not None and ease < PLAIN_STATEMENT:
                    sentence = (
                        f"This is hard to read (reading ease {ease:.0f} of 100). Use shorter words."
                    )
                    yield Finding(address, "reading-level", sentence, "warning")
    for language, texts in together.items():
        ease = reading_ease(texts, language)
        if STAFF in outline.file.forms and ease is not None and ease < PLAIN_FORM:
            sentence = (
                f"The form {quoted(STAFF)} is hard to read in “{language}” (reading ease"
                f" {ease:.0f} of 100; from {PLAIN_FORM} on it is plain). Use shorter words."
            )
            yield Finding(("forms", STAFF), "reading-level", sentence, "warning", at_key=True)
