"""Puts column names to the cells of a table of text."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.model import Fault
from ftdata.readers.column_names import numbered_names, unique_names

_LONGEST_NAME = 80  # characters; a longer cell of the first row is no name of a column
_SENTENCE_ENDS = ("?", "!", ".", "？", "！", "。", "؟")


class NamedRows:
    """Takes rows of cells in order and gives items for a batch."""

    def __init__(self, *, header: bool) -> None:
        self._awaits_header = header
        self._columns: list[str] | None = None

    @property
    def columns(self) -> int:
        """How many columns the table has; 0 before its first row."""
        return len(self._columns or ())

    def items(self, rows: list[list[str]]) -> list[dict[str, object] | Fault]:
        """Gives the items of some rows, once it is known which columns there are."""
        columns = self._columns or []
        count = len(columns)
        return [
            dict(zip(columns, cells, strict=True)) if len(cells) == count else self._uneven(cells)
            for cells in rows
        ]

    def item(self, cells: list[str] | Fault) -> dict[str, object] | Fault | None:
        """Gives the row by column, a fault in its place, or None for the header.

        No cells are a blank line. Without a header the first row says how many columns there are.
        """
        if isinstance(cells, Fault):
            self._awaits_header = False  # a broken header names nothing, and no later row is one
            return cells
        if self._columns is not None:
            return self.items([cells])[0]
        if not cells:
            return Fault("blank-line", is_row=False)
        if self._awaits_header:
            self._awaits_header = False
            self._columns = unique_names(cells)
            return None
        self._columns = numbered_names(len(cells))
        return self.item(cells)

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
