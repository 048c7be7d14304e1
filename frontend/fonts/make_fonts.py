"""Build reports/fonts from the npm packages named in package.json.

    npm ci --prefix frontend/fonts
    python frontend/fonts/make_fonts.py

The packages carry each weight in several files, one a script. They become one static TTF a weight:
TTF because WOFF2 has to be unpacked again for every document, one file because a word may mix
letters of several. Needs fonttools and brotli. The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boxes
import fontTools
import scripts
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "node_modules" / "@fontsource"
TARGET = HERE.parent.parent / "reports" / "fonts"
UNUSED = ("BASE", "DSIG", "STAT", "gasp", "prep")
"""Tables for screens of few pixels and for variable fonts; dropped, so that the rest can merge."""


@dataclass(frozen=True)
class Family:
    """A family as we name it, the package it comes from, and what of the package is taken."""

    name: str
    package: str
    weights: tuple[int, ...]
    scripts: tuple[str, ...]


FAMILIES = (
    Family(
        "Inter",
        "inter",
        (400, 600, 700),
        ("latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"),
    ),
    # "Source" is a reserved name: its licence asks that a changed version be called something else.
    Family(
        "Touchstone Serif",
        "source-serif-4",
        (400, 600),
        ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese"),
    ),
)
WEIGHT_NAMES = {400: "Regular", 600: "SemiBold", 700: "Bold"}


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    made = [entry for family in FAMILIES for entry in build(family)]
    made += [build_scripts(), *build_boxes()]
    write("VENDOR.json", json.dumps(vendor(made), indent=2) + "\n")
    write("fonts.css", "".join(face(entry) for entry in made))
    write("widths.json", json.dumps(widths("Inter", (400, 600)), separators=(",", ":")) + "\n")


def build(family: Family) -> list[dict[str, Any]]:
    """Every weight of *family* as a TTF, and its licence."""
    package = PACKAGES / family.package
    made = []
    for weight in family.weights:
        sources = [
            package / "files" / f"{family.package}-{script}-{weight}-normal.woff2"
            for script in family.scripts
        ]
        font = merged(family.name, weight, sources)
        made.append(save(font, family.name, weight, sources))
    return made


def build_scripts() -> dict[str, Any]:
    """The font of the scripts that our text font lacks."""
    elsewhere = set(TTFont(TARGET / "Inter-400.ttf").getBestCmap())
    font = scripts.scripts(PACKAGES, elsewhere)
    rename(font, scripts.FAMILY, WEIGHT_NAMES[scripts.WEIGHT])
    sources = [path for path, _ in scripts.sources(PACKAGES)]
    return save(font, scripts.FAMILY, scripts.WEIGHT, sources)


def build_boxes() -> list[dict[str, Any]]:
    """The fonts of last resort, which are drawn here and come from nowhere."""
    return [
        save(boxes.first_plane(), boxes.FAMILY, 400, [], "-1"),
        save(boxes.other_planes(), boxes.FAMILY, 400, [], "-2"),
    ]


def save(
    font: TTFont, family: str, weight: int, sources: list[Path], part: str = ""
) -> dict[str, Any]:
    """Write *font* and the licences of what it is made from, and say what was written."""
    file = f"{file_name(family)}-{weight}{part}.ttf"
    font.save(TARGET / file)
    packages = sorted({source.parent.parent for source in sources})
    for package in packages:
        licence = package.joinpath("LICENSE").read_text(encoding="utf-8").rstrip()
        write(f"LICENSE-{package.name}.txt", f"{licence}\n")
    return {
        "file": file,
        "family": family,
        "weight": weight,
        "sha256": sha256(TARGET / file),
        "licence": "OFL-1.1" if packages else "Apache-2.0",
        "made from": [
            {
                "package": f"@fontsource/{package.name}",
                "version": json.loads(package.joinpath("package.json").read_text())["version"],
                "licence": f"LICENSE-{package.name}.txt",
                "files": {
                    source.name: sha256(source)
                    for source in sources
                    if source.is_relative_to(package)
                },
            }
            for package in packages
        ],
    }


def file_name(family: str) -> str:
    return family.replace(" ", "")


def merged(family: str, weight: int, sources: list[Path]) -> TTFont:
    """One font with the letters of all *sources*, under the name of *family*."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for source in sources:
            part = TTFont(source, recalcTimestamp=False)
            part.flavor = None
            for table in set(UNUSED) & set(part.keys()):
                del part[table]
            parts.append(str(Path(folder, source.with_suffix(".ttf").name)))
            part.save(parts[-1])
        font = Merger().merge(parts)
        font["head"].modified = max(TTFont(part)["head"].modified for part in parts)
        font["head"].created = font["head"].modified
    font.recalcTimestamp = False
    keep_only_digits_tabular(font)
    rename(font, family, WEIGHT_NAMES[weight])
    return font


def keep_only_digits_tabular(font: TTFont) -> None:
    """Tabular figures are switched on everywhere; a hyphen must not become as wide as a digit."""
    digits = {font.getBestCmap()[ord(digit)] for digit in "0123456789"}
    for mapping in _tabular(font):
        for name in set(mapping) - digits:
            del mapping[name]


def rename(font: TTFont, family: str, style: str) -> None:
    """Name *font*; the copyright line, the licence and the version stay as they are."""
    full = f"{family} {style}"
    postscript = f"{file_name(family)}-{style}"
    said = {1: full, 2: "Regular", 3: postscript, 4: full, 6: postscript, 16: family, 17: style}
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 5, 11, 13, 14}]
    for number, text in said.items():
        names.setName(text, number, 3, 1, 0x409)


def face(entry: dict[str, Any]) -> str:
    """The rule that gives a page the font; its figures are all of one width."""
    has_figures = entry["family"] in {family.name for family in FAMILIES}
    figures = '; font-feature-settings: "tnum" 1' if has_figures else ""
    return (
        f'@font-face {{ font-family: "{entry["family"]}"; font-weight: {entry["weight"]}; '
        f"src: url({entry['file']}){figures} }}\n"
    )


def widths(family: str, weights: tuple[int, ...]) -> dict[str, dict[str, int]]:
    """How far each letter of *family* moves the pen, in thousandths of the size, by weight."""
    return {str(weight): _widths(f"{file_name(family)}-{weight}.ttf") for weight in weights}


def _widths(file: str) -> dict[str, int]:
    font = TTFont(TARGET / file)
    units = font["head"].unitsPerEm
    stand_in = {name: other for mapping in _tabular(font) for name, other in mapping.items()}
    return {
        chr(code): round(1000 * font["hmtx"][stand_in.get(name, name)][0] / units)
        for code, name in sorted(font.getBestCmap().items())
    }


def _tabular(font: TTFont) -> list[dict[str, str]]:
    """Which letter stands in for which when figures are set in one width, table by table."""
    table = font["GSUB"].table
    lookups = sorted(
        {
            index
            for record in table.FeatureList.FeatureRecord
            if record.FeatureTag == "tnum"
            for index in record.Feature.LookupListIndex
        }
    )
    return [
        getattr(subtable, "ExtSubTable", subtable).mapping
        for index in lookups
        for subtable in table.LookupList.Lookup[index].SubTable
    ]


def vendor(made: list[dict[str, Any]]) -> dict[str, Any]:
    """What came from where: for the page about the program, and to notice a changed byte."""
    return {
        "built by": "frontend/fonts/make_fonts.py",
        "built with": f"fonttools {fontTools.version}",
        "files": made,
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(name: str, text: str) -> None:
    TARGET.joinpath(name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
