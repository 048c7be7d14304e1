"""Frozen dataclasses to JSON values and back without loss, led by their type hints.

A dataclass is an object; a mapping is a list of pairs, since its order is told and its keys need
not be text; a fraction is a whole number or "3/7". Whatever is read gets its type from the hint.
"""

from __future__ import annotations

import dataclasses
import datetime
import math
import types
import typing
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Literal, Union

Json = Any
Function = Callable[[Any], Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Codec:
    """How values of one type are written and read."""

    write: Function
    read: Function


@cache
def codec_for(hint: Any) -> Codec:  # noqa: ANN401  a type hint is any object
    """The codec of values of the type *hint*; TypeError for a type that cannot be told apart."""
    origin = typing.get_origin(hint)
    if hint in _PLAIN:
        return Codec(*_PLAIN[hint])
    if origin is Literal:
        return Codec(_same, _same)
    if origin in (Union, types.UnionType):
        return _one_of(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if origin is frozenset:
        return _frozenset(*typing.get_args(hint))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint)
    raise TypeError(f"{hint} has no place in a release.")


def _same(value: Any) -> Any:  # noqa: ANN401
    return value


def _write_fraction(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else str(value)


def _write_float(value: float) -> float | str:
    """Degrees of freedom may be without end, which JSON has no number for; no figure is NaN."""
    if math.isnan(value):
        raise ValueError("A figure that is no number has no place in a release.")
    return repr(value) if math.isinf(value) else float(value)


@lru_cache(maxsize=65536)
def _read_fraction(value: int | str) -> Fraction:
    """Making a fraction is slow, and a release has few different ones."""
    return Fraction(value)


_PLAIN: Mapping[Any, tuple[Function, Function]] = {
    str: (_same, _same),
    int: (_same, _same),
    bool: (_same, _same),
    float: (_write_float, float),
    type(None): (_same, _same),
    Fraction: (_write_fraction, _read_fraction),
    datetime.date: (datetime.date.isoformat, datetime.date.fromisoformat),
}
_TOLD_BY_JSON = {str, int, bool, type(None)}


def _one_of(hints: tuple[Any, ...]) -> Codec:
    """One type or none; or several that JSON itself tells apart."""
    others = [hint for hint in hints if hint is not type(None)]
    if set(others) <= _TOLD_BY_JSON:
        return Codec(_same, _same)
    if len(others) != 1 or len(others) == len(hints):
        raise TypeError(f"Nothing tells the types {hints} apart.")
    inner = codec_for(others[0])
    write, read = inner.write, inner.read
    return Codec(
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _tuple(hints: tuple[Any, ...]) -> Codec:
    if len(hints) == 2 and hints[1] is Ellipsis:
        inner = codec_for(hints[0])
        write, read = inner.write, inner.read
        return Codec(
            lambda value: [write(each) for each in value],
            lambda value: tuple([read(each) for each in value]),
        )
    inners = [codec_for(hint) for hint in hints]
    return Codec(
        lambda value: [one.write(each) for one, each in zip(inners, value, strict=True)],
        lambda value: tuple([one.read(each) for one, each in zip(inners, value, strict=True)]),
    )


def _frozenset(hint: Any) -> Codec:  # noqa: ANN401
    inner = codec_for(hint)
    return Codec(
        lambda value: sorted(inner.write(each) for each in value),
        lambda value: frozenset(inner.read(each) for each in value),
    )


def _mapping(key_hint: Any, value_hint: Any) -> Codec:  # noqa: ANN401
    key, inner = codec_for(key_hint), codec_for(value_hint)
    write_key, write, read_key, read = key.write, inner.write, key.read, inner.read
    return Codec(
        lambda value: [[write_key(name), write(each)] for name, each in value.items()],
        lambda value: {read_key(name): read(each) for name, each in value},
    )


def _dataclass(kind: Any) -> Codec:  # noqa: ANN401
    inner = fields_codec(kind)
    read = inner.read
    return Codec(inner.write, lambda value: kind(**read(value)))


@cache
def fields_codec(kind: Any, left_out: str = "") -> Codec:  # noqa: ANN401
    """The codec of a dataclass's fields by name, without the one *left_out*.

    A field that was not known when something was written gets its default value.
    """
    hints = typing.get_type_hints(kind)
    known = [
        (field.name, codec_for(hints[field.name]))
        for field in dataclasses.fields(kind)
        if field.init and field.name != left_out
    ]
    writers = [(name, inner.write) for name, inner in known]
    readers = [(name, inner.read) for name, inner in known]
    names = {name for name, _ in known}

    def write(value: Any) -> Json:  # noqa: ANN401
        return {name: one(getattr(value, name)) for name, one in writers}

    def read(value: Json) -> dict[str, Any]:
        if strange := value.keys() - names:
            raise ValueError(f"A {kind.__name__} has no {', '.join(sorted(strange))}.")
        return {name: one(value[name]) for name, one in readers if name in value}

    return Codec(write, read)
