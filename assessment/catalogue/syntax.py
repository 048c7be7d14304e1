"""What the YAML parser stumbles over -> a sentence for somebody who has never heard of YAML."""

from __future__ import annotations

import re

import yaml

from assessment.catalogue.decoding import BREAK, place_in
from assessment.catalogue.problems import START, Place, Refused

_SENTENCES = {
    "mapping values are not allowed in this context": (
        "This colon does not fit here. If it belongs to a text, put the whole text in quotes. If it"
        " ends a field's name, line the name up with the names above it."
    ),
    "could not find expected ':'": (
        "This line has no colon after a field's name, or continues a text without being indented."
    ),
    "did not find expected key": (
        "This does not line up with the fields above it, or follows a closing quote."
    ),
    "did not find expected '-' indicator": (
        "This line stands where the list above goes on. Start it with “- ”, or line it up with"
        " the field it belongs to."
    ),
    "did not find expected ',' or ']'": (
        "The list opened with “[” in line {opened} needs a comma or its “]” before this."
    ),
    "did not find expected ',' or '}'": (
        "What was opened with “{{” in line {opened} needs a comma or its “}}” before this."
    ),
    "did not find expected node content": (
        "There is nothing before this sign, or it is one too many."
    ),
    "found unexpected end of stream": "This quote is never closed.",
    "found unknown escape character": (
        "Between double quotes a backslash has a special meaning. Use single quotes for this text."
    ),
    "block sequence entries are not allowed in this context": (
        "A list entry (“- ”) cannot start here. Put it on a line of its own."
    ),
    "did not find expected comment or line break": (
        "After “|” or “>” the text starts on the next line, indented."
    ),
    "did not find expected <document start>": "The file has ended above. Nothing may follow.",
}
_UNNAMED = "I cannot read this as YAML: {problem}."
# These were begun at the place to mend, and noticed only later.
_NOTICED_LATER = {"could not find expected ':'", "found unexpected end of stream"}
_NEEDS_QUOTES = "A text cannot start with “{sign}”. Put it in quotes."


def refusal(error: Exception, text: str) -> Refused:
    """The place and the plain words for whatever the parser raised over *text*."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Refused(START, "not-yaml", "I cannot read this file as YAML.")
    problem = error.problem or "unknown error"
    begun, noticed = _place(error.context_mark or error.problem_mark), _place(error.problem_mark)
    line_start = _start_of_line(text, noticed.line)
    tab = re.compile(r" *\t").match(text, line_start)
    if tab is not None:
        sentence = "There is a tab at the start of this line. Indent with spaces."
        return Refused(place_in(text, tab.end() - 1), "tab", sentence)
    sign = text[line_start + noticed.column - 1 :][:1]
    if sign == "\t":
        return Refused(noticed, "tab", "There is a tab here. Use spaces.")
    if problem == "found character that cannot start any token":
        return Refused(noticed, "not-yaml", _NEEDS_QUOTES.format(sign=sign))
    if problem == "did not find expected alphabetic or numeric character":
        sign = "*" if error.context == "while scanning an alias" else "&"
        return Refused(begun, "not-yaml", _NEEDS_QUOTES.format(sign=sign))
    sentence = _SENTENCES.get(problem, _UNNAMED).format(opened=begun.line, problem=problem)
    return Refused(begun if problem in _NOTICED_LATER else noticed, "not-yaml", sentence)


def _place(mark: yaml.Mark) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _start_of_line(text: str, line: int) -> int:
    """Where *line* starts in *text*, counted as the parser counts."""
    start = 0
    for number, found in enumerate(BREAK.finditer(text), start=2):
        if number > line:
            break
        start = found.end()
    return start
