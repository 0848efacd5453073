"""Output files are whole or absent, and the same bytes each time."""

from __future__ import annotations

import bz2
import gzip
import os
import sys
import threading
from pathlib import Path

import pyarrow
import pytest

from ftdata.errors import UnreadableSource
from ftdata.storage.output import atomic_output


def unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".bz2":
        return bz2.decompress(path.read_bytes())
    if path.suffix == ".zst":
        with pyarrow.input_stream(str(path), compression="zstd") as stream:
            return bytes(stream.read())
    return path.read_bytes()


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".zst"])
def test_what_is_written_can_be_read_and_twice_the_same(tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}.jsonl{suffix}" for name in "ab"]
    for path in paths:
        with atomic_output(str(path)) as stream:
            stream.write(b'{"a":1}\n' * 1000)
    assert unpacked(paths[0]) == b'{"a":1}\n' * 1000
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == paths


def test_a_failed_run_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    final = tmp_path / "train.jsonl"
    final.write_bytes(b"old")

    def fail() -> None:
        with atomic_output(str(final)) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert final.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [final]


def test_folders_are_made_and_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    with atomic_output(str(tmp_path / "new" / "deep" / "x.jsonl")) as stream:
        stream.write(b"1\n")
    assert (tmp_path / "new" / "deep" / "x.jsonl").read_bytes() == b"1\n"
    (tmp_path / "file").write_bytes(b"")
    with (
        pytest.raises(UnreadableSource, match="cannot be written"),
        atomic_output(str(tmp_path / "file" / "x.jsonl")),
    ):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders there")
def test_a_pipe_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with atomic_output(str(pipe)) as stream:
        stream.write(b"lines")
    reader.join()
    assert read == [b"lines"]
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_and_leads_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.jsonl"
    link.symlink_to("real/train.jsonl")
    with atomic_output(str(link)) as stream:
        stream.write(b"lines")
    assert link.is_symlink()
    assert (tmp_path / "real" / "train.jsonl").read_bytes() == b"lines"
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "link.jsonl",
        "real",
        "train.jsonl",
    ]
