"""JSON that a script of ours sends: exactly one meaning, or it is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import abort, request


def json_body() -> dict[str, Any]:
    """The object in the request's body.

    Another content type is 415, so that no form of another site can pose as a script. Two values
    under one name, NaN, or brackets without end are 400.
    """
    if request.mimetype != "application/json":
        abort(415)
    try:
        body = json.loads(
            request.get_data(cache=False), object_pairs_hook=_once, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(body, dict):
        abort(400)
    return body


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
