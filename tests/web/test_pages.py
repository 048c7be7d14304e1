"""What pages show: names of any script, what was typed, words in the reader's language."""

from __future__ import annotations

import re
import unicodedata
from types import SimpleNamespace

import pytest
from babel.messages.extract import extract_from_dir
from markupsafe import escape

from assessment.resources import TEMPLATES
from assessment.web import language, profile
from assessment.web.assets import assets
from tests.web.installation import parse_strictly

PAGES = (
    "/", "/profile", "/organisation", "/units", "/people", "/cycles", "/sign-in", "/signed-out",
    "/nothing",
)  # fmt: skip
NAMES = [
    '"><img src=x onerror=alert(1)>', "<svg onload=alert(1)>", "{{ 7*7 }} ${7*7} {0.__class__}",
    "\u202ereversed", "🏳️‍🌈" * 30, "שלום World", "a" + "\u0301" * 199, "x" * 200,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_as_typed_and_creates_nothing(installation, name):
    client = installation.signed_in("administrator")
    assert client.send("/profile", name=name, language="en").status_code == 303
    assert client.send("/organisation", name=name, time_zone="UTC").status_code == 303
    page = client.get("/").text
    tree = parse_strictly(page)
    assert tree.findall(".//img[@onerror]") == []
    assert tree.find(".//svg") is None
    assert f"<h1><bdi>{escape(unicodedata.normalize('NFC', name))}</bdi></h1>" in page


def test_a_name_that_turns_the_direction_is_kept_apart_from_its_neighbours(installation):
    client = installation.signed_in("administrator")
    client.send("/profile", name="\u202eecila", language="en")
    assert "<bdi>\u202eecila</bdi>" in client.get("/").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("  Ada  ", "Ada"),
        ("Ada\r\nKing", "Ada King"),
        ("\ud800x", None),
        ("é", "é"),
    ],
)
def test_typed_text_is_cleaned_before_it_is_kept(installation, typed, kept):
    client = installation.signed_in("administrator")
    body = {
        "csrf_token": client.seal,
        "language": "en",
        "name": typed.encode("utf-8", "surrogatepass"),
    }
    assert client.post("/profile", data=body).status_code == 303
    if kept:
        assert f">{kept}</bdi>" in client.get("/").text


@pytest.mark.parametrize("name", ["", "   ", "\x00", "x" * 201])
def test_a_name_that_cannot_be_kept_is_refused_beside_its_field(installation, name):
    client = installation.signed_in("administrator")
    answer = client.send("/profile", name=name, language="en")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Error: " in answer.text
    if len(name) > 200:
        assert f'value="{name}"' in answer.text
        assert "1 too many" in answer.text


def test_fields_that_a_form_has_not_are_ignored(installation):
    client = installation.signed_in("leader")
    client.send(
        "/profile",
        name="Lea",
        language="en",
        role="administrator",
        organisation_id="2",
        is_active="0",
    )
    assert client.get("/organisation").status_code == 403
    assert "Administrator" not in client.get("/profile").text


def test_a_language_that_is_not_offered_is_refused(installation):
    client = installation.signed_in("leader")
    assert client.send("/profile", name="Lea", language="xx").status_code == 422


def test_a_person_s_language_goes_with_them_wherever_they_sign_in(installation, monkeypatch):
    monkeypatch.setattr(profile, "languages", lambda: {"en": "English", "de": "Deutsch"})
    for tag in ("de", "en"):
        installation.signed_in("leader").send("/profile", name="Lea", language=tag)
        assert f'<html lang="{tag}"' in installation.signed_in("leader").get("/cycles").text


def test_one_organisation_sees_nothing_of_another(installation):
    page = installation.signed_in("stranger").get("/").text
    assert "Southwind" in page
    assert "Northwind" not in page


# Words


class _Marked:
    """Translations that put every message into brackets; outside stands what is none."""

    def ugettext(self, message):
        return f"[{message}]"

    def ungettext(self, one, many, number):
        return f"[{one if number == 1 else many}]"


@pytest.fixture
def marked(monkeypatch):
    monkeypatch.setattr(language, "_words", lambda _tag: SimpleNamespace(said=_Marked(), share=1.0))


DATA = re.compile(
    r"Northwind Care|Administrator|Consultant|Leader|Wanda Ward|Ward 3"
    r"|[a-z]+@northwind\.example|Touchstone|English|Deutsch|404|–|\s"
)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("path", PAGES)
def test_every_word_of_a_page_passes_through_the_translations(installation, path):
    page = installation.signed_in("administrator").get(path).text
    tree = parse_strictly(page)
    words = [
        text for node in tree.iter() for text in (node.text, node.tail) if text and text.strip()
    ]
    outside = [re.sub(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]", "", text) for text in words]
    assert [text for text in outside if DATA.sub("", text)] == []


def test_the_messages_can_be_extracted():
    methods = [("**.html", "jinja2.ext:babel_extract")]
    found = {message for _, _, message, _, _ in extract_from_dir(str(TEMPLATES), methods)}
    assert {"Sign in", "Your profile", "Skip to the content"} <= found


# Weight


@pytest.mark.parametrize("path", PAGES)
def test_a_page_weighs_at_most_60_kb_over_the_wire(installation, path):
    client = installation.signed_in("administrator")
    page = client.get(path)
    sheet = assets()["app.css"].forms[""].decode()
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    fonts = {f"/static/{name}" for name in re.findall(r'"\./([^"]+latin[^"]+)"', sheet)}
    total = len(page.data)
    for address in named | fonts:
        total += len(client.get(address, headers={"Accept-Encoding": "br"}).data)
    assert total <= 60_000


def test_static_files_are_compressed_and_may_be_kept_for_ever(installation):
    client = installation.client()
    address = f"/static/{assets()['app.css'].name}"
    for coding in ("br", "gzip"):
        answer = client.get(address, headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        again = client.get(
            address, headers={"Accept-Encoding": coding, "If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304
    plain = client.get(address, headers={"Accept-Encoding": "br;q=0"})
    assert "Content-Encoding" not in plain.headers
    assert plain.text.startswith(":root")


def test_a_style_sheet_names_fonts_by_their_hashed_names():
    sheet = assets()["app.css"].forms[""].decode()
    named = set(re.findall(r'"\./([^"]+)"', sheet))
    assert named == {asset.name for asset in assets().values() if asset.kind == "font/woff2"}
