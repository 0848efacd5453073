"""Chooses lines by content, so that the choice is the same on any engine: samples and splits.

Each line costs eight bytes of memory; the lines themselves wait in a temporary file.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable


def line_hash(line: bytes, seed: int) -> int:
    """Gives 64 bits that depend on the line and the seed alone."""
    key = seed.to_bytes(8, "little", signed=True)
    return int.from_bytes(hashlib.blake2b(line, digest_size=8, key=key).digest(), "little")


def sample_indexes(hashes: array[int], size: int) -> frozenset[int]:
    """The places of `size` lines with the smallest hashes; equal lines are told apart by place."""
    order = sorted(range(len(hashes)), key=lambda index: (hashes[index], index))
    return frozenset(order[:size])


def split_threshold(hashes: Iterable[int], fraction: float) -> int:
    """The hash below which a line belongs to the first part, so that it holds about `fraction` of them.

    Equal lines have equal hashes and stay together: no line is in both parts.
    """
    order = sorted(hashes)
    if not order:
        return 0
    place = min(max(round(len(order) * fraction), 0), len(order))
    return order[place] if place < len(order) else 1 << 64
