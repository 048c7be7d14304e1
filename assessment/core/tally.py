"""Many sheets -> counts by slot, answer, unit and group.

Sheets are read once. Everything that follows works on these counts, which are whole numbers, so
every mean is an exact fraction and the order of respondents cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assessment.core.framework import Framework
from assessment.core.sheet import (
    CANT_JUDGE,
    HIGHEST_VALUE,
    NOT_ANSWERED,
    NOT_APPLICABLE,
    NOT_ASKED,
    Sheet,
)
from assessment.core.trace import Input, Trace

Bytes = npt.NDArray[np.uint8]
Whole = npt.NDArray[np.int64]

_CODES = HIGHEST_VALUE + 1 + 4
_COLUMN = {NOT_APPLICABLE: 101, CANT_JUDGE: 102, NOT_ANSWERED: 103, NOT_ASKED: 104}


@dataclass(frozen=True, slots=True)
class SlotCounts:
    """How often each answer was given to one slot."""

    values: Mapping[int, int]
    unknown: int
    na: int
    unanswered: int

    @property
    def n(self) -> int:
        return sum(self.values.values())

    @property
    def to_answer(self) -> int:
        """Asked of somebody to whom it applies."""
        return self.n + self.unknown + self.unanswered


@dataclass(frozen=True)
class Scope:
    """The counts of some of the people: a group, a unit, or everybody.

    `answered` counts those who gave any answer at all, "can't judge" included.
    """

    framework: Framework
    answered: int
    _counts: Whole
    _reached: Mapping[str, int]

    def counts(self, key: str) -> SlotCounts:
        """The counts of the slot *key*; `values` names every legal answer, zeros included."""
        place = self.framework.position[key]
        row = self._counts[place]
        return SlotCounts(
            {value: int(row[value]) for value in self.framework.slots[place].values},
            unknown=int(row[_COLUMN[CANT_JUDGE]]),
            na=int(row[_COLUMN[NOT_APPLICABLE]]),
            unanswered=int(row[_COLUMN[NOT_ANSWERED]]),
        )

    @cached_property
    def _given(self) -> Whole:
        """Values and "can't judge" by slot."""
        values: Whole = self._counts[:, : HIGHEST_VALUE + 1].sum(axis=1)
        return values + self._counts[:, _COLUMN[CANT_JUDGE]]

    @cached_property
    def _to_answer(self) -> Whole:
        return self._given + self._counts[:, _COLUMN[NOT_ANSWERED]]

    def reached(self, item_or_category: str) -> int:
        """Respondents with a scored answer to at least one question of it; "" is the whole."""
        return self._reached[item_or_category]

    def completeness(self, keys: Sequence[str]) -> Trace | None:
        """(Values and "can't judge") ÷ (asked − not applicable) over all people and *keys*.

        None where nothing was to answer.
        """
        places = [self.framework.position[key] for key in keys]
        to_answer = int(self._to_answer[places].sum())
        if not to_answer:
            return None
        given = int(self._given[places].sum())
        return Trace(
            "ratio",
            (
                Input("answers given, can't judge included", Fraction(given)),
                Input("answers asked for where they apply", Fraction(to_answer)),
            ),
        )


@dataclass(frozen=True)
class Tally:
    """Counts of every slot in every cell of unit × group, and the sheets they were made from.

    `matrix` has a row for each respondent and a column for each slot, overlays applied. It lies in
    memory column by column, because nearly everything is counted slot by slot.
    """

    framework: Framework
    cells: tuple[tuple[str | None, str], ...]
    matrix: Bytes
    cell_of: Whole
    _counts: Whole
    _reached: Mapping[str, Whole]
    _answered: Whole

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(sorted({group for _, group in self.cells}))

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(sorted({unit for unit, _ in self.cells if unit is not None}))

    def scope(self, group: str | None = None, unit: str | None = None) -> Scope:
        """The counts of one group, of one unit, of a group within a unit, or of everybody."""
        chosen = [
            place
            for place, (its_unit, its_group) in enumerate(self.cells)
            if group in (None, its_group) and unit in (None, its_unit)
        ]
        return Scope(
            self.framework,
            int(self._answered[chosen].sum()),
            self._counts[chosen].sum(axis=0),
            {key: int(reached[chosen].sum()) for key, reached in self._reached.items()},
        )

    def answered(self, unit: str | None, group: str) -> int:
        """How many of one cell gave any answer at all; 0 where there is no such cell."""
        place = self._place.get((unit, group))
        return 0 if place is None else int(self._answered[place])

    @cached_property
    def _place(self) -> Mapping[tuple[str | None, str], int]:
        return {cell: place for place, cell in enumerate(self.cells)}

    def rows(self, group: str) -> Bytes:
        """The sheets of one group, a row each."""
        cells = [place for place, (_, its_group) in enumerate(self.cells) if its_group == group]
        return self.matrix[np.isin(self.cell_of, cells)]

    def judging(self) -> list[int]:
        """The rows of those who judged anything: an item, an attribute or a criterion."""
        slots = enumerate(self.framework.slots)
        judged = [place for place, slot in slots if slot.kind != "question"]
        return [int(row) for row in np.flatnonzero(_any_below(NOT_ANSWERED, self.matrix, judged))]


def tally_sheets(framework: Framework, sheets: Sequence[Sheet]) -> Tally:
    """Count *sheets*, whatever their order."""
    matrix = _effective(framework, sheets)
    cells = tuple(
        sorted({(sheet.unit, sheet.group) for sheet in sheets}, key=lambda c: (c[0] or "", c[1]))
    )
    index = {cell: place for place, cell in enumerate(cells)}
    cell_of = np.fromiter(
        (index[sheet.unit, sheet.group] for sheet in sheets), np.int64, len(sheets)
    )
    gave_any = _any_below(NOT_ANSWERED, matrix, range(matrix.shape[1]))
    return Tally(
        framework,
        cells,
        matrix,
        cell_of,
        _count(matrix, cell_of, len(cells)),
        _reach(framework, matrix, cell_of, len(cells)),
        np.bincount(cell_of[gave_any], minlength=len(cells)),
    )


def _effective(framework: Framework, sheets: Sequence[Sheet]) -> Bytes:
    """The sheets as one array; where a whole item does not apply, its open slots say so."""
    width = len(framework.slots)
    matrix = np.frombuffer(b"".join(sheet.values for sheet in sheets), np.uint8)
    matrix = matrix.reshape(len(sheets), width).copy(order="F")
    for row, sheet in enumerate(sheets):
        if not sheet.not_applicable:
            continue
        for place, slot in enumerate(framework.slots):
            if slot.item.id in sheet.not_applicable and matrix[row, place] == NOT_ANSWERED:
                matrix[row, place] = NOT_APPLICABLE
    return matrix


def _count(matrix: Bytes, cell_of: Whole, cells: int) -> Whole:
    column = np.arange(256, dtype=np.int64)
    for code, place in _COLUMN.items():
        column[code] = place
    offset = cell_of * _CODES
    counts = np.zeros((cells, matrix.shape[1], _CODES), np.int64)
    for slot in range(matrix.shape[1]):
        found = np.bincount(offset + column[matrix[:, slot]], minlength=cells * _CODES)
        counts[:, slot] = found.reshape(cells, _CODES)
    return counts


def _reach(framework: Framework, matrix: Bytes, cell_of: Whole, cells: int) -> dict[str, Whole]:
    """Respondents with a scored answer: by item, by category, and ("") in the whole."""
    reached: dict[str, Whole] = {}
    in_whole = np.zeros(len(matrix), np.bool_)
    for category in framework.categories:
        in_category = np.zeros(len(matrix), np.bool_)
        for item in category.items:
            asked = [
                framework.position[slot.key]
                for slot in framework.slots_by_item[item.id]
                if slot.kind == "question"
            ]
            in_item = _any_below(HIGHEST_VALUE + 1, matrix, asked)
            in_category |= in_item
            reached[item.id] = np.bincount(cell_of[in_item], minlength=cells)
        in_whole |= in_category
        reached[category.id] = np.bincount(cell_of[in_category], minlength=cells)
    reached[""] = np.bincount(cell_of[in_whole], minlength=cells)
    return reached


def _any_below(code: int, matrix: Bytes, columns: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Which rows hold a byte below *code* in one of *columns*.

    Below "not answered" lie all answers, "can't judge" and "not applicable" among them.
    """
    found = np.zeros(len(matrix), np.bool_)
    for column in columns:
        found |= matrix[:, column] < code
    return found
