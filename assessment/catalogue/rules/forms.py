"""Forms ask something, and not more than their audience has patience for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Finding
from assessment.catalogue.rules.pairs import in_one_draw
from assessment.catalogue.wording import counted, quoted
from assessment.core.framework import ASSESSORS, STAFF
from assessment.core.text import shown

QUESTIONS = 10_000
PATIENCE = {STAFF: 20, "leaders": 40}
MINUTES = 10


def forms(outline: Outline) -> Iterator[Finding]:
    """Every form is used, and every item is asked about."""
    file = outline.file
    if len(outline.questions) > QUESTIONS:
        count = counted(len(outline.questions), "question")
        sentence = f"This file has {count}; {QUESTIONS:,} are the limit."
        yield Finding(("categories",), "too-many-questions", sentence, at_key=True)
    if any(asked.question.form is None for asked in outline.questions):
        used = set(file.forms)
    else:
        used = {form for asked in outline.questions for form in asked.question.form or ()}
    judging = {name for name, form in file.forms.items() if judges(name, form.judges)}
    for name in file.forms:
        if name not in used and not (name in judging and outline.judged):
            sentence = f"No question is asked on the form {quoted(name)}."
            yield Finding(("forms", name), "unused-form", sentence, "warning", at_key=True)
    if outline.judged and not judging:
        sentence = "Items are judged here, but no form has “judges: yes”."
        yield Finding(("forms",), "nobody-judges", sentence, "warning", at_key=True)
    for placed in outline.items:
        if not placed.is_judged and not placed.item.questions:
            name = quoted(placed.item.id)
            sentence = f"Item {name} has no question and no “judge”, so nobody is asked."
            yield Finding((*placed.address, "id"), "nothing-asked", sentence, "warning")


def judges(name: str, said: bool | None) -> bool:
    """Whether a form asks for judgements; that of the assessors does unless it says no."""
    return name == ASSESSORS if said is None else said


def long_forms(outline: Outline, minutes: Mapping[str, Fraction]) -> Iterator[Finding]:
    """Forms that people will not finish."""
    questions = [asked.question for asked in outline.questions]
    for name, most in PATIENCE.items():
        if name in outline.file.forms and (count := in_one_draw(questions, name)) > most:
            sentence = f"The form {quoted(name)} asks {count} questions; {most} are a good limit."
            yield Finding(("forms", name), "many-questions", sentence, "warning", at_key=True)
    if minutes.get(STAFF, 0) > MINUTES:
        sentence = (
            f"The form {quoted(STAFF)} takes about {shown(minutes[STAFF], 0)} minutes;"
            f" {MINUTES} are a good limit."
        )
        yield Finding(("forms", STAFF), "long-form", sentence, "warning", at_key=True)
