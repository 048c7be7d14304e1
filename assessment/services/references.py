"""Reference files from a folder: customers' requirements to importance, and profiles of others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assessment.catalogue.check import Checked, check_file, load_framework
from assessment.catalogue.problems import Address, CriteriaError, Finding
from assessment.catalogue.run import beside
from assessment.core.framework import Framework
from assessment.core.importance import HouseOfQuality
from assessment.core.reference import Profile
from assessment.exchange.importance import importance_lines, targets_with_importance
from assessment.reporting.files import write_whole
from assessment.resources import CRITERIA


def importance_of(file: Path, criteria: Path | None = None) -> Iterable[str]:
    """What the requirements in *file* come to, in lines; raises CriteriaError with every problem.

    Their framework is *criteria*, or lies beside the file, or came with Touchstone.
    """
    house, framework = _requirements(file, criteria)
    return importance_lines(framework, house)


def write_importance(file: Path, target: Path, criteria: Path | None = None) -> None:
    """Write the importance into the targets file *target*; what else it says stays."""
    house, framework = _requirements(file, criteria)
    write_whole(target, targets_with_importance(framework, house, target).encode("utf-8"))


def read_profile(file: Path, framework: Framework) -> Profile:
    """The reference profile in *file*; CriteriaError unless it is one of *framework*."""
    checked = _beside(check_file(file), framework)
    found = checked.companion
    if not isinstance(found, Profile):
        sentence = "This file is no reference profile: such a one says “of: profile”."
        raise _refused(checked, ("of",), "not-a-choice", sentence)
    if found.framework != framework.id:
        sentence = f"This is a profile of “{found.framework}”, not of “{framework.id}”."
        raise _refused(checked, ("framework",), "framework-not-here", sentence)
    return found


def _requirements(file: Path, criteria: Path | None) -> tuple[HouseOfQuality, Framework]:
    checked = _beside(check_file(file), None)
    found = checked.companion
    if not isinstance(found, HouseOfQuality):
        sentence = "This file holds no requirements: such a one says “of: requirements”."
        raise _refused(checked, ("of",), "not-a-choice", sentence)
    framework = load_framework(criteria) if criteria else _near(file, found.framework)
    if framework is None or framework.id != found.framework:
        sentence = (
            f"The file of the framework “{found.framework}” is needed. Name it with --criteria."
        )
        raise _refused(checked, ("framework",), "framework-not-here", sentence)
    _beside(checked, framework)
    return found, framework


def _beside(checked: Checked, framework: Framework | None) -> Checked:
    if framework is not None:
        checked = beside(checked, {framework.id: framework})
    if checked.errors:
        raise CriteriaError(checked.errors)
    return checked


def _near(file: Path, name: str) -> Framework | None:
    for folder in (file.parent, CRITERIA):
        path = folder / f"{name}.yaml"
        if path.is_file():
            return load_framework(path)
    return None


def _refused(checked: Checked, address: Address, rule: str, sentence: str) -> CriteriaError:
    assert checked.located is not None  # noqa: S101 - what has no errors was read
    return CriteriaError((checked.located.problem(Finding(address, rule, sentence)),))
