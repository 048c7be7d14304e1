"""Static files: served under names that carry a hash of the content, for ever, compressed once.

A file names another as `"./name.css"`; the hash is put into that reference too, so that a page
never mixes an old file with a new one.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from flask import Blueprint, Response, abort, request

from assessment.reporting.tokens import css_properties
from assessment.web.access import everyone
from assessment.web.scripts import joined

FOLDER = Path(__file__).resolve().parent / "static"
_FRAME = ("fonts/fonts.css", "base.css", "layout.css", "parts.css")
SHEETS = {
    "app.css": (
        *_FRAME,
        "cycles.css",
        "questionnaire.css",
        "charts.css",
        "results.css",
        "measures.css",
        "print.css",
    ),
    "asking.css": (*_FRAME, "questionnaire.css", "measures.css", "print.css"),
    "demo.css": ("demo.css",),
}
"""In this order they become one file, after the tokens; the second is all a respondent loads.

The third comes beside them on the pages of a demo."""
VENDOR = "vendor/"
"""Files of others, sent as they are, with their compressed forms beside them."""

_REFERENCE = re.compile(r'"\./([\w./-]+)"')
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".css": "text/css"}

bp = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent, in the forms a browser may accept."""

    name: str
    kind: str
    forms: Mapping[str, bytes]
    """By content coding; "" is the plain one."""


@cache
def assets() -> Mapping[str, Asset]:
    """Every static file by its plain name: `app.css`, `sign-in.js`."""
    modules, raw = {}, {}
    for path in sorted(FOLDER.rglob("*")):
        name = path.relative_to(FOLDER).as_posix()
        if name.startswith(VENDOR) and path.suffix in {".js", ".css"}:
            raw[name] = path.read_bytes()
        elif path.suffix == ".js":
            modules[name] = path.read_text(encoding="utf-8")
        elif path.suffix in {".woff2", ".svg", ".png"}:
            raw[path.name if path.suffix == ".woff2" else name] = path.read_bytes()
    texts = {name: _style_sheet(sheets) for name, sheets in SHEETS.items()}
    texts |= {name: joined(name, modules) for name in modules}
    made = {name: _asset(name, content) for name, content in raw.items()}
    for name in texts:
        _add(name, texts, made)
    return made


def asset_url(name: str) -> str:
    """Where a page finds the file *name*; an unknown name is a mistake in a template."""
    return f"/static/{assets()[name].name}"


def fonts_of(sheet: str) -> list[str]:
    """Where the fonts are that any page with *sheet* needs; rare letters are not among them."""
    named: list[str] = re.findall(r'"\./([\w./-]+-latin-\w+\.woff2)"', _text(sheet))
    return [f"/static/{name}" for name in named]


@bp.get("/static/<path:name>")
@everyone
def file(name: str) -> Response:
    """A file by its hashed name; it may be kept for ever: another content has another name."""
    found = _by_hashed_name().get(name)
    if found is None:
        abort(404)
    coding = next((c for c in ("br", "gzip") if c in found.forms and _accepts(c)), "")
    response = Response(found.forms[coding], mimetype=found.kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if coding:
        response.headers["Content-Encoding"] = coding
    response.set_etag(f"{name}-{coding}")
    response.make_conditional(request)
    return response


def _text(name: str) -> str:
    return assets()[name].forms[""].decode()


def _accepts(coding: str) -> bool:
    return request.accept_encodings[coding] > 0


@cache
def _by_hashed_name() -> Mapping[str, Asset]:
    return {asset.name: asset for asset in assets().values()}


def _add(name: str, texts: Mapping[str, str], made: dict[str, Asset]) -> Asset:
    """Make the asset *name* after those it refers to, since its content holds their names."""
    if name not in made:

        def complete(match: re.Match[str]) -> str:
            other = match[1]
            return f'"./{_add(other, texts, made).name}"'

        made[name] = _asset(name, _REFERENCE.sub(complete, texts[name]).encode())
    return made[name]


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:12]
    path = Path(name)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    forms = {"": content}
    if path.suffix != ".woff2":
        # Vendored bundles bring their own: compressing a megabyte well takes seconds.
        for coding, ending, pack in (("br", ".br", _brotli), ("gzip", ".gz", _gzip)):
            ready = FOLDER / f"{name}{ending}"
            forms[coding] = ready.read_bytes() if ready.is_file() else pack(content)
    hashed = path.with_name(f"{path.stem}-{digest}{path.suffix}").as_posix()
    return Asset(hashed, kind, forms)


def _brotli(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content)
    return packed


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _style_sheet(sheets: Iterable[str]) -> str:
    return _tokens() + "".join(_plain(FOLDER / sheet) for sheet in sheets)


def _plain(path: Path) -> str:
    """A style sheet without its comments and layout: they are for us, not for the wire."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*", r"\1", text).strip() + "\n"


def _tokens() -> str:
    """The colours and fonts of look and paper as custom properties, light and dark in one."""
    return f":root {{\n{''.join(_pairs())}}}\n"


def _pairs() -> Iterator[str]:
    light, dark = (css_properties(mode).splitlines() for mode in ("light", "dark"))
    for one, other in zip(light, dark, strict=True):
        name, value = one.rstrip(";").split(": ", 1)
        second = other.rstrip(";").split(": ", 1)[1]
        yield (
            f"{name}: {value};\n"
            if value == second
            else f"{name}: light-dark({value}, {second});\n"
        )
