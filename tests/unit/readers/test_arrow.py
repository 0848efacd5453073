"""Arrow files and streams: whole, damaged, and made to harm."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pytest

from ftdata.errors import UnreadableSource
from ftdata.model import Fault
from tests.unit.readers.table_reading import batches_of, items_of, rows_of

TABLE = pa.table({"id": [str(number) for number in range(2500)], "text": ["x" * 50] * 2500})


def write_stream(path: Path, *batches: pa.RecordBatch) -> Path:
    with pa.ipc.new_stream(path, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return path


@pytest.mark.parametrize("compression", ["uncompressed", "lz4", "zstd"])
def test_feather_is_read_in_small_parts(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "t.feather"
    pyarrow.feather.write_feather(TABLE, str(path), compression=compression)
    batches = batches_of(path)
    assert [len(batch.items) for batch in batches] == [1000, 1000, 500]
    assert [batch.numbers[0] for batch in batches] == [1, 1001, 2001]
    assert rows_of(path) == TABLE.to_pylist()


def test_a_stream_that_is_cut_gives_its_whole_batches_and_one_fault(tmp_path: Path) -> None:
    (batch,) = TABLE.slice(0, 10).to_batches()
    path = write_stream(tmp_path / "t.ipc", batch, batch)
    path.write_bytes(path.read_bytes()[:-300])
    items = items_of(path)
    assert [item["id"] for _, item in items[:10]] == batch["id"].to_pylist()
    ((number, fault),) = items[10:]
    assert (number, fault.name) == (11, "unreadable-part")
    assert fault.params["reason"]


@pytest.mark.parametrize("version", [1, 0])
def test_what_is_no_arrow_is_refused_with_what_to_do(tmp_path: Path, version: int) -> None:
    path = tmp_path / "t.feather"
    path.write_bytes(b"FEA1" + b"\0" * 40 + b"FEA1" if version else b"")
    hint = "Feather version 1; write it anew" if version else "cannot be read as Arrow"
    with pytest.raises(UnreadableSource, match=hint):
        items_of(path)


@pytest.mark.parametrize("nested", [False, True])
def test_offsets_that_point_outside_are_found_before_they_are_followed(
    tmp_path: Path, nested: bool
) -> None:
    offsets = pa.array([0, 2**30, 4], pa.int32()).buffers()[1]
    values = pa.array([1, 2, 3, 4], pa.int8())
    if nested:
        array = pa.Array.from_buffers(pa.list_(pa.int8()), 2, [None, offsets], children=[values])
    else:
        array = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"abcd")])
    path = write_stream(tmp_path / "t.ipc", pa.record_batch([array], ["a"]))
    ((number, fault),) = items_of(path)
    assert (number, fault.name) == (1, "unreadable-part")


def test_text_that_is_not_utf8_is_a_fault_of_its_row_in_a_plain_column(tmp_path: Path) -> None:
    claims = pa.Array.from_buffers(pa.string(), 2, pa.array([b"\xff", b"ok"]).buffers())
    path = write_stream(tmp_path / "t.ipc", pa.record_batch([claims], ["a"]))
    (_, fault), row = items_of(path)
    assert fault == Fault(
        "not-text", {"found": "bytes that are not UTF-8"}, "/a", {"a": {"base64": "/w=="}}
    )
    assert row == (2, {"a": "ok"})


def test_text_that_is_not_utf8_within_a_list_is_a_fault_of_its_batch(tmp_path: Path) -> None:
    claims = pa.Array.from_buffers(pa.string(), 2, pa.array([b"\xff", b"ok"]).buffers())
    lists = pa.ListArray.from_arrays(pa.array([0, 2], pa.int32()), claims)
    path = write_stream(tmp_path / "t.ipc", pa.record_batch([lists], ["a"]))
    ((_, fault),) = items_of(path)
    assert fault.name == "unreadable-part"
