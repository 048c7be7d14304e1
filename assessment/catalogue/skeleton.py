"""A new criteria file: what a person must fill in is left open, so that the check names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Judging = Literal["percent", "level", "met", "conformity", "none"]

JUDGED_IN: tuple[Judging, ...] = ("percent", "level", "met", "conformity", "none")

_PLAIN = re.compile(r"[^\W_][\w .,;()/–-]*")
_AGREEMENT = """\
  agreement:
    answer: agreement
    labels: [strongly disagree, disagree, neither, agree, strongly agree]
"""
_JUDGING = {
    "percent": """\
  judgement:
    answer: percent
    step: 5
    ranges:
      - {from: 0, to: 45, label: Early, text: }
      - {from: 50, to: 100, label: Mature, text: }
""",
    "level": """\
  judgement:
    answer: level
    levels:
      - {level: 1, label: Begun, text: }
      - {level: 2, label: Lived, text: }
      - {level: 3, label: Leading, text: }
""",
    "met": """\
  judgement:
    answer: met
    levels:
      - {level: 1, label: Begun}
      - {level: 2, label: Lived}
""",
    "conformity": """\
  judgement:
    answer: conformity
    labels: [conforming, could be better, minor nonconformity, major nonconformity]
""",
}
_PLACES: Mapping[Judging, Sequence[object]] = {
    "percent": [0],
    "level": [1, 2],
    "met": [0, 1],
    "conformity": ["minor", "major"],
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants of a new framework; `id` is the name of its file."""

    id: str
    title: str
    edition: str
    language: str = "en"
    is_asked: bool = True
    judging: Judging = "none"
    categories: tuple[str, ...] = ("Leading",)


def skeleton(wishes: Wishes) -> str:
    """The text of a new file, with one item in each category."""
    return "".join(_lines(wishes))


def copied(text: str, name: str, edition: str, variant_of: str | None = None) -> str:
    """The file *text* under another id and edition, said to be a variant if it is meant as one."""
    text = _with_field(text, "id", name)
    text = _with_field(text, "edition", edition)
    return text if variant_of is None else _with_field(text, "variant of", variant_of)


def typed(words: str) -> str:
    """*words* as they are written after a colon: in quotes where YAML would misread them."""
    if _PLAIN.fullmatch(words) and not words.endswith(" "):
        return words
    return "'" + words.replace("'", "''") + "'"


def _with_field(text: str, name: str, value: str) -> str:
    """*text* with the top-level field *name* set, after the language where it was not there."""
    line = f"{name}: {typed(value)}\n"
    found = re.compile(rf"^{name}:.*\n(?:[ \t]+\S.*\n)*", re.MULTILINE)
    if found.search(text):
        return found.sub(lambda _: line, text, count=1)
    return re.sub(r"^language:.*\n", lambda own: own[0] + line, text, count=1, flags=re.MULTILINE)


def _lines(wishes: Wishes) -> Iterator[str]:
    yield "# yaml-language-server: $schema=criteria.schema.json\n"
    yield f"kind: framework\nid: {wishes.id}\n"
    yield f"title: {typed(wishes.title)}\nedition: {typed(wishes.edition)}\n"
    yield f"language: {wishes.language}\n"
    yield "about:\n"
    yield "scales:\n" if wishes.is_asked or wishes.judging != "none" else ""
    yield _AGREEMENT if wishes.is_asked else ""
    yield _JUDGING.get(wishes.judging, "")
    yield "forms:\n"
    if wishes.is_asked or wishes.judging == "none":
        yield "  staff:\n    audience: Everyone\n    intro:\n"
    if wishes.judging != "none":
        yield "  assessors:\n    audience:\n"
    yield "categories:\n"
    for number, title in enumerate(wishes.categories, start=1):
        yield f"  - id: {number}\n    title: {typed(title)}\n    items:\n"
        yield from _item(wishes, f"{number}.1")
    if wishes.judging == "conformity":
        yield "scoring:\n  total: verdict\n"


def _item(wishes: Wishes, name: str) -> Iterator[str]:
    yield f"      - id: {name}\n        title:\n"
    if wishes.judging != "none":
        yield "        judge: judgement\n        about:\n        improve:\n"
        yield from (f"          {place}:\n" for place in _PLACES[wishes.judging])
    if wishes.judging == "met":
        yield "        levels:\n"
        for level in (1, 2):
            yield f"          - level: {level}\n            criteria:\n"
            yield f"              - {{id: {name}-{level}a, text: }}\n"
    if wishes.is_asked or wishes.judging == "none":
        yield f"        questions:\n          - id: {name}-s1\n            form: staff\n"
        yield "            scale: agreement\n" if wishes.is_asked else ""
        yield "            text:\n"
