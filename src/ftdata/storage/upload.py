"""Writes remote files that appear only when they are complete."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from ftdata.errors import UnreadableSource
from ftdata.storage.addresses import scheme_of, shown
from ftdata.storage.remote import file_system
from ftdata.storage.remote_errors import told_as_unreadable

_DOING = "cannot be written"
_PART_BYTES = 16 * 1024 * 1024  # of an upload; S3 takes 10,000 parts at most,
_PARTS_OF_A_SIZE = 2000  # so that after so many they grow with what was written: 1.8 TB fit
_IN_PARTS = ("s3", "s3a")
_READ_ONLY = ("http", "https")  # fsspec would post to the address


@contextmanager
def upload(uri: str) -> Iterator[IO[bytes]]:
    """Opens a remote file to write that appears when the block ends without an error.

    To S3 it is sent part by part meanwhile. For all other stores it is kept in a temporary file first.
    """
    if scheme_of(uri) in _READ_ONLY:
        raise UnreadableSource(shown(uri), f"{_DOING}: a web address can only be read")
    fs, path = file_system(uri)
    written = _in_parts(uri, fs, path) if scheme_of(uri) in _IN_PARTS else _at_once(uri, fs, path)
    with written as stream:
        yield stream


@contextmanager
def _in_parts(uri: str, fs: Any, path: str) -> Iterator[IO[bytes]]:
    with told_as_unreadable(uri, _DOING):
        file = fs.open(path, "wb", block_size=_PART_BYTES)
    try:
        yield cast("IO[bytes]", _Parts(file, uri))
        with told_as_unreadable(uri, _DOING):
            file.close()  # only now it is there
    except BaseException:
        with suppress(Exception):
            file.discard()
        file.closed = True  # else it would be closed, and be there, when it is forgotten
        raise


class _Parts(io.RawIOBase):
    """Hands on what is written."""

    def __init__(self, file: Any, uri: str) -> None:
        self._file = file
        self._uri = uri
        self._byte_count = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._byte_count

    def write(self, data: Any) -> int:
        self._file.blocksize = max(_PART_BYTES, self._byte_count // _PARTS_OF_A_SIZE)
        with told_as_unreadable(self._uri, _DOING):
            written: int = self._file.write(data)
        self._byte_count += written
        return written


@contextmanager
def _at_once(uri: str, fs: Any, path: str) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryDirectory(prefix="ftdata-") as folder:
        whole = Path(folder, "output")
        with whole.open("wb") as stream:
            yield stream
        with told_as_unreadable(uri, _DOING):
            fs.put_file(str(whole), path)
            fs.invalidate_cache(path)
