"""Reading ranges gives the same bytes as reading the file."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftdata.errors import UnreadableSource
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
