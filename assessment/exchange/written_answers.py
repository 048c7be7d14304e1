"""Sheets -> ANSWERS.csv, as `read_answers` understands it and a spreadsheet may open it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assessment.core.framework import Framework
from assessment.core.sheet import NOT_ANSWERED, NOT_APPLICABLE, NOT_ASKED, Sheet
from assessment.exchange.answer_values import answer_text
from assessment.exchange.answers import HEADER
from assessment.exchange.rows import guarded, write_rows

COLUMNS = (
    "respondent", "group", "unit", "question", "answer", "comment", "strength", "ofi", "evidence",
)  # fmt: skip
assert set(COLUMNS) == set(HEADER.known)  # noqa: S101 - one file format, two directions


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet and the words on it, by place and kind."""

    sheet: Sheet
    words: Mapping[tuple[str, str], str]


def answers_csv(framework: Framework, people: Iterable[WrittenSheet]) -> str:
    """One row an answer, in the order of the file; nothing is written of what nobody answered."""
    places = _places(framework)
    return write_rows(COLUMNS, (row for person in people for row in _rows(places, person)))


def _places(framework: Framework) -> list[tuple[str, int | None, Framework]]:
    """Everything that can be answered, with its place on a sheet: the key factors come first."""
    found: dict[str, int | None] = {question.id: None for question in framework.context}
    for item in framework.items:
        found.update(
            {question.id: framework.position.get(question.id) for question in item.questions}
        )
        found[item.id] = framework.position.get(item.id)
        own = (slot.key for slot in framework.slots_by_item[item.id])
        found.update({key: framework.position[key] for key in own})
    return [(place, position, framework) for place, position in found.items()]


def _rows(
    places: list[tuple[str, int | None, Framework]], person: WrittenSheet
) -> Iterator[tuple[str, ...]]:
    sheet, words = person.sheet, person.words
    who = tuple(map(guarded, (sheet.respondent, sheet.group, sheet.unit or "")))
    for place, position, framework in places:
        value = NOT_ASKED if position is None else sheet.values[position]
        is_waived = place in sheet.not_applicable
        text = words.get((place, "text"), "")
        others = tuple(words.get((place, kind), "") for kind in ("strength", "ofi", "evidence"))
        comment = words.get((place, "comment"), "")
        answer = guarded(text)
        if is_waived or value == NOT_APPLICABLE:
            answer = "na"
            comment = _reason(framework, words.get((place, "reason"), ""), comment)
        elif position is not None and value not in (NOT_ASKED, NOT_ANSWERED):
            answer = answer_text(framework.slots[position], value)
        if answer or comment or any(others):
            yield (*who, guarded(place), answer, guarded(comment), *map(guarded, others))


def _reason(framework: Framework, reason: str, comment: str) -> str:
    """The comment beside na is its reason; where any reason will do, the comment follows it."""
    if comment and framework.not_applicable == "any reason":
        return f"{reason}\n{comment}"
    return reason
