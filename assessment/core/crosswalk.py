"""A crosswalk: which parts of several frameworks are about the same, and how much so.

Levels and scores of different frameworks are not equivalent, so that a crosswalk never carries a
figure across. It says what evidence and which comments may be looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Literal, NamedTuple

Strength = Literal["strong", "partial", "thematic"]
Taken = Literal["evidence", "comments"]
Change = Literal["same", "reworded", "split", "merged", "moved", "new", "dropped"]

STRENGTHS: tuple[Strength, ...] = ("strong", "partial", "thematic")


class Ref(NamedTuple):
    """A part of a framework: an item, a category or a key factor."""

    framework: str
    id: str

    def __str__(self) -> str:
        return f"{self.framework}/{self.id}"


@dataclass(frozen=True, slots=True)
class Link:
    """What one part of a framework has to do with parts of others.

    `change` says, where two editions are joined, what became of it.
    """

    item: Ref
    others: Mapping[Strength, tuple[Ref, ...]]
    change: Change | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A part that is related to another one, as it is read from there."""

    to: Ref
    strength: Strength
    change: Change | None = None
    note: str = ""


@dataclass(frozen=True)
class Crosswalk:
    """Links between the parts of several frameworks.

    `takes_over` says what may be taken over into another framework, by the strength of a link:
    nothing along a thematic one, and figures along none.
    """

    id: str
    title: str
    edition: str
    language: str
    sha256: str
    frameworks: tuple[str, ...]
    takes_over: Mapping[Strength, tuple[Taken, ...]]
    links: tuple[Link, ...]
    owner: str = ""
    notice: str = ""
    about: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The frameworks that are really joined, two by two, in the order of the file."""
        joined = {frozenset((here.framework, to.to.framework)) for here, to in self.directed}
        return tuple(pair for pair in combinations(self.frameworks, 2) if frozenset(pair) in joined)

    @cached_property
    def directed(self) -> tuple[tuple[Ref, Related], ...]:
        """Every link as the file has it: from where, and what it leads to, the strongest first."""
        return tuple(
            (link.item, Related(other, strength, link.change, link.note))
            for link in self.links
            for strength in STRENGTHS
            for other in link.others.get(strength, ())
        )

    def related(self, ref: Ref) -> tuple[Related, ...]:
        """What *ref* is linked with, from whichever side: the strongest first, each part once."""
        found: dict[Ref, Related] = {}
        for one in sorted(self._seen_from.get(ref, ()), key=lambda one: rank(one.strength)):
            found.setdefault(one.to, one)
        return tuple(found.values())

    def between(self, one: str, other: str) -> tuple[tuple[Ref, tuple[Related, ...]], ...]:
        """The links of two frameworks, read from *one*: its parts in the order of the file."""
        rows = []
        for ref in self._seen_from:
            if ref.framework == one:
                own = tuple(each for each in self.related(ref) if each.to.framework == other)
                if own:
                    rows.append((ref, own))
        return tuple(rows)

    @cached_property
    def _seen_from(self) -> Mapping[Ref, tuple[Related, ...]]:
        found: dict[Ref, list[Related]] = {}
        for ref, related in self._both_ways():
            found.setdefault(ref, []).append(related)
        return {ref: tuple(own) for ref, own in found.items()}

    def _both_ways(self) -> Iterator[tuple[Ref, Related]]:
        for here, related in self.directed:
            yield here, related
            yield related.to, Related(here, related.strength, related.change, related.note)


def rank(strength: Strength) -> int:
    """0 for the strongest."""
    return STRENGTHS.index(strength)
