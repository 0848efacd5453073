"""Cuts a stream of blocks down to the lines that begin in a range of bytes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from ftdata.model import Fault


def lines_beginning_in(
    blocks: Iterable[bytes | Fault], position: int, start: int, end: int | None
) -> Iterator[bytes | Fault]:
    """Gives the bytes of the lines that begin at or after `start` and before `end`.

    `position` is the offset of the first block. Where it is before `start` it is `start - 1`, so that a
    line that begins at `start` is told from one that goes on there. No byte beyond `end` is looked at but
    those of the last line: a line longer than many ranges is read once, by the range it begins in. A
    `Fault` among the blocks ends them; the range of the line in which it stands gives it.
    """
    stop = sys.maxsize if end is None else end
    begun = position >= start
    for block in blocks:
        if isinstance(block, Fault):
            if begun:
                yield block
            return
        if not begun:
            line = block.find(b"\n") + 1
            position += line or len(block)
            if position >= stop:
                return
            if not line:
                continue
            begun = True
            block = block[line:]
        after = position + len(block)
        newline = block.find(b"\n", max(stop - 1 - position, 0)) if after >= stop else -1
        if newline >= 0:
            yield block[: newline + 1]
            return
        yield block
        position = after
