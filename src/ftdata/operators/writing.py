"""Writes values as JSON lines: UTF-8, nothing escaped that need not be, every number kept."""

from __future__ import annotations

import json
from typing import Any

import orjson


def to_json(value: Any) -> bytes:
    """Writes one JSON text: UTF-8, nothing escaped that need not be, big integers kept."""
    try:
        return orjson.dumps(value, default=_plain)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
        # A lone surrogate cannot be UTF-8; its escape can.
        return text.encode("utf-8", "backslashreplace")


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return str(value)
