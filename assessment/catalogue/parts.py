"""A criteria file as parts that can be held against those of another edition, by noun and id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from assessment.catalogue.schema import (
    AgreementScale,
    CategoryEntry,
    CriteriaFile,
    ItemEntry,
    LevelScale,
    MetScale,
    PercentScale,
    ScaleEntry,
)

Key: TypeAlias = tuple[str, str]
"""What a part is, and its id."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it belongs to, and its fields by their names in the file."""

    noun: str
    id: str
    within: str
    fields: Mapping[str, object]

    @property
    def place(self) -> str:
        return f"{self.noun} {self.id}".strip()


def parts_of(file: CriteriaFile) -> dict[Key, Part]:
    """The parts in the order of the file."""
    return {(part.noun, part.id): part for part in _parts(file)}


def _parts(file: CriteriaFile) -> Iterator[Part]:
    yield Part(
        "file",
        "",
        "",
        {
            "id": file.id,
            "title": file.title,
            "edition": file.edition,
            "owner": file.owner,
            "notice": file.notice,
            "about": file.about,
            "doubts": file.doubts,
            "notes": file.notes,
            "variant of": file.variant_of,
            "language": file.language,
            "not applicable": file.not_applicable,
            "golden": file.golden,
            "silence": file.silence,
        },
    )
    for name, scale in file.scales.items():
        yield Part("scale", name, "", _of_scale(scale))
    for name, form in file.forms.items():
        said = {"audience": form.audience, "intro": form.intro, "judges": form.judges}
        yield Part("form", name, "", said)
    for factor in file.context:
        yield Part("key factor", factor.id, "", {"title": factor.title, "text": factor.text})
    for category in file.categories:
        yield from _of_category(category)
    for bands in file.bands:
        bounds = {"bounds": (bands.limits, bands.starts), "labels": bands.labels}
        yield Part("bands", bands.of, "", {**bounds, "about": bands.about})
    yield Part("scoring", "", "", {"rules": file.scoring})


def _of_scale(scale: ScaleEntry) -> dict[str, object]:
    """What can be answered apart from the words that describe it."""
    fields: dict[str, object] = {"answer": scale.answer, "title": scale.title}
    if isinstance(scale, AgreementScale):
        fields |= {"labels": scale.labels, "favourable": scale.favourable}
    elif isinstance(scale, PercentScale):
        fields |= {
            "steps": (scale.step, scale.attribute_step),
            "attributes": tuple((one.id, one.weight) for one in scale.attributes),
            "cap": scale.cap,
            "ranges": tuple((one.start, one.end) for one in scale.ranges),
            "words": (
                tuple(one.title for one in scale.attributes),
                tuple((one.label, one.text, one.model_extra) for one in scale.ranges),
            ),
        }
    elif isinstance(scale, LevelScale | MetScale):
        fields |= {
            "levels": tuple(level.level for level in scale.levels),
            "words": tuple((level.label, level.text) for level in scale.levels),
        }
    elif scale.answer == "conformity":
        fields |= {"words": scale.labels}
    return fields


def _of_category(category: CategoryEntry) -> Iterator[Part]:
    yield Part("category", category.id, "", {"title": category.title, "about": category.about})
    for item in category.items:
        yield from _of_item(item, category.id)


def _of_item(item: ItemEntry, category_id: str) -> Iterator[Part]:
    names = ("title", "points", "judge", "about", "drivers", "evidence", "improve")
    yield Part("item", item.id, category_id, {name: getattr(item, name) for name in names})
    for area in item.areas:
        yield Part("area", area.id, item.id, {"title": area.title})
    for question in item.questions:
        said = ("text", "form", "scale", "hint", "area", "pair", "block", "evidence", "improve")
        fields = {name: getattr(question, name) for name in said}
        yield Part("question", question.id, item.id, fields)
    for level in item.levels:
        for criterion in level.criteria:
            fields = {"text": criterion.text, "level": level.level}
            yield Part("criterion", criterion.id, item.id, fields)
