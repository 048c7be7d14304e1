"""Check criteria files: every problem of a file in one run, sorted by place, in plain sentences.

Two stages: shape (which fields there are, by `schema`), then meaning (what they say together, by
`rules`). Where the shape is wrong, what is left of the file is still read for its meaning.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from assessment.catalogue.build import build
from assessment.catalogue.decoding import LIMIT
from assessment.catalogue.golden import Golden, Runner, golden_of
from assessment.catalogue.located import Located, locate
from assessment.catalogue.minutes import minutes_of_forms
from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import START, CriteriaError, Finding, Problem
from assessment.catalogue.rules.examples import golden_answers
from assessment.catalogue.rules.forms import forms, long_forms
from assessment.catalogue.rules.improvement import improvement
from assessment.catalogue.rules.languages import languages
from assessment.catalogue.rules.pairs import blocks, pairs
from assessment.catalogue.rules.points import bands, points, scoring
from assessment.catalogue.rules.references import references
from assessment.catalogue.rules.scales import scales
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.sentences import shape_findings
from assessment.catalogue.sound import sound_part
from assessment.catalogue.texts import coverage, texts_of
from assessment.catalogue.wording import Proposals, quoted
from assessment.core.framework import Framework

RULES: Mapping[str, str] = {
    # Reading the file
    "unreadable": "The file cannot be opened: it is not there, not a file, or not for you.",
    "empty-file": "There is nothing in the file but blanks and comments.",
    "nothing-to-check": "A folder holds no files whose names end in .yaml.",
    "too-large": "A criteria file has at most 2 MiB.",
    "not-text": "The file is a picture, a workbook or the like.",
    "not-utf8": "Criteria files are kept in UTF-8, which every editor can save.",
    "control-character": "Signs nobody can see break printing and storing.",
    "not-yaml": "The file does not follow the few rules of YAML: colons, dashes, indentation.",
    "tab": "Lines are indented with spaces; a tab looks the same and is not.",
    "alias": "References between parts of a file (& and *) are not used.",
    "tag": "Types (!) are not used: everything is text until it is read.",
    "too-deep": "Fields within fields go 20 levels deep at most.",
    "too-many-values": "A file holds at most 200,000 values.",
    "second-document": "One file holds one framework; --- starts another.",
    "duplicate-key": "A field is given once; of two, nobody knows which counts.",
    "key-not-text": "The name of a field is a word or a text.",
    # Its fields
    "unknown-field": "Only the fields of the format are read; a misspelt one would be lost.",
    "missing-field": "Some fields must be there.",
    "empty-value": "A field that is there says something.",
    "wrong-shape": "Some fields take one value, some a list, some fields of their own.",
    "not-a-number": "Numbers are written with the digits 0 to 9 and a point: 65, 58.25, 200/3.",
    "not-whole": "Whole numbers are written with the digits 0 to 9 alone.",
    "not-a-choice": "Some fields take one of a few words.",
    "too-few": "A list has fewer entries than it needs.",
    "too-many": "A list has more entries than it may.",
    "too-long": "A text has at most 10,000 characters, a title or label 200.",
    "bad-id": "An id is one short word that can stand in a spreadsheet.",
    "bad-language": "Languages are named by codes such as en, de or pt-BR.",
    # Ids, and what names them
    "duplicate-id": "An id belongs to one thing in the whole file.",
    "duplicate-framework": "Two files of one run describe the same framework.",
    "unknown-scale": "A scale that is named is described under scales.",
    "unknown-form": "A form that is named is described under forms.",
    "unknown-item": "An item that is named is in the file.",
    "unknown-area": "An area that a question names is listed at its item.",
    "unknown-attribute": "An attribute that is named is listed at its scale.",
    "unknown-level": "A level that an item names is described at its scale.",
    "unknown-pair": "A question that is named as a pair is in the file.",
    "unknown-scope": "Bands are of the total, a category or a scale.",
    "unknown-answer": "Golden answers are given to what can be answered.",
    "unknown-improve": "Advice stands at the start of a range, a level or a grade.",
    "unknown-language": "A framework is shown in a language its file has texts in.",
    "own-driver": "A result is driven by other items.",
    "reserved-id": "An attribute cannot have the name of another field of a range.",
    # Scales
    "favourable": "Favourable answers are answers of the scale.",
    "level-gap": "Levels count 1, 2, 3 without gaps.",
    "level-order": "An item's levels stand from low to high, each once.",
    "level-without-criteria": "Every level of a met scale has criteria at every item judged on it.",
    "levels-without-met": "Criteria by level belong to items judged on a met scale.",
    "met-without-levels": "An item judged on a met scale lists its criteria by level.",
    "labels-of-grades": "A conformity scale has four labels, or none.",
    "step": "Steps divide 100 percent evenly.",
    "range-step": "Ranges start and end at percents that can be answered.",
    "range-order": "A range goes from a lower to a higher percent between 0 and 100.",
    "range-gap": "Every percent that can be answered is described by a range.",
    "range-overlap": "No percent is described by two ranges.",
    "missing-attribute-text": "If ranges describe attributes, each describes all of them.",
    "weight-not-positive": "A weight is greater than 0.",
    "judge-scale": "Items are judged in percent, levels, stages, met criteria or conformity.",
    "question-scale": "Criteria that are met or not stand at items, not at questions.",
    # Points, bands, scoring rules
    "points-missing": "All items have points, or none has.",
    "points-not-positive": "Points are greater than 0.",
    "bands-bounds": "Bands have either limits or from.",
    "bands-labels": "There is a label, and if any a text, for each band.",
    "bands-order": "The bounds of bands ascend.",
    "bands-sum": "The last limit is what all points of its scope add up to.",
    "bands-twice": "A scope has one list of bands.",
    "bands-unclear": "A scope names one thing.",
    "scoring-fit": "A scoring rule finds what it works on: attributes, criteria, points or grades.",
    "required-not-graded": "Items required for a verdict are judged on conformity.",
    "required-without-verdict": "Required items matter to a verdict only.",
    # Forms and questions
    "unused-form": "A form asks something.",
    "nobody-judges": "Items that are judged are asked about on some form.",
    "nothing-asked": "An item has a question or a judgement.",
    "pair-with-itself": "A pair joins two questions.",
    "pair-same-form": "A pair joins statements of different forms.",
    "pair-scales": "Both statements of a pair are answered on the same scale.",
    "pair-across-items": "Both statements of a pair usually belong to one item.",
    "single-block": "Blocks rotate when a form has two or more.",
    "many-questions": "Staff answer about 20 questions with care, leaders about 40.",
    "long-form": "Staff give about ten minutes.",
    "too-many-questions": "A file has at most 10,000 questions.",
    # Completeness
    "missing-improve": "Each place below the top says what to do next.",
    "missing-language": "A language that is offered is there in every text.",
    "no-golden": "Golden answers show that a file counts as it is meant.",
    "golden-without-answers": "A golden entry holds judgements or answers.",
    "golden-mismatch": "Golden answers lead to the results that are expected.",
}
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
)


@dataclass(frozen=True)
class Checked:
    """What a check found out about one file. There is a framework unless there are errors.

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

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_error)

    def in_language(self, language: str) -> Framework:
        """The framework with its texts in *language*, as far as they are given."""
        if self.framework is None or self.file is None:
            raise CriteriaError(self.errors)
        if language not in self.coverage:
            there = ", ".join(self.coverage)
            sentence = f"There are no texts in {quoted(language)}, only in: {there}."
            raise CriteriaError((_at_start(self.path, "unknown-language", sentence),))
        return build(self.file, self.framework.sha256, language)


def check_paths(paths: Iterable[str | Path], run_golden: Runner | None = None) -> list[Checked]:
    """Check files, and in folders every *.yaml, in this order; a file named twice once."""
    results: list[Checked] = []
    seen: set[str] = set()
    first_of: dict[str, str] = {}
    for path in chain.from_iterable(map(_files, paths)):
        if isinstance(path, Problem):
            results.append(Checked(path.path, (path,)))
        elif (place := os.path.abspath(path)) not in seen:  # noqa: PTH100
            seen.add(place)
            results.append(_once(check_file(path, run_golden), first_of))
    return results


def check_file(path: str | Path, run_golden: Runner | None = None) -> Checked:
    """Check one file; one that cannot be read is a file with a problem."""
    try:
        if not Path(path).is_file():
            there = Path(path).exists()
            sentence = "This is not a file." if there else "There is no such file."
            return Checked(str(path), (_at_start(path, "unreadable", sentence),))
        with Path(path).open("rb") as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unknown reason"
        sentence = f"This file cannot be read: {reason.lower()}."
        return Checked(str(path), (_at_start(path, "unreadable", sentence),))
    return check_bytes(data, str(path), run_golden)


def check_bytes(data: bytes, path: str, run_golden: Runner | None = None) -> Checked:
    """Check the bytes of a file that goes by the name *path*."""
    located = locate(data, path)
    if located.value is None:
        return Checked(path, located.problems)
    file, problems = _read(located)
    problems += located.problems
    if file is None or any(problem.is_error for problem in problems):
        return Checked(path, _sorted(problems), file=file, located=located)
    framework = build(file, hashlib.sha256(data).hexdigest())
    minutes = minutes_of_forms(framework)
    covered = coverage(texts_of(file), file.language)
    late = chain(long_forms(Outline(file, located), minutes), languages(covered))
    problems += map(located.problem, late)
    golden = _golden(file, located)
    if run_golden is not None:
        problems += _mismatches(framework, golden, run_golden, path)
    return Checked(
        path,
        _sorted(problems),
        None if any(problem.is_error for problem in problems) else framework,
        golden,
        minutes,
        {language: (texts.given, texts.total) for language, texts in covered.items()},
        _counts(framework),
        file,
        located,
    )


def load_framework(path: str | Path, language: str | None = None) -> Framework:
    """The framework of a file, in its own language or in *language*; refused if it has errors."""
    checked = check_file(path)
    if checked.framework is None:
        raise CriteriaError(checked.errors)
    return checked.framework if language is None else checked.in_language(language)


def _read(located: Located) -> tuple[CriteriaFile | None, list[Problem]]:
    """The file if it has its shape, and every problem of shape and meaning.

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
        return file, problems + _meaning(Outline(file, located, proposals))
    part = None if located.problems else sound_part(located, found)
    if part is not None:
        outline = Outline(part.file, part.located, proposals)
        problems += map(part.located.problem, part.sure(_findings(outline)))
    return None, problems


def _findings(outline: Outline) -> Iterator[Finding]:
    return chain.from_iterable(rule(outline) for rule in _MEANING)


def _meaning(outline: Outline) -> list[Problem]:
    return [outline.located.problem(finding) for finding in _findings(outline)]


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


def _files(path: str | Path) -> Iterator[Path | Problem]:
    """The criteria files *path* stands for: itself, or what a folder holds."""
    if not Path(path).is_dir():
        yield Path(path)
        return
    try:
        found = sorted(one for one in Path(path).iterdir() if one.suffix == ".yaml")
    except OSError:
        yield _at_start(path, "unreadable", "This folder cannot be read.")
        return
    yield from found
    if not found:
        yield _at_start(path, "nothing-to-check", "There is no file *.yaml in this folder.")


def _once(checked: Checked, first_of: dict[str, str]) -> Checked:
    """*checked*, unless a file before it describes the same framework."""
    framework, located = checked.framework, checked.located
    if framework is None or located is None:
        return checked
    first = first_of.setdefault(framework.id, checked.path)
    if first == checked.path:
        return checked
    sentence = f"The framework {quoted(framework.id)} is described in {first} already."
    problem = located.problem(Finding(("id",), "duplicate-framework", sentence))
    return replace(checked, problems=_sorted([*checked.problems, problem]), framework=None)


def _at_start(path: str | Path, rule: str, sentence: str) -> Problem:
    return Problem(str(path), START.line, START.column, "error", rule, sentence)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
