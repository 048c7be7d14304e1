"""The letters we ship: what they were made from, how wide they are, and that none is lost."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from assessment.reporting.lettering import is_known, text_width
from assessment.reporting.pdf import print_document
from assessment.resources import REPORTS
from tests.reporting.pdf_checks import broken_rules, text_of

FONTS = REPORTS / "fonts"
VENDOR = json.loads(FONTS.joinpath("VENDOR.json").read_text(encoding="utf-8"))
FRONTEND = REPORTS.parent / "frontend" / "fonts"
WRITING = {
    "Latin": "Příliš žluťoučký kůň – Việt Nam, İstanbul, Ñandú",
    "Greek": "Ηγεσία και στρατηγική",
    "Cyrillic": "Лидерство и стратегия, Қазақша",
    "Hebrew": "מנהיגות ואסטרטגיה",
    "Devanagari": "नेतृत्व",
    "Thai": "ภาษาไทย",
    "Chinese": "领导力与战略",
    "Japanese": "リーダーシップと戦略",
    "Korean": "리더십과 전략",
    "emoji": "👍 😀",
    "a letter of nobody’s font": "ꦗ \ue000 \U0001f9ff \U00013000 \U0010fffd",
}


def test_every_font_is_the_one_that_was_built():
    said = {entry["file"]: entry["sha256"] for entry in VENDOR["files"]}
    there = {path.name: path for path in FONTS.glob("*.ttf")}
    assert said.keys() == there.keys()
    for name, path in there.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == said[name]


def test_every_font_stands_beside_its_licence():
    for entry in VENDOR["files"]:
        for source in entry["made from"]:
            licence = FONTS.joinpath(source["licence"]).read_text(encoding="utf-8")
            assert "SIL Open Font License" in licence


def test_fonts_are_made_from_the_versions_that_are_locked():
    lock = json.loads(FRONTEND.joinpath("package-lock.json").read_text(encoding="utf-8"))
    locked = {
        path.removeprefix("node_modules/"): package["version"]
        for path, package in lock["packages"].items()
        if path
    }
    used = {
        source["package"]: source["version"]
        for entry in VENDOR["files"]
        for source in entry["made from"]
    }
    assert used == locked
    assert "http" not in re.sub(r'"url": "[^"]+"', "", json.dumps(lock))


def test_fonts_stay_small_enough_to_ship():
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 6_000_000


def test_no_changed_font_bears_a_reserved_name():
    for path in FONTS.glob("*.ttf"):
        names = {
            str(record) for record in TTFont(path)["name"].names if record.nameID in {1, 4, 16}
        }
        assert not any("Source" in name or "Noto" in name for name in names)


@pytest.mark.parametrize("weight", [400, 600])
def test_words_are_measured_as_wide_as_they_are_drawn(weight):
    font = TTFont(FONTS / f"Inter-{weight}.ttf")
    glyphs = font.getBestCmap()
    for letter in "AVgm–é§Жλ":
        advance = font["hmtx"][glyphs[ord(letter)]][0] / font["head"].unitsPerEm
        measured = text_width(letter, 1000, bold=weight == 600)
        assert measured == pytest.approx(1000 * advance, abs=1)


def test_all_figures_are_of_one_width():
    assert len({text_width(digit, 1000) for digit in "0123456789"}) == 1
    assert text_width("-", 1000) < text_width("1", 1000)


def test_a_letter_of_another_script_is_known_to_be_unknown():
    assert is_known("Straße 12 %")
    assert not is_known("战略")


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    folder = tmp_path_factory.mktemp("design")
    folder.joinpath("report.css").write_text("html { font: 400 9pt var(--font-text) }")
    return folder


@pytest.mark.parametrize("script", WRITING)
def test_what_people_write_is_printed_and_can_be_copied(design, script):
    page = f'<!doctype html><html lang="en"><title>x</title><p>{WRITING[script]}</p></html>'
    printed = print_document(design, page, "a4")
    assert printed.remarks == ()
    assert broken_rules(printed.pdf) == {}
    copied = set(text_of(printed.pdf))
    assert "nobody" in script or {sign for sign in WRITING[script] if sign.isalpha()} <= copied


def test_arabic_is_joined_and_can_be_copied(design):
    page = '<!doctype html><html lang="ar" dir="rtl"><title>x</title><p>القيادة</p></html>'
    printed = print_document(design, page, "a4")
    assert broken_rules(printed.pdf) == {}
    assert sorted(text_of(printed.pdf).strip()) == sorted("القيادة")
