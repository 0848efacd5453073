"""Every type of Arrow becomes what JSON can write."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from ftdata.model import Fault
from ftdata.readers.arrow_values import in_parts, rows_of

FAR = 2**62
VALUES: list[tuple[str, Any, list[Any]]] = [
    ("whole numbers", pa.array([2**64 - 1, None], pa.uint64()), [2**64 - 1, None]),
    ("booleans", pa.array([True, False, None]), [True, False, None]),
    ("nulls", pa.nulls(2), [None, None]),
    ("floats", pa.array([0.1, float("nan"), float("-inf"), None]), [0.1, "NaN", "-Infinity", None]),
    (
        "short floats",
        pa.array([1.1, 1e20, 3, float("inf")], pa.float32()),
        [1.1, 1e20, 3.0, "Infinity"],
    ),
    ("shorter floats", pa.array([2.5, None], pa.float16()), [2.5, None]),
    ("decimals", pa.array([Decimal("1.10"), None]), ["1.10", None]),
    ("large decimals", pa.array([Decimal(500)], pa.decimal128(5, -2)), ["500"]),
    ("text", pa.array(["a\0é", None], pa.large_string()), ["a\0é", None]),
    (
        "views",
        pa.array(["a view of some length", None], pa.string_view()),
        ["a view of some length", None],
    ),
    ("bytes", pa.array([b"caf\xc3\xa9", None]), ["café", None]),
    ("fixed bytes", pa.array([b"ab"], pa.binary(2)), ["ab"]),
    ("days", pa.array([date(2024, 2, 29), None]), ["2024-02-29", None]),
    ("far days", pa.array([10**7, 0], pa.int32()).view(pa.date32()), ["29349-01-26", "1970-01-01"]),
    ("milliseconds of days", pa.array([0, None], pa.date64()), ["1970-01-01", None]),
    (
        "moments",
        pa.array([datetime(2024, 1, 2, 3, 4, 5, 678_900), None]),
        ["2024-01-02T03:04:05.6789", None],
    ),
    (
        "nanoseconds",
        pa.array([1, 10**9], pa.timestamp("ns")),
        ["1970-01-01T00:00:00.000000001", "1970-01-01T00:00:01"],
    ),
    (
        "moments of a zone",
        pa.array([0, None], pa.timestamp("s", "Europe/Paris")),
        ["1970-01-01T00:00:00Z", None],
    ),
    ("an unknown zone", pa.array([0], pa.timestamp("s", "Foo/Bar")), ["1970-01-01T00:00:00Z"]),
    (
        "far moments",
        pa.array([FAR, 0, None], pa.timestamp("us")),
        [f"1970-01-01T00:00:00 plus {FAR} us", "1970-01-01T00:00:00", None],
    ),
    ("far milliseconds", pa.array([FAR]).view(pa.date64()), [f"1970-01-01T00:00:00 plus {FAR} ms"]),
    (
        "times",
        pa.array([time(1, 2, 3), time(1, 2, 3, 4000), None]),
        ["01:02:03", "01:02:03.004", None],
    ),
    (
        "lengths of time",
        pa.array([timedelta(seconds=90.5), -timedelta(seconds=1), None]),
        ["PT90.5S", "-PT1S", None],
    ),
    (
        "calendar intervals",
        pa.array([(1, -2, 3_000_000_000), (0, 0, -1), None], pa.month_day_nano_interval()),
        ["P1M-2DT3S", "P0M0DT-0.000000001S", None],
    ),
    ("codes", pa.array(["x", "y", "x", None]).dictionary_encode(), ["x", "y", "x", None]),
    ("more codes than rows", pa.array(["x", "y", "z"]).dictionary_encode().slice(1, 1), ["y"]),
    ("runs", pc.run_end_encode(pa.array(["x", "x", "y"])), ["x", "x", "y"]),
    ("lists", pa.array([[1, None], None, []]), [[1, None], None, []]),
    ("large lists", pa.array([["a"], None], pa.large_list(pa.string())), [["a"], None]),
    (
        "lists of a size",
        pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int8(), 2)),
        [[1, 2], None, [3, 4]],
    ),
    ("views of lists", pa.array([[1], None], pa.list_view(pa.int8())), [[1], None]),
    ("lists of lists", pa.array([[["a"], None, []], None]), [[["a"], None, []], None]),
    ("dates in lists", pa.array([[date(2024, 1, 1)], None]), [["2024-01-01"], None]),
    (
        "structs",
        pa.array([{"a": 1, "b": None}, None, {"a": None, "b": "x"}]),
        [{"a": 1}, None, {"b": "x"}],
    ),
    ("structs of nothing", pa.array([{}, None], pa.struct([])), [{}, None]),
    (
        "structs of nulls",
        pa.array([{"a": None}, None], pa.struct({"a": pa.int8()}.items())),
        [{}, None],
    ),
    (
        "deep structs",
        pa.array([{"f": {"x": None, "y": [{"z": None, "w": 1}, None]}}]),
        [{"f": {"y": [{"w": 1}, None]}}],
    ),
    (
        "structs with a name twice",
        pa.StructArray.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"]),
        [{"a": 1, "a_2": 2}],
    ),
    (
        "maps",
        pa.array([[("k", 1), ("n", None)], [], None], pa.map_(pa.string(), pa.int8())),
        [{"k": 1, "n": None}, {}, None],
    ),
    ("maps of numbers", pa.array([[(1, "a")]], pa.map_(pa.int8(), pa.string())), [{"1": "a"}]),
    (
        "maps with a key twice",
        pa.array([[("k", 1), ("k", 2)]], pa.map_(pa.string(), pa.int8())),
        [[["k", 1], ["k", 2]]],
    ),
    (
        "unions",
        pa.UnionArray.from_sparse(
            pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array([date(2024, 1, 1)] * 2)]
        ),
        [1, "2024-01-01"],
    ),
    (
        "uuids",
        pa.array([b"a" * 16, None], pa.uuid()),
        ["61616161-6161-6161-6161-616161616161", None],
    ),
    (
        "bytes that are booleans",
        pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, 0, None], pa.int8())),
        [True, False, None],
    ),
    ("JSON text", pa.array(['{"a": 1}'], pa.json_()), ['{"a": 1}']),
]


@pytest.mark.parametrize(
    ("array", "expected"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES]
)
def test_a_column_becomes_plain_values(array: Any, expected: list[Any]) -> None:
    rows = rows_of(pa.record_batch([array], ["column"]))
    assert rows == [{"column": value} for value in expected]
    assert [type(row["column"]) for row in rows] == [type(value) for value in expected]  # type: ignore[index]
    json.dumps(rows, allow_nan=False)


@pytest.mark.parametrize("array", [case[1] for case in VALUES], ids=[case[0] for case in VALUES])
def test_a_slice_gives_the_values_of_its_rows_alone(array: Any) -> None:
    whole = rows_of(pa.record_batch([array], ["column"]))
    for start in range(len(array)):
        part = pa.record_batch([array.slice(start, 2)], ["column"])
        assert rows_of(part) == whole[start : start + 2]


def test_bytes_that_are_no_text_are_a_fault_that_points_at_them() -> None:
    nested = pa.array(
        [[{"role": "user", "audio": b"\xff\x00"}], [{"role": "user", "audio": b"ok"}]]
    )
    fault, good = rows_of(pa.record_batch([nested, pa.array([1, 2])], ["messages", "n/1"]))
    original = {"messages": [{"role": "user", "audio": {"base64": "/wA="}}], "n/1": 1}
    found = {"found": "bytes that are not UTF-8"}
    assert fault == Fault("not-text", found, "/messages/0/audio", original)
    assert good == {"messages": [{"role": "user", "audio": "ok"}], "n/1": 2}


def test_text_that_only_claims_to_be_utf8_is_found_out() -> None:
    """Arrow and Parquet do not check."""
    claims = pa.Array.from_buffers(pa.string(), 2, pa.array([b"\xff", b"ok"]).buffers())
    fault, good = rows_of(pa.record_batch([claims], ["a"]))
    assert isinstance(fault, Fault)
    assert (fault.name, fault.pointer) == ("not-text", "/a")
    assert good == {"a": "ok"}


def test_columns_without_a_name_or_with_one_twice_are_all_kept() -> None:
    batch = pa.record_batch([pa.array([place]) for place in range(4)], ["a", "", "a", "a_2"])
    assert rows_of(batch) == [{"a": 0, "column_2": 1, "a_3": 2, "a_2": 3}]


def test_rows_without_columns_are_rows() -> None:
    assert rows_of(pa.record_batch([pa.nulls(2)], ["a"]).select([])) == [{}, {}]


def test_parts_are_small_in_rows_and_in_bytes() -> None:
    many = pa.record_batch([pa.array(range(2500))], ["a"])
    assert [part.num_rows for part in in_parts(many)] == [1000, 1000, 500]
    large = pa.record_batch([pa.array(["x" * 600_000] * 3)], ["a"])
    assert [part.num_rows for part in in_parts(large)] == [1, 1, 1]
    assert list(in_parts(many.slice(0, 0))) == []
