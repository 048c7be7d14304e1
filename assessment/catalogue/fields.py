"""The kinds of value a field takes: ids, numbers, yes or no. Everything arrives as text.

What an editor may show for an unquoted word differs from what it is here, so each kind carries its
own note for the JSON Schema.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError

from assessment.catalogue.figures import NotANumber, amount, whole_number
from assessment.catalogue.texts import LANGUAGE, TYPED, Text, checked
from assessment.catalogue.wording import quoted
from assessment.core.text import NAME_LIMIT

ID_LIMIT = 60
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    return value


def _whole(value: object) -> int:
    try:
        return whole_number(_word(value))
    except NotANumber as error:
        raise PydanticCustomError("not-whole", "{why}", {"why": str(error)}) from None


def _amount(value: object) -> Fraction:
    try:
        return amount(_word(value))
    except NotANumber as error:
        raise PydanticCustomError("not-a-number", "{why}", {"why": str(error)}) from None


def _yes_or_no(value: object) -> bool:
    word = _word(value)
    if word.lower() not in ("yes", "no", "true", "false"):
        why = {"word": quoted(word)}
        raise PydanticCustomError("not-a-choice", "{word} is neither yes nor no.", why)
    return word.lower() in ("yes", "true")


def _id(value: str) -> str:
    """An id as it is typed into a spreadsheet: short, one word, no sign that means something."""
    checked(value)
    reason = None
    if len(value) > ID_LIMIT:
        reason = f"is longer than {ID_LIMIT} characters"
    elif any(sign.isspace() for sign in value):
        proposal = re.sub(r"\s+", "-", value.strip())
        reason = f"holds a space; an id is one word, such as {quoted(proposal)}"
    elif not value.isprintable():
        sign = next(sign for sign in value if not sign.isprintable())
        reason = f"holds an invisible character (U+{ord(sign):04X})"
    elif "/" in value:
        reason = "holds a “/”, which joins an item and an attribute in the answers"
    elif value == "*":
        reason = "stands for every item and cannot be an id"
    if reason:
        why = {"id": quoted(value), "reason": reason}
        raise PydanticCustomError("bad-id", "The id {id} {reason}.", why)
    return value


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        proposal = re.sub("[^a-z0-9]+", "-", value.lower()).strip("-")[:ID_LIMIT]
        why = {"id": quoted(value), "meant": f" Did you mean “{proposal}”?" if proposal else ""}
        sentence = "The id {id} of a file is made of a to z, 0 to 9 and single hyphens.{meant}"
        raise PydanticCustomError("bad-id", sentence, why)
    return _id(value)


def _language(code: str) -> str:
    if not LANGUAGE.fullmatch(code):
        sentence = "{code} is no language code such as en or pt-BR."
        raise PydanticCustomError("bad-language", sentence, {"code": quoted(code)})
    return code


def _short(text: Text) -> Text:
    longest = max(map(len, text.wordings.values()), default=len(text.plain))
    if longest > NAME_LIMIT:
        why = {"length": longest, "limit": NAME_LIMIT}
        sentence = "This has {length} characters; a title or label has at most {limit}."
        raise PydanticCustomError("too-long", sentence, why)
    return text


def listed_alone(value: object) -> object:
    return [value] if isinstance(value, str) else value


def id_alone(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


class OrOneWord:
    """Tells editors that a single word may stand for the whole."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [TYPED, handler(schema)]}


Id = Annotated[str, AfterValidator(_id), WithJsonSchema({**TYPED, "maxLength": ID_LIMIT})]
Slug = Annotated[
    str, AfterValidator(_slug), WithJsonSchema({**TYPED, "pattern": f"^{_SLUG.pattern}$"})
]
Word = Annotated[str, WithJsonSchema(TYPED)]
Name = Annotated[str, AfterValidator(checked), WithJsonSchema(TYPED)]
Language = Annotated[str, AfterValidator(_language), WithJsonSchema(TYPED)]
Title = Annotated[Text, AfterValidator(_short)]
Whole = Annotated[
    int,
    BeforeValidator(_whole),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^-?[0-9]+$"}),
]
Amount = Annotated[
    Fraction, PlainValidator(_amount), WithJsonSchema({"type": ["number", "string"]})
]
YesNo = Annotated[
    bool,
    PlainValidator(_yes_or_no),
    WithJsonSchema({"enum": [True, False, "yes", "no", "true", "false"]}),
]
Ids = Annotated[tuple[Id, ...], BeforeValidator(listed_alone), OrOneWord()]
Improve = dict[Word, Text]
