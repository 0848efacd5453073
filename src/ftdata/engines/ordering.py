"""Puts results in order that come in any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


class InOrder(Generic[_Item]):
    """Holds back what comes before its turn; places are counted from 0 without a gap."""

    def __init__(self) -> None:
        self._waiting: dict[int, _Item] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, place: int, item: _Item) -> Iterator[_Item]:
        """Takes an item, and gives those whose turn has come."""
        self._waiting[place] = item
        while self._next in self._waiting:
            yield self._waiting.pop(self._next)
            self._next += 1
