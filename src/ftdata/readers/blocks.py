"""Reads a stream in blocks of an even size."""

from __future__ import annotations

import io
from collections.abc import Iterator

BLOCK_BYTES = 1024 * 1024  # larger blocks are no faster and take more memory
HEAD_BYTES = 256 * 1024  # what is looked at to tell what a source holds


def read_blocks(stream: io.BufferedReader, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Yields the bytes of a stream in order, in blocks of `block_bytes` (the last may be smaller).

    All bytes before a damage are yielded before its OSError is raised.
    """
    parts: list[bytes] = []
    size = 0
    while True:
        try:
            part = stream.read1(block_bytes - size)
        except OSError:
            if parts:
                yield b"".join(parts)
            raise
        if not part:
            break
        parts.append(part)
        size += len(part)
        if size == block_bytes:
            yield b"".join(parts)
            parts = []
            size = 0
    if parts:
        yield b"".join(parts)


def read_head(stream: io.BufferedReader, head_bytes: int = HEAD_BYTES) -> tuple[bytes, bool]:
    """Gives the first bytes of a stream, and whether they are all it has.

    Damage ends the head where it stands; it is met again by whoever reads on.
    """
    blocks = read_blocks(stream, head_bytes + 1)
    head = b""
    try:
        head = next(blocks, b"")
        whole = next(blocks, None) is None and len(head) <= head_bytes
    except OSError:
        whole = False
    return head[:head_bytes], whole
