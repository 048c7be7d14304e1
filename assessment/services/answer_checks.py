"""What a save would change: each field cleaned, judged and compared, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.core.sheet import merge
from assessment.core.text import COMMENT_LIMIT, clean
from assessment.exchange.answer_values import (
    NotLegal,
    answer_code,
    answer_text,
    reason_refused,
    waiver_refused,
)
from assessment.services.errors import NotThere, Sentence, _
from assessment.services.fillings import YES, Field, Filling, Kind
from assessment.services.typed import too_long

_WORDS = frozenset({"comment", "strength", "ofi", "evidence"})
_NA = "na"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a page: what it showed when it was loaded, and what it holds now.

    Both are in the words of an answers file; marks and waivers hold `yes` or nothing.
    """

    place: str
    kind: Kind
    shown: str
    value: str

    @property
    def field(self) -> Field:
        return self.place, self.kind


@dataclass(frozen=True, slots=True)
class Outcome:
    """`writes` is what will stand, `collisions` what stands against it, `refused` why not."""

    writes: Mapping[Field, str]
    collisions: Mapping[Field, str]
    refused: Mapping[Field, Sentence]


def weigh(filling: Filling, changes: Iterable[Change]) -> Outcome:
    """What *changes* do to *filling*. A place that is not on the form is NotThere, for all."""
    changes = list(changes)
    for change in changes:
        if not _is_there(filling, change):
            raise NotThere
    refused: dict[Field, Sentence] = {}
    edits: list[tuple[Field, str, str]] = []
    for change in changes:
        try:
            value = _legal(filling, change)
        except _NotKept as wrong:
            refused[change.field] = wrong.sentence
            continue
        refused.pop(change.field, None)
        edits.append((change.field, _shown(filling, change), value))
    stands = {field: filling.shown(*field) for field, _shown_then, _value in edits}
    writes, collisions = merge(stands, edits)
    for place in {place for place, kind in writes if kind in ("answer", "waive", "reason")}:
        wrong_at = _waiver_refused(filling, writes, place)
        if wrong_at is not None:
            kind, sentence = wrong_at
            refused[place, kind] = sentence
            for written in ("answer", "waive", "reason"):
                writes.pop((place, written), None)
    return Outcome(writes, collisions, refused)


def _is_there(filling: Filling, change: Change) -> bool:
    places = filling.places
    match change.kind:
        case "answer":
            return change.place in places.slots
        case "text":
            return change.place in places.texts
        case "waive":
            return change.place in places.items and places.judges
        case "mark" | "reason" | "comment" | "strength" | "ofi" | "evidence":
            return change.place in places
    return False  # type: ignore[unreachable]  # a kind that came over the wire


class _NotKept(ValueError):
    """A value that its field does not take."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def _legal(filling: Filling, change: Change) -> str:
    typed = clean(change.value).strip()
    if change.kind == "answer":
        slot = filling.framework.slots[filling.framework.position[change.place]]
        try:
            return answer_text(slot, answer_code(slot, typed))
        except NotLegal as refusal:
            raise _NotKept(refusal.sentence) from None
    if change.kind in ("mark", "waive"):
        if typed not in ("", YES):
            raise _NotKept(Sentence(_("This is either set or not.")))
        return typed
    if len(typed) > COMMENT_LIMIT:
        raise _NotKept(too_long(typed, COMMENT_LIMIT))
    return typed


def _shown(filling: Filling, change: Change) -> str:
    """What the field showed, as it would have been kept: it is compared, never refused."""
    typed = clean(change.shown).strip()
    if change.kind != "answer":
        return typed
    slot = filling.framework.slots[filling.framework.position[change.place]]
    try:
        return answer_text(slot, answer_code(slot, typed))
    except NotLegal:
        return typed


def _waiver_refused(
    filling: Filling, writes: Mapping[Field, str], place: str
) -> tuple[str, Sentence] | None:
    """The field and the sentence, where *place* would not apply and may not be left out so."""

    def stands(kind: str) -> str:
        return writes.get((place, kind), filling.shown(place, kind))

    kind = "waive" if stands("waive") == YES else "answer"
    if kind == "answer" and stands("answer") != _NA:
        return None
    if not filling.places.judges:
        return kind, Sentence(_("Choose “I can't judge this” instead."))
    never = waiver_refused(filling.framework)
    if never:
        return kind, never
    wrong = reason_refused(filling.framework, stands("reason"))
    return ("reason", wrong) if wrong else None
