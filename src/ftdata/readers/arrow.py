"""Arrow IPC files and streams (Feather version 2 is the same), batch by batch.

A local file is read through a memory map, a remote one by ranges.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from ftdata.errors import UnreadableSource
from ftdata.model import Batch, Fault, Reader, ReadOptions, Source
from ftdata.readers.arrow_values import in_parts, read_errors, release_memory, rows_of
from ftdata.readers.seekable import open_seekable


def read(source: Source, options: ReadOptions) -> Iterator[Batch]:
    """Yields the rows as plain dicts (see `arrow_values`), numbered from 1.

    A record batch that is damaged is one Fault, and ends the source: how many rows it held is unknown.
    Memory of one record batch where it is compressed, else of a part of one. Raises UnreadableSource if
    the file cannot be opened as Arrow.
    """
    del options
    with open_seekable(source) as stream:
        try:
            mapped = _mapped(stream)
            batches = _open(stream if mapped is None else mapped)
        except read_errors() as error:
            raise UnreadableSource(source.name, f"cannot be read as Arrow: {error}") from error
        number = 1
        for rows, byte_count in _read(batches, mapped):
            numbers = list(range(number, number + len(rows)))
            yield Batch(source.name, numbers, [*rows], byte_count)
            number += len(rows)


def _mapped(stream: BinaryIO) -> mmap.mmap | None:
    """The file in memory, page by page; None where it does not lie on this machine."""
    try:
        number = stream.fileno()
    except OSError:
        return None
    return mmap.mmap(number, 0, access=mmap.ACCESS_READ)


def _open(content: mmap.mmap | BinaryIO) -> Iterator[Any]:
    """The record batches; iterating raises where one is damaged."""
    import pyarrow as pa

    if isinstance(content, mmap.mmap):
        head, origin = content[:6], pa.py_buffer(content)
    else:
        head, origin = content.read(6), pa.PythonFile(content, mode="r")
        content.seek(0)
    if head.startswith(b"FEA1"):
        raise ValueError("it is Feather version 1; write it anew as version 2 or as Parquet")
    if head == b"ARROW1":
        file = pa.ipc.open_file(origin)
        return (file.get_batch(index) for index in range(file.num_record_batches))
    return iter(pa.ipc.open_stream(origin))


def _read(
    batches: Iterator[Any], mapped: mmap.mmap | None
) -> Iterator[tuple[list[dict[str, object] | Fault], int]]:
    """Rows in parts, with the bytes that they take."""
    try:
        for batch in batches:
            for column in batch.columns:
                _validate(column)
            for part in in_parts(batch):
                yield rows_of(part), part.nbytes
                if mapped is not None:
                    _forget(mapped)
                release_memory()
    except read_errors() as error:
        yield [Fault("unreadable-part", {"reason": str(error)})], 0


def _validate(column: Any) -> None:
    """Raises ArrowInvalid if offsets point outside: pyarrow would read there, or crash.

    Text that is not UTF-8 is let pass in a plain column, to be told row by row.
    """
    import pyarrow as pa

    try:
        column.validate(full=True)
    except pa.ArrowInvalid as error:
        if pa.types.is_nested(column.type) or "UTF8" not in str(error):
            raise


def _forget(mapped: mmap.mmap) -> None:
    """Gives back the pages that were read; they stay in the system's cache."""
    with suppress(AttributeError, OSError, ValueError):  # not every system can
        mapped.madvise(mmap.MADV_DONTNEED)


READER = Reader(
    name="arrow",
    title="Arrow and Feather",
    suffixes=(".arrow", ".feather", ".ipc"),
    kind="rows",
    read=read,
)
