"""Read a CSV file as people save it, and say where every problem stands.

A place is file:line:column; the line is where the row begins, the column is that of the
spreadsheet (1 is A), since a quoted cell may hold many lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from assessment.core.sentence import Sentence, _
from assessment.core.text import clean

_CELL_LIMIT = 64 * 1024 * 1024
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_GUARD_NEEDED = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """One thing wrong in a file, said so that a person can mend it."""

    path: str
    line: int
    column: int
    sentence: Sentence | str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: error: {self.sentence}"


class FileRefused(Exception):
    """A file that cannot be used; `problems` names everything that is wrong with it."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its cells by column name, and where they stand."""

    path: str
    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def problem(self, column: str, sentence: Sentence | str) -> RowProblem:
        """What is wrong with the cell of that column."""
        return RowProblem(self.path, self.line, self.columns.get(column, 1), sentence)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns a kind of file must and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        return self.required + self.optional


def read_rows(path: Path, header: Header) -> tuple[list[Row], list[RowProblem]]:
    """The rows of *path*, and what is wrong with its shape; never raises for what is inside."""
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        sentence = Sentence(_("This file cannot be read: %(reason)s."), reason=error.strerror)
        return [], [RowProblem(name, 1, 1, sentence)]
    return rows_in(data, name, header)


def rows_in(data: bytes, name: str, header: Header) -> tuple[list[Row], list[RowProblem]]:
    """The same for the bytes of a file that goes by *name*."""
    text, refused = _decoded(name, data)
    if refused:
        return [], [refused]
    return _parsed(name, text, header)


def _decoded(name: str, data: bytes) -> tuple[str, RowProblem | None]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        sentence = Sentence(_("This file is UTF-16. Save it as “CSV UTF-8 (comma delimited)”."))
        return "", RowProblem(name, 1, 1, sentence)
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].count(b",") + 1
        sentence = Sentence(
            _(
                "This file is not UTF-8 (byte %(byte)s here; often Latin-1 or Windows-1252)."
                " Save it as “CSV UTF-8 (comma delimited)”."
            ),
            byte=f"{data[error.start]:02X}",
        )
        return "", RowProblem(name, line, column, sentence)


def _parsed(name: str, text: str, header: Header) -> tuple[list[Row], list[RowProblem]]:
    csv.field_size_limit(_CELL_LIMIT)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[RowProblem] = []
    rows: list[Row] = []
    columns: dict[str, int] = {}
    for line, cells in _numbered(name, lines, problems):
        if not columns:
            columns = _columns(name, line, cells, header, problems)
            if problems:
                return [], problems
            width = len(cells)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > width:
            sentence = Sentence(
                _(
                    "This row has %(cells)s cells, the header has %(width)s."
                    " A text with a comma stands in double quotes."
                ),
                cells=len(cells),
                width=width,
            )
            problems.append(RowProblem(name, line, width + 1, sentence))
            continue
        padded = cells + [""] * (width - len(cells))
        rows.append(
            Row(
                name,
                line,
                {column: padded[place - 1] for column, place in columns.items()},
                columns,
            )
        )
    if not columns and not problems:
        sentence = Sentence(_("This file is empty: a header line is missing."))
        problems.append(RowProblem(name, 1, 1, sentence))
    return rows, problems


def _numbered(
    name: str, lines: Iterator[list[str]], problems: list[RowProblem]
) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; a row that cannot be parsed ends the reading."""
    reader = lines
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sentence = Sentence(
                _("This row cannot be read as CSV (%(reason)s). Look at its quotes."), reason=error
            )
            problems.append(RowProblem(name, line, 1, sentence))
            return
        yield line, cells


def _columns(
    name: str, line: int, cells: Sequence[str], header: Header, problems: list[RowProblem]
) -> dict[str, int]:
    found: dict[str, int] = {}
    if len(cells) == 1 and ";" in cells[0]:
        sentence = Sentence(_("The cells are separated by “;”. Save the file with commas."))
        problems.append(RowProblem(name, line, 1, sentence))
        return {}
    for place, cell in enumerate(cells, start=1):
        column = clean(cell).strip().casefold()
        if not column and place > 1:
            continue
        if column in found:
            sentence = Sentence(_("The column “%(column)s” stands twice."), column=column)
            problems.append(RowProblem(name, line, place, sentence))
        elif column not in header.known:
            known = Sentence(_("Known: %(columns)s."), columns=", ".join(header.known))
            sentence = Sentence(_("There is no column “%(column)s” here."), column=column)
            hint = did_you_mean(column, header.known) or known
            problems.append(RowProblem(name, line, place, sentence.then(hint)))
        found[column] = place
    problems += [
        RowProblem(name, line, 1, Sentence(_("The column “%(column)s” is missing."), column=column))
        for column in header.required
        if column not in found
    ]
    return found


def did_you_mean(typed: str, known: Iterable[str]) -> Sentence | None:
    """The nearest of the *known* words, if one is near."""
    near = get_close_matches(typed, sorted(known), n=1)
    return Sentence(_("Did you mean “%(word)s”?"), word=near[0]) if near else None


def unguarded(cell: str) -> str:
    """A text cell as it was typed: one `'` set before a formula sign at export goes again."""
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """A text cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _GUARD_NEEDED.match(cell) else cell


def write_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV text with *header*; cells are written as they are, so text cells come `guarded`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
