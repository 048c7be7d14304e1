"""Check several criteria files in one run: each by itself, then what shows only beside the others.

A file that accompanies frameworks is checked against those of its run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from assessment.catalogue.check import Checked, check_file
from assessment.catalogue.companions import astray
from assessment.catalogue.golden import Runner
from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Finding, Problem, at_start, by_place
from assessment.catalogue.silence import is_silenced
from assessment.catalogue.together import Together
from assessment.catalogue.wording import Proposals, quoted
from assessment.core.framework import Framework


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
    frameworks = {one.framework.id: one.framework for one in results if one.framework}
    return [beside(one, frameworks) for one in _together(results)]


def beside(checked: Checked, frameworks: Mapping[str, Framework]) -> Checked:
    """*checked*, and where it accompanies frameworks: whether what it names is in these."""
    if checked.companion_file is None or checked.companion is None or checked.located is None:
        return checked
    found = astray(checked.companion_file, frameworks, Proposals())
    problems = by_place([*checked.problems, *map(checked.located.problem, found)])
    wrong = any(problem.is_error for problem in problems)
    return replace(checked, problems=problems, companion=None if wrong else checked.companion)


def _files(path: str | Path) -> Iterator[Path | Problem]:
    """The criteria files *path* stands for: itself, or what a folder holds."""
    if not Path(path).is_dir():
        yield Path(path)
        return
    try:
        found = sorted(one for one in Path(path).iterdir() if one.suffix == ".yaml")
    except OSError:
        yield at_start(path, "unreadable", "This folder cannot be read.")
        return
    yield from found
    if not found:
        yield at_start(path, "nothing-to-check", "There is no file *.yaml in this folder.")


def _once(checked: Checked, first_of: dict[str, str]) -> Checked:
    """*checked*, unless a file before it has the same id."""
    own, located = checked.framework or checked.companion, checked.located
    if own is None or located is None:
        return checked
    first = first_of.setdefault(own.id, checked.path)
    if first == checked.path:
        return checked
    if checked.framework is not None:
        rule = "duplicate-framework"
        sentence = f"The framework {quoted(own.id)} is described in {first} already."
    else:
        rule, sentence = "duplicate-file", f"The id {quoted(own.id)} is that of {first} already."
    problem = located.problem(Finding(("id",), rule, sentence))
    problems = by_place([*checked.problems, problem])
    return replace(checked, problems=problems, framework=None, companion=None)


def _together(results: Sequence[Checked]) -> Iterator[Checked]:
    """*results* with what shows only beside each other, for the files without errors."""
    sound = [one.file for one in results if one.framework is not None and one.file is not None]
    together = Together(sound)
    for one in results:
        if one.framework is None or one.file is None or one.located is None:
            yield one
            continue
        outline = Outline(one.file, one.located)
        found = list(together.findings(outline))
        silenced = [finding for finding in found if is_silenced(outline, finding)]
        loud = [finding for finding in found if finding not in silenced]
        place = one.located.problem
        yield replace(
            one,
            problems=by_place([*one.problems, *map(place, loud)]),
            silenced=by_place([*one.silenced, *map(place, silenced)]),
        )
