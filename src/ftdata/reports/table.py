"""Plain text tables, as wide as their widest cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> str:
    """Gives aligned columns, two spaces apart; the columns in `right` are right-aligned."""
    everything = [list(header), *[list(row) for row in rows]]
    widths = [max(_width(row[column]) for row in everything) for column in range(len(header))]
    return "\n".join(
        "  ".join(
            _padded(cell, width, right=column in right)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in everything
    )


def _padded(cell: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
