"""What of a file is sound although its shape is not: the rest is cut out, and its meaning read.

So one run names every problem. What a cut could have caused is not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pydantic import ValidationError

from assessment.catalogue.located import Located, Spot, Value
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.sentences import shape_findings
from assessment.catalogue.wording import Proposals

_ROUNDS = 8
_STAND_INS: dict[str, Value] = {
    "kind": "framework",
    "id": "stand-in",
    "title": "stand-in",
    "edition": "stand-in",
    "language": "en",
}
# True wherever they are found; everything else inside a damaged part may be due to the damage.
_SURE = {
    "duplicate-id",
    "unknown-form",
    "unknown-item",
    "unknown-pair",
    "unknown-scale",
}
# What depends on the scales being whole.
_OF_THE_SCALES = {
    "level-without-criteria",
    "levels-without-met",
    "unknown-answer",
    "unknown-improve",
    "unknown-level",
}
# What depends on everything being there.
_OF_THE_WHOLE = {
    "bands-sum",
    "category-points",
    "missing-improve",
    "no-golden",
    "nobody-judges",
    "nothing-asked",
    "points-missing",
    "required-without-verdict",
    "scoring-fit",
    "single-block",
    "unused-form",
}


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A file without its misshapen parts, and which spots were rebuilt around a cut."""

    file: CriteriaFile
    located: Located
    rebuilt: set[int]
    mentioned: set[str]

    def sure(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of *findings* that no cut can have caused."""
        for finding in findings:
            cut_away = finding.missing is not None and finding.missing in self.mentioned
            damaged = finding.rule not in _SURE and self._is_damaged(finding.address)
            if finding.rule in _OF_THE_SCALES and self._is_damaged(("scales",)):
                damaged = True
            if finding.rule not in _OF_THE_WHOLE and not cut_away and not damaged:
                yield finding

    def _is_damaged(self, address: Address) -> bool:
        """Whether anything was cut in the same scale, form or item."""
        depth = 4 if address[:1] == ("categories",) else 2
        return id(self.located.spot.at(address[:depth])) in self.rebuilt


def sound_part(located: Located, findings: Iterable[Finding]) -> SoundPart | None:
    """What is left of a file without the parts that *findings* are about, if anything is."""
    rebuilt: list[Spot] = []
    mentioned = set(_ids(located.value))
    for _ in range(_ROUNDS):
        for address in sorted({finding.address for finding in findings}, key=_last_first):
            if not address:
                return None
            value, spot = _without(located.value, located.spot, address, rebuilt)
            located = replace(located, value=value, spot=spot)
        if not isinstance(located.value, dict):
            return None
        value = {**_STAND_INS, **located.value}
        try:
            file = CriteriaFile.model_validate(value)
        except ValidationError as error:
            findings = shape_findings(error.errors(include_url=False), value, Proposals())
        else:
            return SoundPart(file, located, {id(spot) for spot in rebuilt}, mentioned)
    return None


def _last_first(address: Address) -> tuple[tuple[bool, int, str], ...]:
    """A sorting key by which later entries of a list go before earlier ones."""
    return tuple(
        (False, -step, "") if isinstance(step, int) else (True, 0, step) for step in address
    )


def _without(value: Value, spot: Spot, address: Address, rebuilt: list[Spot]) -> tuple[Value, Spot]:
    """A copy without what stands at *address*; what lies beside the way there is shared."""
    step, rest = address[0], address[1:]
    values: Value
    spots: dict[str, Spot] | list[Spot]
    if isinstance(value, dict) and isinstance(spot.inside, dict) and isinstance(step, str):
        if step not in value:
            return value, spot
        values, spots = dict(value), dict(spot.inside)
        if rest:
            values[step], spots[step] = _without(value[step], spots[step], rest, rebuilt)
        else:
            del values[step], spots[step]
    elif isinstance(value, list) and isinstance(spot.inside, list) and isinstance(step, int):
        if step >= len(value):
            return value, spot
        values, spots = list(value), list(spot.inside)
        if rest:
            values[step], spots[step] = _without(value[step], spots[step], rest, rebuilt)
        else:
            del values[step], spots[step]
    else:
        return value, spot
    around = replace(spot, inside=spots)
    rebuilt.append(around)
    return values, around


def _ids(value: Value) -> Iterator[str]:
    """Every word that may be an id somewhere: values of `id`, and names of fields."""
    if isinstance(value, list):
        for entry in value:
            yield from _ids(entry)
    elif isinstance(value, dict):
        yield from value
        if isinstance(name := value.get("id"), str):
            yield name
        for inside in value.values():
            yield from _ids(inside)
