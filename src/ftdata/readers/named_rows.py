"""Puts column names to the cells of a table of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from ftdata.model import Fault, TableRows
from ftdata.readers.column_names import numbered_names, unique_names

_LONGEST_NAME = 80  # characters; a longer cell of the first row is no name of a column
_SENTENCE_ENDS = ("?", "!", ".", "？", "！", "。", "؟")


class NamedRows:
    """Takes rows of cells in order; whatever does not fit the columns becomes a fault."""

    def __init__(self, *, header: bool) -> None:
        self._awaits_header = header
        self._columns: list[str] | None = None

    @property
    def columns(self) -> int:
        """How many columns the table has; 0 before its first row."""
        return len(self._columns or ())

    def fitted(self, rows: list[list[str]]) -> list[list[str] | Fault]:
        """Gives rows back, once it is known which columns there are, with faults for the uneven ones."""
        count = self.columns
        if set(map(len, rows)) == {count}:
            return cast("list[list[str] | Fault]", rows)
        return [cells if len(cells) == count else self._uneven(cells) for cells in rows]

    def taken(self, cells: list[str] | Fault) -> list[str] | Fault | None:
        """Gives a row back, a fault in its place, or None for the header.

        No cells are a blank line. Without a header the first row says how many columns there are.
        """
        if isinstance(cells, Fault):
            self._awaits_header = False  # a broken header names nothing, and no later row is one
            return cells
        if self._columns is None:
            if not cells:
                return Fault("blank-line", is_row=False)
            if self._awaits_header:
                self._awaits_header = False
                self._columns = unique_names(cells)
                return None
            self._columns = numbered_names(len(cells))
        return self.fitted([cells])[0]

    def rows(self, taken: list[list[str] | Fault]) -> TableRows:
        """Puts the names to rows that were taken."""
        return TableRows(self._columns or (), taken)

    def _uneven(self, cells: list[str]) -> Fault:
        """A row with more or fewer cells than there are columns."""
        if not cells or (len(cells) == 1 and not cells[0].strip()):
            return Fault("blank-line", is_row=False)
        params = {"cells": len(cells), "columns": self.columns}
        return Fault("ragged-row", params, original=cells)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """False where the first row reads like those below it: sentences, long cells, several lines."""
    first, below = (rows[0], rows[1:]) if rows else ((), ())
    return not any(
        _reads_like_data(cell)
        and (not below or any(_reads_like_data(row[place]) for row in below if place < len(row)))
        for place, cell in enumerate(first)
    )


def header_note(header: bool) -> str:
    """Says for the user whether the first row names the columns."""
    return "header row" if header else "no header row: columns are column_1, column_2, ..."


def _reads_like_data(cell: str) -> bool:
    cell = cell.strip()
    if len(cell) > _LONGEST_NAME or "\n" in cell or "\r" in cell:
        return True
    # "No." and "Valid?" are names; text without spaces between words is told by its length
    is_phrase = len(cell.split()) >= 3 or (not cell.isascii() and len(cell) >= 8)
    return is_phrase and cell.endswith(_SENTENCE_ENDS)
