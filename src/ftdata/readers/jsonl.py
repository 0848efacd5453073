"""JSON lines: one JSON text on each line of a UTF-8 file."""

from __future__ import annotations

import io
from collections.abc import Iterator

from ftdata.model import Batch, Fault, Reader, ReadOptions, Source
from ftdata.readers.blocks import BLOCK_BYTES
from ftdata.readers.json_file import JsonFile, open_json
from ftdata.readers.json_shape import shape_of
from ftdata.readers.line_splitter import LineSplitter
from ftdata.readers.opening import consumed, open_bytes

_SPANNING = {"array": "json-array", "spread": "pretty-printed-json"}


def read(
    source: Source, options: ReadOptions, *, block_bytes: int = BLOCK_BYTES
) -> Iterator[Batch]:
    """Yields the lines of a source, in batches of about `block_bytes`.

    One pass; no more than a batch and a line of at most `max_line_bytes` are in memory. A file that
    cannot hold lines of JSON at all (UTF-16, binary, one array, nothing) is one fault at line 1.
    """
    with open_bytes(source) as stream:
        yield from read_stream(stream, source.name, options, block_bytes=block_bytes)


def read_stream(
    stream: io.BufferedReader, name: str, options: ReadOptions, *, block_bytes: int = BLOCK_BYTES
) -> Iterator[Batch]:
    """Yields the lines of an opened stream, as `read` does; `name` is the source in its batches."""
    file = open_json(stream, block_bytes)
    faults = _first_faults(file)
    if any(fault.name != "byte-order-mark" for fault in faults):
        yield Batch(name, [1] * len(faults), [*faults], consumed(stream))
        return
    splitter = LineSplitter(options.max_line_bytes)
    before = 0
    for numbers, items, unterminated in _numbered(file, splitter):
        if faults or items:
            after = consumed(stream)
            numbers = [1] * len(faults) + numbers
            yield Batch(name, numbers, [*faults, *items], after - before, unterminated)
            before, faults = after, []


def _first_faults(file: JsonFile) -> list[Fault]:
    faults = file.first_faults
    if file.fault is None:
        spanning = _SPANNING.get(shape_of(file.head, whole=file.whole))
        if spanning is not None:
            faults.append(Fault(spanning))
    return faults


def _numbered(
    file: JsonFile, splitter: LineSplitter
) -> Iterator[tuple[list[int], list[bytes | Fault], bool]]:
    """Yields numbers and items, and whether the last item has no line end."""
    for block in file.blocks:
        found = splitter.cut(block) if isinstance(block, Fault) else splitter.feed(block)
        yield *found, False
    numbers, items = splitter.rest()
    yield numbers, items, bool(items)


READER = Reader(
    name="jsonl",
    title="JSON lines",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    kind="lines",
    read=read,
)
