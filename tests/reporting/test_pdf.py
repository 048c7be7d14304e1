"""Printing: accessible, the same bytes each time, nothing from the network or other folders."""

from __future__ import annotations

import base64
import gc
import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import pytest
import weasyprint

from assessment.reporting.charts import to_svg
from assessment.reporting.pdf import (
    DesignFault,
    ForeignResource,
    PdfUnavailable,
    print_document,
    render_pdf,
)
from assessment.resources import REPORTS
from tests.reporting.make_charts import all_charts, make_profile
from tests.reporting.pdf_checks import (
    bookmarks_of,
    broken_rules,
    figures_of,
    language_of,
    links_of,
    picture_of,
    streams_of,
    tags_of,
    text_of,
)

CSS = """
@page { margin: 20mm; @top-left { content: "Running head" } }
@page { @bottom-left { content: counter(page) } }
html { font: 400 9.2pt/13pt var(--font-text) }
h1 { font-family: var(--font-headline); color: var(--present) }
table { width: 100%; table-layout: fixed }
"""
SECRET = "the-words-of-another-folder"


def document(body: str, head: str = "") -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gap report</title>'
        f'<meta name="dcterms.created" content="2027-03-12T09:00:00Z">{head}</head>'
        f"<body><h1 id='one'>One</h1>{body}</body></html>"
    )


CHARTS = "".join(f"<figure>{to_svg(chart, 600)}</figure>" for chart in all_charts().values())
WHOLE = document(
    '<p><a href="#two">To the second part</a></p>'
    "<table><thead><tr><th>Item</th><th>Percent</th></tr></thead>"
    "<tbody><tr><th scope='row'>1.1</th><td>45</td></tr></tbody></table>"
    f"<ul><li>a strength</li></ul>{CHARTS}<h1 id='two'>Two</h1><p>The end.</p>"
)


@pytest.fixture(scope="session")
def design(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small document of ours."""
    folder = tmp_path_factory.mktemp("design")
    folder.joinpath("report.css").write_text(CSS, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def whole(design: Path) -> bytes:
    """A document with everything a report has, printed once."""
    return render_pdf(design, WHOLE, "a4")


# What is printed


def test_no_rule_of_pdf_ua_is_broken(whole):
    assert broken_rules(whole) == {}


def test_a_broken_rule_would_be_found():
    untagged = weasyprint.HTML(string="<p>Untagged").write_pdf()
    assert len(broken_rules(untagged)) > 5


def test_words_can_be_copied_and_searched(whole):
    text = text_of(whole)
    assert "To the second part" in text
    assert "Leadership" in text


def test_every_figure_says_in_words_what_it_shows(whole):
    assert figures_of(whole) == [chart.alt for chart in all_charts().values()]


def test_headings_are_bookmarks_and_the_language_is_said(whole):
    assert bookmarks_of(whole) == ["One", "Two"]
    assert language_of(whole) == "en"


def test_tables_and_lists_are_tagged(whole):
    tags = tags_of(whole)
    assert (tags["TH"], tags["TD"], tags["LI"], tags["H1"]) == (3, 1, 1, 2)


def test_a_link_says_where_it_leads_in_its_own_words(whole):
    assert links_of(whole) == ["To the second part"]


def test_running_heads_are_artifacts(whole):
    assert b"/Artifact" in streams_of(whole)
    assert streams_of(whole).count(b"/Type /Pagination") >= 2


def test_the_sheet_is_as_asked_for(design):
    sizes = {
        paper: _media_box(render_pdf(design, document(""), paper)) for paper in ("a4", "letter")
    }
    assert sizes == {"a4": (595, 842), "letter": (612, 792)}


def _media_box(pdf: bytes) -> tuple[int, int]:
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    return round(width), round(height)


def test_our_own_letters_are_used(design):
    text = document("<p>plain <b>bold</b></p>")
    assert b"Inter" in streams_of(render_pdf(design, text, "a4"))
    assert b"DejaVu" not in streams_of(render_pdf(design, text, "a4"))


@pytest.mark.parametrize(
    "words", ["القيادة والاستراتيجية", "מנהיגות", "Ηγεσία", "Лидерство", "Příliš žluťoučký"]
)
def test_a_chart_label_in_any_of_our_scripts_is_set_as_words(design, words):
    chart = make_profile(12, label=words)
    pdf = render_pdf(design, document(to_svg(chart, 600)), "a4")
    assert broken_rules(pdf) == {}


# The same words, the same bytes


def test_the_same_words_give_the_same_bytes_in_one_process(design, whole):
    assert render_pdf(design, WHOLE, "a4") == whole


def test_the_same_words_give_the_same_bytes_in_another_process(design, whole, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(WHOLE, encoding="utf-8")
    program = (
        "import sys, hashlib, pathlib; from assessment.reporting.pdf import render_pdf\n"
        "page = pathlib.Path(sys.argv[2]).read_text(encoding='utf-8')\n"
        "pdf = render_pdf(pathlib.Path(sys.argv[1]), page, 'a4')\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    for seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-W", "error", "-c", program, design, page],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
            cwd=REPORTS.parent,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        assert printed.stdout.strip() == hashlib.sha256(whole).hexdigest()
        assert printed.stderr == ""


def test_charts_look_the_same_when_printed_again(design, whole):
    assert picture_of(render_pdf(design, WHOLE, "a4")) == picture_of(whole)


def test_the_collector_is_on_again_afterwards(design):
    render_pdf(design, document(""), "a4")
    assert gc.isenabled()


# What is wrong with a design is said


def test_what_weasyprint_remarks_is_a_fault_of_the_design(design):
    with pytest.warns(DesignFault, match="no-such-property"):
        render_pdf(design, document("", "<style>p { no-such-property: 1 }</style>"), "a4")


def test_a_fault_in_the_sheet_itself_is_said_each_time(tmp_path):
    (tmp_path / "report.css").write_text("p { colour: red }")
    for _ in range(2):
        with pytest.warns(DesignFault, match="colour"):
            render_pdf(tmp_path, document(""), "a4")


def test_a_machine_without_pango_is_told_what_to_install(design, monkeypatch):
    def absent(name, *rest):
        raise OSError("cannot load library 'libpango-1.0.so.0'")

    monkeypatch.delitem(sys.modules, "assessment.reporting.printing", raising=False)
    monkeypatch.delattr("assessment.reporting.printing", raising=False)
    monkeypatch.setattr("assessment.reporting.engine.importlib.import_module", absent)
    with pytest.raises(PdfUnavailable, match="apt-get install"):
        render_pdf(design, document(""), "a4")


# Nothing is read that is not ours


@dataclass
class Listener:
    """A server that counts who connects, and answers every request with a red picture."""

    port: int = 0
    connections: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Listens on this machine for as long as the test runs."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    heard, stop = Listener(server.getsockname()[1]), threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            with connection:
                heard.connections.append(connection.recv(1000))
                connection.sendall(ANSWER)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield heard
    stop.set()
    thread.join(timeout=10)
    server.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def svg_address(address: str) -> str:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        f'<image href="{address}/in-svg.png" width="9" height="9"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


ATTACKS = {
    "image": '<img alt="x" src="{here}/a.png">',
    "style sheet": '<link rel="stylesheet" href="{here}/a.css">',
    "imported sheet": '<style>@import url("{here}/a.css");</style>',
    "background": '<p style="background: url({here}/a.png)">x</p>',
    "list mark": '<ul style="list-style-image: url({here}/a.png)"><li>x</ul>',
    "font": '<style>@font-face {{ font-family: F; src: url("{here}/a.ttf") }}'
    "p {{ font-family: F }}</style><p>x</p>",
    "generated content": '<style>p::before {{ content: url("{here}/a.png") }}</style><p>x</p>',
    "image in svg": '<svg width="9" height="9"><title>x</title>'
    '<image href="{here}/a.png" width="9" height="9"/></svg>',
    "image in an svg image": '<img alt="x" src="{svg}">',
    "object": '<object data="{here}/a.png">x</object>',
    "embed": '<embed src="{here}/a.png">',
    "base": '<base href="{here}/"><img alt="x" src="a.png">',
    "attachment": '<link rel="attachment" href="{here}/a.txt">',
    "link to an attachment": '<a rel="attachment" href="{here}/a.txt">x</a>',
}
LOCAL = {
    "image": '<img alt="x" src="{file}">',
    "attachment": '<link rel="attachment" href="{file}">',
    "link to an attachment": '<a rel="attachment" href="{file}">x</a>',
    "attachment by dots": '<link rel="attachment" href="{dots}">',
    "attachment by written dots": '<link rel="attachment" href="{written_dots}">',
    "attachment in capitals": '<link rel="attachment" href="{capitals}">',
    "attachment on a host": '<link rel="attachment" href="{host}">',
    "attachment by a link": '<link rel="attachment" href="leak.txt">',
    "style sheet": '<link rel="stylesheet" href="{file}">',
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_fetched_from_the_network(design, listener, attack):
    markup = ATTACKS[attack].format(here=listener.address, svg=svg_address(listener.address))
    printed = print_document(design, document(markup), "a4")
    assert listener.connections == []
    assert any(listener.address in address for address in printed.refused)
    assert text_of(printed.pdf).strip()


@pytest.mark.parametrize("attack", ["image", "style sheet", "attachment", "image in an svg image"])
def test_without_our_lock_the_same_markup_would_be_fetched(listener, attack):
    markup = ATTACKS[attack].format(here=listener.address, svg=svg_address(listener.address))
    weasyprint.HTML(string=document(markup)).write_pdf()
    assert listener.connections != []


@pytest.mark.parametrize("attack", LOCAL)
def test_no_file_of_another_folder_is_read(tmp_path, secret, attack):
    folder = tmp_path / "design"
    folder.mkdir()
    (folder / "report.css").write_text(CSS, encoding="utf-8")
    (folder / "leak.txt").symlink_to(secret)
    markup = LOCAL[attack].format(
        file=secret.as_uri(),
        dots="../secret.txt",
        written_dots="%2e%2e/secret.txt",
        capitals=secret.as_uri().replace("file:", "FILE:"),
        host=f"file://elsewhere{quote(str(secret))}",
    )
    printed = print_document(folder, document(markup), "a4")
    assert SECRET.encode() not in streams_of(printed.pdf)
    assert printed.refused


def test_without_our_lock_the_same_file_would_be_read(secret):
    markup = LOCAL["attachment"].format(file=secret.as_uri())
    leaked = weasyprint.HTML(string=document(markup)).write_pdf()
    assert SECRET.encode() in streams_of(leaked)


def test_a_refused_address_is_told_to_whoever_runs_it(design, listener):
    markup = ATTACKS["image"].format(here=listener.address)
    with pytest.warns(ForeignResource, match=listener.address):
        render_pdf(design, document(markup), "a4")


def test_a_sheet_that_asks_for_the_network_is_refused_as_well(tmp_path, listener):
    (tmp_path / "report.css").write_text(f'@import url("{listener.address}/a.css"); p {{}}')
    printed = print_document(tmp_path, document(""), "a4")
    assert listener.connections == []
    assert printed.refused == (f"{listener.address}/a.css",)


def test_data_inside_the_page_is_read_up_to_a_limit(design):
    picture = "data:text/css;base64," + base64.b64encode(b"h1 { color: red }").decode()
    page = document("", f'<link rel="stylesheet" href="{picture}">')
    assert print_document(design, page, "a4").refused == ()
    huge = "data:text/css;base64," + base64.b64encode(b" " * 3_000_000).decode()
    page = document("", f'<link rel="stylesheet" href="{huge}">')
    assert print_document(design, page, "a4").refused == (huge[:200],)


def test_what_people_typed_is_shown_as_typed(design):
    typed = "&lt;img src=file:///etc/hostname&gt; {{ 7*7 }} ${7*7} {0.__class__}"
    pdf = render_pdf(design, document(f"<p>{typed}</p>"), "a4")
    assert "<img src=file:///etc/hostname> {{ 7*7 }} ${7*7} {0.__class__}" in text_of(pdf)
