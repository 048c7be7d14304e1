"""Fonts of last resort: a box for every character that no other font on the machine has.

A letter without any glyph would make a report invalid as PDF/UA and warn in the log. A box is
seen, and in the first of the two fonts, where each character has a box of its own, it can be copied
and searched as what it is. Latin letters are left out: no real font is passed over for this one.
"""

from __future__ import annotations

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.DefaultTable import DefaultTable

FAMILY = "Touchstone Boxes"
UNITS, WIDTH, SPACE, ASCENT, DESCENT = 1000, 640, 280, 950, -250
SPACES = (0x20, 0xA0)
"""A space is set in the font of its neighbours."""
NON_CHARACTERS = range(0xFDD0, 0xFDF0)
"""In the first plane; the last two places of each plane are none either."""


def first_plane() -> TTFont:
    """A box of its own for each character of the first plane."""
    characters = [code for code in range(0x0250, 0xFFFE) if _is_character(code)]
    return _font([*SPACES, *characters], own_boxes=True)


def other_planes() -> TTFont:
    """One box for all characters of the other sixteen planes."""
    characters = [code for code in range(0x10000, 0x110000) if code & 0xFFFF < 0xFFFE]
    return _font([*SPACES, *characters])


def _is_character(code: int) -> bool:
    is_surrogate = 0xD800 <= code < 0xE000
    return not is_surrogate and code not in NON_CHARACTERS


def _font(codes: list[int], *, own_boxes: bool = False) -> TTFont:
    names = {code: "space" if code in SPACES else "box" for code in codes}
    if own_boxes:
        names |= {code: f"u{code:04X}" for code in codes if code not in SPACES}
    glyphs = list(dict.fromkeys([".notdef", "space", "box", *names.values()]))
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({})
    builder.setupGlyf(
        dict.fromkeys(glyphs, _same_as_box()) | {".notdef": _box(), "box": _box(), "space": Glyph()}
    )
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (WIDTH, 60)) | {"space": (SPACE, 0)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT)
    builder.setupPost(keepGlyphNames=False)
    builder.font["cmap"] = _map(names, 12 if own_boxes else 13)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    return builder.font


def _map(names: dict[int, str], form: int) -> DefaultTable:
    """Which character has which glyph: in form 12 each its own, in form 13 ranges the same."""
    subtable = CmapSubtable.newSubtable(form)
    subtable.platformID, subtable.platEncID, subtable.language = 3, 10, 0
    subtable.format, subtable.reserved, subtable.length, subtable.nGroups = form, 0, 0, 0
    subtable.cmap = names
    table = newTable("cmap")
    table.tableVersion, table.tables = 0, [subtable]
    return table


def _box() -> Glyph:
    """A thin upright frame, as wide as a letter."""
    pen = TTGlyphPen(None)
    for left, bottom, right, top, is_hole in ((60, 0, 580, 720, False), (110, 50, 530, 670, True)):
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        pen.moveTo(corners[0])
        for corner in corners[:0:-1] if is_hole else corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _same_as_box() -> Glyph:
    pen = TTGlyphPen({"box": None})
    pen.addComponent("box", (1, 0, 0, 1, 0, 0))
    return pen.glyph()
