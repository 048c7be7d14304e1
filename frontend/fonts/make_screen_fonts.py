"""Build assessment/web/static/fonts from the finished fonts of reports/fonts.

    python frontend/fonts/make_screen_fonts.py

The same letters on screen and on paper, but few of them: a page of the screen has a budget of 60
KB, fonts included. Western European letters come with each page; those of Central Europe, Turkey
and the Baltic are a second small file that a browser fetches only where a page needs one. Every
other script is drawn by the reader's own system. Needs fonttools and brotli.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "reports" / "fonts"
TARGET = ROOT / "assessment" / "web" / "static" / "fonts"
FACES = {
    ("Inter", 400): ("Inter-400", "inter"),
    ("Inter", 600): ("Inter-600", "inter"),
    ("Touchstone Serif", 600): ("TouchstoneSerif-600", "source-serif-4"),
}
RANGES = {
    "latin": (
        "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+2010-2015, U+2018-201E, U+2020-2022, "
        "U+2026, U+2030, U+2039-203A, U+20AC, U+2122, U+2190-2193, U+2212, U+2248, U+2260, "
        "U+2264-2265, U+25B2, U+25BC, U+2713, U+FFFD"
    ),
    "more": "U+0100-0130, U+0132-0151, U+0154-017F, U+0218-021B, U+1E9E",
}
FEATURES = ["kern", "tnum", "ccmp", "locl", "mark", "mkmk"]


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    made, rules = [], []
    for (family, weight), (name, package) in FACES.items():
        for part, letters in RANGES.items():
            file = f"{name.lower()}-{part}.woff2"
            write_part(SOURCE / f"{name}.ttf", letters, TARGET / file)
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


def write_part(source: Path, letters: str, target: Path) -> None:
    """Write those of *letters* that *source* has, without hints: no screen needs them any more."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(letters.replace("U+", "").replace(" ", "")))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


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
