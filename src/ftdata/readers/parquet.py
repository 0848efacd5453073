"""Parquet, row group by row group; nested columns (`messages` as a list of structs) too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.errors import UnreadableSource
from ftdata.model import Batch, Fault, Reader, ReadOptions, Source, Unit
from ftdata.readers.arrow_values import read_errors, release_memory, rows_of
from ftdata.readers.seekable import open_seekable

_BUFFER_BYTES = 1024 * 1024  # without a buffer, pyarrow reads a whole column of a row group at once
_BATCH_ROWS = 1000
_BATCH_BYTES = 16 * 1024 * 1024  # of the rows of a batch, by the mean of their row group
_WORST_BYTES = (
    64 * 1024 * 1024
)  # of a batch in which each row repeats the largest value of its column


def read(source: Source, options: ReadOptions) -> Iterator[Batch]:
    """Yields the rows as plain dicts (see `arrow_values`), numbered from 1. Memory of one batch.

    A row group that is damaged, or whose mean row is above `max_line_bytes`, is one Fault at the row
    where that was met; the groups before and after it are read. Raises UnreadableSource if the file
    cannot be opened as Parquet.
    """
    yield from read_unit(Unit(source), options)


def read_unit(unit: Unit, options: ReadOptions) -> Iterator[Batch]:
    """Yields the rows of the row groups that begin in a unit, as `read` does, numbered from 1."""
    import pyarrow.parquet

    name = unit.source.name
    with open_seekable(unit.source) as stream:
        try:
            file = pyarrow.parquet.ParquetFile(
                stream,
                pre_buffer=False,
                buffer_size=_BUFFER_BYTES,
                page_checksum_verification=True,
                coerce_int96_timestamp_unit="us",  # in ns, years beyond 2262 silently wrap around
            )
            groups = _groups_of(file.metadata, unit)
        except read_errors() as error:
            raise UnreadableSource(name, f"cannot be read as Parquet: {error}") from error
        first = 1
        for index, group in groups:
            batches = _read_group(file, index, group, options.max_line_bytes)
            yield from _numbered(name, first, group, batches)
            first += group.num_rows


def _groups_of(metadata: Any, unit: Unit) -> list[tuple[int, Any]]:
    """The row groups of a unit with their places; no group is in a unit before that of its forerunner."""
    found: list[tuple[int, Any]] = []
    begin = 0
    for index in range(metadata.num_row_groups):
        group = metadata.row_group(index)
        begin = max(begin, _begin(group))
        if unit.start <= begin and (unit.end is None or begin < unit.end):
            found.append((index, group))
    return found


def _begin(group: Any) -> int:
    """The byte of the file where the first column of a row group begins."""
    if not group.num_columns:
        return 0
    column = group.column(0)
    pages = (column.dictionary_page_offset, column.data_page_offset)
    return int(min(page for page in pages if page is not None))


def _read_group(
    file: Any, index: int, group: Any, limit: int
) -> Iterator[list[dict[str, object] | Fault]]:
    """The rows of a row group in parts; the last part is one fault if it cannot be read to its end."""
    mean = group.total_byte_size // max(group.num_rows, 1)
    if mean > limit:
        yield [Fault("line-too-long", {"byte_count": mean, "limit": limit})]
        return
    size = min(_BATCH_ROWS, _BATCH_BYTES // (mean + 1), _WORST_BYTES // (_dictionary(group) + 1))
    batches = file.iter_batches(batch_size=max(size, 1), row_groups=[index])
    while True:
        try:
            batch = next(batches, None)
            rows = None if batch is None else rows_of(batch)
        except read_errors() as error:
            yield [Fault("unreadable-part", {"reason": str(error)})]
            return
        if rows is None:
            return
        yield rows
        release_memory()


def _dictionary(group: Any) -> int:
    """The bytes of the largest dictionary of a row group, about; one entry may be as large as that."""
    largest = 0
    for index in range(group.num_columns):
        column = group.column(index)
        if column.dictionary_page_offset is not None and column.total_compressed_size > 0:
            stored = column.data_page_offset - column.dictionary_page_offset
            ratio = column.total_uncompressed_size / column.total_compressed_size
            largest = max(largest, int(stored * ratio))
    return largest


def _numbered(
    name: str, first: int, group: Any, parts: Iterator[list[dict[str, object] | Fault]]
) -> Iterator[Batch]:
    stored = sum(group.column(index).total_compressed_size for index in range(group.num_columns))
    mean = stored / max(group.num_rows, 1)
    behind = first + group.num_rows
    for rows in parts:
        numbers = list(range(first, first + len(rows)))
        first += len(rows)
        lost = behind - first if isinstance(rows[-1], Fault) else 0
        yield Batch(name, numbers, [*rows], int(mean * len(rows)), rows_lost=lost)


READER = Reader(
    name="parquet",
    title="Parquet",
    suffixes=(".parquet", ".pq"),
    kind="rows",
    read=read,
    read_unit=read_unit,
)
