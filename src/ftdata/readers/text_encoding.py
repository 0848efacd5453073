"""Tells the encoding of CSV and text: a byte order mark, strict UTF-8 to the last byte, else a guess."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ftdata.errors import UnknownName
from ftdata.readers.legacy_charset import guess_charset
from ftdata.readers.magic import UTF8_MARK, wide_encoding

_SAMPLE_BYTES = 64 * 1024
_PIECE_BYTES = (
    64 * 1024
)  # decoded at once: larger texts, made and dropped, leave holes in the memory
_SEARCHED_BLOCKS = 16  # how far to look for more lines that are not ASCII, after the first
#: Encodings of names and source code, which can spell what is no Unicode text.
_NOT_FOR_FILES = frozenset({"idna", "punycode", "utf_7", "unicode_escape", "raw_unicode_escape"})
_KNOWN = ("utf-8", "utf-16", "cp1252", "latin-1", "cp1250", "cp1251", "gb18030", "cp932", "euc_kr")


def detect_encoding(blocks: Iterable[bytes]) -> str:
    """Gives the Python name of the encoding of a stream, as far as its bytes can tell.

    One pass, constant memory; the stream is read to its end where it is UTF-8 without a mark. A stream
    that is UTF-8 but for a few places is called utf-8: those places are faults, all the rest is right.
    """
    stream = iter(blocks)
    first = next(stream, b"")
    if first.startswith(UTF8_MARK):
        return "utf-8"
    wide = wide_encoding(first)
    if wide:
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond_ascii = 0
    for block in chain((first,), stream):
        pending, counted = decoder.getstate()[0], beyond_ascii
        try:
            for start in range(0, len(block), _PIECE_BYTES):
                piece = block[start : start + _PIECE_BYTES]
                beyond_ascii += len(piece) - len(decoder.decode(piece))
        except UnicodeDecodeError:
            return _not_utf8(pending + block, _first_stray(pending + block), stream, counted)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return _not_utf8(error.object, 0, iter(()), beyond_ascii)
    return "utf-8"


def _first_stray(block: bytes) -> int:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(block)


def checked_encoding(name: str) -> str:
    """Gives the name as Python spells it. Raises UnknownName if it names no encoding of text."""
    try:
        found = codecs.lookup(name).name
        "a".encode(found)  # refused by what is no encoding of text, such as base64
        codecs.getincrementaldecoder(found)
    except (LookupError, UnicodeError, ValueError):
        found = ""
    if not found or found.replace("-", "_") in _NOT_FOR_FILES:
        raise UnknownName("encoding", name, _KNOWN)
    return "utf-8" if found == "utf-8-sig" else found  # a mark is taken off whatever the encoding


def _not_utf8(block: bytes, start: int, rest: Iterator[bytes], beyond_ascii: int) -> str:
    """The encoding of a stream whose first bytes that are not UTF-8 stand at `start` of `block`."""
    line_start = max(block.rfind(b"\n", 0, start), block.rfind(b"\r", 0, start)) + 1
    sample = _sample(chain((block[line_start:],), islice(rest, _SEARCHED_BLOCKS)))
    beyond_ascii += line_start - len(block[:line_start].decode("utf-8"))
    text = sample.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    beyond_ascii += sum(character > "\x7f" for character in text) - broken
    if beyond_ascii > 2 * broken:  # in other encodings, hardly any bytes are UTF-8 by chance
        return "utf-8"
    trimmed = (sample[: len(sample) - cut] for cut in range(4))  # its last character may be cut
    return next(filter(None, map(guess_charset, trimmed)), "utf-8")


def _sample(blocks: Iterable[bytes]) -> bytes:
    """The first lines that are not ASCII, whole where they fit."""
    lines: list[bytes] = []
    size = 0
    for line in _whole_lines(blocks):
        if not line.isascii():
            lines.append(line[: _SAMPLE_BYTES - size])
            size += len(lines[-1])
        if size == _SAMPLE_BYTES:
            break
    return b"".join(lines)


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines across the ends of blocks; one that is longer than a sample is given in pieces."""
    pending = b""
    for block in blocks:
        *lines, pending = (pending + block).splitlines(keepends=True) or [b""]
        yield from lines
        if len(pending) >= _SAMPLE_BYTES:
            yield pending
            pending = b""
    yield pending
