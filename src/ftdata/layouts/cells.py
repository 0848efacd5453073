"""Single values of a table row or a JSON object, as text."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from ftdata.layouts.refusal import Refused
from ftdata.model import LayoutOptions


def cell_text(value: object, pointer: str = "") -> str:
    """Gives the text of a cell: as it stands, numbers and booleans as JSON writes them, None as "".

    A number that is not a number (an empty cell of a DataFrame) is empty too; dates are ISO 8601.
    Refuses lists and objects as not-text.
    """
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool | int | float):
        return json_text(value, pointer)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise Refused("not-text", pointer, found=kind_of(value))


def filled(text: str, options: LayoutOptions, pointer: str = "", **cell: object) -> str:
    """Gives the text back where it says something; else does what was asked for empty cells.

    `cell` says which one: its role and its column.
    """
    if text and not text.isspace():
        return text
    if options.on_empty == "keep":
        return text
    if options.on_empty == "drop":
        raise Refused("empty-cell", pointer, **cell, dropped=True)
    raise Refused("empty-cell", pointer, **cell)


def json_text(value: object, pointer: str = "") -> str:
    """Writes a value as JSON on one line, characters as they are.

    Refuses as not-text what Python cannot write: thousands of digits or of levels, a list within itself.
    """
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        found = f"{kind_of(value)} too large to be written"
        raise Refused("not-text", pointer, found=found) from None


def json_value(text: str) -> Any:
    """Reads JSON that stands inside a string; None where it is not JSON, or nested too deep."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def json_list(value: object) -> list[Any] | None:
    """Gives a list, or the list that a JSON text holds; [] for null and blank text, None for all else."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return []
    found = json_value(value) if isinstance(value, str) else value
    return found if isinstance(found, list) else None


def kind_of(value: object) -> str:
    """Names the kind of a value as a user of JSON would."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return type(value).__name__


def pointer_to(*keys: object) -> str:
    """Joins keys and indexes to a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def listed(names: Iterable[object]) -> list[str]:
    """Names for a message: the first dozen."""
    first = [str(name) for name in islice(names, 13)]
    return [*first[:12], "..."] if len(first) > 12 else first


def cut(text: str) -> str:
    """The beginning of a text for a message; what users wrote may be private."""
    return text[:80]
