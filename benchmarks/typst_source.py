"""A printed page's HTML -> typst markup: the same words, tables and charts, plainly set.

Only for comparing engines: headings, paragraphs, lists, tables and figures, nothing of our design.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

HEAD = """#set document(title: "Gap report", date: none)
#set page(paper: "a4", margin: (x: 18mm, y: 20mm), numbering: "1", header: [Gap report])
#set text(font: ("Inter", "Touchstone Scripts"), size: 9.2pt, lang: "en")
#set table(stroke: (bottom: 0.3pt), inset: 3pt)
#show table: set text(size: 8pt)
#show heading: set text(font: "Touchstone Serif")
#outline()
"""
BLOCKS = {"p", "li", "dt", "dd", "figcaption", "caption", "blockquote", "div", "section", "header"}
SKIPPED = {"style", "script", "title", "head", "nav"}


def is_heading(tag: str) -> bool:
    return tag[0] == "h" and tag[1:].isdigit()


class _Reader(HTMLParser):
    """Collects markup; text outside a cell goes into the block that is open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.folder = folder
        self.blocks: list[str] = [HEAD]
        self.text: list[str] = []
        self.rows: list[list[str]] = []
        self.skipping = 0
        self.drawing: list[str] = []
        self.pictures = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag == "svg" or self.drawing:
            self.drawing.append(self.get_starttag_text() or "")
        elif tag in SKIPPED:
            self.skipping += 1
        elif tag == "table":
            self.flush()
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.text = []
        elif (tag in BLOCKS and not self.rows) or is_heading(tag):
            self.flush()

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if self.drawing:
            self.drawing.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self.drawing:
            self.drawing.append(f"</{tag}>")
            if tag == "svg":
                self.picture()
        elif tag in SKIPPED:
            self.skipping -= 1
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append(self.taken())
        elif tag == "table":
            self.table()
        elif is_heading(tag) and not self.rows:
            self.blocks.append(f"#heading(level: {tag[1:]})[{self.taken()}]")
        elif tag in BLOCKS and not self.rows:
            self.flush("- " if tag == "li" else "")

    def handle_data(self, data: str) -> None:
        if self.drawing:
            self.drawing.append(data.replace("&", "&amp;").replace("<", "&lt;"))
        elif not self.skipping:
            self.text.append(data)

    def taken(self) -> str:
        """The text so far as a typst string, which needs no other escaping."""
        words = " ".join("".join(self.text).split())
        self.text = []
        return '#"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"' if words else ""

    def flush(self, before: str = "") -> None:
        if words := self.taken():
            self.blocks.append(before + words)

    def picture(self) -> None:
        self.pictures += 1
        name = f"chart{self.pictures}.svg"
        self.folder.joinpath(name).write_text("".join(self.drawing), encoding="utf-8")
        self.drawing = []
        self.blocks.append(f'#figure(image("{name}", width: 100%, alt: "A chart"))')

    def table(self) -> None:
        width = max((len(row) for row in self.rows), default=0)
        cells = [f"[{cell}]" for row in self.rows for cell in [*row, *[""] * (width - len(row))]]
        head, rest = cells[:width], cells[width:]
        self.rows = []
        if width:
            header = f"table.header({', '.join(head)})"
            self.blocks.append(f"#table(columns: {width}, {', '.join([header, *rest])})")


def typst_source(html: str, folder: Path) -> str:
    """The markup of *html*; its charts are written into *folder*."""
    reader = _Reader(folder)
    reader.feed(html)
    reader.flush()
    return "\n\n".join(reader.blocks)
