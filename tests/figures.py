"""Readers of what was made from a release, written apart from what made it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Rows = list[list[str | float | None]]


def sheets_of(data: bytes) -> dict[str, Rows]:
    """The sheets of a workbook by title: text is text, numbers are numbers; a formula raises."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        shared = [
            "".join(part.text or "" for part in one.iter(f"{MAIN}t"))
            for one in _xml(packed, "xl/sharedStrings.xml")
        ]
        paths = {
            each.attrib["Id"]: each.attrib["Target"]
            for each in _xml(packed, "xl/_rels/workbook.xml.rels")
        }
        return {
            each.attrib["name"]: _rows(_xml(packed, f"xl/{paths[each.attrib[LINK]]}"), shared)
            for each in _xml(packed, "xl/workbook.xml").iter(f"{MAIN}sheet")
        }


def _xml(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(packed.read(name))  # noqa: S314 - we have written it


def _rows(sheet: ElementTree.Element, shared: list[str]) -> Rows:
    rows: Rows = []
    for row in sheet.iter(f"{MAIN}row"):
        cells: list[str | float | None] = []
        for cell in row:
            assert cell.find(f"{MAIN}f") is None, "a formula"
            letters = re.sub("[0-9]", "", cell.attrib["r"])
            column = 0
            for letter in letters:
                column = 26 * column + ord(letter) - ord("A") + 1
            cells += [None] * (column - 1 - len(cells))
            value = cell.findtext(f"{MAIN}v")
            is_text = cell.attrib.get("t") == "s"
            cells.append(None if value is None else shared[int(value)] if is_text else float(value))
        rows.append(cells)
    return rows


def value_at(result: Mapping[str, Any], place: str, figure: str) -> Any:
    """The value that the result JSON has at a place of its traces."""
    node: Any = result
    for key, name in re.findall(r"(\w+)(?:\[(.*?)\])?(?:\.|$)", f"{place}.{figure}".strip(".")):
        node = node[key]
        if name:
            node = node[name] if isinstance(node, dict) else _named(node, key, name)
    return node


def _named(nodes: list[Any], key: str, name: str) -> Any:
    if key == "values" and not isinstance(nodes[0], dict):
        return nodes[int(name) - 1]
    (found,) = [each for each in nodes if _name(each, key) == name]
    return found["value"] if key == "values" else found


def _name(each: Mapping[str, Any], key: str) -> str:
    if key == "participation":
        return f"{each['unit'] or ''}, {each['group']}"
    if key == "perception_gaps":
        return f"{each['group']}, {each['kind']} {each['id']}"
    if key == "measures":
        return f"{each['item']}, {each['title']}"
    return str(each[next(name for name in ("id", "of", "date") if name in each)])
