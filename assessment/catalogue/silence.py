"""Silenced warnings: which ones a file sets aside, where, and whether there are any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.rulebook import RULES
from assessment.catalogue.wording import quoted

OF_SEVERAL_FILES = ("shared-sentence", "unknown-variant")
"""Found only when several files are checked together, so that no silence of them is idle."""


def silences(outline: Outline) -> Iterator[Finding]:
    """Silences of what is no rule, or of an error."""
    for place, entry in enumerate(outline.file.silence):
        address = ("silence", place, "rule")
        rule = RULES.get(entry.rule)
        if rule is None:
            meant = outline.proposals.did_you_mean(entry.rule, RULES)
            sentence = f"There is no rule {quoted(entry.rule)}.{meant}"
            yield Finding(address, "unknown-rule", sentence)
        elif rule.severity == "error":
            sentence = f"{quoted(entry.rule)} is an error, and errors cannot be silenced."
            yield Finding(address, "silenced-error", sentence)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is left of the findings, and the warnings that the file silences."""

    loud: list[Finding]
    silenced: list[Finding]


def listen(outline: Outline, findings: Iterable[Finding]) -> Heard:
    """*findings* without the warnings that are silenced, and with those silences that are idle."""
    scopes = list(_scopes(outline))
    heard = Heard([], [])
    used: set[int] = set()
    for finding in findings:
        by = _silenced_by(finding, scopes)
        used |= by
        (heard.silenced if by else heard.loud).append(finding)
    for place, entry in enumerate(outline.file.silence):
        if place not in used and entry.rule not in OF_SEVERAL_FILES:
            heard.loud.append(_idle(outline, place, entry.rule, entry.at))
    return heard


def is_silenced(outline: Outline, finding: Finding) -> bool:
    """Whether the file sets *finding* aside."""
    return bool(_silenced_by(finding, list(_scopes(outline))))


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where one silence holds: below an address, or nowhere when its id is not there."""

    rule: str
    address: Address | None


def _scopes(outline: Outline) -> Iterator[_Scope]:
    for entry in outline.file.silence:
        yield _Scope(entry.rule, () if entry.at is None else _place_of(outline, entry.at))


def _place_of(outline: Outline, name: str) -> Address | None:
    if name in outline.by_id:
        return outline.by_id[name].address
    if name in outline.file.scales:
        return ("scales", name)
    return ("forms", name) if name in outline.file.forms else None


def _silenced_by(finding: Finding, scopes: list[_Scope]) -> set[int]:
    if finding.severity == "error":
        return set()
    return {
        place
        for place, scope in enumerate(scopes)
        if scope.rule == finding.rule
        and scope.address is not None
        and finding.address[: len(scope.address)] == scope.address
    }


def _idle(outline: Outline, place: int, rule: str, at: str | None) -> Finding:
    where = "here" if at is None else f"at {quoted(at)}"
    sentence = f"There is no warning {quoted(rule)} {where} to silence."
    if at is not None and _place_of(outline, at) is None:
        options = [*outline.by_id, *outline.file.scales, *outline.file.forms]
        sentence = f"Nothing here is called {quoted(at)}."
        sentence += outline.proposals.did_you_mean(at, options)
    return Finding(("silence", place), "unused-silence", sentence, "warning")
