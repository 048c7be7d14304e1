"""Our scripts as they are sent: a script and what it imports in one file, comments left out.

A phone waits for each file by itself, and each brings its headers along. The modules stay as they
are written; this knows the few forms of import and export they use and refuses every other one, so
that a script it cannot join stops the start and never a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(
    r'^import (?:(?:\* as (\w+)|(\{[^}]*\})) from )?"\./([\w-]+\.js)";$', re.MULTILINE
)
_EXPORT = re.compile(r"^export ((?:async function|function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b(?!\().*$", re.MULTILINE)


class NotJoined(ValueError):
    """A script is written in a way that this does not understand."""


def joined(name: str, modules: Mapping[str, str]) -> str:
    """The script *name* of *modules* with everything it imports in front of it."""
    order: list[str] = []
    _visit(name, modules, order, ())
    parts = [_inner(each, modules[each]) for each in order[:-1]]
    entry = _EXPORT.sub(r"\1", _with_constants(name, modules[name]))
    return "".join(trimmed(part) for part in [*parts, entry])


def trimmed(text: str) -> str:
    """*text* without indentation and without lines that only comment."""
    lines = [line.strip() for line in text.splitlines()]
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _visit(name: str, modules: Mapping[str, str], order: list[str], above: tuple[str, ...]) -> None:
    """Put *name* into *order* behind what it imports."""
    if name in above:
        raise NotJoined(f"{name} imports itself by way of {', '.join(above)}.")
    if name in order:
        return
    for match in _IMPORT.finditer(modules[name]):
        _visit(match[3], modules, order, (*above, name))
    order.append(name)


def _inner(name: str, text: str) -> str:
    """An imported module: what it exports is what its function returns."""
    exports = ", ".join(match[2] for match in _EXPORT.finditer(text))
    body = _EXPORT.sub(r"\1", _with_constants(name, text))
    return f"const {_constant(name)} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"


def _with_constants(name: str, text: str) -> str:
    """*text* with its imports taken from the modules that stand before it."""
    if any(line.count("`") % 2 for line in text.splitlines()):
        raise NotJoined(f"{name} holds a text of several lines, whose indentation would be lost.")

    def constant(match: re.Match[str]) -> str:
        names = match[1] or (match[2] or "").replace(" as ", ": ")
        return names and f"const {names} = {_constant(match[3])};"

    made = _IMPORT.sub(constant, text)
    if left := _OTHER.search(_EXPORT.sub(r"\1", made)):
        raise NotJoined(f"{name} cannot be joined: {left[0]}")
    return made


def _constant(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("-", "_")
