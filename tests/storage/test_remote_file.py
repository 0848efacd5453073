"""Reading ranges gives the same bytes as reading the file."""

from __future__ import annotations

import gzip
import io
import json
import os
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftdata.errors import UnreadableSource
from ftdata.model import Batch, Fault, ReadOptions
from ftdata.readers.registry import reader_named
from ftdata.readers.sources import find_sources
from ftdata.storage.places import open_raw
from tests.storage.s3_server import Store

CONTENT = bytes(range(256)) * 12_000  # 3 MB
URI = "memory://numbers.bin"

steps = st.lists(
    st.tuples(
        st.sampled_from(["read", "read1", "seek", "from-end"]), st.integers(0, len(CONTENT) + 10)
    ),
    max_size=8,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps, start=st.integers(0, len(CONTENT) - 1), reach=st.none() | st.integers(1, 10**6))
def test_any_way_through_the_file_gives_its_bytes(
    memory: Any, steps: list[tuple[str, int]], start: int, reach: int | None
) -> None:
    memory.pipe_file("/numbers.bin", CONTENT)
    end = None if reach is None else start + reach
    with io.BufferedReader(open_raw(URI, start=start, end=end)) as stream:
        position = start
        for step, number in steps:
            if step == "seek":
                position = stream.seek(number)
            elif step == "from-end":
                position = stream.seek(-min(number, len(CONTENT)), io.SEEK_END)
            elif step == "read1":
                data = stream.read1(number)
                assert data == CONTENT[position : position + len(data)]
                assert data or not number or position >= len(CONTENT)
                position += len(data)
            else:
                assert stream.read(number) == CONTENT[position : position + number]
                position = max(position, min(position + number, len(CONTENT)))
            assert stream.tell() == position


def test_reading_on_takes_few_requests_and_never_a_large_part(s3: Store, bucket: Any) -> None:
    size = 30 * 1024 * 1024
    bucket.pipe_file("bucket/large.bin", bytes(size))
    s3.asked.clear()
    with io.BufferedReader(open_raw("s3://bucket/large.bin")) as stream:
        while stream.read1(1024 * 1024):
            pass
    ranges = [one.byte_range for one in s3.asked_for("GET", "/bucket/large.bin")]
    assert None not in ranges
    lengths = [last - first + 1 for first, last in filter(None, ranges)]
    assert sum(lengths) == size  # no byte twice
    assert max(lengths) < 9 * 1024 * 1024
    assert len(lengths) <= 7


def test_a_reach_is_read_in_few_requests_that_end_with_it(s3: Store, bucket: Any) -> None:
    size, start, end = 30 * 1024 * 1024, 1_000_000, 21_000_000
    bucket.pipe_file("bucket/reach.bin", bytes(size))
    s3.asked.clear()
    with io.BufferedReader(open_raw("s3://bucket/reach.bin", start=start, end=end)) as stream:
        for _ in range(20):
            assert len(stream.read(1_000_000)) == 1_000_000
    assert [one.method for one in s3.asked if one.path == "/bucket/reach.bin"] == ["GET"] * 3
    ranges = [one.byte_range for one in s3.asked_for("GET", "/bucket/reach.bin")]
    first, *_, last = filter(None, ranges)
    assert (first[0], last[1]) == (start, end - 1)
    assert all(to - of < 9 * 1024 * 1024 for of, to in filter(None, ranges))


def test_what_changes_or_goes_while_it_is_read_is_an_error(bucket: Any) -> None:
    for after, said in ((None, "it is not there"), (b"short", "cannot be read|changed")):
        bucket.pipe_file("bucket/a.bin", bytes(4 * 1024 * 1024))
        with io.BufferedReader(open_raw("s3://bucket/a.bin")) as stream:
            assert stream.read(1000) == bytes(1000)
            if after is None:
                bucket.rm_file("bucket/a.bin")
            else:
                bucket.pipe_file("bucket/a.bin", after)
            with pytest.raises(UnreadableSource, match=f"^s3://bucket/a.bin: .*({said})"):
                stream.read()


def test_a_file_that_shrinks_to_the_middle_of_a_range_is_an_error(memory: Any) -> None:
    memory.pipe_file("/a.bin", bytes(3_000_000))
    with io.BufferedReader(open_raw("memory://a.bin", "a")) as stream:
        stream.read(1_000_000)
        memory.pipe_file("/a.bin", bytes(1_500_000))
        with pytest.raises(UnreadableSource, match="it changed while it was read"):
            stream.read()


def test_folders_and_what_is_missing_cannot_be_opened(memory: Any) -> None:
    memory.pipe_file("/dir/a.bin", b"1")
    with pytest.raises(UnreadableSource, match="no such file"):
        open_raw("memory://nothing")
    with pytest.raises(UnreadableSource, match="it is a folder"):
        open_raw("memory://dir")


def test_an_empty_file_is_empty(memory: Any) -> None:
    memory.pipe_file("/a.bin", b"")
    with io.BufferedReader(open_raw("memory://a.bin")) as stream:
        assert stream.read() == b""


def lost_while_read(memory: Any, name: str, content: bytes) -> None:
    """Reads the first batch, removes the file and reads on."""
    memory.pipe_file(f"/{name}", content)
    source = find_sources([f"memory://{name}"], ReadOptions())[0]
    batches = reader_named(source.container).read(source, ReadOptions())
    first = next(batches)
    assert not any(isinstance(item, Fault) for item in first.items)
    memory.rm_file(f"/{name}")
    rest: list[Batch] = []
    with pytest.raises(UnreadableSource, match=f"memory://{name}: cannot be read: it is not there"):
        rest.extend(batches)
    assert not any(isinstance(item, Fault) for batch in rest for item in batch.items)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.json", "a.csv"])
def test_a_store_that_fails_is_no_damage_of_text(memory: Any, name: str) -> None:
    noise = os.urandom(3_000_000).hex()
    records = [{"text": noise[at : at + 1000]} for at in range(0, len(noise), 1000)]
    lines = "".join(json.dumps(record) + "\n" for record in records).encode()
    content = {
        "gz": lambda: gzip.compress(lines, 1),
        "zst": lambda: bytes(pyarrow.compress(lines, "zstd", asbytes=True)),
        "json": lambda: json.dumps(records).encode(),
        "csv": lambda: "".join(f"{r['text']},x\n" for r in records).encode(),
    }.get(name.rpartition(".")[2], lambda: lines)()
    lost_while_read(memory, name, content)


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_a_store_that_fails_is_no_damage_of_a_table(memory: Any, name: str) -> None:
    noise = os.urandom(3_000_000).hex()
    columns = {"a": [noise[at : at + 1000] for at in range(0, len(noise), 1000)]}
    table = pyarrow.table({**columns, "b": columns["a"]})
    stream = io.BytesIO()
    if name.endswith("parquet"):
        pyarrow.parquet.write_table(table, stream, row_group_size=2000, use_dictionary=False)
    else:
        with pyarrow.ipc.new_file(stream, table.schema) as writer:
            writer.write_table(table, max_chunksize=2000)
    lost_while_read(memory, name, stream.getvalue())
