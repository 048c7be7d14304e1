"""Check a criteria file: all of its problems at once, sorted by place, in plain sentences.

Two stages: shape (which fields there are, by `schema`), then meaning (what they say together, by
`rules`). Where the shape is wrong, what is left of the file is still read for its meaning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from assessment.catalogue.advice import advice
from assessment.catalogue.build import build
from assessment.catalogue.companions import (
    Companion,
    CompanionFile,
    build_companion,
    companion_type,
    counts_of,
    read_companion,
)
from assessment.catalogue.decoding import LIMIT
from assessment.catalogue.golden import Golden, Runner, golden_of
from assessment.catalogue.located import Located, locate
from assessment.catalogue.minutes import minutes_of_forms
from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import CriteriaError, Finding, Problem, at_start, by_place
from assessment.catalogue.rules.examples import golden_answers
from assessment.catalogue.rules.forms import forms
from assessment.catalogue.rules.improvement import improvement
from assessment.catalogue.rules.languages import languages
from assessment.catalogue.rules.pairs import blocks, pairs
from assessment.catalogue.rules.points import bands, points, scoring
from assessment.catalogue.rules.references import references
from assessment.catalogue.rules.scales import scales
from assessment.catalogue.rules.sums import declared
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.sentences import shape_findings
from assessment.catalogue.silence import listen, silences
from assessment.catalogue.sound import sound_part
from assessment.catalogue.texts import coverage, texts_of
from assessment.catalogue.wording import Proposals, quoted, with_article
from assessment.core.framework import Framework

_MEANING = (
    references,
    scales,
    points,
    bands,
    scoring,
    forms,
    pairs,
    blocks,
    improvement,
    golden_answers,
    declared,
    silences,
)


@dataclass(frozen=True)
class Checked:
    """What a check found out about one file. There is a framework unless there are errors.

    Of a crosswalk or a reference there is a `companion` instead.
    `silenced` are warnings that the file itself sets aside.
    `coverage` has for each language how many texts are given, of how many.
    """

    path: str
    problems: tuple[Problem, ...]
    framework: Framework | None = None
    golden: tuple[Golden, ...] = ()
    minutes: Mapping[str, Fraction] = field(default_factory=dict)
    coverage: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    file: CriteriaFile | None = field(default=None, repr=False)
    located: Located | None = field(default=None, repr=False)
    silenced: tuple[Problem, ...] = ()
    companion: Companion | None = None
    companion_file: CompanionFile | None = field(default=None, repr=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def in_language(self, language: str) -> Framework:
        """The framework with its texts in *language*, as far as they are given."""
        if self.framework is None or self.file is None:
            raise CriteriaError(self.errors or (self._no_framework(),))
        if language not in self.coverage:
            there = ", ".join(self.coverage)
            sentence = f"There are no texts in {quoted(language)}, only in: {there}."
            raise CriteriaError((at_start(self.path, "unknown-language", sentence),))
        return build(self.file, self.framework.sha256, language)

    def _no_framework(self) -> Problem:
        kind = self.companion_file.kind if self.companion_file else "file"
        sentence = f"This is {with_article(kind)}, not a framework: nobody can answer it."
        return at_start(self.path, "not-a-framework", sentence)


def check_file(path: str | Path, run_golden: Runner | None = None) -> Checked:
    """Check one file; one that cannot be read is a file with a problem."""
    try:
        if not Path(path).is_file():
            there = Path(path).exists()
            sentence = "This is not a file." if there else "There is no such file."
            return Checked(str(path), (at_start(path, "unreadable", sentence),))
        with Path(path).open("rb") as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unknown reason"
        sentence = f"This file cannot be read: {reason.lower()}."
        return Checked(str(path), (at_start(path, "unreadable", sentence),))
    return check_bytes(data, str(path), run_golden)


def check_bytes(data: bytes, path: str, run_golden: Runner | None = None) -> Checked:
    """Check the bytes of a file that goes by the name *path*."""
    located = locate(data, path)
    if located.value is None:
        return Checked(path, located.problems)
    if shape := companion_type(located.value):
        return _companion(shape, located, hashlib.sha256(data).hexdigest())
    file, problems, findings = _read(located)
    problems += located.problems
    if file is None or problems or any(one.severity == "error" for one in findings):
        problems += map(located.problem, findings)
        return Checked(path, by_place(problems), file=file, located=located)
    framework = build(file, hashlib.sha256(data).hexdigest())
    minutes = minutes_of_forms(framework)
    covered = coverage(texts_of(file), file.language)
    outline = Outline(file, located)
    late = chain(advice(outline, framework, minutes), languages(covered))
    heard = listen(outline, [*findings, *late])
    problems += map(located.problem, heard.loud)
    golden = _golden(file, located)
    if run_golden is not None:
        problems += _mismatches(framework, golden, run_golden, path)
    return Checked(
        path,
        by_place(problems),
        None if any(problem.is_error for problem in problems) else framework,
        golden,
        minutes,
        {language: (texts.given, texts.total) for language, texts in covered.items()},
        _counts(framework),
        file,
        located,
        by_place(map(located.problem, heard.silenced)),
    )


def load_framework(path: str | Path, language: str | None = None) -> Framework:
    """The framework of a file, in its own language or in *language*; refused if it has errors."""
    checked = check_file(path)
    if checked.framework is None or language is not None:
        return checked.in_language(language or "")
    return checked.framework


def _read(located: Located) -> tuple[CriteriaFile | None, list[Problem], list[Finding]]:
    """The file if it has its shape, every problem of shape, and what was found in its meaning.

    Where a field was given twice, one of the two is not read, so that nothing can be said about
    the meaning.
    """
    proposals = Proposals()
    file, errors = None, []
    try:
        file = CriteriaFile.model_validate(located.value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found = shape_findings(errors, located.value, proposals)
    problems = [located.problem(finding) for finding in found]
    if file is not None and not found and not located.problems:
        return file, problems, list(_findings(Outline(file, located, proposals)))
    part = None if located.problems else sound_part(located, found)
    if part is not None:
        outline = Outline(part.file, part.located, proposals)
        problems += map(part.located.problem, part.sure(_findings(outline)))
    return None, problems, []


def _companion(shape: type[CompanionFile], located: Located, sha256: str) -> Checked:
    """What can be said about a file that accompanies frameworks, without looking at these."""
    file, found = read_companion(shape, located, Proposals())
    covered = coverage(texts_of(file), file.language) if file else {}
    found += languages(covered)
    problems = by_place([*located.problems, *map(located.problem, found)])
    sound = file is not None and not any(problem.is_error for problem in problems)
    companion = build_companion(file, sha256) if file and sound else None
    return Checked(
        located.path,
        problems,
        coverage={language: (texts.given, texts.total) for language, texts in covered.items()},
        counts=counts_of(companion) if companion else {},
        located=located,
        companion=companion,
        companion_file=file,
    )


def _findings(outline: Outline) -> Iterator[Finding]:
    return chain.from_iterable(rule(outline) for rule in _MEANING)


def _golden(file: CriteriaFile, located: Located) -> tuple[Golden, ...]:
    count = len(file.golden)
    return golden_of(file, [located.place(("golden", number)) for number in range(count)])


def _mismatches(
    framework: Framework, golden: Iterable[Golden], run_golden: Runner, path: str
) -> Iterator[Problem]:
    for one in golden:
        for mismatch in run_golden(framework, one):
            sentence = f"Golden answers {quoted(one.name)}: {mismatch.removesuffix('.')}."
            line, column = one.place.line, one.place.column
            yield Problem(path, line, column, "error", "golden-mismatch", sentence)


def _counts(framework: Framework) -> dict[str, int]:
    return {
        "categories": len(framework.categories),
        "items": len(framework.items),
        "questions": len(framework.questions),
        "criteria": sum(len(level.criteria) for item in framework.items for level in item.levels),
    }
