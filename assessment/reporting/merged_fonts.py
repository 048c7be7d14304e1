"""A face embedded once in a merged document, though each of its sections brought its own letters.

WeasyPrint embeds of a face the glyphs that are used, each under its number in the whole face, and
an empty glyph under the other numbers. So subsets of one face fill each other's gaps.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Stream

TRUETYPE = b"\0\1\0\0"
NO_WIDTH = (0, 0)


def share_faces(out: pikepdf.Pdf) -> None:
    """Let all descriptions of a face in *out* have one font program."""
    faces: defaultdict[str, list[Dictionary]] = defaultdict(list)
    for each in out.objects:
        if isinstance(each, Dictionary) and "/FontFile2" in each:
            faces[str(each.FontName)].append(each)
    for descriptions in faces.values():
        programs = [description.FontFile2.read_bytes() for description in descriptions]
        if len(programs) == 1 or not all(program.startswith(TRUETYPE) for program in programs):
            continue
        whole = united(programs)
        shared = Stream(out, whole, Length1=len(whole))
        for description in descriptions:
            description.FontFile2 = shared


def united(programs: Sequence[bytes]) -> bytes:
    """One font program with the glyphs of all *programs*, which are subsets of one face."""
    fonts = sorted((_opened(program) for program in programs), key=_size, reverse=True)
    result, *others = fonts
    glyphs, widths = result["glyf"].glyphs, result["hmtx"].metrics
    for font in others:
        for name, glyph in font["glyf"].glyphs.items():
            # An empty glyph has no data.
            if hasattr(glyph, "data") and not hasattr(glyphs[name], "data"):
                glyphs[name] = glyph
            # A space is wide and empty.
            if widths[name] == NO_WIDTH:
                widths[name] = font["hmtx"].metrics[name]
    written = io.BytesIO()
    result.save(written)
    return written.getvalue()


def _opened(program: bytes) -> TTFont:
    font = TTFont(io.BytesIO(program), recalcBBoxes=False, recalcTimestamp=False)
    # By their numbers: names would be made up from the letters, which differ between subsets.
    font.setGlyphOrder([f"glyph{number}" for number in range(_size(font))])
    return font


def _size(font: TTFont) -> int:
    size: int = font["maxp"].numGlyphs
    return size
