"""Bytes of a criteria file -> plain values, each with the line and column it stands at.

Every value stays the text that was typed, so that 1.10, no and 012 are ids and nothing else; only
an empty value, `~` and `null` are nothing. One pass over the parser's events builds the values and
stops at whatever a criteria file has no use for: aliases, tags, depth, size, a second document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from assessment.catalogue.decoding import decoded
from assessment.catalogue.problems import START, Address, Finding, Place, Problem, Refused
from assessment.catalogue.syntax import refusal
from assessment.catalogue.wording import quoted

DEPTH = 20
NODES = 200_000

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Spot:
    """Where a value starts, where its name starts (in a list: the value), and the spots inside."""

    place: Place
    key: Place
    inside: dict[str, Spot] | list[Spot] | None = None

    def at(self, address: Address) -> Spot:
        """The spot at *address*, or as far on the way there as there are spots."""
        spot = self
        for step in address:
            nearer = spot._next(step)
            if nearer is None:
                break
            spot = nearer
        return spot

    def _next(self, step: str | int) -> Spot | None:
        if isinstance(self.inside, dict):
            return self.inside.get(str(step))
        if isinstance(self.inside, list) and isinstance(step, int):
            return self.inside[step]
        return None


@dataclass(frozen=True, slots=True)
class Located:
    """What a file says and where it says it; `value` is None when it could not be read."""

    path: str
    value: Value
    spot: Spot
    problems: tuple[Problem, ...] = ()

    def problem(self, finding: Finding) -> Problem:
        """*finding* with its line: of the value it is about, or of the nearest one around it."""
        place = self.place(finding.address, at_key=finding.at_key)
        return Problem(
            self.path, place.line, place.column, finding.severity, finding.rule, finding.sentence
        )

    def place(self, address: Address, *, at_key: bool = False) -> Place:
        """The place of the value at *address*, or of its name."""
        spot = self.spot.at(address)
        return spot.key if at_key else spot.place


def locate(data: bytes, path: str) -> Located:
    """Read *data*, the bytes of the file *path*; what is in the way becomes a problem."""
    builder = _Builder()
    refused: list[Refused] = []
    try:
        text = decoded(data)
        for event in _events(text):
            builder.take(event)
        if builder.value is None:
            raise Refused(START, "empty-file", "This file is empty.")
    except Refused as error:
        refused.append(error)
    problems = tuple(
        Problem(path, found.place.line, found.place.column, "error", found.rule, found.sentence)
        for found in [*builder.refused, *refused]
    )
    if refused or builder.root is None:
        return Located(path, None, Spot(START, START), problems)
    return Located(path, builder.value, builder.root, problems)


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise refusal(error, text) from None


@dataclass(slots=True)
class _OpenList:
    """A list that is being read."""

    values: list[Value]
    spots: list[Spot]


@dataclass(slots=True)
class _OpenFields:
    """Fields that are being read, and the name of the one whose value comes next."""

    values: dict[str, Value]
    spots: dict[str, Spot]
    name: tuple[str, Place] | None = None


class _Builder:
    """Puts the events of one document together, refusing as it goes."""

    def __init__(self) -> None:
        self.value: Value = None
        self.root: Spot | None = None
        self.refused: list[Refused] = []
        self._open: list[_OpenList | _OpenFields] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """One event more of the document."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise Refused(_place(event), "alias", _UNUSED.format(sign="*", word="reference"))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                sentence = "A second document starts here. A file holds one framework."
                raise Refused(_place(event), "second-document", sentence)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        place = self._admit(event)
        text: str = event.value
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        around = self._open[-1] if self._open else None
        if isinstance(around, _OpenFields) and around.name is None:
            if not text:
                raise Refused(place, "key-not-text", "There is no field's name before this colon.")
            around.name = (text, place)
            return
        nothing = event.implicit[0] and text in _NOTHING
        self._attach(None if nothing else text, Spot(place, place))

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        place = self._admit(event)
        if len(self._open) == DEPTH:
            sentence = f"This is nested more than {DEPTH} levels deep."
            raise Refused(place, "too-deep", sentence)
        around = self._open[-1] if self._open else None
        if isinstance(around, _OpenFields) and around.name is None:
            raise Refused(place, "key-not-text", "A field's name is a plain word or text.")
        if isinstance(event, yaml.MappingStartEvent):
            fields = _OpenFields({}, {})
            self._attach(fields.values, Spot(place, place, fields.spots))
            self._open.append(fields)
        else:
            entries = _OpenList([], [])
            self._attach(entries.values, Spot(place, place, entries.spots))
            self._open.append(entries)

    def _admit(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Place:
        place = _place(event)
        self._nodes += 1
        if self._nodes > NODES:
            sentence = f"This file holds more than {NODES:,} values."
            raise Refused(place, "too-many-values", sentence)
        if event.anchor is not None:
            raise Refused(place, "alias", _UNUSED.format(sign="&", word="reference"))
        if event.tag is not None:
            raise Refused(place, "tag", _UNUSED.format(sign="!", word="type"))
        return place

    def _attach(self, value: Value, spot: Spot) -> None:
        if not self._open:
            self.value, self.root = value, spot
            return
        around = self._open[-1]
        if isinstance(around, _OpenList):
            around.values.append(value)
            around.spots.append(spot)
        elif around.name is not None:
            name, spot.key = around.name
            around.name = None
            if name in around.values:
                self._refuse_again(name, spot.key, around.spots[name].key)
            else:
                around.values[name] = value
                around.spots[name] = spot

    def _refuse_again(self, name: str, place: Place, first: Place) -> None:
        sentence = (
            f"The field {quoted(name)} is given twice, in line {first.line} and in line"
            f" {place.line}."
        )
        self.refused.append(Refused(place, "duplicate-key", sentence))


_UNUSED = (
    "“{sign}” at the start marks a YAML {word}, which criteria files do without. If it belongs to"
    " a text, put the text in quotes."
)


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else START
