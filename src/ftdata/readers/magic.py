"""Tells from its first bytes what a file is that is no JSON: an archive, a table, an image, UTF-16."""

from __future__ import annotations

from typing import Literal

Compression = Literal["gz", "zst", "bz2"]

UTF8_MARK = b"\xef\xbb\xbf"

#: First bytes -> what the file is, in words. Containers that a reader takes are not in this list.
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "a Parquet file"),
    (b"ARROW1\x00\x00", "an Arrow file"),
    (b"FEA1", "a Feather file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (sound, video or WebP)"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy file"),
    (b"\x7fELF", "a program"),
)
_LOOKED_AT = 4096
# Bytes that no text file holds, in any 8-bit encoding: controls other than tab and line ends.
_CONTROLS = bytes(sorted(set(range(32)) - {8, 9, 10, 12, 13, 27}))
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Which of the first four bytes are zero where the text starts with two ASCII characters.
_WIDE_ZEROS = (
    (b"\0\1\1\1", "utf-32-le"),
    (b"\1\1\1\0", "utf-32-be"),
    (b"\0\1\0\1", "utf-16-le"),
    (b"\1\0\1\0", "utf-16-be"),
)


def compression_of(head: bytes) -> Compression | None:
    """Gives the compression that the first bytes show; a suffix may lie."""
    if head[:3] == b"\x1f\x8b\x08":
        return "gz"
    if head[:4] == b"\x28\xb5\x2f\xfd" or (
        head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F
    ):
        return "zst"
    if head[:3] == b"BZh" and head[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return "bz2"
    return None


def table_of(head: bytes) -> str | None:
    """Gives the container of tables that the first bytes show: parquet, arrow or excel."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"ARROW1\x00\x00", b"FEA1")) or _is_arrow_stream(head):
        return "arrow"
    if head.startswith(b"PK\x03\x04") and b"xl/" in head:  # a Word file is a zip archive too
        return "excel"
    return None


def _is_arrow_stream(head: bytes) -> bool:
    """An Arrow stream starts with a continuation mark and the length of its schema message."""
    length = int.from_bytes(head[4:8], "little")
    return head[:4] == b"\xff\xff\xff\xff" and 0 < length < 1 << 26 and length % 8 == 0


def binary_kind(head: bytes) -> str | None:
    """Says in words what a binary file seems to be; None for text in any 8-bit encoding.

    A text with some stray control characters stays a text: its lines are looked at one by one.
    """
    for start, kind in _KINDS:
        if head.startswith(start):
            return kind
    start = head[:_LOOKED_AT]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    looks_like_json = start.lstrip()[:1] in (b"{", b"[", b'"')
    if controls >= (64 if looks_like_json else 1) and controls * 20 >= len(start):
        return "binary data"
    return None


def wide_encoding(head: bytes) -> str | None:
    """Gives "utf-16-le", "utf-16-be", "utf-32-le" or "utf-32-be", by a mark or by the zeros of ASCII."""
    for mark, encoding in _WIDE_MARKS:
        if head.startswith(mark):
            return encoding
    for zeros, encoding in _WIDE_ZEROS:
        if bytes(byte == 0 for byte in head[:4]) == zeros and _is_text(head, encoding):
            return encoding
    return None


def _is_text(head: bytes, encoding: str) -> bool:
    """True where some decoded text holds no control characters but tabs and line ends."""
    text = head[: _LOOKED_AT - _LOOKED_AT % 4].decode(encoding, "replace")
    return all(character >= " " or character in "\t\n\r" for character in text)
