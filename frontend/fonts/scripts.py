"""One font for what people may write in and Inter has no letters for: more scripts, and emoji.

Arabic, Hebrew, Devanagari and Thai are whole. Of the ideographs there are those of everyday use, as
the old two-byte codes of China, Japan and Korea list them: level 1 of each, and common Hangul.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FAMILY, WEIGHT, UNITS = "Touchstone Scripts", 400, 1000
WHOLE = (
    ("vazirmatn", "arabic"),
    ("noto-sans-hebrew", "hebrew"),
    ("noto-sans-devanagari", "devanagari"),
    ("noto-sans-thai", "thai"),
    ("noto-emoji", "emoji"),
)
"""Arabic is not Noto's, which draws dots apart from letters: a PDF of it cannot be searched."""
IDEOGRAPHIC = ("noto-sans-sc", "noto-sans-jp", "noto-sans-kr")
SPACES = {0x20, 0xA0, 0x200C, 0x200D, 0x25CC}
"""Needed beside the letters: a space is set in the font of its neighbours."""
UNUSED = {"BASE", "DSIG", "STAT", "gasp", "prep", "vhea", "vmtx"}
LAYOUT = {"GDEF", "GPOS", "GSUB"}


def sources(packages: Path) -> list[tuple[Path, set[int]]]:
    """The files to merge, each with the characters to take from it."""
    taken = [
        (packages / package / "files" / f"{package}-{script}-{WEIGHT}-normal.woff2")
        for package, script in WHOLE
    ]
    found = [(path, characters_of(path)) for path in taken]
    wanted = everyday()
    for package in IDEOGRAPHIC:
        for path in slices(packages / package):
            if here := characters_of(path) & wanted:
                found.append((path, here))
                wanted -= here
    return found


def slices(package: Path) -> list[Path]:
    """The numbered files of a package that is cut into many."""
    files = package.joinpath("files").glob(f"{package.name}-*-{WEIGHT}-normal.woff2")
    numbered = [(match, path) for path in files if (match := re.search(r"-(\d+)-\d+-", path.name))]
    return [path for _, path in sorted(numbered, key=lambda pair: int(pair[0][1]))]


def characters_of(path: Path) -> set[int]:
    return set(TTFont(path, lazy=True).getBestCmap())


def everyday() -> set[int]:
    """Ideographs, Hangul, kana and full-width signs that everyday texts need."""
    kana_and_signs = {*range(0x3000, 0x3100), *range(0x3130, 0x3190), *range(0xFF00, 0xFFF0)}
    return (
        kana_and_signs
        | set(_rows("gb2312", 16, 55))
        | set(_rows("euc_jp", 16, 47))
        | set(_rows("euc_kr", 16, 40))
    )


def _rows(code: str, first: int, last: int) -> Iterator[int]:
    """The characters in these rows of a table of 94 × 94."""
    for row in range(first, last + 1):
        for cell in range(1, 95):
            letter = bytes([row + 0xA0, cell + 0xA0]).decode(code, errors="ignore")
            if letter:
                yield ord(letter)


def scripts(packages: Path, elsewhere: set[int]) -> TTFont:
    """The font, without characters that our text font has *elsewhere*."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for path, characters in sources(packages):
            part = Path(folder, f"{len(parts):03}.ttf")
            _cut(path, (characters - elsewhere) | (characters & SPACES)).save(part)
            parts.append(str(part))
        font = Merger().merge(parts)
        font["head"].modified = max(TTFont(part)["head"].modified for part in parts)
    font["head"].created = font["head"].modified
    font.recalcTimestamp = False
    return font


def _cut(path: Path, characters: set[int]) -> TTFont:
    font = TTFont(path, recalcTimestamp=False)
    font.flavor = None
    is_ideographic = path.parent.parent.name in IDEOGRAPHIC
    for table in (UNUSED | (LAYOUT if is_ideographic else set())) & set(font.keys()):
        del font[table]
    options = Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if font["head"].unitsPerEm != UNITS:
        scale_upem(font, UNITS)
    return font
