"""The first N rows of a run, over all of its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ftdata.model import Batch, Fault

_Piece = TypeVar("_Piece")


@dataclass
class Quota:
    """How many rows may still be read; None means all. Notes beside the rows cost nothing."""

    remaining: int | None = None

    def of_batches(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Ends after the last row allowed, without reading further."""
        for batch in batches:
            if self.remaining is None:
                yield batch
                continue
            end = self._rows_end(batch.items)
            yield replace(batch, numbers=batch.numbers[:end], items=batch.items[:end])
            if self.remaining == 0:
                return

    def of_pieces(self, pieces: Iterator[_Piece]) -> Iterator[_Piece]:
        """The same for what a document was cut into."""
        for piece in pieces:
            if self.remaining is not None:
                if self.remaining == 0:
                    return
                self.remaining -= 1
            yield piece

    def _rows_end(self, items: Sequence[bytes | dict[str, object] | str | Fault]) -> int:
        for position, item in enumerate(items):
            if isinstance(item, Fault) and not item.is_row:
                continue
            if self.remaining == 0:
                return position
            self.remaining = (self.remaining or 0) - 1
        return len(items)
