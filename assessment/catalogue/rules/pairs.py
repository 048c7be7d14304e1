"""Pairs join two wordings of one statement; blocks rotate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessment.catalogue.outline import Outline, PlacedQuestion
from assessment.catalogue.problems import Finding
from assessment.catalogue.schema import QuestionEntry
from assessment.catalogue.wording import quoted


def pair_ids(questions: Iterable[QuestionEntry]) -> dict[str, str]:
    """Question id -> the id its whole pair goes by: that of the first of them in the file.

    Either wording may name the other; a third may name one of the two.
    """
    leads: dict[str, str] = {}
    order: dict[str, int] = {}
    links = []
    for place, question in enumerate(questions):
        leads.setdefault(question.id, question.id)
        order.setdefault(question.id, place)
        if question.pair is not None:
            links.append((question.id, question.pair))
    for one, other in links:
        if other in leads:
            first, second = sorted((_lead(leads, one), _lead(leads, other)), key=order.__getitem__)
            leads[second] = first
    return {question_id: _lead(leads, question_id) for question_id in leads}


def _lead(leads: dict[str, str], question_id: str) -> str:
    while leads[question_id] != question_id:
        leads[question_id] = leads[leads[question_id]]
        question_id = leads[question_id]
    return question_id


def pairs(outline: Outline) -> Iterator[Finding]:
    """A pair joins statements of different forms on one scale."""
    ids = pair_ids(asked.question for asked in outline.questions)
    members: dict[str, list[PlacedQuestion]] = {}
    for asked in outline.questions:
        question = asked.question
        if outline.by_id[question.id].address != asked.address:
            continue  # an id that is used twice has to be mended first
        if question.pair == question.id:
            sentence = "A question cannot be its own pair."
            yield Finding((*asked.address, "pair"), "pair-with-itself", sentence)
        elif question.pair is not None and question.pair not in ids:
            here = (*asked.address, "pair")
            yield outline.unknown("question", question.pair, here, "unknown-pair")
        members.setdefault(ids[question.id], []).append(asked)
    for together in members.values():
        if len(together) > 1:
            yield from _pair(outline, together)


def _pair(outline: Outline, together: list[PlacedQuestion]) -> Iterator[Finding]:
    """Each of a pair beside those before it; reported where the pair is named."""
    first = together[0]
    taken: dict[str, str] = {}
    for asked in together:
        question = asked.question
        forms = question.form or tuple(outline.file.forms)
        named = question.pair is not None or asked is first
        spot = asked if named else first
        address = (*spot.address, "pair")
        shared = next((form for form in forms if form in taken), None)
        if shared is not None and taken[shared] != question.id:
            sentence = (
                f"{quoted(question.id)} and {quoted(taken[shared])} are a pair, but both are on the"
                f" form {quoted(shared)}."
            )
            yield Finding(address, "pair-same-form", sentence)
        taken |= dict.fromkeys(forms, question.id)
        if question.scale != first.question.scale:
            sentence = (
                f"{quoted(question.id)} and {quoted(first.question.id)} are a pair, but are not"
                " answered on the same scale."
            )
            yield Finding(address, "pair-scales", sentence)
        if asked.item is not first.item:
            sentence = (
                f"{quoted(question.id)} and {quoted(first.question.id)} are a pair, but stand in"
                " different items."
            )
            yield Finding(address, "pair-across-items", sentence, "warning")


def blocks(outline: Outline) -> Iterator[Finding]:
    """A form with one block only has nothing to rotate."""
    found: dict[str, dict[str, PlacedQuestion]] = {}
    for asked in outline.questions:
        if asked.question.block is not None:
            forms = asked.question.form or tuple(outline.file.forms)
            for form in forms:
                if form in outline.file.forms:
                    found.setdefault(form, {}).setdefault(asked.question.block, asked)
    for form, asked_in in found.items():
        if len(asked_in) == 1:
            [(block, asked)] = asked_in.items()
            sentence = (
                f"{quoted(block)} is the only block on the form {quoted(form)}: nothing rotates."
            )
            yield Finding((*asked.address, "block"), "single-block", sentence, "warning")


def in_one_draw(questions: Iterable[QuestionEntry], form: str) -> int:
    """How many questions one respondent meets on *form*, with the largest of its blocks."""
    rotating: dict[str, int] = {}
    always = 0
    for question in questions:
        if question.form is not None and form not in question.form:
            continue
        if question.block is None:
            always += 1
        else:
            rotating[question.block] = rotating.get(question.block, 0) + 1
    return always + max(rotating.values(), default=0)
