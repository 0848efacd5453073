"""Files of JSON lines: numbers, faults of lines and faults of whole files."""

from __future__ import annotations

import bz2
import gzip
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow
import pytest

from ftdata.model import Fault
from ftdata.readers.jsonl import READER
from tests.unit.readers.line_reading import batches_of, items_of, judged, names

LINE = b'{"a": 1}\n'


def written(folder: Path, content: bytes) -> Path:
    path = folder / "rows.jsonl"
    path.write_bytes(content)
    return path


def test_lines_have_their_numbers_and_only_a_newline_ends_one(tmp_path: Path) -> None:
    content = '{"a": "\u2028\u0085\x0b"}\r\n{"b": 2}\n\n  \r\n{"c": 3}\r'
    path = written(tmp_path, content.encode())
    blank = Fault("blank-line", is_row=False)
    assert items_of(path) == [
        (1, '{"a": "\u2028\u0085\x0b"}'.encode()),
        (2, b'{"b": 2}'),
        (3, blank),
        (4, blank),
        (5, b'{"c": 3}'),
    ]


def test_the_batches_cover_every_byte_and_say_which_line_has_no_end(tmp_path: Path) -> None:
    for content, unterminated in ((LINE * 50_000, False), (LINE * 50_000 + b'{"a', True)):
        path = written(tmp_path, content)
        batches = batches_of(path, block_bytes=10_000)
        assert sum(batch.byte_count for batch in batches) == len(content)
        assert len(batches) > 40
        assert [batch.unterminated for batch in batches] == [False] * (len(batches) - 1) + [
            unterminated
        ]
        assert {batch.source for batch in batches} == {"rows.jsonl"}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault("empty-file", is_row=False)),
        (b"\n \r\n", Fault("empty-file", is_row=False)),
        (b'[{"a": 1}]', Fault("json-array")),
        (b'[\n {"a": 1},\n {"a": 2}\n]\n', Fault("json-array")),
        (b'{\n "a": 1\n}\n{\n "a": 2\n}\n', Fault("pretty-printed-json")),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Fault("binary-file", {"found": "a PNG image"})),
        (b"\0" * 500, Fault("binary-file", {"found": "binary data"})),
        (gzip.compress(LINE, mtime=0), Fault("binary-file", {"found": "a gzip archive"})),
        (LINE.decode().encode("utf-16"), Fault("utf16-or-utf32", {"encoding": "UTF-16-LE"})),
        (LINE.decode().encode("utf-16-le"), Fault("utf16-or-utf32", {"encoding": "UTF-16-LE"})),
        (LINE.decode().encode("utf-16-be"), Fault("utf16-or-utf32", {"encoding": "UTF-16-BE"})),
        (b"\xfe\xff\0{", Fault("utf16-or-utf32", {"encoding": "UTF-16-BE"})),
        (LINE.decode().encode("utf-32"), Fault("utf16-or-utf32", {"encoding": "UTF-32-LE"})),
        (LINE.decode().encode("utf-32-be"), Fault("utf16-or-utf32", {"encoding": "UTF-32-BE"})),
    ],
)
def test_a_file_that_holds_no_lines_is_one_fault(
    tmp_path: Path, content: bytes, fault: Fault
) -> None:
    path = written(tmp_path, content)
    assert items_of(path) == [(1, fault)]
    assert sum(batch.byte_count for batch in batches_of(path)) == len(content)


def test_a_byte_order_mark_is_told_and_taken_off(tmp_path: Path) -> None:
    mark = Fault("byte-order-mark", is_row=False)
    for block_bytes in (1, 2, 100):
        path = written(tmp_path, b"\xef\xbb\xbf" + LINE)
        assert items_of(path, block_bytes=block_bytes) == [(1, mark), (1, LINE.strip())]
    empty = written(tmp_path, b"\xef\xbb\xbf")
    assert items_of(empty) == [(1, mark), (1, Fault("empty-file", is_row=False))]
    array = written(tmp_path, b"\xef\xbb\xbf[1]")
    assert items_of(array) == [(1, mark), (1, Fault("json-array"))]


def test_a_mark_between_two_joined_files_is_found_at_its_line(tmp_path: Path) -> None:
    records, faults = judged(written(tmp_path, LINE + b"\xef\xbb\xbf" + LINE + LINE))
    assert records == [{"a": 1}, {"a": 1}]
    assert names(faults) == [(2, "invalid-json")]


@pytest.mark.parametrize("block_bytes", [1, 7, 50, 1000])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_long_line_is_counted_and_the_next_one_read(
    tmp_path: Path, block_bytes: int, end: bytes
) -> None:
    content = b"".join(
        b'{"a": "' + b"x" * (length - 9) + b'"}' + (end or b"\n") for length in (30, 31, 300, 30)
    )
    path = written(tmp_path, content if end else content[:-1])
    long = [Fault("line-too-long", {"byte_count": count, "limit": 30}) for count in (31, 300)]
    items = items_of(path, block_bytes=block_bytes, max_line_bytes=30)
    assert [item if isinstance(item, Fault) else len(item) for _, item in items] == [30, *long, 30]


@pytest.mark.parametrize("compression", ["gz", "bz2", "zst"])
def test_a_cut_archive_gives_its_rows_and_the_line_at_which_it_ends(
    tmp_path: Path, compression: str
) -> None:
    lines = [b'{"number": %d, "half": %r}' % (n, n / 7) for n in range(200_000)]
    content = b"".join(line.replace(b"'", b"") + b"\n" for line in lines)
    compress: Any = {
        "gz": gzip.compress,
        "bz2": bz2.compress,
        "zst": lambda data: pyarrow.Codec("zstd").compress(data, asbytes=True),
    }[compression]
    whole = compress(content)
    path = written(tmp_path, whole[: len(whole) // 2])
    items = items_of(path, compression=compression)
    *rows, (number, fault) = items
    assert len(rows) > 10_000
    assert [line for _, line in rows] == content.split(b"\n")[: len(rows)]
    assert number == len(rows) + 1
    assert fault.name == "unreadable-part"
    assert f"the {compression} archive is" in fault.params["reason"]
    assert fault.original is None or content.split(b"\n")[len(rows)].startswith(
        fault.original.encode()
    )


def test_an_archive_that_breaks_at_once_is_one_fault_at_line_one(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(LINE)[:10])
    [(number, fault)] = items_of(path, compression="gz")
    assert (number, fault.name, fault.original) == (1, "unreadable-part", None)
    assert batches_of(path, compression="gz")[0].byte_count == 10


def test_records_come_with_the_faults_of_their_lines(tmp_path: Path) -> None:
    content = LINE + b'{"a": 1, "a": 2}\n["x"]\n{\'a\': 1}\n\n{"a": NaN}\n{"a": '
    records, faults = judged(written(tmp_path, content))
    assert records == [{"a": 1}, {"a": 2}, ["x"]]
    assert names(faults) == [
        (2, "duplicate-key"),
        (3, "not-an-object"),
        (4, "invalid-json"),
        (5, "blank-line"),
        (6, "nan-or-infinity"),
        (7, "truncated-last-line"),
    ]


def test_some_zeros_in_a_text_file_do_not_make_it_binary(tmp_path: Path) -> None:
    _, faults = judged(written(tmp_path, b'{"a": "\0\0\0"}\n' + LINE))
    assert names(faults) == [(1, "control-character")]


def test_the_reader_gives_lines_of_known_files() -> None:
    assert READER.kind == "lines"
    assert ".jsonl" in READER.suffixes


@pytest.mark.slow
@pytest.mark.parametrize("container", ["jsonl", "json"])
def test_a_line_of_100_mb_is_found_in_bounded_memory(tmp_path: Path, container: str) -> None:
    block = b"x" * 1_000_000
    path = tmp_path / "long.gz"
    with gzip.open(path, "wb", compresslevel=1) as archive:
        archive.write(b'[\n{"a": 1},\n{"a": "' if container == "json" else LINE + b'{"a": "')
        for _ in range(100):
            archive.write(block)
        archive.write(b'"},\n{"a": 2}\n]' if container == "json" else b'"}\n{"a": 2}\n')
    tracemalloc.start()
    try:
        limit = 8_000_000
        items = items_of(path, container, compression="gz", max_line_bytes=limit)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    long = Fault("line-too-long", {"byte_count": 100_000_009, "limit": limit})
    first = 2 if container == "json" else 1
    assert items == [(first, b'{"a": 1}'), (first + 1, long), (first + 2, b'{"a": 2}')]
    assert peak < limit + 8_000_000
