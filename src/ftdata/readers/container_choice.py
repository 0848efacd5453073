"""Decides which container a file is, by its content first and its suffix second: suffixes often lie."""

from __future__ import annotations

from pathlib import PurePath

from ftdata.errors import UnreadableSource
from ftdata.readers.json_careful import parse_carefully
from ftdata.readers.json_shape import shape_of
from ftdata.readers.magic import UTF8_MARK, binary_kind, table_of, wide_encoding
from ftdata.readers.registry import all_readers, container_of_suffix

COMPRESSION_SUFFIXES = (".gz", ".zst", ".bz2")

_JSON = ("jsonl", "json")
_TEXT = ("csv", "text")
_TABLES = ("parquet", "arrow", "excel")


def claimed_container(path: str) -> str | None:
    """Gives the container that the suffix of a path claims, below a suffix such as .gz; None if none."""
    name = PurePath(path)
    suffix = name.suffix.lower()
    if suffix in COMPRESSION_SUFFIXES:
        suffix = PurePath(name.stem).suffix
    return container_of_suffix(suffix)


def container_of(name: str, claimed: str | None, head: bytes, *, whole: bool) -> str:
    """Gives the name of the reader for a file with this head; `whole`: it is all there is.

    Raises UnreadableSource if neither the content nor the suffix tells.
    """
    table = table_of(head)
    if table is not None:
        return table
    if claimed == "excel" and head.startswith(b"PK"):
        return claimed
    text = head[len(UTF8_MARK) :] if head.startswith(UTF8_MARK) else head
    if claimed in _TEXT:
        return "jsonl" if _holds_json_lines(text) else claimed
    if claimed in _TABLES and text.lstrip()[:1] not in (b"{", b"["):
        return claimed  # its reader says what is wrong with it
    if claimed in _JSON or claimed in _TABLES or claimed is None:
        return _json_container(name, claimed, text, whole=whole)
    return claimed


def _holds_json_lines(text: bytes) -> bool:
    """True where the first lines are complete JSON objects, as no CSV and no prose has them."""
    lines = [line for line in text.split(b"\n", 20) if line.strip()][:2]
    return bool(lines) and all(isinstance(parse_carefully(line)[0], dict) for line in lines)


def _json_container(name: str, claimed: str | None, text: bytes, *, whole: bool) -> str:
    encoding = wide_encoding(text)
    start = text.decode(encoding, "replace") if encoding else text.decode("utf-8", "replace")
    looks_like_json = start.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    if encoding or (whole and not text.strip()):
        # The reader of JSON lines says what is wrong with UTF-16 and with an empty file.
        if claimed in _JSON or looks_like_json or not start.strip():
            return "jsonl"
    elif looks_like_json:
        return "jsonl" if shape_of(text, whole=whole) == "lines" else "json"
    if claimed is not None:
        return "jsonl"
    kind = None if encoding else binary_kind(text)
    known = ", ".join(reader.name for reader in all_readers())
    raise UnreadableSource(
        name,
        f"it is {kind}, which cannot be read; known are {known}"
        if kind
        else f"cannot tell what it holds; say so with --input-type: {known}",
    )
