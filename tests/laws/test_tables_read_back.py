"""What was written as a table is read back, cell for cell and line for line."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.readers.table_reading import items_of, rows_of

from ftdata.model import Fault
from ftdata.readers.memory import batches_of
from ftdata.readers.plain_values import plain_row

FILES = settings(deadline=None)  # files are written, and pyarrow is slow to start

#: Anything but NUL, controls that make a small file look binary, halves of pairs, and the byte order mark.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
    | st.sampled_from(' ,;|\t"\n\r\x0c\x85\u2028'),
    max_size=12,
)
#: Python's own splitlines would part text at each of these.
NO_LINE_ENDS = st.text(st.sampled_from("a \x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=9)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
DELIMITERS = st.sampled_from(",;|\t")
WRITING = st.sampled_from(
    [
        (csv.QUOTE_ALL, "\n"),
        (csv.QUOTE_ALL, "\r\n"),
        (csv.QUOTE_ALL, "\r"),
        (
            csv.QUOTE_MINIMAL,
            "\r\n",
        ),  # with another line end it would leave a bare \r or \n in a cell
    ]
)
UNICODE = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str] = TEXT) -> list[list[str]]:
    columns = draw(st.integers(1, 4))
    rows = st.lists(cells, min_size=columns, max_size=columns)
    return [[f"c{place}" for place in range(columns)], *draw(st.lists(rows, max_size=8))]


@contextmanager
def file_of(data: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


def written(rows: list[list[str]], delimiter: str, writing: tuple[int, str]) -> list[str]:
    """The text of each row."""
    quoting, line_end = writing
    texts = []
    for row in rows:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end).writerow(row)
        texts.append(out.getvalue())
    return texts


def line_ends(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def numbered(texts: list[str]) -> list[int]:
    """The line where each row starts."""
    return [1 + line_ends("".join(texts[:index])) for index in range(len(texts))]


@FILES
@given(tables(), DELIMITERS, WRITING, UNICODE)
def test_any_table_is_read_back_without_being_told_how_it_was_written(
    rows: list[list[str]], delimiter: str, writing: tuple[int, str], encoding: str
) -> None:
    texts = written(rows, delimiter, writing)
    header, *body = rows
    options = {} if len(header) > 1 else {"delimiter": delimiter}
    with file_of("".join(texts).encode(encoding), "table.csv") as path:
        assert items_of(path, header=True, **options) == [
            (number, dict(zip(header, row, strict=True)))
            for number, row in zip(numbered(texts)[1:], body, strict=True)
        ]


@FILES
@given(tables(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]))), WRITING)
def test_any_latin1_table_is_read_back_when_its_encoding_is_named(
    rows: list[list[str]], writing: tuple[int, str]
) -> None:
    texts = written(rows, ",", writing)
    with file_of("".join(texts).encode("latin-1"), "table.csv") as path:
        found = rows_of(path, header=True, encoding="latin-1", delimiter=",")
        assert [list(row.values()) for row in found] == rows[1:]


@FILES
@given(st.lists(st.lists(TEXT, min_size=1, max_size=5), max_size=10), DELIMITERS, WRITING)
def test_no_row_is_lost_however_ragged(
    rows: list[list[str]], delimiter: str, writing: tuple[int, str]
) -> None:
    texts = written([["one", "two", "three"], *rows], delimiter, writing)
    with file_of("".join(texts).encode(), "table.csv") as path:
        items = items_of(path, header=True, delimiter=delimiter, quoting=True)
    assert [number for number, _ in items] == numbered(texts)[1:]
    for row, (_, item) in zip(rows, items, strict=True):
        if isinstance(item, dict):
            assert list(item.values()) == row
        elif item.name == "blank-line":
            assert not "".join(row).strip()
        else:
            params = {"cells": len(row), "columns": 3}
            assert item == Fault("ragged-row", params, original=row)


@FILES
@given(st.lists(st.tuples(TEXT | NO_LINE_ENDS, LINE_ENDS), max_size=10), TEXT, UNICODE)
def test_lines_of_text_are_read_back_and_only_line_ends_part_them(
    lines: list[tuple[str, str]], last: str, encoding: str
) -> None:
    start = "so many words that some control characters make no binary file " * 30
    whole = "".join(text + end for text, end in lines) + last
    expected = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not expected[-1]:
        expected.pop()
    with file_of(f"{start}\n{whole}".encode(encoding), "notes.txt") as path:
        assert items_of(path) == list(enumerate([start, *expected], 1))


@FILES
@given(st.binary(max_size=300) | TEXT.map(str.encode), st.integers(1, 40))
@example(b'a,b\n"' + b"x" * 50, 20)
@example(b"\xff\xfe\x00", 1)
def test_no_bytes_whatever_stop_a_reader(data: bytes, limit: int) -> None:
    for name in ("any.csv", "any.tsv", "any.txt"):
        for encoding in (None, "utf-16", "cp932", "iso2022_jp"):
            with file_of(data, name) as path:
                items = items_of(path, encoding=encoding, max_line_bytes=limit)
            numbers = [number for number, _ in items]
            assert numbers == sorted(numbers)
            for _, item in items:
                shown = item.original if isinstance(item, Fault) else item
                json.dumps(shown, ensure_ascii=False).encode()


CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
MESSAGE = st.fixed_dictionaries({"role": st.text(max_size=3), "content": CELLS, "name": CELLS})
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "id": CELLS,
            "n": st.none() | st.integers(-(2**63), 2**63 - 1),
            "yes": st.none() | st.booleans(),
            "messages": st.none() | st.lists(st.none() | MESSAGE, max_size=4),
            "tags": st.none() | st.lists(CELLS, max_size=3),
        }
    ),
    max_size=12,
)
SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "n": pa.int64(),
        "yes": pa.bool_(),
        "messages": pa.list_(
            pa.struct({"role": pa.string(), "content": pa.string(), "name": pa.string()}.items())
        ),
        "tags": pa.list_(pa.string()),
    }
)


def without_null_fields(record: dict[str, Any]) -> dict[str, Any]:
    """What Arrow can say of a record: a null field of a message is as if it were not there."""
    messages = record["messages"]
    kept = messages and [
        message and {key: value for key, value in message.items() if value is not None}
        for message in messages
    ]
    return {**record, "messages": kept}


@FILES
@given(RECORDS, st.integers(1, 5), st.sampled_from(["parquet", "feather", "arrow", "ipc"]))
def test_any_records_are_read_back_from_parquet_and_arrow(
    records: list[dict[str, Any]], group: int, kind: str
) -> None:
    table = pa.Table.from_pylist(records, SCHEMA)
    with file_of(b"", f"table.{kind}") as path:
        write(table, path, group)
        assert items_of(path) == list(enumerate(map(without_null_fields, records), 1))


def write(table: pa.Table, path: Path, group: int) -> None:
    if path.suffix == ".parquet":
        pyarrow.parquet.write_table(table, path, row_group_size=group)
    elif path.suffix == ".feather":
        pyarrow.feather.write_feather(table, str(path), chunksize=group)
    else:
        opened = pa.ipc.new_file if path.suffix == ".arrow" else pa.ipc.new_stream
        with opened(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=group)


@FILES
@given(RECORDS)
def test_a_table_gives_the_same_rows_from_arrow_pandas_and_plain_dicts(
    records: list[dict[str, Any]],
) -> None:
    table = pa.Table.from_pylist(records, SCHEMA)
    expected = list(map(without_null_fields, records))
    frame = table.to_pandas(integer_object_nulls=True)
    for data in (table, table.to_batches(), frame, table.to_pandas(types_mapper=arrow_type)):
        data = pa.RecordBatchReader.from_batches(SCHEMA, data) if isinstance(data, list) else data
        assert [row for batch in batches_of(data) for row in batch.items] == expected
    assert [row for batch in batches_of(iter(records)) for row in batch.items] == records


def arrow_type(kind: pa.DataType) -> Any:
    import pandas

    return pandas.ArrowDtype(kind)


MOMENTS = st.datetimes(timezones=st.none() | st.just(timezone(timedelta(hours=-3, minutes=-30))))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())  # halves of surrogate pairs too
    | st.binary(max_size=5)
    | st.decimals().filter(lambda number: not number.is_snan())  # cannot be a key
    | st.dates()
    | st.times()
    | MOMENTS
    | st.timedeltas()
    | st.uuids()
    | st.complex_numbers()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text() | SCALARS, inner, max_size=3)
    ),
    max_leaves=8,
)


@FILES
@given(st.dictionaries(st.text() | st.integers() | st.binary(max_size=2), VALUES, max_size=4))
def test_any_row_becomes_json_or_a_fault_whose_original_is_json(row: dict[Any, Any]) -> None:
    plain = plain_row(row)
    shown = plain.original if isinstance(plain, Fault) else plain
    text = json.dumps(shown, allow_nan=False, ensure_ascii=False)
    assert json.loads(text.encode()) == shown


def test_dates_mean_the_same_day_in_every_table() -> None:
    days = [date(2024, 2, 29), None]
    moments = [datetime(2024, 2, 29, 12, 30, tzinfo=timezone.utc), None]
    table = pa.table({"day": days, "moment": pa.array(moments, pa.timestamp("ms", "Europe/Paris"))})
    expected = [
        {"day": "2024-02-29", "moment": "2024-02-29T12:30:00Z"},
        {"day": None, "moment": None},
    ]
    for data in (table, table.to_pandas(), table.to_pylist()):
        assert [row for batch in batches_of(data) for row in batch.items] == expected
