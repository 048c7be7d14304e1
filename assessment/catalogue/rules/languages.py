"""A language that a file offers is there in every text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.catalogue.problems import Finding
from assessment.catalogue.texts import Coverage


def languages(covered: Mapping[str, Coverage]) -> Iterator[Finding]:
    """One warning for each language with gaps, at the first of them."""
    for language, texts in covered.items():
        if texts.first_gap is not None:
            sentence = (
                f"{texts.given} of {texts.total} texts are given in “{language}”; this is the first"
                " that is not."
            )
            yield Finding(texts.first_gap, "missing-language", sentence, "warning")
