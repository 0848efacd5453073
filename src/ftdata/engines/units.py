"""Cuts sources into units, and says how much work they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ftdata.model import Source, Unit
from ftdata.readers.registry import reader_named
from ftdata.storage.places import byte_count_of, is_pipe

#: Small enough to keep all workers busy to the end, large enough that handing one out costs nothing.
UNIT_BYTES = 8 * 1024 * 1024


#: Where units become files that stay, there are to be some thousand of them at most.
_MOST_SHARDS = 1024
_LARGEST_SHARD_BYTES = 256 * 1024 * 1024


def shard_bytes_for(sources: Iterable[Source]) -> int:
    """How many bytes of a source go into one shard: those of a unit, or more where there is much data."""
    total = sum(byte_count_of(source.path) for source in sources)
    return min(max(-(-total // _MOST_SHARDS), UNIT_BYTES), _LARGEST_SHARD_BYTES)


def units_of(source: Source, unit_bytes: int = UNIT_BYTES) -> Iterator[Unit]:
    """Gives the units of a source in order; one where it can only be read from its start."""
    cuts = range(unit_bytes, byte_count_of(source.path), unit_bytes) if is_divisible(source) else ()
    start = 0
    index = 0
    for index, end in enumerate(cuts, start=1):
        yield Unit(source, index - 1, start, end)
        start = end
    yield Unit(source, index, start)


def is_divisible(source: Source) -> bool:
    """True for a plain file whose reader can begin at other places than its start."""
    return (
        source.compression is None
        and reader_named(source.container).read_unit is not None
        and not is_pipe(source.path)
    )


def unit_byte_count(unit: Unit) -> int:
    """How many bytes of its source a unit covers."""
    end = byte_count_of(unit.source.path) if unit.end is None else unit.end
    return max(end - unit.start, 0)


def count_units(sources: Iterable[Source], unit_bytes: int = UNIT_BYTES) -> int:
    """How many units there are."""
    return sum(
        max(-(-byte_count_of(source.path) // unit_bytes), 1) if is_divisible(source) else 1
        for source in sources
    )
