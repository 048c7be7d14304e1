"""Texts in one language or several: which one to show, and how many of them a language has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from assessment.catalogue.problems import Address
from assessment.catalogue.wording import quoted
from assessment.core.text import COMMENT_LIMIT

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TYPED = {"type": ["string", "number", "boolean"]}
"""What an editor takes an unquoted word for: 2026 is a number there, no is false."""
TEXT_FOR_EDITORS = {
    "description": "Words in the file's own language, or a wording for each language.",
    "anyOf": [
        TYPED,
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"},
            "additionalProperties": TYPED,
        },
    ],
}

_CONTROL = re.compile("[^\t\n\x20-\x7e\x85\xa0-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people: `plain` ones in the file's own language, or one wording a language."""

    plain: str = ""
    wordings: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.plain or self.wordings)

    def __deepcopy__(self, _memo: object) -> Text:
        """Itself, since nothing in it changes; pydantic copies defaults, thousands of times."""
        return self

    def given(self, language: str, own: str) -> bool:
        """Whether there is a wording in *language*, in a file whose own language is *own*."""
        return language in self.wordings if self.wordings else language == own

    def wording(self, language: str, own: str) -> str:
        """The words in *language*, else in the file's *own*, else in the first one there is."""
        if not self.wordings:
            return self.plain
        for choice in (language, own):
            if choice in self.wordings:
                return self.wordings[choice]
        return next(iter(self.wordings.values()))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        words = core_schema.no_info_after_validator_function(checked, core_schema.str_schema())
        language = core_schema.no_info_after_validator_function(
            _language_of, core_schema.str_schema()
        )
        wordings = core_schema.dict_schema(language, words, min_length=1)
        either = core_schema.tagged_union_schema(
            {"<text>": words, "<languages>": wordings},
            lambda value: "<languages>" if isinstance(value, dict) else "<text>",
        )
        return core_schema.no_info_after_validator_function(cls._of, either)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return TEXT_FOR_EDITORS

    @classmethod
    def _of(cls, value: str | dict[str, str]) -> Text:
        return cls(plain=value) if isinstance(value, str) else cls(wordings=value)


NO_TEXT = Text()


def _language_of(code: str) -> str:
    """*code* if it names a language; usually it is a colon inside a text that brings one here."""
    if not LANGUAGE.fullmatch(code):
        raise PydanticCustomError(
            "bad-language",
            "{code} is no language code such as en or pt-BR. If its colon belongs to a text, put"
            " the whole text in quotes.",
            {"code": quoted(code)},
        )
    return code


def checked(text: str) -> str:
    """*text* without blanks around it, if people can read it: not empty, not endless, no debris."""
    if not text or text.isspace():
        raise PydanticCustomError("empty-value", "There is no text between these quotes.")
    if len(text) > COMMENT_LIMIT:
        raise PydanticCustomError(
            "too-long",
            "This text has {length} characters; {limit} are the limit.",
            {"length": f"{len(text):,}", "limit": f"{COMMENT_LIMIT:,}"},
        )
    if not text.isprintable() and (found := _CONTROL.search(text)):
        raise PydanticCustomError(
            "control-character",
            "This text holds an invisible control character ({code}). Leave it out.",
            {"code": f"U+{ord(found[0]):04X}"},
        )
    return text.strip()


def texts_of(part: object, address: Address = ()) -> Iterator[tuple[Address, Text]]:
    """Every text that stands in *part* of a file, with its address, in the order of the fields."""
    if isinstance(part, Text):
        if part:
            yield address, part
    elif isinstance(part, BaseModel):
        for name, field_info in type(part).model_fields.items():
            yield from texts_of(getattr(part, name), (*address, field_info.alias or name))
        yield from texts_of(part.model_extra, address)
    elif isinstance(part, dict):
        for name, inside in part.items():
            yield from texts_of(inside, (*address, name))
    elif isinstance(part, tuple):
        for place, inside in enumerate(part):
            yield from texts_of(inside, (*address, place))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a file's texts have a wording in one language, and where the first gap is."""

    given: int
    total: int
    first_gap: Address | None


def coverage(texts: Iterable[tuple[Address, Text]], own: str) -> dict[str, Coverage]:
    """For each language of a file, its own first: how far the texts are there."""
    found = list(texts)
    plain = sum(1 for _, text in found if not text.wordings)
    localised = [(address, text) for address, text in found if text.wordings]
    languages = dict.fromkeys([own, *(code for _, text in localised for code in text.wordings)])
    return {
        language: Coverage(
            given=sum(1 for _, text in localised if language in text.wordings)
            + (plain if language == own else 0),
            total=len(found),
            first_gap=next(
                (address for address, text in found if not text.given(language, own)), None
            ),
        )
        for language in languages
    }
