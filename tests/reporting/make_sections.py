"""A small document of ours in sections: contents, tables, charts, links from one to another."""

from __future__ import annotations

from pathlib import Path

from assessment.reporting.charts import to_svg
from tests.reporting.make_charts import make_profile

REPORT_CSS = """
@page { margin: 20mm; @top-left { content: element(head) } }
.head { position: running(head) }
html { font: 400 9.2pt/13pt var(--font-text) }
h1 { font: 600 24pt var(--font-headline) }
table { width: 100%; table-layout: fixed }
.number::after { content: attr(data-page) }
.next { break-before: page }
"""
NUMBERS_CSS = """
@page { @bottom-right { content: "page " counter(page) " of " counter(pages) } }
div + div { break-before: page }
"""
CHAPTERS = {"first": "First words", "second": "Then Ωμέγα, quickly", "third": "Jovial end"}


def write_design(folder: Path) -> Path:
    folder.joinpath("report.css").write_text(REPORT_CSS, encoding="utf-8")
    folder.joinpath("numbers.css").write_text(NUMBERS_CSS, encoding="utf-8")
    return folder


def chapter(anchor: str, title: str, text: str = "") -> str:
    """Two pages: words, a table and a chart; then a heading below, and a link elsewhere."""
    return (
        f'<section><h1 id="{anchor}">{title}</h1><p>{text}</p>'
        '<p><a href="#first">Back to the beginning</a></p>'
        "<table><thead><tr><th>Item</th><th>Percent</th></tr></thead>"
        "<tbody><tr><th scope='row'>1.1</th><td>45</td></tr></tbody></table>"
        f"{to_svg(make_profile(3, label=title), 400)}</section>"
        f'<section class="next"><h2 id="{anchor}-more">More of {title}</h2>'
        f"<p>{anchor}</p></section>"
    )


def document(*, lines: int = 0, empty: bool = False, head: str = "", **texts: str) -> str:
    """The contents (longer by some *lines*), then each chapter; *texts* by their anchors."""
    running = '<p class="head">Running head</p>'
    links = [(anchor + part, title) for anchor, title in CHAPTERS.items() for part in ("", "-more")]
    listed = "".join(
        f'<p><a href="#{anchor}">{title}</a> <a class="number" href="#{anchor}"></a></p>'
        for anchor, title in links + links[:1] * lines
    )
    bodies = [chapter(anchor, title, texts.get(anchor, "")) for anchor, title in CHAPTERS.items()]
    cuts = "".join(f"<!-- section -->{running}{body}" for body in bodies)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gap report</title>'
        f'<meta name="dcterms.created" content="2027-03-12T09:00:00Z">{head}</head><body>'
        f"<!-- section naming pages -->{running}<section><h1>Contents</h1>{listed}</section>"
        f"{f'<!-- section -->{running}' if empty else ''}{cuts}</body></html>"
    )
