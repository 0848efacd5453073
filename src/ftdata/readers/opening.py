"""Opens a source as one stream of bytes: a file, near or far, a compressed file, a pipe or standard input.

Pipes give their bytes once. The first `KEPT_BYTES` of a pipe are therefore kept in memory until reading
goes beyond them, and every `open_bytes` starts again at the first byte: one can look at the head of
standard input (to tell its container, its encoding or its layout) and then read all of it.
"""

from __future__ import annotations

import io
import sys
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from ftdata.errors import UnreadableSource
from ftdata.model import Source
from ftdata.storage.places import STANDARD_STREAM, is_pipe, local_path, open_raw

KEPT_BYTES = 4 * 1024 * 1024

_ZST_READ_BYTES = 16384  # pyarrow gives nothing of a read that meets damage: keep reads small


class BrokenStream(OSError):
    """A source whose bytes cannot be read on: an archive that is damaged or cut off."""


def open_bytes(source: Source, *, start: int = 0, end: int | None = None) -> io.BufferedReader:
    """Opens the decompressed bytes of a source, to be used with `with`.

    A plain file stands at `start`; `end` is how far it will be read, if that is known.

    Raises UnreadableSource if it cannot be opened, or is a pipe that was read beyond `KEPT_BYTES`.
    While reading, damage is an OSError (mostly a `BrokenStream`) whose text is fit for the user; `read1`
    gives all bytes before the damage, `read(n)` may lose up to n of them.
    """
    if is_pipe(source.path):
        raw: Any = _FromStart(_pipe_of(source), source.name)
    else:
        raw = open_raw(source.path, source.name, start=start, end=end)
    origin = io.BufferedReader(raw)
    if source.compression is None:
        return origin
    return io.BufferedReader(_Decompressed(origin, source.compression))


def consumed(stream: io.BufferedReader) -> int:
    """How many bytes of the source itself were read so far, before any decompression."""
    raw: Any = stream.raw
    if isinstance(raw, _Decompressed):
        return consumed(raw.origin)
    return raw.position if isinstance(raw, _FromStart) else stream.tell()


class _Decompressed(io.RawIOBase):
    """The content of a compressed stream; several members or frames are read as one."""

    def __init__(self, origin: io.BufferedReader, compression: str) -> None:
        self.origin = origin
        self._compression = compression
        self._stream = _decompressing(origin, compression)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            if self._compression == "zst":
                data = self._stream.read(min(len(buffer), _ZST_READ_BYTES))
            else:
                data = self._stream.read1(len(buffer))
        except EOFError as error:
            raise BrokenStream(f"the {self._compression} archive is cut off") from error
        except (OSError, zlib.error) as error:
            raise BrokenStream(
                f"the {self._compression} archive is damaged or cut off ({error})"
            ) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self.origin.close()
        super().close()


def _decompressing(origin: io.BufferedReader, compression: str) -> Any:
    if compression == "gz":
        import gzip

        return gzip.GzipFile(fileobj=origin)
    if compression == "bz2":
        import bz2

        return bz2.BZ2File(origin)
    import pyarrow

    return pyarrow.CompressedInputStream(pyarrow.PythonFile(origin, mode="r"), "zstd")


class _Pipe:
    """A stream that gives its bytes once, with its head kept for those who start again."""

    def __init__(self, stream: BinaryIO, identity: object) -> None:
        self.stream = stream
        self.identity = identity
        self._kept = bytearray()
        self._passed = 0
        self._ended = False

    @property
    def can_start_again(self) -> bool:
        return self._passed == len(self._kept)

    def read_at(self, position: int, size: int) -> bytes | None:
        """Up to `size` bytes from `position`; empty at the end, None where they are gone."""
        if position < len(self._kept):
            return bytes(self._kept[position : position + size])
        if position != self._passed:
            return None
        if self._ended:
            return b""
        data: bytes = self.stream.read1(size)  # type: ignore[attr-defined]
        if not data:
            self._end()
        self._passed += len(data)
        if self._passed <= KEPT_BYTES:
            self._kept += data
        else:
            self._kept.clear()
        return data

    def _end(self) -> None:
        self._ended = True
        if self.stream is not self.identity:  # a named pipe that was opened here
            self.stream.close()


class _FromStart(io.RawIOBase):
    """Reads a pipe from its first byte."""

    def __init__(self, pipe: _Pipe, name: str) -> None:
        self._pipe = pipe
        self._name = name
        self.position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._pipe.read_at(self.position, len(buffer))
        if data is None:
            raise UnreadableSource(self._name, _ONLY_ONCE)
        buffer[: len(data)] = data
        self.position += len(data)
        return len(data)


_ONLY_ONCE = "a pipe can be read only once; save it as a file first"
_pipes: dict[str, _Pipe] = {}


def _pipe_of(source: Source) -> _Pipe:
    """The pipe behind a source: always the same for the same pipe, so that its head stays known."""
    known = _pipes.get(source.path)
    if source.path == STANDARD_STREAM:
        if sys.stdin is None:
            raise UnreadableSource(source.name, "there is no standard input")
        identity: object = sys.stdin.buffer
    else:
        found = Path(local_path(source.path)).stat()
        identity = (found.st_dev, found.st_ino)
    if known is None or known.identity != identity:
        stream: Any = identity
        if source.path != STANDARD_STREAM:
            stream = io.BufferedReader(open_raw(source.path, source.name))
        known = _pipes[source.path] = _Pipe(stream, identity)
    if not known.can_start_again:
        raise UnreadableSource(source.name, _ONLY_ONCE)
    return known
