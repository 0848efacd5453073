"""Tells from its head how a JSON file is laid out: one value a line, one array, or spread objects."""

from __future__ import annotations

from typing import Literal

from ftdata.readers.json_careful import UNPARSED, parse_carefully
from ftdata.readers.json_grammar import find_break

#: "lines": a value on each line. "array": one array of records. "spread": objects over several lines.
Shape = Literal["lines", "array", "spread"]

_SPACE = b" \t\r\n"
_OPENERS = (b"{", b"[", b"[{", b"[[")
_LINES_LOOKED_AT = 50
_SPAN_LOOKED_AT = 4096


def shape_of(head: bytes, *, whole: bool) -> Shape:
    """Gives the shape of a file from its head (without a byte order mark); `whole`: it is all there is.

    Whatever does not clearly span lines is "lines", so that each broken line gets its own finding.
    """
    lines = [line for line in head.split(b"\n", _LINES_LOOKED_AT) if line.strip(_SPACE)]
    first = lines[0].strip(_SPACE) if lines else b""
    if first[:1] not in (b"{", b"["):
        return "lines"
    spanning: Shape = "array" if first[:1] == b"[" else "spread"
    if len(lines) == 1:
        one_line_array = spanning == "array" and (whole or not _is_json(first))
        return "array" if one_line_array else "lines"
    if _is_json(first):
        return "lines"
    if first not in _OPENERS and all(_is_json(line) for line in lines[1:3]):
        return "lines"  # a broken line, then good ones
    return spanning if first in _OPENERS or _spans(head) else "lines"


def _spans(head: bytes) -> bool:
    """True where the value of the first line goes on in the second."""
    start = head.lstrip(_SPACE)
    first_length = len(start.partition(b"\n")[0].decode("utf-8", "replace"))
    text = start.decode("utf-8", "replace")[: first_length + _SPAN_LOOKED_AT]
    found = find_break(text)
    if found is None or found.before_end > first_length:
        return True
    return found.kind == "text" and found.start > first_length


def _is_json(line: bytes) -> bool:
    """True where the grammar holds; what the values are does not matter here."""
    if parse_carefully(line)[0] is not UNPARSED:
        return True
    return find_break(line.decode("utf-8", "replace")) is None
