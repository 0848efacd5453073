"""Files of lines that are made as the lines come."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from typing import IO

from ftdata.storage.output import atomic_output


class LinesFile:
    """A file that comes into being with its first line, and knows how many there are.

    `path` None: nothing is written. With `measured` it also knows its bytes and their SHA-256.
    """

    def __init__(self, path: str | None, stack: ExitStack, *, measured: bool = False) -> None:
        self._path = path
        self._stack = stack
        self._stream: IO[bytes] | None = None
        self._hash = hashlib.sha256() if measured else None
        self.rows = 0
        self.byte_count = 0

    @property
    def opened(self) -> bool:
        """True when there is a file."""
        return self._stream is not None

    @property
    def sha256(self) -> str:
        """Of all that was written, in hexadecimal; empty where nothing is measured."""
        return "" if self._hash is None else self._hash.hexdigest()

    def open(self) -> None:
        """Makes the file even if no line ever comes."""
        if self._stream is None and self._path is not None:
            self._stream = self._stack.enter_context(atomic_output(self._path))

    def write(self, lines: list[bytes]) -> None:
        """Writes lines, which have no line ends of their own."""
        if not lines:
            return
        self.rows += len(lines)
        self.open()
        if self._stream is None:
            return
        text = b"\n".join(lines) + b"\n"
        self._stream.write(text)
        if self._hash is not None:
            self.byte_count += len(text)
            self._hash.update(text)
