"""Key factors: what leaders answered about the organisation, against which all else is read."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.reporting.source import Source


@dataclass(frozen=True, slots=True)
class Answered:
    """A context question and its answers."""

    title: str
    question: str
    answers: tuple[str, ...]


def key_factors(source: Source) -> tuple[Answered, ...]:
    given = {factor.id: factor.answers for factor in source.release.key_factors}
    return tuple(
        Answered(question.title or question.id, question.text, given[question.id])
        for question in source.framework.context
        if given.get(question.id)
    )
