"""What the base64 text of an image tells without decoding all of it: size, type, and whether it is any."""

from __future__ import annotations

import binascii
import re

from ftdata.model import Image

_ALPHABET = re.compile(r"[A-Za-z0-9+/_-]*={0,2}")  # both of RFC 4648
_HEAD = 64  # characters; they begin with all that tells a type

#: How files of each type begin, and what people put there by mistake.
_BEGINNINGS = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    ("bmp", re.compile(rb"BM.{4}\0{4}", re.DOTALL)),
    ("tiff", re.compile(rb"II\*\0|MM\0\*")),
    ("avif", re.compile(rb".{4}ftypavi[fs]", re.DOTALL)),
    ("heic", re.compile(rb".{4}ftyp(hei[cx]|mif1)", re.DOTALL)),
    ("pdf", re.compile(rb"%PDF-")),
    ("html", re.compile(rb"\s*<(!doctype html|html)", re.IGNORECASE)),
    ("svg+xml", re.compile(rb"\s*(<\?xml[^>]*>\s*)?<svg", re.IGNORECASE)),
)


def size_of(image: Image) -> int | None:
    """Gives the bytes of an image in the row, from the length of its text; None for one elsewhere."""
    if image.data is None:
        return None
    letters = len(image.data) - image.data[-2:].count("=")
    return letters * 3 // 4


def true_type(image: Image) -> str | None:
    """Gives what the first bytes of an image say that it is; None where they say nothing known."""
    head = (image.data or "")[:_HEAD].replace("-", "+").replace("_", "/")
    try:
        bytes_ = binascii.a2b_base64(head[: len(head) // 4 * 4])
    except ValueError:
        return None
    return next((kind for kind, begins in _BEGINNINGS if begins.match(bytes_)), None)


def fault_of(image: Image) -> str | None:
    """Says why the data cannot be decoded; None where they can, or where there are none."""
    data = image.data
    if data is None:
        return "not base64" if image.source == "data" else None
    if not data:
        return "empty"
    held = _ALPHABET.match(data)
    end = held.end() if held else 0
    if end < len(data):
        return f"no base64 from character {end + 1:,} on"
    letters = len(data.rstrip("="))
    padding = len(data) - letters
    if letters % 4 == 1 or (padding and (letters + padding) % 4):
        return f"cut off: {letters:,} characters of base64 make no whole number of bytes"
    return None
