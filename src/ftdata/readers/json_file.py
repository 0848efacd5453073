"""The beginning of a JSON file: its marks, and the faults that make reading its lines pointless."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from ftdata.model import Fault
from ftdata.readers.blocks import HEAD_BYTES, read_blocks
from ftdata.readers.magic import UTF8_MARK, binary_kind, wide_encoding

BLANK = b" \t\r\n"


class JsonFile(NamedTuple):
    """An opened file. `blocks` are all of its bytes without the mark; a `Fault` among them ends it."""

    head: bytes  # the first bytes, without the mark
    whole: bool  # whether they are all there is
    has_mark: bool
    fault: Fault | None  # of the file as a whole
    blocks: Iterator[bytes | Fault]

    @property
    def first_faults(self) -> list[Fault]:
        """What stands at line 1, before any line: the mark, and the fault of the whole file."""
        mark = [Fault("byte-order-mark", is_row=False)] if self.has_mark else []
        return [*mark, self.fault] if self.fault else mark


def open_json(stream: io.BufferedReader, block_bytes: int) -> JsonFile:
    """Looks at the head of a stream and gives it back to be read from the first byte."""
    blocks = blocks_and_damage(stream, block_bytes)
    taken: list[bytes] = []
    damage: list[bytes | Fault] = []
    size = 0
    for block in blocks:
        if isinstance(block, Fault):
            damage.append(block)
            break
        taken.append(block)
        size += len(block)
        if size >= HEAD_BYTES:
            break
    whole = size < HEAD_BYTES and not damage
    start = b"".join(taken)
    has_mark = start.startswith(UTF8_MARK)
    start = start[len(UTF8_MARK) :] if has_mark else start
    again = (start[at : at + block_bytes] for at in range(0, len(start), block_bytes))
    fault = None if damage and not start else file_fault(start, whole=whole)
    return JsonFile(start[:HEAD_BYTES], whole, has_mark, fault, chain(again, damage, blocks))


def blocks_and_damage(stream: io.BufferedReader, block_bytes: int) -> Iterator[bytes | Fault]:
    """Yields the blocks of a stream; where it cannot be read on, a fault ends them."""
    try:
        yield from read_blocks(stream, block_bytes)
    except OSError as error:
        yield Fault("unreadable-part", {"reason": str(error)})


def file_fault(head: bytes, *, whole: bool) -> Fault | None:
    """Gives the fault that ends a JSON file at its first line, or None."""
    if whole and not head.strip(BLANK):
        return Fault("empty-file", is_row=False)
    encoding = wide_encoding(head)
    if encoding is not None:
        return Fault("utf16-or-utf32", {"encoding": encoding.upper()})
    kind = binary_kind(head)
    return Fault("binary-file", {"found": kind}) if kind else None
