"""Printed sections -> one PDF: one tag tree, one outline, links across, numbers on the pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from assessment.reporting.merged_fonts import share_faces
from assessment.reporting.sections import ELSEWHERE, Place, PrintedSection

PER_PIXEL = 0.75
"""CSS pixels to the points of a PDF."""


def merged(sections: Sequence[PrintedSection], numbers: bytes) -> bytes:
    """One document of *sections* in their order, with the pages of *numbers* drawn over its own.

    The same sections give the same bytes.
    """
    with ExitStack() as opened:
        sources = [
            opened.enter_context(pikepdf.open(io.BytesIO(section.pdf))) for section in sections
        ]
        out = opened.enter_context(pikepdf.new())
        _take_properties(out, sources[0])
        _take_pages_and_tags(out, sources)
        first, starts = 0, []
        for section in sections:
            starts.append(first)
            first += section.pages
        _lead_links(out, sections, starts)
        _write_outline(out, sections, starts)
        _draw_numbers(out, opened.enter_context(pikepdf.open(io.BytesIO(numbers))))
        share_faces(out)
        result = io.BytesIO()
        out.save(
            result,
            min_version=sources[0].pdf_version,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return result.getvalue()


def _take_properties(out: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Title, dates, language and the claim to be accessible are those of the first section."""
    for key in ("/Metadata", "/ViewerPreferences", "/MarkInfo"):
        value = source.Root[key]
        out.Root[key] = out.copy_foreign(
            value if value.is_indirect else source.make_indirect(value)
        )
    out.Root.Lang = String(str(source.Root.Lang))
    for key, value in source.docinfo.items():
        out.docinfo[key] = String(str(value))


def _take_pages_and_tags(out: pikepdf.Pdf, sources: Sequence[pikepdf.Pdf]) -> None:
    """All pages, and below one document element all that the sections' trees hold.

    The parent tree finds an element by the number that its page or link carries. Each section
    counts from 0, so the numbers of the later ones move up.
    """
    root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = out.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array())
    )
    numbered, base = Array(), 0
    for source in sources:
        before = len(out.pages)
        # The pages first: the tree refers to them, and would else bring copies of its own.
        # One by one: `extend` warns of the named places in links, which get others further down.
        for page in source.pages:
            out.pages.append(page)
        tree = out.copy_foreign(source.Root.StructTreeRoot)
        for kid in tree.K[0].K:
            kid.P = document
            document.K.append(kid)
        pairs = list(tree.ParentTree.Nums)
        for number, elements in zip(pairs[::2], pairs[1::2], strict=True):
            numbered.append(int(number) + base)
            numbered.append(elements)
        for page in list(out.pages)[before:]:
            page.obj.StructParents = int(page.obj.StructParents) + base
            for annotation in page.obj.get("/Annots", Array()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + base
        base += max((int(number) for number in pairs[::2]), default=-1) + 1
    root.K, root.ParentTreeNextKey = Array([document]), base
    root.ParentTree = out.make_indirect(Dictionary(Nums=numbered))
    out.Root.StructTreeRoot = root


def _lead_links(
    out: pikepdf.Pdf, sections: Sequence[PrintedSection], starts: Sequence[int]
) -> None:
    """Links within a section and to another one lead to their places."""
    pages = list(out.pages)
    places: dict[str, Array] = {}
    for section, start in zip(sections, starts, strict=True):
        for anchor, place in section.anchors.items():
            places.setdefault(anchor, _destination(pages, start, place))
    for page in pages:
        for annotation in page.obj.get("/Annots", Array()):
            wanted = _wanted(annotation)
            if wanted in places:
                if "/A" in annotation:
                    del annotation["/A"]
                annotation.Dest = places[wanted]


def _wanted(annotation: pikepdf.Object) -> str | None:
    """The anchor that a link is for, None where it leads out of the document."""
    if "/Dest" in annotation:
        return str(annotation.Dest)
    address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
    return address.removeprefix(ELSEWHERE) if address.startswith(ELSEWHERE) else None


def _destination(pages: Sequence[pikepdf.Page], start: int, place: Place) -> Array:
    number, left, above = place
    page = pages[start + number]
    height = float(page.mediabox[3])
    across, up = round(left * PER_PIXEL, 3), round(height - above * PER_PIXEL, 3)
    return Array([page.obj, Name.XYZ, across, up, 0])


def _write_outline(
    out: pikepdf.Pdf, sections: Sequence[PrintedSection], starts: Sequence[int]
) -> None:
    """Headings below those of a higher level, also where these stand in an earlier section."""
    pages = list(out.pages)
    with out.open_outline() as outline:
        open_lists = [(0, outline.root)]
        for section, start in zip(sections, starts, strict=True):
            for bookmark in section.bookmarks:
                item = OutlineItem(bookmark.label, _destination(pages, start, bookmark.place))
                while open_lists[-1][0] >= bookmark.level:
                    open_lists.pop()
                open_lists[-1][1].append(item)
                open_lists.append((bookmark.level, item.children))


def _draw_numbers(out: pikepdf.Pdf, numbers: pikepdf.Pdf) -> None:
    """Over each page that of *numbers*, as an artifact, which readers aloud leave out."""
    for place, (page, over) in enumerate(zip(out.pages, numbers.pages, strict=True)):
        # The pages of a section share their resources, so each number has a name of its own.
        name = Name(f"/Number{place}")
        page.add_resource(out.copy_foreign(over.as_form_xobject()), Name.XObject, name)
        # WeasyPrint leaves the page turned upside down.
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q /Artifact <</Type /Pagination>> BDC q {name} Do Q EMC".encode())
