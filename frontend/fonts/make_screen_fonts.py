"""Build assessment/web/static/fonts from the finished fonts of reports/fonts.

    python frontend/fonts/make_screen_fonts.py

The same letters on screen and on paper, but few of them: the first visit has a budget of 60 KB,
fonts included. What English, German, French, Spanish, Italian, Dutch and the Nordic languages write
every day comes with each page; the other letters of Western and Central Europe, Turkey and the
Baltic are a second small file that a browser fetches only where a page needs one. Every other
script is drawn by the reader's own system. Needs fonttools and brotli.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "reports" / "fonts"
TARGET = ROOT / "assessment" / "web" / "static" / "fonts"
HEADLINES = "Touchstone Serif"
FACES = {
    ("Inter", 400): ("Inter-400", "inter"),
    ("Inter", 600): ("Inter-600", "inter"),
    (HEADLINES, 600): ("TouchstoneSerif-600", "source-serif-4"),
}
WESTERN = (
    "U+0020-007E, U+00A0, U+00A9, U+00AB, U+00AD, U+00B0, U+00B7, U+00BB, U+00C0, U+00C4-00C7, "
    "U+00C9, U+00D6-00D8, U+00DC, U+00DF-00E2, U+00E4-00EF, U+00F1-00F6, U+00F8-00FC, U+0153, "
    "U+2010-2014, U+2018-201A, U+201C-201E, U+2022, U+2026, U+2039-203A, U+20AC"
)
SIGNS = ", U+2190-2193, U+2212, U+2248, U+2264-2265, U+25B2, U+25BC, U+2713, U+FFFD"
"""Arrows, comparisons and ticks: no headline needs them."""
OTHERS = (
    "U+00A1-00A8, U+00AA, U+00AC, U+00AE-00AF, U+00B1-00B6, U+00B8-00BA, U+00BC-00BF, "
    "U+00C1-00C3, U+00C8, U+00CA-00D5, U+00D9-00DB, U+00DD-00DE, U+00E3, U+00F0, U+00F7, "
    "U+00FD-0152, U+0154-017F, U+0218-021B, U+1E9E, U+2020-2021, U+2030, U+2122, U+2260"
)
FEATURES = {"latin": ["kern", "tnum", "locl"], "more": ["locl"]}
"""Letters of two files are never set as one run, so pairs with the rarer ones cannot be kerned."""


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    made, rules = [], []
    for (family, weight), (name, package) in FACES.items():
        usual = WESTERN if family == HEADLINES else WESTERN + SIGNS
        for part, letters in (("latin", usual), ("more", OTHERS)):
            file = f"{name.lower()}-{part}.woff2"
            write_part(SOURCE / f"{name}.ttf", letters, FEATURES[part], TARGET / file)
            made.append({"file": file, "made from": f"{name}.ttf", "sha256": sha256(TARGET / file)})
            rules.append(face(family, weight, file, letters))
        shutil.copy(SOURCE / f"LICENSE-{package}.txt", TARGET)
    said = {
        "built by": "frontend/fonts/make_screen_fonts.py",
        "built with": f"fonttools {fontTools.version}",
        "licence": "OFL-1.1",
        "files": made,
    }
    TARGET.joinpath("VENDOR.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    TARGET.joinpath("fonts.css").write_text("".join(rules), encoding="utf-8", newline="\n")


def write_part(source: Path, letters: str, features: list[str], target: Path) -> None:
    """Write those of *letters* that *source* has, without hints: no screen needs them any more."""
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(letters.replace("U+", "").replace(" ", "")))
    subsetter.subset(font)
    kern_what_shows(font)
    font.flavor = "woff2"
    font.save(target)


def kern_what_shows(font: TTFont) -> None:
    """Drop corrections that move a letter by less than a quarter of a pixel at the size of text."""
    least = font["head"].unitsPerEm * 15 // 1000
    for pairs in _pairs_of_classes(font):
        for row in pairs.Class1Record:
            for pair in row.Class2Record:
                if pair.Value1 and abs(pair.Value1.XAdvance) < least:
                    pair.Value1.XAdvance = 0


def _pairs_of_classes(font: TTFont) -> Iterator[Any]:
    """The tables of *font* that kern classes of letters."""
    lookups = font["GPOS"].table.LookupList.Lookup if "GPOS" in font else []
    for table in (each for lookup in lookups for each in lookup.SubTable):
        pairs = getattr(table, "ExtSubTable", table)
        if pairs.LookupType == 2 and pairs.Format == 2:
            yield pairs


def face(family: str, weight: int, file: str, letters: str) -> str:
    """The rule by which a page gets the file; the address is completed when the page is served."""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("./{file}") format("woff2"); unicode-range: {letters} }}\n'
    )


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
