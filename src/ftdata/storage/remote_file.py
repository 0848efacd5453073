"""A remote file that is read by ranges: few requests, each for many bytes."""

from __future__ import annotations

import io
from typing import Any

from ftdata.errors import UnreadableSource
from ftdata.storage.remote import file_system, size_of
from ftdata.storage.remote_errors import told_as_unreadable

_LEAST_BYTES = 64 * 1024  # of a request, somewhere in the file
_FIRST_BYTES = 1024 * 1024  # of one at its beginning: enough to tell what the file holds
_MOST_BYTES = 8 * 1024 * 1024 + _LEAST_BYTES  # of one that goes on where the last one ended


def open_remote(uri: str, name: str, *, start: int = 0, end: int | None = None) -> io.RawIOBase:
    """Opens a remote file for reading; it stands at `start`. `name`: how errors call it.

    `end`: how far it will be read, if that is known; up to 8 MiB of it are asked for at once. A file to be
    read from its beginning to no known end is asked for its size first, and what is not there is said. All
    else is said where it is read. Whatever goes wrong there is UnreadableSource, no OSError as for
    damaged data.
    """
    return _RemoteFile(uri, name, start, end)


class _RemoteFile(io.RawIOBase):
    """Holds the last range that it asked for. Reading on asks for larger ranges, a jump for a small one."""

    def __init__(self, uri: str, name: str, start: int, end: int | None) -> None:
        self._uri = uri
        self._name = name
        self._size = size_of(uri, name) if start == 0 and end is None else None
        self._system: tuple[Any, str] | None = None
        self._position = start
        self._range = b""
        self._range_start = start
        self._reach = start if end is None else end  # what will be read up to there
        if end is not None:
            self._next_bytes = min(end - start, _MOST_BYTES)
        else:
            self._next_bytes = _MOST_BYTES if start else _FIRST_BYTES

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position}.get(whence)
        self._position = max(offset + (self._known_size() if base is None else base), 0)
        return self._position

    def readinto(self, buffer: Any) -> int:
        at = self._position - self._range_start
        if not 0 <= at < len(self._range):
            at = 0
            self._fetch(len(buffer))
        data = self._range[at : at + len(buffer)]
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def close(self) -> None:
        self._range = b""
        super().close()

    def _known_size(self) -> int:
        if self._size is None:
            self._size = size_of(self._uri, self._name)
        return self._size

    def _fetch(self, wanted: int) -> None:
        """Gets the range from the position on; nothing at the end of the file."""
        goes_on = self._position == self._range_start + len(self._range)
        if not goes_on:
            self._next_bytes = _LEAST_BYTES
        elif self._range and self._position >= self._reach:
            self._known_size()  # the end may be here
        count = max(self._next_bytes, wanted)
        if self._size is not None:
            count = max(min(count, self._size - self._position), 0)
        self._range = b""  # never two ranges in memory
        self._range = self._get(self._position, count) if count else b""
        self._range_start = self._position
        self._next_bytes = self._more_than(count)

    def _more_than(self, count: int) -> int:
        """How many bytes to ask for next, after `count`."""
        end = self._position + count
        if end < self._reach:
            return min(self._reach - end, _MOST_BYTES)
        # Behind the end that was foreseen there is a line's rest, else more of the same.
        return _LEAST_BYTES if self._position < self._reach else min(2 * count, _MOST_BYTES)

    def _get(self, start: int, count: int) -> bytes:
        with told_as_unreadable(self._name):
            if self._system is None:
                self._system = file_system(self._uri)
            fs, path = self._system
            data: bytes = fs.cat_file(path, start=start, end=start + count)
        if len(data) > count:
            raise UnreadableSource(self._name, "the store gives no parts of files; download it")
        if len(data) < count:
            if self._size is not None:
                raise UnreadableSource(self._name, "it changed while it was read")
            self._size = start + len(data)
        return data
