"""Files, archives and pipes as one stream of bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import sys
import threading
from pathlib import Path

import pyarrow
import pytest

from ftdata.errors import UnreadableSource
from ftdata.model import Source
from ftdata.readers import opening
from ftdata.readers.blocks import read_blocks, read_head
from ftdata.readers.opening import BrokenStream, consumed, open_bytes

TEXT = b"".join(b'{"number": %d}\n' % number for number in range(20_000))
COMPRESSED = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "zst": lambda data: pyarrow.Codec("zstd").compress(data, asbytes=True),
}
STDIN = Source("<stdin>", "-", "jsonl")


def source_of(path: Path, compression: str | None = None) -> Source:
    return Source(path.name, str(path), "jsonl", compression)  # type: ignore[arg-type]


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("compression", COMPRESSED)
def test_an_archive_of_several_parts_is_read_as_one(tmp_path: Path, compression: str) -> None:
    compress = COMPRESSED[compression]
    path = tmp_path / "parts"
    path.write_bytes(compress(TEXT) + compress(b"") + compress(TEXT))
    with open_bytes(source_of(path, compression)) as stream:
        assert b"".join(read_blocks(stream, 100_000)) == TEXT * 2
        assert consumed(stream) == path.stat().st_size


@pytest.mark.parametrize("compression", COMPRESSED)
def test_a_cut_archive_gives_what_was_whole_and_then_says_so(
    tmp_path: Path, compression: str
) -> None:
    text = TEXT + os.urandom(3_000_000)  # random, so that the archive cannot be small
    path = tmp_path / "cut"
    path.write_bytes(COMPRESSED[compression](text)[:-1_000_000])
    blocks: list[bytes] = []
    with (
        open_bytes(source_of(path, compression)) as stream,
        pytest.raises(BrokenStream, match=f"the {compression} archive is .*cut off"),
    ):
        blocks.extend(read_blocks(stream))
    assert sum(map(len, blocks)) > len(TEXT)
    assert text.startswith(b"".join(blocks))


def test_an_archive_can_be_closed_twice(tmp_path: Path) -> None:
    path = tmp_path / "rows.gz"
    path.write_bytes(gzip.compress(TEXT))
    with open_bytes(source_of(path, "gz")) as stream:
        raw = stream.raw
    raw.close()
    assert raw.closed


def test_rubbish_behind_an_archive_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "rubbish.gz"
    path.write_bytes(gzip.compress(TEXT) + b"rubbish")
    with open_bytes(source_of(path, "gz")) as stream, pytest.raises(BrokenStream, match="damaged"):
        b"".join(read_blocks(stream))


def test_a_plain_file_is_read_in_blocks_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "plain"
    path.write_bytes(TEXT)
    with open_bytes(source_of(path)) as stream:
        sizes = [(len(block), consumed(stream)) for block in read_blocks(stream, 100_000)]
    assert sizes[0] == (100_000, 100_000)
    assert sizes[-1][1] == len(TEXT)


@pytest.mark.parametrize("name", [".", "missing", "a\0b"])
def test_what_cannot_be_opened_is_an_error_of_the_user(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableSource, match="shown"):
        open_bytes(Source("shown", f"{tmp_path}/{name}", "jsonl"))


def test_standard_input_starts_again_at_its_first_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, TEXT)
    with open_bytes(STDIN) as stream:
        assert read_head(stream, 1000) == (TEXT[:1000], False)
        assert consumed(stream) >= 1000
    with open_bytes(STDIN) as stream:
        assert b"".join(read_blocks(stream, 77_777)) == TEXT
    with open_bytes(STDIN) as stream:
        assert read_head(stream, len(TEXT)) == (TEXT, True)


def test_another_standard_input_is_not_taken_for_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"first", b"second"):
        type_in(monkeypatch, data)
        with open_bytes(STDIN) as stream:
            assert read_head(stream) == (data, True)


def test_compressed_standard_input_is_decompressed(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, gzip.compress(TEXT))
    with open_bytes(Source("<stdin>", "-", "jsonl", "gz")) as stream:
        assert b"".join(read_blocks(stream)) == TEXT


def test_a_long_pipe_is_read_once_without_keeping_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "KEPT_BYTES", 1000)
    type_in(monkeypatch, TEXT)
    with open_bytes(STDIN) as early:
        assert early.read1(10) == TEXT[:10]
        with open_bytes(STDIN) as stream:
            assert b"".join(read_blocks(stream, 500)) == TEXT
        with pytest.raises(UnreadableSource, match="only once"):
            b"".join(read_blocks(early, 100_000))
    with pytest.raises(UnreadableSource, match="<stdin>: a pipe can be read only once"):
        open_bytes(STDIN)


def test_a_process_without_standard_input_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableSource, match="no standard input"):
        open_bytes(STDIN)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_can_be_looked_at_and_then_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(TEXT,))
    writer.start()
    with open_bytes(source_of(path)) as stream:
        assert read_head(stream, 10)[0] == TEXT[:10]
    for _ in range(2):
        with open_bytes(source_of(path)) as stream:
            assert b"".join(read_blocks(stream)) == TEXT
    writer.join()


def test_a_head_that_ends_in_damage_is_not_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(TEXT)[:-8])
    with open_bytes(source_of(path, "gz")) as stream:
        head, whole = read_head(stream, len(TEXT) + 10)
    assert head == TEXT
    assert not whole
