"""Writes results so that a killed run never leaves a half file under the final name."""

from __future__ import annotations

import bz2
import errno
import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import IO, Any, TypeGuard, cast

from ftdata.errors import UnreadableSource
from ftdata.storage.addresses import is_remote, local_path
from ftdata.storage.local import is_pipe
from ftdata.storage.upload import upload

_FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)}


@contextmanager
def atomic_output(path: str) -> Iterator[IO[bytes]]:
    """Opens a file to write that appears under its name only when the block ends without an error.

    `-` is standard output; a device or a named pipe is written to as it stands. `.gz`, `.bz2` and `.zst`
    compress; the same bytes in give the same bytes out.
    Raises UnreadableSource if the place cannot be written, or has no room.
    """
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if is_remote(path):
        with upload(path) as remote:
            yield from _compressed(remote, PurePath(path).suffix)
        return
    final = Path(local_path(path))
    if final.is_symlink():
        final = final.resolve()  # the link stays, and leads to the new file
    goes_through = is_pipe(str(final))  # a device would be replaced by a file
    part = final if goes_through else final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        raw = part.open("wb")
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with raw:
            yield from _compressed(raw, final.suffix)
        if not goes_through:
            part.replace(final)
    except BaseException as error:
        if not goes_through:
            with suppress(OSError):
                part.unlink()
        if is_full(error):
            raise _not_written(path, error) from error
        raise


def is_full(error: BaseException) -> TypeGuard[OSError]:
    """True where a disk or a quota has no room."""
    return isinstance(error, OSError) and error.errno in _FULL


def _not_written(path: str, error: OSError) -> UnreadableSource:
    in_the_way = isinstance(error, (FileExistsError, NotADirectoryError))
    reason = "a file stands where a folder is needed" if in_the_way else error.strerror
    return UnreadableSource(path, f"cannot be written: {reason}")


@contextmanager
def folder_beside(path: str) -> Iterator[Path]:
    """Makes a hidden folder beside a file to be written, and removes it with all it holds.

    Its disk is the one that has to have room anyway. For `-` and for a remote file it is where temporary
    files are. Raises UnreadableSource if the folder cannot be written.
    """
    final = Path(local_path(path))
    place = None if is_remote(path) or path == "-" or is_pipe(str(final)) else final.parent
    try:
        if place is not None:
            place.mkdir(parents=True, exist_ok=True)
        name = "ftdata" if place is None else final.name
        made = tempfile.TemporaryDirectory(prefix=f".{name}.", suffix=".part", dir=place)
    except OSError as error:
        raise _not_written(path, error) from error
    with made as folder:
        yield Path(folder)


def _compressed(raw: IO[bytes], suffix: str) -> Iterator[IO[bytes]]:
    if suffix == ".gz":
        # No name and no time in the header: two runs give the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as stream:
            yield cast(IO[bytes], stream)
    elif suffix == ".bz2":
        with bz2.BZ2File(raw, "wb") as compressed:
            yield compressed
    elif suffix == ".zst":
        with _zstd_stream(raw) as zstd:
            yield zstd
    else:
        yield raw


def _zstd_stream(raw: IO[bytes]) -> Any:
    import pyarrow

    return pyarrow.CompressedOutputStream(pyarrow.PythonFile(raw, mode="w"), "zstd")
