"""A file object that the caller opened, in text or binary mode, as a stream of bytes."""

from __future__ import annotations

import io
from typing import Any


def stream_of(file: Any) -> io.BufferedReader:
    """Gives the bytes of a file object from where it stands; text as UTF-8. The file is not closed.

    Half surrogate pairs, which text in Python may hold, come through and are no UTF-8.
    """
    return io.BufferedReader(_Bytes(file))


class _Bytes(io.RawIOBase):
    def __init__(self, file: Any) -> None:
        self._file = file
        self._rest = b""  # of a character read as text that gave more bytes than were asked for
        self._position = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: Any) -> int:
        data = self._rest or self._file.read(len(buffer))
        if isinstance(data, str):
            data = data.encode("utf-8", "surrogatepass")
        given = data[: len(buffer)]
        self._rest = data[len(given) :]
        buffer[: len(given)] = given
        self._position += len(given)
        return len(given)
