"""What a program already holds: rows, tables, datasets and open files."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from ftdata.errors import UsageError
from ftdata.model import Fault
from ftdata.readers.memory import batches_of
from ftdata.readers.plain_values import MAX_DEPTH


def rows_of(data: object) -> list[Any]:
    batches = list(batches_of(data))
    numbers = [number for batch in batches for number in batch.numbers]
    assert numbers == list(range(1, len(numbers) + 1))
    return [item for batch in batches for item in batch.items]


def test_rows_are_copied_so_that_what_the_caller_does_later_changes_nothing() -> None:
    row = {"messages": [{"role": "user", "content": None}]}
    (copy,) = rows_of([row])
    assert copy == row
    row["messages"][0]["content"] = "changed"
    assert copy == {"messages": [{"role": "user", "content": None}]}


def test_a_generator_is_not_read_ahead_of_a_batch() -> None:
    taken: list[int] = []

    def rows() -> Iterator[dict[str, int]]:
        for number in range(5000):
            taken.append(number)
            yield {"n": number}

    batches = batches_of(rows())
    assert taken == []
    assert next(batches).items[0] == {"n": 0}
    assert len(taken) == 500
    assert sum(len(batch.items) for batch in batches) == 4500


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Decimal("1.10"), "1.10"),
        ((1, [2.5, None]), [1, [2.5, None]]),
        (np.int64(3), 3),
        (np.array([1.5, np.nan]), [1.5, None]),
        (np.array([{"a": None, "b": 1}]), [{"b": 1}]),
        ([{"a": None, "b": 1}], [{"a": None, "b": 1}]),
        (np.str_("x"), "x"),
        (float("nan"), None),
        (float("-inf"), "-Infinity"),
        (pd.NaT, None),
        (pd.NA, None),
        (pd.Timestamp("2024-01-02T03:04:05.000000006"), "2024-01-02T03:04:05.000000006"),
        (pd.Timedelta("1s 5ns"), "PT1.000000005S"),
        (datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=2))), "2024-01-01T22:00:00Z"),
        (b"caf\xc3\xa9", "café"),
        (OrderedDict(a=MappingProxyType({"b": 1})), {"a": {"b": 1}}),
        ({1: "a", None: "b", 2.5: "c"}, {"1": "a", "None": "b", "2.5": "c"}),
        (2**80, 2**80),
    ],
)
def test_values_of_other_libraries_become_plain(value: object, plain: object) -> None:
    assert rows_of([{"x": value}]) == [{"x": plain}]


class Loud(str):
    """A subclass of str, as lazy translations are."""


class Small(int):
    """A subclass of int, as an enum may be."""


class Half(float):
    """A subclass of float."""


@pytest.mark.parametrize("value", [Loud("hey"), Small(3), Half(0.5)])
def test_subclasses_of_plain_types_are_plain(value: object) -> None:
    ((found,),) = (row.values() for row in rows_of([{"x": value}]))
    assert found == value


@pytest.mark.parametrize(
    ("row", "name", "pointer", "params", "original"),
    [
        (5, "not-an-object", "", {"found": "number"}, 5),
        ("text", "not-an-object", "", {"found": "string"}, "text"),
        (
            {"a/b": [{"~": {1}}]},
            "not-text",
            "/a~1b/0/~0",
            {"found": "set"},
            {"a/b": [{"~": "{1}"}]},
        ),
        (
            {"a": b"\xff"},
            "not-text",
            "/a",
            {"found": "bytes that are not UTF-8"},
            {"a": {"base64": "/w=="}},
        ),
        ({"a": "x\ud800"}, "lone-surrogate", "/a", {"escape": "\\ud800"}, {"a": "x\\ud800"}),
        ({"\udfff": 1}, "lone-surrogate", "", {"escape": "\\udfff"}, {"\\udfff": 1}),
        ({1: "a", "1": "b"}, "duplicate-key", "/1", {"key": "1"}, {"1": "b"}),
        ({b"k": 1}, "not-text", "", {"found": "a key of type bytes"}, {"b'k'": 1}),
    ],
)
def test_what_cannot_be_json_is_a_fault_in_its_place(
    row: object, name: str, pointer: str, params: dict[str, object], original: object
) -> None:
    first, fault, last = rows_of([{"n": 1}, row, {"n": 2}])
    assert (first, last) == ({"n": 1}, {"n": 2})
    assert fault == Fault(name, params, pointer, original)


def test_a_row_that_contains_itself_is_a_fault_and_no_hang() -> None:
    loop: list[Any] = []
    loop += [loop, loop]
    (fault,) = rows_of([{"x": loop}])
    assert fault == Fault("nested-too-deep", {"limit": MAX_DEPTH}, original={"x": ["...", "..."]})


def test_nesting_is_bounded() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    (fault,) = rows_of([{"x": deep}])
    assert fault.name == "nested-too-deep"


def test_a_frame_gives_text_as_it_stands_and_none_for_what_is_missing() -> None:
    frame = pd.DataFrame(
        {
            "zip": ["00501", "NA", None],
            "n": [1, 2, 3],
            "f": [1.5, None, 2.0],
            "when": pd.to_datetime(["2024-01-02", None, "2024-01-02T03:04:05"], format="ISO8601"),
            "kind": pd.Categorical(["x", None, "y"]),
            "int": pd.array([1, None, 3], dtype="Int64"),
            7: [True, False, True],
        },
        index=[5, 5, 9],
    )
    assert rows_of(frame) == [
        {
            "zip": "00501",
            "n": 1,
            "f": 1.5,
            "when": "2024-01-02T00:00:00",
            "kind": "x",
            "int": 1,
            "7": True,
        },
        {"zip": "NA", "n": 2, "f": None, "when": None, "kind": None, "int": None, "7": False},
        {
            "zip": None,
            "n": 3,
            "f": 2.0,
            "when": "2024-01-02T03:04:05",
            "kind": "y",
            "int": 3,
            "7": True,
        },
    ]


def test_a_frame_may_be_long_have_a_name_twice_several_headers_or_no_column() -> None:
    assert rows_of(pd.DataFrame({"n": range(1200)}))[-1] == {"n": 1199}
    assert rows_of(pd.DataFrame([[1, 2]], columns=["a", "a"])) == [{"a": 1, "a_2": 2}]
    headers = pd.MultiIndex.from_tuples([("a", "x"), ("b", "")])
    assert rows_of(pd.DataFrame([[1, 2]], columns=headers)) == [{"a x": 1, "b": 2}]
    assert rows_of(pd.DataFrame(index=[0, 1])) == [{}, {}]


def test_a_frame_of_arrow_types_keeps_its_faults() -> None:
    frame = pd.DataFrame({"b": pd.Series([b"\xff", b"ok"], dtype=pd.ArrowDtype(pa.binary()))})
    fault, good = rows_of(frame)
    assert (fault.name, fault.pointer) == ("not-text", "/b")
    assert good == {"b": "ok"}


def test_every_table_of_arrow_is_taken() -> None:
    table = pa.table({"q": ["a", "b"], "m": [[{"x": None, "y": 1}], None]})
    expected = [{"q": "a", "m": [{"y": 1}]}, {"q": "b", "m": None}]
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches())
    for data in (table, table.to_batches()[0], reader):
        assert rows_of(data) == expected


class OldBatch:
    """A table of another library that speaks Arrow's array protocol only."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self._batch.__arrow_c_array__(requested_schema)


def test_tables_of_other_libraries_are_taken_by_their_protocol() -> None:
    assert rows_of(OldBatch(pa.record_batch({"q": ["a"]}))) == [{"q": "a"}]


class Dataset:
    """What ftdata uses of a Hugging Face dataset, for where that package is not installed."""

    __module__ = "datasets.arrow_dataset"

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self.num_rows = table.num_rows

    def with_format(self, kind: str) -> Dataset:
        assert kind == "arrow"
        return self

    def iter(self, batch_size: int) -> Iterator[pa.Table]:
        for start in range(0, self.num_rows, batch_size):
            yield self._table.slice(start, batch_size)


class IterableDataset:
    """The same for one that streams: rows as dicts, with the nulls that Arrow put in."""

    __module__ = "datasets.iterable_dataset"

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)


ROWS = [
    {"messages": [{"role": "user", "tool": None}, {"role": "tool", "tool": "t"}], "n": None}
] * 700
CLEAN = [{"messages": [{"role": "user"}, {"role": "tool", "tool": "t"}], "n": None}] * 700


def test_a_dataset_is_read_without_the_nulls_of_arrow() -> None:
    assert rows_of(Dataset(pa.Table.from_pylist(ROWS))) == CLEAN
    assert rows_of(IterableDataset(ROWS)) == CLEAN


def test_real_datasets_are_read_in_their_own_order() -> None:
    datasets = pytest.importorskip("datasets")
    dataset = datasets.Dataset.from_list([{"n": number} for number in range(50)])
    assert rows_of(dataset.shuffle(seed=3)) == list(dataset.shuffle(seed=3))
    assert rows_of(dataset.to_iterable_dataset()) == list(dataset)
    with pytest.raises(UsageError, match="of a dict of splits name one"):
        batches_of(datasets.DatasetDict(train=dataset))


@pytest.mark.parametrize("text", [True, False])
def test_an_open_file_gives_its_lines_from_where_it_stands(text: bool) -> None:
    content = '{"skipped": 1}\n{"a": "é😀"}\r\n\n[1]\n{"b": "\u2028"}'
    file: Any = io.StringIO(content) if text else io.BytesIO(content.encode())
    file.readline()
    assert rows_of(file) == [
        '{"a": "é😀"}'.encode(),
        Fault("blank-line", is_row=False),
        b"[1]",
        '{"b": "\u2028"}'.encode(),
    ]
    assert not file.closed


def test_a_file_on_disk_may_be_open_in_any_mode(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": "é"}\n' * 200_000, encoding="utf-8")
    for mode, encoding in [("r", "utf-8"), ("rb", None)]:
        with path.open(mode, encoding=encoding) as file:
            (first, *_, last) = batches_of(file, "mine")
        assert first.source == "mine"
        assert first.items[0] == '{"a": "é"}'.encode()
        assert last.numbers[-1] == 200_000
        assert len(first.items) < 200_000


def test_half_a_pair_in_a_text_file_is_seen_by_the_parser() -> None:
    (line,) = rows_of(io.StringIO('{"a": "\ud800"}'))
    assert line == b'{"a": "\xed\xa0\x80"}'


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("rows.jsonl", "not str; a path is read as a source"),
        (Path("rows.jsonl"), "Path; a path is read as a source"),
        ({"messages": []}, "not dict; put a single record in a list"),
        (b"{}", "not bytes"),
        (5, "not int"),
        (None, "not NoneType"),
        (dict, "not type"),
    ],
)
def test_what_is_no_data_is_refused_at_once(data: object, hint: str) -> None:
    with pytest.raises(UsageError, match=hint) as caught:
        batches_of(data)
    assert "an iterable of dicts, a pandas DataFrame" in str(caught.value)
