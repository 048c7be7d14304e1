"""Advice: what is worth a warning in a file that is free of errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Finding
from assessment.catalogue.rules.best import best_answers
from assessment.catalogue.rules.described import described
from assessment.catalogue.rules.forms import long_forms
from assessment.catalogue.rules.left_over import left_over
from assessment.catalogue.rules.statements import statements
from assessment.catalogue.rules.sums import reachable, round_sum, without_effect
from assessment.core.framework import Framework


def advice(
    outline: Outline, framework: Framework, minutes: Mapping[str, Fraction]
) -> Iterator[Finding]:
    """What could be better in the file *outline*, of which *framework* was made."""
    yield from long_forms(outline, minutes)
    yield from left_over(outline)
    yield from described(outline)
    yield from round_sum(outline)
    yield from without_effect(outline)
    yield from reachable(framework)
    yield from best_answers(framework)
    yield from statements(outline)
