"""Two editions of a framework, change by change, and what each does to answers given before.

None: nothing that is asked or counted has changed: help, advice, evidence, spelling, translations.
Compatible: answers still count and mean the same; questions or a language are new, words are other.
Incompatible: answers are lost, or come to something else: a question that is gone, moved or asks
something else under its old id; scales, points and rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Literal

from assessment.catalogue.parts import Part, parts_of
from assessment.catalogue.rewording import rewording
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.texts import Text, coverage, texts_of
from assessment.catalogue.wording import counted, listed, quoted
from assessment.core.text import shown

Effect = Literal["none", "compatible", "incompatible"]

_ASKED = {("question", "text"), ("criterion", "text"), ("key factor", "text")}
_COUNTED = {
    ("scale", "answer"),
    ("scale", "favourable"),
    ("scale", "steps"),
    ("scale", "attributes"),
    ("scale", "cap"),
    ("scale", "ranges"),
    ("scale", "levels"),
    ("form", "judges"),
    ("item", "points"),
    ("item", "judge"),
    ("question", "scale"),
    ("criterion", "level"),
    ("bands", "bounds"),
    ("scoring", "rules"),
}
"""What decides which answers there are and what they come to."""
_FELT = {("scale", "words"), ("question", "pair"), ("question", "block"), ("file", "language")}
"""What may lead people to another answer, or to another comparison."""
_IN_WORDS = {
    "words": "The words that describe its levels have changed.",
    "levels": "It has other levels.",
    "ranges": "Its ranges begin or end elsewhere.",
    "steps": "Its steps are others.",
    "attributes": "Its attributes or their weights are others.",
    "bounds": "They begin or end at other points.",
    "rules": "The rules are others.",
}
"""For what is no field of its own, or too long to be shown."""
_LOSS: Mapping[str, Effect] = {"area": "none", "bands": "incompatible"}
_GAIN: Mapping[str, Effect] = {
    "area": "none",
    "bands": "incompatible",
    "criterion": "incompatible",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where, in words, and what it does to answers given before."""

    place: str
    what: str
    effect: Effect

    def __str__(self) -> str:
        return f"{self.effect}: {self.place}: {self.what}" if self.place else self.what


def changes(before: CriteriaFile, after: CriteriaFile) -> list[Change]:
    """Every change from *before* to *after*, in the order of the new file; losses come last."""
    old, new = parts_of(before), parts_of(after)
    found = list(_languages(before, after))
    to_name = not found  # a language more or less is said once, not of every text
    for key, part in new.items():
        if key in old:
            found += _changed(old[key], part, before, after, translations=to_name)
        else:
            found.append(_added(part))
    found += [_removed(part) for key, part in old.items() if key not in new]
    return found


def as_json(found: list[Change]) -> list[dict[str, str]]:
    """The changes as plain values."""
    return [asdict(change) for change in found]


def summed_up(found: list[Change]) -> str:
    """How many changes there are of each effect, and whether existing answers can be kept."""
    if not found:
        return "Nothing has changed."
    counts = {effect: sum(one.effect == effect for one in found) for effect in _ORDER}
    said = ", ".join(f"{count} {effect}" for effect, count in counts.items() if count)
    kept = "cannot all be kept" if counts["incompatible"] else "can be kept"
    return f"{counted(len(found), 'change')}: {said}. Existing answers {kept}."


_ORDER: tuple[Effect, ...] = ("incompatible", "compatible", "none")


def _languages(before: CriteriaFile, after: CriteriaFile) -> Iterator[Change]:
    old, new = (coverage(texts_of(file), file.language) for file in (before, after))
    for language in new:
        if language not in old:
            yield Change("file", f"There are texts in {quoted(language)} now.", "compatible")
    for language in old:
        if language not in new:
            yield Change("file", f"The texts in {quoted(language)} are gone.", "compatible")


def _added(part: Part) -> Change:
    effect = _GAIN.get(part.noun, "compatible")
    if part.noun == "item" and part.fields["points"] is not None:
        effect = "incompatible"  # the whole is worth more than it was
    return Change(part.place, f"This {part.noun} is new.", effect)


def _removed(part: Part) -> Change:
    return Change(part.place, f"This {part.noun} is gone.", _LOSS.get(part.noun, "incompatible"))


def _changed(
    old: Part, new: Part, before: CriteriaFile, after: CriteriaFile, *, translations: bool
) -> Iterator[Change]:
    if old.within != new.within:
        effect: Effect = "none" if new.noun == "area" else "incompatible"
        what = f"It has moved from {quoted(old.within)} to {quoted(new.within)}."
        yield Change(new.place, what, effect)
    for name in {**old.fields, **new.fields}:
        was, now = old.fields.get(name), new.fields.get(name)
        if was == now:
            continue
        field = (new.noun, name)
        if _in_own(was, before.language) == _in_own(now, after.language):
            if translations:
                what = f"The translation of its {quoted(name)} is another."
                yield Change(new.place, what, "none")
            continue
        if field in _ASKED and isinstance(was, Text) and isinstance(now, Text):
            yield _reworded(new.place, was, now, (before.language, after.language))
        elif field == ("scale", "labels"):
            yield _labels(new.place, was, now, after.language)
        elif field == ("question", "form"):
            yield _forms(new.place, was, now, (before, after))
        elif field == ("file", "not applicable"):
            yield _not_applicable(was, now)
        else:
            effect = "incompatible" if field in _COUNTED else "none"
            effect = "compatible" if field in _FELT else effect
            yield Change(new.place, _said(name, was, now), effect)


def _in_own(value: object, own: str) -> object:
    """*value* with its texts in the file's own language alone."""
    if isinstance(value, Text):
        return value.wording(own, own)
    if isinstance(value, tuple):
        return tuple(_in_own(each, own) for each in value)
    if isinstance(value, Mapping):
        return {key: _in_own(each, own) for key, each in value.items()}
    return value


def _reworded(place: str, was: Text, now: Text, own: tuple[str, str]) -> Change:
    """By the words in the file's own language; the others are translations of them."""
    old, new = was.wording(own[1], own[0]), now.wording(own[1], own[1])
    match rewording(old, new, own[1]):
        case "same" | "corrected":
            return Change(place, f"Its spelling was corrected: {quoted(new)}.", "none")
        case "reworded":
            return Change(place, f"It was reworded: {_both(old, new)}.", "compatible")
        case _:
            what = f"It asks something else under its old id: {_both(old, new)}."
            return Change(place, what, "incompatible")


def _labels(place: str, was: object, now: object, language: str) -> Change:
    old, new = (
        [label.wording(language, language) for label in labels] if isinstance(labels, tuple) else []
        for labels in (was, now)
    )
    if len(old) != len(new):
        what = f"It has {counted(len(new), 'answer')} now; it had {len(old)}."
        return Change(place, what, "incompatible")
    if sorted(old) == sorted(new):
        return Change(place, f"Its answers stand in another order: {listed(new)}.", "incompatible")
    return Change(place, f"Its labels were reworded: {listed(new)}.", "compatible")


def _forms(
    place: str, was: object, now: object, files: tuple[CriteriaFile, CriteriaFile]
) -> Change:
    old, new = (
        set(forms if isinstance(forms, tuple) else file.forms)
        for forms, file in zip((was, now), files, strict=True)
    )
    gone, more = sorted(old - new), sorted(new - old)
    if gone:
        return Change(place, f"It is no longer asked on: {listed(gone)}.", "incompatible")
    if more:
        return Change(place, f"It is asked on more forms: {listed(more)}.", "compatible")
    return Change(place, "Its forms are written in another way.", "none")


def _not_applicable(was: object, now: object) -> Change:
    widened = now is None or (
        isinstance(was, tuple)
        and isinstance(now, tuple)
        and set(map(str, was)) <= set(map(str, now))
    )
    what = "The reasons for “not applicable” are others."
    return Change("file", what, "compatible" if widened else "incompatible")


def _said(name: str, was: object, now: object) -> str:
    """What became of a field, with its values where they are short."""
    if name in _IN_WORDS:
        return _IN_WORDS[name]
    old, new = _short(was), _short(now)
    if old and new:
        return f"{quoted(name)} is {quoted(new)} now; it was {quoted(old)}."
    if new:
        return f"{quoted(name)} is {quoted(new)} now; there was none."
    if old:
        return f"{quoted(name)} is gone; it was {quoted(old)}."
    return f"{quoted(name)} has changed."


def _short(value: object) -> str:
    if isinstance(value, Fraction):
        return shown(value, 6)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else ""


def _both(old: str, new: str) -> str:
    return f"“{new}”, before “{old}”"
