"""Raw text and Markdown, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ftdata.model import Batch, Fault, Reader, ReadOptions, Source
from ftdata.readers.text_lines import LongLine, TextLines, readable_text, utf8_bytes
from ftdata.readers.text_opening import encoding_note, file_fault, open_head, open_lines

_BATCH_LINES = 2000
_BATCH_CHARACTERS = 1024 * 1024  # the last line of a batch may go beyond

_Items = list[bytes | dict[str, object] | str | Fault]


def read(source: Source, options: ReadOptions) -> Iterator[Batch]:
    """Yields the lines without their line ends; a blank line is "", for it may end a paragraph.

    Only \\n, \\r\\n and \\r end a line. One that is too long, or holds a byte that is not text or a NUL, is
    a fault. Constant memory.
    """
    with open_lines(source, options) as lines:
        fault = file_fault(lines)
        if fault is not None:
            yield Batch(source.name, [1], [fault], lines.consumed_bytes)
            return
        number, before = 1, 0
        stream = iter(lines)
        while True:
            items, unterminated = _next_items(stream, lines, options.max_line_bytes)
            if not items:
                break
            numbers = list(range(number, number + len(items)))
            after = lines.consumed_bytes
            yield Batch(source.name, numbers, items, after - before, unterminated)
            number, before = number + len(items), after
        end = _end(lines)
        if end is not None:
            yield Batch(source.name, [number], [end])


def describe(source: Source, options: ReadOptions) -> str | None:
    """Says which encoding was decided on."""
    with open_head(source, options) as lines:
        return None if file_fault(lines) else encoding_note(lines, options)


def _next_items(
    stream: Iterator[str | LongLine], lines: TextLines, limit: int
) -> tuple[_Items, bool]:
    """The next lines and faults, none at the end; and whether the last has no line end."""
    items: _Items = []
    byte_count = 0
    unterminated = False
    for line in islice(stream, _BATCH_LINES):
        item = _item(line, lines, limit)
        items.append(item)
        byte_count += len(item) if isinstance(item, str) else 0
        unterminated = isinstance(line, str) and not line.endswith(("\n", "\r"))
        if byte_count >= _BATCH_CHARACTERS:
            break
    return items, unterminated


def _item(line: str | LongLine, lines: TextLines, limit: int) -> str | Fault:
    if isinstance(line, LongLine):
        return Fault("line-too-long", {"byte_count": line.byte_count, "limit": limit})
    text = line.rstrip("\r\n")
    size = utf8_bytes(text)
    if size > limit:
        return Fault("line-too-long", {"byte_count": size, "limit": limit})
    flaw = lines.flaw_of(line) if lines.suspect else None
    return text if flaw is None else Fault(flaw.name, flaw.params, original=readable_text(text))


def _end(lines: TextLines) -> Fault | None:
    """The fault of a stream that broke off, with what was read of its last line."""
    if lines.broken is None:
        return None
    return Fault(
        "unreadable-part", {"reason": lines.broken}, original=readable_text(lines.rest) or None
    )


READER = Reader(
    name="text",
    title="Raw text and Markdown",
    suffixes=(".txt", ".md", ".markdown", ".rst", ".log"),
    kind="text",
    read=read,
    describe=describe,
)
