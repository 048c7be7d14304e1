"""The shape of criteria files as JSON Schema, by which editors complete and check.

`python -m assessment.catalogue.editors [KIND]` prints one; those beside the criteria are copies.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from assessment.catalogue.crosswalk import CrosswalkFile
from assessment.catalogue.reference import ProfileFile, RequirementsFile
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.texts import TEXT_FOR_EDITORS

KINDS: dict[str, TypeAdapter[Any]] = {
    "criteria": TypeAdapter(CriteriaFile),
    "crosswalk": TypeAdapter(CrosswalkFile),
    "reference": TypeAdapter(
        Annotated[ProfileFile | RequirementsFile, Field(discriminator="of")],
    ),
}
"""What each schema is of, by the name its file begins with."""


class _ForEditors(GenerateJsonSchema):
    """Without what only repeats the field: titles, defaults, and nothing as a value."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def json_schema(kind: str = "criteria") -> str:
    """The schema as it is written to a file; rules that go beyond the shape are not in it."""
    schema = KINDS[kind].json_schema(schema_generator=_ForEditors)
    entries = {name: _with_text_once(entry) for name, entry in schema.pop("$defs").items()}
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **{name: _with_text_once(part) for name, part in schema.items()},
        "$defs": {**entries, "Text": TEXT_FOR_EDITORS},
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _with_text_once(part: object) -> object:
    """*part* with a reference wherever it spells out what a text is."""
    if isinstance(part, list):
        return [_with_text_once(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    if part.get("anyOf") == TEXT_FOR_EDITORS["anyOf"]:
        rest = {key: part[key] for key in part if part[key] != TEXT_FOR_EDITORS.get(key)}
        return {"$ref": "#/$defs/Text", **rest}
    return {key: _with_text_once(value) for key, value in part.items()}


if __name__ == "__main__":
    sys.stdout.write(json_schema(*sys.argv[1:2]))
