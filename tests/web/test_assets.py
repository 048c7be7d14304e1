"""Static files: what a first visit weighs over the wire, and what the files are made of."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel

from assessment.web.assets import FOLDER, SHEETS, assets
from assessment.web.scripts import NotJoined, joined
from tests.browser import PHONE
from tests.web.questionnaires import eight_questions, item_address, make_round

VENDOR = FOLDER / "vendor"
CHARTS = Path(__file__).resolve().parents[2] / "frontend" / "charts"
BUDGET = 60_000
"""Bytes of a first visit: the page of the link, the first page of questions, and all they load."""


@pytest.fixture
def sent(monkeypatch):
    """Every byte the server sends, to pages and to their worker, as address and size."""
    pieces: list[tuple[str, int]] = []

    def send(channel, data, do_close=True):
        size = HTTPChannel.send(channel, data, do_close)
        path = channel.requests[0].path if channel.requests else ""
        pieces.append((path, size))
        return size

    monkeypatch.setattr("assessment.web.serving._Channel.send", send, raising=False)
    return pieces


def first_visit(window, made, item="1.0"):
    """From the personal link to the first page of questions, with nothing kept from before."""
    page = window.page
    page.goto(f"{window.url}/r/#{made.passes['sam']}", wait_until="networkidle")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("No, it is mine").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    page.goto(f"{window.url}{item_address(item)}", wait_until="networkidle")
    assert page.locator("fieldset.asked").count() == 8


KINDS = {"woff2": "fonts", "css": "style", "js": "script", "svg": "mark"}


def by_kind(sent):
    """The bytes of a visit by what they are; headers count too."""
    sizes: dict[str, int] = {}
    for path, size in sent:
        kind = {"/r/": "pages", "/sw.js": "worker", "/offline": "worker"}.get(path, "on the way")
        if path.startswith("/static/"):
            kind = KINDS[path.rpartition(".")[2]]
        elif path.startswith("/r/item/"):
            kind = "pages"
        sizes[kind] = sizes.get(kind, 0) + size
    return sizes


def test_a_first_visit_stays_within_its_budget(installation, serve_live, open_window, sent):
    made = make_round(installation, eight_questions())
    first_visit(open_window(serve_live(installation.app), PHONE), made)
    sizes = by_kind(sent)
    print(sum(sizes.values()), sizes)
    for kind in (*KINDS.values(), "pages", "worker"):
        assert sizes[kind] > 0
    assert sum(size for kind, size in sizes.items() if kind != "on the way") <= BUDGET, sizes


def test_nothing_is_fetched_twice_when_somebody_comes_in(
    installation, serve_live, open_window, sent
):
    first_visit(
        open_window(serve_live(installation.app), PHONE),
        make_round(installation, eight_questions()),
    )
    bodies = [path for path, size in sent if path.startswith("/static/")]
    assert max(bodies.count(path) for path in bodies) <= 2, "its headers and its body, once"


def test_a_static_file_is_the_same_for_everybody(installation):
    for name in ("app.css", "questionnaire.js", "inter-400-latin.woff2"):
        answer = installation.signed_in("administrator").get(f"/static/{assets()[name].name}")
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers


def test_every_style_sheet_of_the_folder_is_part_of_the_whole():
    in_folder = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.css")}
    ours = {name for name in in_folder if not name.startswith("vendor/")}
    assert ours == {*SHEETS["app.css"], *SHEETS["demo.css"]}
    assert set(SHEETS["asking.css"]) <= ours


LETTERS = "für große Übung, Élève à l’œuvre, ¿qué señal?, più città, één, Ærø, smörgås, naïve"


def test_everyday_letters_of_western_europe_need_no_second_font_file():
    for font in FOLDER.joinpath("fonts").glob("*-latin.woff2"):
        drawn = set(TTFont(font).getBestCmap())
        assert {letter for letter in LETTERS if ord(letter) not in drawn} <= {"¿"}


def test_rare_letters_are_in_the_second_file_alone():
    for font in FOLDER.joinpath("fonts").glob("*-more.woff2"):
        drawn = set(TTFont(font).getBestCmap())
        assert {ord(letter) for letter in "żłęčšőğțş¿"} <= drawn
        assert not {ord("a"), ord("ä")} & drawn


# Scripts


def test_a_script_comes_with_what_it_imports_in_one_file():
    for name in ("questionnaire.js", "frame.js"):
        sent = assets()[name].forms[""].decode()
        assert "import " not in sent
        assert not re.search(r"^\s|^//", sent, re.MULTILINE)


def test_imported_names_and_modules_are_those_of_the_module():
    modules = {
        "a.js": 'import * as b from "./b.js";\nimport { c as d } from "./c.js";\nshow(b.x, d());\n',
        "b.js": 'import { c } from "./c.js";\nexport const x = c() + 1;\n',
        "c.js": "// Says one.\nexport function c() {\n  return 1;\n}\n",
    }
    sent = joined("a.js", modules)
    assert sent.index("const $c") < sent.index("const $b") < sent.index("show(")
    assert sent.count("const $c") == 1
    assert "const { c: d } = $c;" in sent
    assert "const b = $b;" in sent
    assert "Says" not in sent


@pytest.mark.parametrize(
    "text",
    [
        'import thing from "./b.js";',
        "export default 1;",
        "export { x };",
        'export * from "./b.js";',
        "const text = `one\n  two`;",
        'import "./a.js";',
    ],
)
def test_a_script_that_cannot_be_joined_stops_the_start(text):
    with pytest.raises(NotJoined):
        joined("a.js", {"a.js": f"{text}\n", "b.js": "export const x = 1;\n"})


# What is built from packages


def test_what_is_served_of_others_is_what_was_built():
    record = json.loads(VENDOR.joinpath("VENDOR.json").read_text(encoding="utf-8"))
    named = {entry["file"]: entry["sha256"] for entry in record["files"]}
    assert set(named) == {"plotly.js", "plotly.css", "LICENSES.txt"}
    for name, fingerprint in named.items():
        assert hashlib.sha256(VENDOR.joinpath(name).read_bytes()).hexdigest() == fingerprint


def test_the_compressed_forms_are_those_of_the_file():
    for name in ("plotly.js", "plotly.css"):
        forms = assets()[f"vendor/{name}"].forms
        assert brotli.decompress(forms["br"]) == gzip.decompress(forms["gzip"]) == forms[""]
        assert forms["br"] == VENDOR.joinpath(f"{name}.br").read_bytes()


def test_the_chart_library_is_of_the_version_named_and_makes_no_code_from_text():
    asked = json.loads(CHARTS.joinpath("package.json").read_text(encoding="utf-8"))["dependencies"]
    record = json.loads(VENDOR.joinpath("VENDOR.json").read_text(encoding="utf-8"))
    [script] = [each for each in record["files"] if "made from" in each]
    inside = {each["package"]: each["version"] for each in script["made from"]}
    assert inside["plotly.js"] == asked["plotly.js"]
    assert record["built with"] == f"esbuild {asked['esbuild']}"
    assert all(each["licence"] for each in script["made from"])
    licences = VENDOR.joinpath("LICENSES.txt").read_text(encoding="utf-8")
    assert [name for name in inside if f"{name} {inside[name]}\n" not in licences] == []
    text = VENDOR.joinpath("plotly.js").read_text(encoding="utf-8")
    assert not re.search(r"new Function\b|(?<![\w.$])eval\(", text)


def test_the_lock_of_the_packages_names_no_address():
    text = CHARTS.joinpath("package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in text
    assert '"resolved"' not in text
