"""A source of text as decoded lines, in constant memory, whatever its encoding and its line ends."""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from ftdata.model import Fault
from ftdata.readers.blocks import read_blocks
from ftdata.readers.magic import binary_kind, wide_encoding
from ftdata.readers.opening import consumed

_BLOCK_BYTES = 64 * 1024  # larger texts, made and dropped, are fetched from the system each time
_LINE_COST = 50
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class LongLine:
    """A line longer than allowed: only its size (as UTF-8) and the number of its quotes were kept."""

    byte_count: int = 0
    quotes: int = 0

    def plus(self, more: str | LongLine) -> LongLine:
        """Gives the sum of this and some more text."""
        if isinstance(more, str):
            more = LongLine(utf8_bytes(more), more.count('"'))
        return LongLine(self.byte_count + more.byte_count, self.quotes + more.quotes)


class TextLines:
    """The lines of a stream, in order, each with its own line end: \\n, \\r\\n or \\r, nothing else.

    Iterating yields str, or a `LongLine` in place of a line that would not fit in memory. A byte that the
    encoding does not know becomes the character U+DC00 plus its value, NULs stay; while `suspect` is true
    a line may hold such, and `flaw_of` tells. Where the stream cannot be read to its end, `broken` says
    why once the lines before are out, and `rest` is what stands after the last line end.
    """

    def __init__(
        self,
        stream: io.BufferedReader,
        encoding: str,
        *,
        max_line_bytes: int,
        broken_end: str | None = None,
    ) -> None:
        self.encoding = encoding
        self.suspect = False
        self.binary: str | None = None  # what it is instead of text, once its head was looked at
        self.broken: str | None = None
        self.rest = ""
        self._stream = stream
        self._limit = max_line_bytes
        self._broken_end = broken_end
        self._head: deque[tuple[list[str | LongLine], bool]] = deque()
        self._stretches = self._cut()

    def __iter__(self) -> Iterator[str | LongLine]:
        while stretch := self.take():
            yield from stretch

    def take(self) -> list[str | LongLine]:
        """Takes the next lines, as many as were read at once: a block's. None at the end."""
        if self._head:
            stretch, self.suspect = self._head.popleft()
            return stretch
        return next(self._stretches, [])

    def peek(self, characters: int) -> tuple[list[str], bool]:
        """Gives the first lines without taking them, and whether they are all there is.

        It stops beyond about so many characters, and before a line that is too long.
        """
        head: list[str] = []
        size = 0
        for stretch in self._ahead():
            for line in stretch:
                if isinstance(line, LongLine):
                    return head, False
                head.append(line)
                size += len(line) + _LINE_COST
                if size >= characters:
                    return head, False
        return head, True

    @property
    def consumed_bytes(self) -> int:
        """How many bytes of the source were read so far."""
        return consumed(self._stream)

    def flaw_of(self, line: str) -> Fault | None:
        """The fault of a line that holds a byte which is not text, or a NUL; None where it holds none."""
        if not line.isascii():
            at = next((i for i, c in enumerate(line) if "\udc00" <= c <= "\udcff"), -1)
            if at >= 0:
                return self._undecodable(line, at)
        if "\0" in line:
            params = {"column": line.index("\0") + 1, "character": "U+0000 (NUL)"}
            return Fault("control-character", params)
        return None

    def _undecodable(self, line: str, at: int) -> Fault:
        byte = f"0x{ord(line[at]) - 0xDC00:02X}"
        if self.encoding == "utf-8":
            offset = len(line[:at].encode("utf-8"))
            return Fault("not-utf8", {"byte": byte, "offset": offset})
        reason = f"byte {byte} at character {at + 1} is not {self.encoding}"
        return Fault("unreadable-part", {"reason": reason})

    def _ahead(self) -> Iterator[list[str | LongLine]]:
        """All stretches that are not taken yet, kept to be taken later."""
        yield from (stretch for stretch, _ in [*self._head])
        for stretch in self._stretches:
            self._head.append((stretch, self.suspect))
            yield stretch

    def _cut(self) -> Iterator[list[str | LongLine]]:
        """Stretches of lines, none empty."""
        pieces: list[str] = []
        size = 0
        skipped: LongLine | None = None
        flagged = False
        for text, flag in self._texts():
            flagged = self.suspect = flag or (flagged and size > 0)
            if skipped:
                end = _LINE_END.search(text)
                skipped = skipped.plus(text[: end.start()] if end else text)
                if end is None:
                    continue
                yield [skipped]
                skipped, text = None, text[end.end() :]
            cut = max(text.rfind("\n"), text.rfind("\r")) + 1
            if cut:
                pieces.append(text[:cut])
                yield [*io.StringIO("".join(pieces), newline="")]
                pieces, size, flagged = [], 0, flag
            pieces.append(text[cut:])
            size += len(text) - cut
            if size > self._limit:
                skipped = LongLine().plus("".join(pieces))
                pieces, size = [], 0
        if skipped:
            yield [skipped]
        elif self.broken is not None:
            self.rest = "".join(pieces)
        elif size:
            yield ["".join(pieces)]

    def _texts(self) -> Iterator[tuple[str, bool]]:
        """Blocks of decoded text, no line end cut in two; and whether one holds a mark or a NUL."""
        decoder: codecs.IncrementalDecoder | None = None
        held, at_start = "", True
        for block in self._blocks():
            if decoder is None:
                self.encoding = _with_byte_order(self.encoding, block)
                decoder = codecs.getincrementaldecoder(self.encoding)()
            decoded, marked = _decode(decoder, block, final=not block)
            if at_start and decoded:
                decoded, at_start = decoded.removeprefix("\ufeff"), False
            text = held + decoded
            held = "\r" if block and text.endswith("\r") else ""
            text = text[: len(text) - len(held)]
            yield text, marked or "\0" in text

    def _blocks(self) -> Iterator[bytes]:
        """The blocks of the stream, and an empty one at its end."""
        blocks = read_blocks(self._stream, _BLOCK_BYTES)
        try:
            first = next(blocks, b"")
            if not self.encoding.startswith(("utf-16", "utf-32")):
                self.binary = binary_kind(first)
            yield first
            yield from blocks
        except OSError as error:
            self.broken = str(error)
        self.broken = self.broken or self._broken_end
        yield b""


def utf8_bytes(text: str) -> int:
    """How many bytes a text takes as UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def readable_text(text: str) -> str:
    """Gives text that can be written as UTF-8: marks for bytes that are not text become \\xNN."""
    if text.isascii():
        return text
    return "".join(
        f"\\x{ord(character) - 0xDC00:02x}" if "\udc00" <= character <= "\udcff" else character
        for character in text
    )


def _with_byte_order(encoding: str, head: bytes) -> str:
    """Says of UTF-16 and UTF-32 which byte comes first; Python refuses both without a mark."""
    if encoding not in ("utf-16", "utf-32"):
        return encoding
    found = wide_encoding(head)
    return found if found and found.startswith(encoding) else f"{encoding}-le"


def _decode(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool) -> tuple[str, bool]:
    """The text of a block, and whether it holds marks in place of bytes."""
    state = decoder.getstate()
    try:
        return decoder.decode(block, final), False
    except UnicodeDecodeError:
        decoder.setstate(state)
        decoder.errors = _MARKS
        try:
            return decoder.decode(block, final), True
        finally:
            decoder.errors = "strict"


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Puts a character from U+DC00 in place of each byte; unlike surrogateescape, below 0x80 too."""
    error = cast("UnicodeDecodeError", error)
    stray = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in stray), error.end


_MARKS = "ftdata.marks"
codecs.register_error(_MARKS, _mark)
