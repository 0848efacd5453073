"""JSON: one array of records, or objects that stand over several lines."""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Batch, Fault, Reader, ReadOptions, Source
from ftdata.readers.blocks import BLOCK_BYTES
from ftdata.readers.element_scanner import ElementScanner
from ftdata.readers.json_file import JsonFile, open_json
from ftdata.readers.opening import consumed, open_bytes


def read(
    source: Source, options: ReadOptions, *, block_bytes: int = BLOCK_BYTES
) -> Iterator[Batch]:
    """Yields the elements of the array, or the objects of the file, each with its first line.

    One pass; no more than a batch and an element of at most `max_line_bytes` are in memory. A cut end
    and what is wrong between elements are faults; no element before or behind them is lost.
    """
    with open_bytes(source) as stream:
        file = open_json(stream, block_bytes)
        faults = file.first_faults
        if file.fault is not None:
            yield Batch(source.name, [1] * len(faults), [*faults], consumed(stream))
            return
        before = 0
        for numbers, items, unterminated in _numbered(file, ElementScanner(options.max_line_bytes)):
            if faults or items:
                after = consumed(stream)
                numbers = [1] * len(faults) + numbers
                yield Batch(source.name, numbers, [*faults, *items], after - before, unterminated)
                before, faults = after, []


def _numbered(
    file: JsonFile, scanner: ElementScanner
) -> Iterator[tuple[list[int], list[bytes | Fault], bool]]:
    """Yields numbers and items, and whether the last item was cut off."""
    for block in file.blocks:
        found = scanner.cut(block) if isinstance(block, Fault) else scanner.feed(block)
        yield *found, False
    yield scanner.rest()


READER = Reader(
    name="json",
    title="JSON array",
    suffixes=(".json",),
    kind="lines",
    read=read,
)
