"""What can be read from a finished PDF: a verdict, words, pictures, figures, bookmarks."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import page as validator
import pikepdf
import pypdfium2

UNFILTERED_LENGTH = "STREAM-LENGTH-001"


def broken_rules(pdf: bytes) -> Counter[str]:
    """The rules of PDF/UA-1 that *pdf* breaks, each with how often."""
    document = pikepdf.open(io.BytesIO(pdf))
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    return Counter(
        f"{failure.rule_id}: {failure.message}"
        for failure in report.failures
        if not _is_false_alarm(document, failure)
    )


def _is_false_alarm(document: pikepdf.Pdf, failure: object) -> bool:
    """Compressed data that by chance ends in byte 0D is misread as the beginning of a line end."""
    place = getattr(failure, "object_id", None)
    if place is None or not str(getattr(failure, "rule_id", "")).endswith(UNFILTERED_LENGTH):
        return False
    stream = document.get_object(place.object_number, place.generation)
    return isinstance(stream, pikepdf.Stream) and stream.read_raw_bytes().endswith(b"\r")


def text_of(pdf: bytes) -> str:
    """All words of *pdf*, page after page, as a program for copying or searching gets them."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def picture_of(pdf: bytes, page: int = 0, scale: float = 1) -> bytes:
    """One page as bytes of pixels, to be compared."""
    drawn = pypdfium2.PdfDocument(pdf)[page].render(scale=scale, grayscale=True)
    return bytes(drawn.to_numpy().tobytes())


def figures_of(pdf: bytes) -> list[str | None]:
    """What each figure says in words, None where it says nothing."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        figures = [element for element in _elements(document) if element.S == "/Figure"]
        return [str(figure.Alt) if "/Alt" in figure else None for figure in figures]


def tags_of(pdf: bytes) -> Counter[str]:
    """How many elements of each kind the tag tree has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return Counter(str(element.S).lstrip("/") for element in _elements(document))


def _elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem":
            yield each


def links_of(pdf: bytes) -> list[str]:
    """What each link says it is."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            str(annotation.Contents)
            for page in document.pages
            for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Link"
        ]


def bookmarks_of(pdf: bytes) -> list[str]:
    """The titles of the outermost bookmarks."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def language_of(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return str(document.Root.Lang)


def streams_of(pdf: bytes) -> bytes:
    """Everything in *pdf*, uncompressed: what is not in here is not in the file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return b"\n".join([pdf, *(stream.read_bytes() for stream in streams)])
