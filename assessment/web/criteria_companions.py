"""Crosswalks, profiles and houses of quality, each on a page that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request

from assessment.catalogue.companions import Companion
from assessment.core.crosswalk import STRENGTHS, Crosswalk, Ref, Related, Strength, Taken
from assessment.core.framework import Framework
from assessment.core.importance import HouseOfQuality
from assessment.core.reference import Profile
from assessment.core.text import shown
from assessment.services.companions import MOST_RELATED, RelatedPart, Titles, related_parts
from assessment.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a framework by its number and its title."""

    id: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """A part, and what it is linked with in the other framework, by strength."""

    part: Part
    others: Mapping[Strength, tuple[Part, ...]]
    changes: tuple[str, ...]
    notes: tuple[str, ...]


def strength_words() -> dict[Strength, str]:
    """What each strength of a link is called."""
    return {
        "strong": _("Strong: same subject, same evidence"),
        "partial": _("Partial: overlaps"),
        "thematic": _("Thematic: a related aim"),
    }


def strength_word(strength: Strength) -> str:
    return {"strong": _("strong"), "partial": _("partial"), "thematic": _("thematic")}[strength]


def change_words() -> dict[str, str]:
    """What became of a part between two editions."""
    return {
        "same": _("the same"), "reworded": _("reworded"), "split": _("split"),
        "merged": _("merged"), "moved": _("moved"), "new": _("new"), "dropped": _("dropped"),
    }  # fmt: skip


def companion_page(source: str, name: str, found: Companion, named: Mapping[str, Titles]) -> str:
    """The page for what *found* is; *named* are the frameworks that are here."""
    if isinstance(found, Crosswalk):
        return _crosswalk_page(source, name, found, named)
    if isinstance(found, Profile):
        return _page("profile", source, name, found, named, rows=_percents(found, named))
    return _house_page(source, name, found, named)


@dataclass(frozen=True, slots=True)
class RelatedShown:
    """The first few parts of other frameworks with how strong the link is, and how many more."""

    lines: tuple[tuple[str, RelatedPart], ...]
    more: int


def related_shown(framework: Framework, item_id: str) -> RelatedShown:
    """What stands beside an item, from the crosswalks that came with Touchstone."""
    parts = related_parts(framework, item_id)
    first = parts[:MOST_RELATED]
    lines = tuple((strength_word(each.related.strength), each) for each in first)
    return RelatedShown(lines, len(parts) - len(first))


def _crosswalk_page(source: str, name: str, found: Crosswalk, named: Mapping[str, Titles]) -> str:
    pairs = found.pairs
    asked = request.args.get("of", ""), request.args.get("to", "")
    pair = next((each for each in pairs if set(each) == set(asked)), pairs[0] if pairs else None)
    if pair is not None and pair == (asked[1], asked[0]):
        pair = asked
    lines = [
        _line(ref, own, named) for ref, own in (found.between(*pair) if pair is not None else ())
    ]
    return _page(
        "crosswalk", source, name, found, named,
        pairs=pairs,
        pair=pair,
        lines=lines,
        strengths=strength_words(),
        strength_word=strength_word,
        takes=_taken(found),
    )  # fmt: skip


def _line(ref: Ref, own: tuple[Related, ...], named: Mapping[str, Titles]) -> Line:
    words = change_words()
    changes = dict.fromkeys(words[each.change] for each in own if each.change)
    notes = dict.fromkeys(each.note for each in own if each.note)
    return Line(
        _part(ref, named),
        {
            strength: tuple(_part(each.to, named) for each in own if each.strength == strength)
            for strength in STRENGTHS
        },
        tuple(changes),
        tuple(notes),
    )


def _part(ref: Ref, named: Mapping[str, Titles]) -> Part:
    known = named.get(ref.framework)
    if known is None:
        return Part(ref.id, "", "")
    return Part(ref.id, known.parts.get(ref.id, ""), known.language)


def _taken(found: Crosswalk) -> dict[Strength, str]:
    """What may be taken over along links of each strength, in words."""
    words: dict[tuple[Taken, ...], str] = {
        (): _("nothing is taken over"),
        ("evidence",): _("evidence may be taken over"),
        ("comments",): _("comments may be taken over"),
    }
    both = _("evidence and comments may be taken over")
    return {
        strength: words.get(tuple(dict.fromkeys(found.takes_over.get(strength, ()))), both)
        for strength in STRENGTHS
    }


def _percents(found: Profile, named: Mapping[str, Titles]) -> list[tuple[Part, str]]:
    known = named.get(found.framework)
    order = list(known.parts) if known else []
    places = sorted(
        found.percents, key=lambda place: order.index(place) if place in order else len(order)
    )
    return [
        (
            Part("", _("The whole"), "")
            if place == "total"
            else _part(Ref(found.framework, place), named),
            shown(found.percents[place]),
        )
        for place in places
    ]


def _house_page(source: str, name: str, found: HouseOfQuality, named: Mapping[str, Titles]) -> str:
    known = named.get(found.framework)
    order = [place for place in known.parts if place in found.items] if known else found.items
    return _page(
        "requirements", source, name, found, named,
        items=[_part(Ref(found.framework, item), named) for item in order],
        weights={1: _("1 little"), 2: _("2 much"), 3: _("3 most")},
        number=shown,
    )  # fmt: skip


def _page(
    template: str,
    source: str,
    name: str,
    found: Companion,
    named: Mapping[str, Titles],
    **values: object,
) -> str:
    return render_template(
        f"criteria/{template}.html",
        source=source,
        name=name,
        found=found,
        title_of=lambda framework: named[framework].title if framework in named else framework,
        **values,
    )
