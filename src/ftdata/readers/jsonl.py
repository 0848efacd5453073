"""JSON lines: one JSON text on each line of a UTF-8 file."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from ftdata.model import Batch, Fault, Reader, ReadOptions, Source, Unit
from ftdata.readers.blocks import BLOCK_BYTES
from ftdata.readers.byte_range import lines_beginning_in
from ftdata.readers.json_file import JsonFile, blocks_and_damage, open_json
from ftdata.readers.json_shape import shape_of
from ftdata.readers.line_splitter import LineSplitter
from ftdata.readers.magic import UTF8_MARK
from ftdata.readers.opening import consumed, open_bytes

_LAST_LINE_BYTES = 64 * 1024  # that stand behind the end of a unit: few lines are longer
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


def read_unit(
    unit: Unit, options: ReadOptions, *, block_bytes: int = BLOCK_BYTES
) -> Iterator[Batch]:
    """Yields the lines that begin in a unit of a plain file, numbered from 1.

    What is said about the file as a whole is said by its first unit alone. A remote file is asked once, for
    the unit and for where its last line is likely to end.
    """
    position = max(unit.start - 1, 0)
    end, block_bytes = _reach(position, unit.end, block_bytes)
    with open_bytes(unit.source, start=position, end=end) as stream:
        if unit.start == 0:
            yield from read_stream(
                stream, unit.source.name, options, block_bytes=block_bytes, end=unit.end
            )
            return
        blocks = blocks_and_damage(stream, block_bytes)
        lines = lines_beginning_in(blocks, position, unit.start, unit.end)
        yield from _batches(lines, stream, unit.source.name, options, before=unit.start)


def _reach(position: int, end: int | None, block_bytes: int) -> tuple[int | None, int]:
    """How far a unit is likely to be read, and blocks of a size that end just there."""
    if end is None:
        return None, block_bytes
    byte_count = end - position + _LAST_LINE_BYTES
    blocks = -(-byte_count // block_bytes)
    block_bytes = -(-byte_count // blocks)
    return position + blocks * block_bytes, block_bytes


def read_stream(
    stream: io.BufferedReader,
    name: str,
    options: ReadOptions,
    *,
    block_bytes: int = BLOCK_BYTES,
    end: int | None = None,
) -> Iterator[Batch]:
    """Yields the lines of an opened stream, as `read` does; `name` is the source in its batches.

    `end`: leave out the lines that begin at this byte or behind it.
    """
    file = open_json(stream, block_bytes)
    faults = _first_faults(file)
    if any(fault.name != "byte-order-mark" for fault in faults):
        yield Batch(name, [1] * len(faults), [*faults], consumed(stream), ends_source=True)
        return
    blocks = file.blocks
    if end is not None:
        position = len(UTF8_MARK) if file.has_mark else 0
        blocks = lines_beginning_in(blocks, position, 0, end)
    yield from _batches(blocks, stream, name, options, faults=faults)


def _batches(
    blocks: Iterator[bytes | Fault],
    stream: io.BufferedReader,
    name: str,
    options: ReadOptions,
    *,
    faults: Sequence[Fault] = (),
    before: int = 0,
) -> Iterator[Batch]:
    """`faults` stand before the first line, `before` is the number of bytes that the lines stand behind."""
    for numbers, items, unterminated, damaged in _numbered(blocks, options.max_line_bytes):
        if faults or items:
            after = consumed(stream)
            numbers = [1] * len(faults) + numbers
            yield Batch(
                name, numbers, [*faults, *items], after - before, unterminated, ends_source=damaged
            )
            before, faults = after, ()


def _first_faults(file: JsonFile) -> list[Fault]:
    faults = file.first_faults
    if file.fault is None:
        spanning = _SPANNING.get(shape_of(file.head, whole=file.whole))
        if spanning is not None:
            faults.append(Fault(spanning))
    return faults


def _numbered(
    blocks: Iterator[bytes | Fault], max_line_bytes: int
) -> Iterator[tuple[list[int], list[bytes | Fault], bool, bool]]:
    """Yields numbers and items, whether the last item has no line end, and whether it is damage."""
    splitter = LineSplitter(max_line_bytes)
    for block in blocks:
        damaged = isinstance(block, Fault)
        found = splitter.cut(block) if isinstance(block, Fault) else splitter.feed(block)
        yield *found, False, damaged
    numbers, items = splitter.rest()
    yield numbers, items, bool(items), False


READER = Reader(
    name="jsonl",
    title="JSON lines",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    kind="lines",
    read=read,
    read_unit=read_unit,
)
