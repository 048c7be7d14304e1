"""Collect the words of the interface, and bring each language's file up to date with them.

English is the source. A language is one file, `assessment/web/translations/de.po`; for a new one,
name it: ./dev words fr
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from assessment.web.language import FOLDER, is_said

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "plural": (1, 2)}
SOURCES = (("assessment", "**.py", "python"), ("templates", "**.html", "jinja2"))
_JINJA = {"trim_blocks": "true", "lstrip_blocks": "true"}


def collect() -> Catalog:
    """Every text that is marked for translation, and the files it stands in."""
    found = Catalog(project="Touchstone", charset="utf-8", fuzzy=False)
    for room, pattern, method in SOURCES:
        options = {pattern: _JINJA} if method == "jinja2" else {}
        for name, _line, text, _comments, context in extract_from_dir(
            ROOT / room, [(pattern, method)], options, KEYWORDS
        ):
            place = (f"{room}/{Path(name).as_posix()}", 0)
            found.add(text, None, [place], context=context)
    return found


def update(path: Path, words: Catalog) -> Catalog:
    """The catalogue of one language beside today's words: new ones empty, old ones gone."""
    tag = path.stem.replace("-", "_")
    if path.is_file():
        with path.open("rb") as file:
            catalog = read_po(file, locale=tag)
        catalog.update(words, no_fuzzy_matching=True)
        catalog.obsolete.clear()
    else:
        catalog = words
        catalog.locale = tag
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """What has no translation yet."""
    return [str(message.id) for message in catalog if message.id and not is_said(message)]


def main(languages: Iterable[str]) -> int:
    """Write every language's file, and say how much is missing in each."""
    words = collect()
    tags = sorted({*languages, *(path.stem for path in FOLDER.glob("*.po"))})
    for tag in tags:
        path = FOLDER / f"{tag}.po"
        catalog = update(path, words)
        with path.open("wb") as file:
            write_po(
                file, catalog, width=100, omit_header=True, include_lineno=False, sort_by_file=True
            )
        print(f"{path.relative_to(ROOT)}: {len(catalog)} texts, {len(missing(catalog))} missing")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
