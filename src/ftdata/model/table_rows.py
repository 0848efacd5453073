"""Rows of one table: as many cells in each as there are columns, and dicts only where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from ftdata.model.source import Fault

_Item = dict[str, object] | Fault


class TableRows(Sequence[_Item]):
    """A sequence of dicts by column, or of the faults in their place.

    `cells` holds what they are made of: for each row the list of its texts, or its `Fault`. Who needs a few
    columns of many rows takes these, and makes no dict.
    """

    def __init__(self, columns: Sequence[str], cells: list[list[str] | Fault]) -> None:
        self.columns = tuple(columns)
        self.cells = cells

    def __len__(self) -> int:
        return len(self.cells)

    @overload
    def __getitem__(self, place: int) -> _Item: ...
    @overload
    def __getitem__(self, place: slice) -> TableRows: ...
    def __getitem__(self, place: int | slice) -> _Item | TableRows:
        if isinstance(place, slice):
            return TableRows(self.columns, self.cells[place])
        return self._item(self.cells[place])

    def __iter__(self) -> Iterator[_Item]:
        return map(self._item, self.cells)

    def _item(self, cells: list[str] | Fault) -> _Item:
        if isinstance(cells, Fault):
            return cells
        return dict(zip(self.columns, cells, strict=True))
