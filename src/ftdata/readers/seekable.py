"""A source as a file that can be read from any place: what Parquet, Arrow and Excel need."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from ftdata.errors import UnreadableSource
from ftdata.model import Source
from ftdata.readers.blocks import read_blocks
from ftdata.readers.opening import open_bytes
from ftdata.storage.places import is_pipe


@contextmanager
def open_seekable(source: Source) -> Iterator[BinaryIO]:
    """Opens a file as it is; a pipe or an archive is first unpacked into a temporary file.

    Raises UnreadableSource if it cannot be opened, or not be read to its end.
    """
    with open_bytes(source) as stream:
        if source.compression is None and not is_pipe(source.path):
            yield stream
            return
        with tempfile.TemporaryFile() as kept:
            try:
                for block in read_blocks(stream):
                    kept.write(block)
            except OSError as error:
                raise UnreadableSource(source.name, str(error)) from error
            kept.seek(0)
            yield cast("BinaryIO", kept)
