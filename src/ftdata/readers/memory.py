"""Data that is already in memory, as batches: rows, DataFrames, Arrow tables, datasets, open files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ftdata.errors import UsageError
from ftdata.model import Batch, Fault, ReadOptions
from ftdata.readers.arrow_values import in_parts, rows_of, values_of
from ftdata.readers.column_names import unique_names
from ftdata.readers.file_object import stream_of
from ftdata.readers.json_line import kind_of
from ftdata.readers.jsonl import read_stream
from ftdata.readers.plain_values import key_text, plain_row, readable

#: What findings call data that is no file.
DATA_NAME = "<data>"

_PART_ROWS = 500
_ACCEPTED = (
    "an iterable of dicts, a pandas DataFrame, a pyarrow Table, RecordBatch or RecordBatchReader, "
    "a Hugging Face dataset, or a file object of JSON lines"
)

_Row = dict[str, object] | Fault


def batches_of(data: object, name: str = DATA_NAME) -> Iterator[Batch]:
    """Gives batches of rows, numbered from 1; of lines for a file object. At most one batch is read ahead.

    Rows are copied into plain values (see `plain_values` and `arrow_values`); what is no row, or cannot
    be written as JSON, is a Fault in its place. Raises UsageError, at once, for data of another kind; a
    path is no data.
    """
    if hasattr(data, "read") and not isinstance(data, type):
        return read_stream(stream_of(data), name, ReadOptions())
    return _numbered(name, _parts(data))


def _numbered(name: str, parts: Iterator[list[_Row]]) -> Iterator[Batch]:
    number = 1
    for rows in parts:
        yield Batch(name, list(range(number, number + len(rows))), [*rows])
        number += len(rows)


def _parts(data: Any) -> Iterator[list[_Row]]:
    """The rows of anything but a file, some hundreds at a time."""
    pandas = sys.modules.get("pandas")  # whoever has a DataFrame has imported it
    if pandas is not None and isinstance(data, pandas.DataFrame):
        return _frame_parts(data)
    if isinstance(data, (Mapping, str, bytes, bytearray, os.PathLike, type)):
        raise _refused(data)
    if type(data).__module__.partition(".")[0] == "datasets":
        return _dataset_parts(data)
    if hasattr(data, "__arrow_c_stream__"):
        import pyarrow

        return _arrow_parts(pyarrow.RecordBatchReader.from_stream(data))
    if hasattr(data, "__arrow_c_array__"):
        import pyarrow

        structs = pyarrow.array(data)  # pyarrow 15 makes no batch of it directly
        return _arrow_parts([pyarrow.RecordBatch.from_struct_array(structs)])
    if isinstance(data, Iterable):
        return _row_parts(iter(data), from_arrow=False)
    raise _refused(data)


def _refused(data: object) -> UsageError:
    hint = ""
    if isinstance(data, Mapping):
        hint = "; put a single record in a list, and of a dict of splits name one"
    elif isinstance(data, (str, os.PathLike)):
        hint = "; a path is read as a source"
    return UsageError(f"data is {_ACCEPTED}, not {type(data).__name__}{hint}")


def _row_parts(rows: Iterator[Any], *, from_arrow: bool) -> Iterator[list[_Row]]:
    while part := list(islice(rows, _PART_ROWS)):
        yield [_row(row, from_arrow=from_arrow) for row in part]


def _row(row: object, *, from_arrow: bool) -> _Row:
    if isinstance(row, Mapping):
        return plain_row(row, from_arrow=from_arrow)
    return Fault("not-an-object", {"found": kind_of(row)}, original=readable(row))


def _dataset_parts(dataset: Any) -> Iterator[list[_Row]]:
    """A Hugging Face dataset; one on disk is handed over in Arrow, one that streams row by row."""
    if hasattr(dataset, "num_rows") and not isinstance(dataset, Mapping):
        tables = dataset.with_format("arrow").iter(batch_size=_PART_ROWS)
        return _arrow_parts(batch for table in tables for batch in table.to_batches())
    return _row_parts(iter(dataset), from_arrow=True)


def _arrow_parts(batches: Iterable[Any]) -> Iterator[list[_Row]]:
    for batch in batches:
        for part in in_parts(batch):
            yield rows_of(part)


def _frame_parts(frame: Any) -> Iterator[list[_Row]]:
    """The rows of a DataFrame by its columns; its index is not data."""
    names = unique_names([key_text(column) for column in frame.columns])
    for start in range(0, len(frame), _PART_ROWS):
        part = frame.iloc[start : start + _PART_ROWS]
        columns = [_series_values(part.iloc[:, place]) for place in range(len(names))]
        rows = zip(*columns, strict=True) if columns else ((),) * len(part)
        yield [plain_row(dict(zip(names, cells, strict=True))) for cells in rows]


def _series_values(series: Any) -> list[Any]:
    if hasattr(series.dtype, "pyarrow_dtype"):
        import pyarrow

        array = pyarrow.array(series)
        chunks = array.chunks if isinstance(array, pyarrow.ChunkedArray) else [array]
        return [value for chunk in chunks for value in values_of(chunk, [])]
    return list(series.tolist())
