"""What WeasyPrint's tags leave to be wished, put right before the file is written.

Running headers and page numbers are marked as content but stand in no tag: they become artifacts.
A link is described by the name of its anchor: it gets its own words, and is kept when printed.
Where several glyphs draw one letter, all but the first say that they stand for nothing, which the
standard does not allow: they stand for a sign that is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import pydyf

Document: TypeAlias = Any
Pdf: TypeAlias = Any
Box: TypeAlias = Any
Element: TypeAlias = Any
"""Neither WeasyPrint nor pydyf has types."""

PRINT = 4
"""The flag of an annotation that belongs on paper too."""
WORD_JOINER = b"<2060>"


def put_tags_right(document: Document, pdf: Pdf, prefix: str = "") -> None:
    """To be called by WeasyPrint when all is drawn and nothing written."""
    if prefix:
        _prefix_header_names(pdf, prefix)
    _make_headers_artifacts(pdf)
    _give_glyphs_letters(pdf)
    for page in document.pages:
        for _, _, _, box in page.links:
            annotation = getattr(box, "link_annotation", None)
            if annotation:
                annotation["Contents"] = pydyf.String(_words(box) or "link")
                annotation["F"] = PRINT


def _words(box: Box) -> str:
    return " ".join("".join(_texts(box)).split())


def _texts(box: Box) -> Iterator[str]:
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _make_headers_artifacts(pdf: Pdf) -> None:
    """Whatever is marked on a page and belongs to no element of the tree."""
    objects = {each.reference: each for each in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    in_tree = set(_descendants(root, objects))
    pages = [objects[reference] for reference in pdf.page_references]
    # The parent tree lists, page after page, which element each piece of marked content is part of.
    elements_of_pages = objects[root["ParentTree"]]["Nums"][1::2]
    for page, elements in zip(pages, elements_of_pages, strict=False):
        loose = {place for place, element in enumerate(elements) if element not in in_tree}
        _mark_as_artifact(objects[page["Contents"]].stream, loose)
        for place in loose:
            elements[place] = b"null"


def _descendants(element: Element, objects: Mapping[bytes, Any]) -> Iterator[bytes]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            yield kid
            yield from _descendants(objects[kid], objects)


def _mark_as_artifact(content: list[Any], loose: set[int]) -> None:
    """A tag, its properties and the operator that opens it stand one after another in *content*."""
    for place, properties in enumerate(content):
        is_mark = isinstance(properties, pydyf.Dictionary) and "MCID" in properties
        if is_mark and properties["MCID"] in loose:
            content[place - 1] = "/Artifact"
            content[place] = pydyf.Dictionary({"Type": "/Pagination"})


def _give_glyphs_letters(pdf: Pdf) -> None:
    """The lines of a map from glyphs to letters read `<glyph> <letters>`."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and b"endbfchar" in each.stream:
            each.stream = [
                line.replace(b"<>", WORD_JOINER) if isinstance(line, bytes) else line
                for line in each.stream
            ]


def _prefix_header_names(pdf: Pdf, prefix: str) -> None:
    """Cells name their headers; the names of two sections must differ when these become one."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem":
            if "ID" in each:
                each["ID"] = pydyf.String(f"{prefix}-{each['ID'].string}")
            attributes = each.get("A")
            if attributes and "Headers" in attributes:
                attributes["Headers"] = pydyf.Array(
                    [pydyf.String(f"{prefix}-{name.string}") for name in attributes["Headers"]]
                )
