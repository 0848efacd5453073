"""Parquet files: whole, damaged, and made to harm."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from ftdata.errors import UnreadableSource
from ftdata.model import Fault, ReadOptions, Source
from ftdata.readers import parquet
from tests.unit.readers.table_reading import batches_of, items_of, rows_of

TABLE = pa.table({"id": [str(number) for number in range(250)], "text": ["x" * 50] * 250})


def write(path: Path, table: pa.Table = TABLE, **options: Any) -> Path:
    pyarrow.parquet.write_table(table, path, **options)
    return path


def test_row_groups_follow_one_another_and_cover_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "t.parquet", row_group_size=100)
    batches = batches_of(path)
    assert [batch.numbers[0] for batch in batches] == [1, 101, 201]
    assert rows_of(path) == TABLE.to_pylist()
    stored = sum(batch.byte_count for batch in batches)
    assert 0.5 * path.stat().st_size < stored <= path.stat().st_size


def test_a_damaged_row_group_is_one_fault_and_the_others_are_read(tmp_path: Path) -> None:
    options = {"row_group_size": 100, "compression": "none", "use_dictionary": False}
    path = write(tmp_path / "t.parquet", write_page_checksum=True, **options)
    data = bytearray(path.read_bytes())
    group = pyarrow.parquet.ParquetFile(path).metadata.row_group(1).column(1)
    data[group.data_page_offset + group.total_compressed_size // 2] ^= 0xFF
    path.write_bytes(data)
    items = items_of(path)
    faults = [(number, item) for number, item in items if isinstance(item, Fault)]
    ((number, fault),) = faults
    assert (number, fault.name, fault.is_row) == (101, "unreadable-part", True)
    assert "checksum" in str(fault.params["reason"])
    assert [number for number, item in items if isinstance(item, dict)] == [
        *range(1, 101),
        *range(201, 251),
    ]


def test_what_is_read_before_the_damage_is_kept(tmp_path: Path) -> None:
    options = {"compression": "none", "use_dictionary": False, "data_page_size": 1000}
    texts = [f"{number:09}" * 100 for number in range(4000)]
    path = write(
        tmp_path / "t.parquet", pa.table({"t": texts}), write_page_checksum=True, **options
    )
    data = bytearray(path.read_bytes())
    data[len(data) * 3 // 4] ^= 0xFF
    path.write_bytes(data)
    items = items_of(path)
    number, fault = items[-1]
    assert isinstance(fault, Fault)
    assert number == len(items)
    assert [item["t"] for _, item in items[:-1]] == texts[: len(items) - 1]
    assert len(items) >= 2000


@pytest.mark.parametrize(
    "data", [b"", b"PAR1", b"no parquet at all", b"PAR1" + b"\0" * 40 + b"PAR1"]
)
def test_what_is_no_parquet_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=r"t\.parquet: cannot be read as Parquet: "):
        items_of(path)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "t.parquet")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UnreadableSource):
        items_of(path)


def test_rows_larger_than_a_line_may_be_are_not_unpacked(tmp_path: Path) -> None:
    table = pa.table({"t": ["y" * 3_000_000] * 4})
    path = write(
        tmp_path / "t.parquet", table, row_group_size=2, compression="zstd", use_dictionary=False
    )
    items = items_of(path, max_line_bytes=2_000_000)
    assert [(number, item.name) for number, item in items] == [
        (1, "line-too-long"),
        (3, "line-too-long"),
    ]
    assert items[0][1].params["limit"] == 2_000_000
    assert 3_000_000 <= items[0][1].params["byte_count"] < 3_001_000
    assert len(rows_of(path)) == 4


def test_a_large_value_repeated_by_a_dictionary_comes_in_small_batches(tmp_path: Path) -> None:
    texts = ["z" * 8_000_000, "y"]
    table = pa.table({"t": pa.DictionaryArray.from_arrays([0, 1] * 30, texts)})
    path = write(tmp_path / "t.parquet", table, compression="none", dictionary_pagesize_limit=10**9)
    assert path.stat().st_size < 9_000_000
    batches = batches_of(path)
    assert max(len(batch.items) for batch in batches) <= 8
    assert sum(len(batch.items) for batch in batches) == 60


def test_moments_of_spark_beyond_2262_do_not_wrap_around(tmp_path: Path) -> None:
    from datetime import datetime

    table = pa.table({"a": pa.array([datetime(9999, 12, 31, 1, 2, 3)], pa.timestamp("us"))})
    path = write(tmp_path / "t.parquet", table, use_deprecated_int96_timestamps=True)
    assert rows_of(path) == [{"a": "9999-12-31T01:02:03"}]


def test_a_packed_file_and_a_pipe_are_unpacked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write(tmp_path / "t.parquet").read_bytes()
    packed = tmp_path / "t.parquet.gz"
    packed.write_bytes(gzip.compress(data))
    assert rows_of(packed, "gz") == TABLE.to_pylist()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    source = Source("<stdin>", "-", "parquet")
    rows = [row for batch in parquet.read(source, ReadOptions()) for row in batch.items]
    assert rows == TABLE.to_pylist()
    packed.write_bytes(gzip.compress(data)[:-20])
    with pytest.raises(UnreadableSource, match="cut off"):
        rows_of(packed, "gz")


def test_an_empty_table_has_no_rows(tmp_path: Path) -> None:
    assert items_of(write(tmp_path / "t.parquet", TABLE.slice(0, 0))) == []
