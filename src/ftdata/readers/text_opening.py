"""Opens a source as lines of text, with its encoding told before the first line is read."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import cast

from ftdata.model import Fault, ReadOptions, Source
from ftdata.readers.blocks import read_blocks, read_head
from ftdata.readers.opening import open_bytes
from ftdata.readers.text_encoding import checked_encoding, detect_encoding
from ftdata.readers.text_lines import TextLines
from ftdata.storage.places import is_pipe, state_of

_HEAD_BYTES = (
    1024 * 1024
)  # of a pipe: what a table's head may take; read ahead as far again, a pipe keeps it

_LOOKED_AT = 4096  # characters, to tell whether there is any text


@contextmanager
def open_lines(source: Source, options: ReadOptions) -> Iterator[TextLines]:
    """Opens a source as text, in the encoding of the options or the one its bytes tell.

    A file is read twice for that; what can be read only once is kept in a temporary file meanwhile.
    Raises UnreadableSource if it cannot be opened, UnknownName if the encoding is none.
    """
    limit = options.max_line_bytes
    if options.encoding:
        encoding = checked_encoding(options.encoding)
        with open_bytes(source) as stream:
            yield TextLines(stream, encoding, max_line_bytes=limit)
    elif is_pipe(source.path):
        with tempfile.TemporaryFile(buffering=0) as kept:
            broken = _keep(source, kept)
            kept.seek(0)
            stream = io.BufferedReader(cast("io.RawIOBase", kept))
            encoding = detect_encoding(read_blocks(stream))
            stream.seek(0)
            yield TextLines(stream, encoding, max_line_bytes=limit, broken_end=broken)
    else:
        encoding = _encoding_of_file(source)
        with open_bytes(source) as stream:
            yield TextLines(stream, encoding, max_line_bytes=limit)


@contextmanager
def open_head(source: Source, options: ReadOptions) -> Iterator[TextLines]:
    """Opens the first lines of a source; unlike `open_lines` it leaves a pipe as it was."""
    if not is_pipe(source.path):
        with open_lines(source, options) as lines:
            yield lines
        return
    with open_bytes(source) as stream:
        head, _ = read_head(stream, _HEAD_BYTES)
    if options.encoding:
        encoding = checked_encoding(options.encoding)
    else:
        encoding = detect_encoding([head[: head.rfind(b"\n") + 1] or head])
    stream = io.BufferedReader(io.BytesIO(head))
    yield TextLines(stream, encoding, max_line_bytes=options.max_line_bytes)


def file_fault(lines: TextLines) -> Fault | None:
    """The fault of a source that holds no text at all, or None."""
    head, whole = lines.peek(_LOOKED_AT)
    if lines.binary:
        return Fault("binary-file", {"found": lines.binary})
    if whole and lines.broken is None and not any(line.strip() for line in head):
        return Fault("empty-file", is_row=False)
    return None


def encoding_note(lines: TextLines, options: ReadOptions) -> str:
    """Names the encoding for the user, and says where it is a guess."""
    is_guess = not options.encoding and not lines.encoding.startswith("utf-")
    return f"{lines.encoding} (guessed)" if is_guess else lines.encoding


def _encoding_of_file(source: Source) -> str:
    state = state_of(source.path)
    return "utf-8" if state is None else _detected(source, state)  # opening it says what is wrong


@lru_cache(maxsize=256)
def _detected(source: Source, state: Hashable) -> str:
    """Remembered while the file stays as it is: telling what was decided does not read it once more."""
    del state
    with open_bytes(source) as stream:
        return detect_encoding(_until_damage(stream))


def _keep(source: Source, kept: io.FileIO) -> str | None:
    """Copies a stream; gives the reason where it cannot be read to its end."""
    with open_bytes(source) as stream:
        try:
            for block in read_blocks(stream):
                kept.write(block)
        except OSError as error:
            return str(error)
    return None


def _until_damage(stream: io.BufferedReader) -> Iterator[bytes]:
    with suppress(OSError):
        yield from read_blocks(stream)
