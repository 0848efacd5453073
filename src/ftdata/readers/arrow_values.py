"""Arrow record batches as rows of plain Python values: what Parquet, Arrow and in-memory tables share.

Values are handed on as JSON can write them, and nothing is guessed:

* Text, integers, booleans and floats stay. A 32-bit float becomes the shortest decimal that means it
  (1.1, not 1.100000023841858). NaN and the infinities, which JSON cannot write, become text.
* Dates and times become ISO 8601 text, moments with a time zone in UTC with a Z. Decimals become their
  exact digits as text. Bytes become text where they are UTF-8; else the row is a fault.
* Maps become dicts; lists of pairs where a key stands twice or is neither text nor a whole number.

**Nulls.** An Arrow struct has all its fields in every row: a message without tool calls comes with
`tool_calls: null` merely because another message has some. Which nulls the writer meant can no longer
be told; therefore a null field of a struct is left out, at any depth. A null column stays None (a column
is there in every row, as an empty cell is in a CSV), and so does a null in a list or as a map's value.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from ftdata.model import Fault
from ftdata.readers.arrow_times import time_texts
from ftdata.readers.column_names import unique_names
from ftdata.readers.plain_values import finite, plain_row

_PART_ROWS = 1000
_PART_BYTES = 1024 * 1024
_TEXTS = frozenset({"string", "large_string", "string_view"})


def rows_of(batch: Any) -> list[dict[str, object] | Fault]:
    """The rows of a pyarrow RecordBatch; a `Fault` not-text for a row with bytes that are not text."""
    names = unique_names(batch.schema.names)
    if not names:
        return [{} for _ in range(batch.num_rows)]
    strays: list[bytes] = []
    columns = [values_of(column, strays) for column in batch.columns]
    rows: list[dict[str, object]] = [
        dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)
    ]
    return [plain_row(row) for row in rows] if strays else [*rows]


def in_parts(batch: Any) -> Iterator[Any]:
    """Cuts a RecordBatch into slices of at most a thousand rows and about a megabyte; copies nothing."""
    rows = min(_PART_ROWS, _PART_BYTES * batch.num_rows // (batch.nbytes + 1))
    for start in range(0, batch.num_rows, max(rows, 1)):
        yield batch.slice(start, max(rows, 1))


def release_memory() -> None:
    """Gives back what pyarrow keeps for later: a fifth of the memory of a run, at no cost in time."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


def read_errors() -> tuple[type[Exception], ...]:
    """What pyarrow raises on damaged and hostile files."""
    import pyarrow as pa

    return (pa.ArrowException, OSError, ValueError, OverflowError, RecursionError, EOFError)


def values_of(array: Any, strays: list[bytes]) -> list[Any]:
    """The values of a pyarrow Array as plain Python.

    Bytes that are not UTF-8 stay bytes, and are added to `strays` so that the caller knows of them.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    kind, types = array.type, pa.types
    if isinstance(array, pa.ExtensionArray):
        return _extension_values(array, strays)
    if str(kind) in _TEXTS:  # by name: older pyarrow has no views, and no predicate for them
        return _texts(array, strays)
    if types.is_struct(kind):
        return _structs(array, strays)
    if types.is_map(kind):
        return _maps(array, strays)
    if types.is_floating(kind):
        return _floats(array)
    if types.is_decimal(kind):
        return [None if value is None else format(value, "f") for value in array.to_pylist()]
    if types.is_temporal(kind) or types.is_interval(kind):
        return [*time_texts(array)]
    if types.is_dictionary(kind):
        if len(array.dictionary) > len(array):
            return values_of(array.dictionary_decode(), strays)
        values = values_of(array.dictionary, strays)
        return [None if at is None else values[at] for at in array.indices.to_pylist()]
    if types.is_run_end_encoded(kind):
        return values_of(pc.run_end_decode(array), strays)
    if types.is_union(kind):
        return [_cell(scalar.value, strays) for scalar in array]
    if types.is_nested(kind):
        return _lists(array, strays)
    if types.is_integer(kind) or types.is_boolean(kind) or types.is_null(kind):
        return list(array.to_pylist())
    return [_text_or_bytes(value, strays) for value in array.to_pylist()]


def _texts(array: Any, strays: list[bytes]) -> list[str | bytes | None]:
    import pyarrow as pa

    try:
        return list(array.to_pylist())
    except UnicodeDecodeError:  # Arrow and Parquet promise UTF-8, and nobody checks
        as_bytes = array.cast(pa.binary()).to_pylist()
        return [_text_or_bytes(value, strays) for value in as_bytes]


def _text_or_bytes(value: bytes | None, strays: list[bytes]) -> str | bytes | None:
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        strays.append(value)
        return value


def _structs(array: Any, strays: list[bytes]) -> list[dict[str, Any] | None]:
    """Dicts without the fields that are null in them."""
    names = unique_names([field.name for field in array.type])
    fields = [
        (name, field)
        for name, field in zip(names, array.flatten(), strict=True)
        if field.null_count < len(field)
    ]
    names = [name for name, _ in fields]
    columns = [values_of(field, strays) for _, field in fields]
    cells = zip(*columns, strict=True) if columns else ((),) * len(array)
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cells]
    for name in (name for name, field in fields if field.null_count):
        for row in rows:
            if row[name] is None:
                del row[name]
    return _with_nulls(array, rows)


def _lists(array: Any, strays: list[bytes]) -> list[list[Any] | None]:
    import pyarrow.compute as pc

    flat = iter(values_of(array.flatten(), strays))
    lengths = pc.list_value_length(array).to_pylist()
    return [None if length is None else list(islice(flat, length)) for length in lengths]


def _maps(array: Any, strays: list[bytes]) -> list[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = array.type
    pair = pa.struct([("key", kind.key_type), ("value", kind.item_type)])
    lists = array.cast(pa.list_(pair))
    keys, items = (values_of(column, strays) for column in lists.flatten().flatten())
    pairs = iter(zip(keys, items, strict=True))
    lengths = pc.list_value_length(lists).to_pylist()
    return [None if length is None else _mapping(list(islice(pairs, length))) for length in lengths]


def _mapping(pairs: list[tuple[Any, Any]]) -> dict[str, Any] | list[list[Any]]:
    mapping = {str(key): value for key, value in pairs if isinstance(key, (str, int))}
    return mapping if len(mapping) == len(pairs) else [[key, value] for key, value in pairs]


def _floats(array: Any) -> list[float | str | None]:
    import pyarrow as pa

    if pa.types.is_float64(array.type):
        values = array.to_pylist()
    else:
        texts = array.cast(pa.string()).to_pylist()
        values = [None if text is None else float(text) for text in texts]
    return [None if value is None else finite(value) for value in values]


def _extension_values(array: Any, strays: list[bytes]) -> list[Any]:
    import pyarrow as pa

    name = array.type.extension_name
    if name == "arrow.uuid":
        stored = array.storage.to_pylist()
        return [None if value is None else str(UUID(bytes=value)) for value in stored]
    if name == "arrow.bool8":
        return list(array.storage.cast(pa.bool_()).to_pylist())
    return values_of(array.storage, strays)


def _cell(scalar: Any, strays: list[bytes]) -> Any:
    import pyarrow as pa

    return values_of(pa.array([scalar.as_py()], scalar.type), strays)[0]


def _with_nulls(array: Any, rows: list[Any]) -> list[Any]:
    if not array.null_count:
        return rows
    valid = array.is_valid().to_pylist()
    return [row if there else None for row, there in zip(rows, valid, strict=True)]
