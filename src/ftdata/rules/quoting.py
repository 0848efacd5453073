"""Shows values of the user's data in messages: short, on one line, and harmless to a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: Characters of user data that a message may show: it may be private, or very long.
LONGEST_QUOTE = 80

_MOST_NAMES = 8


def cut(text: str, limit: int = LONGEST_QUOTE - 8) -> str:
    """The text itself, or its beginning and dots where it is longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


def quoted(value: Any) -> str:
    """A string, number, boolean or null as it would stand in Python, cut; else the kind of value.

    At most `LONGEST_QUOTE` characters; what is not printable is escaped.
    """
    if isinstance(value, str):
        return cut(repr(cut(value, LONGEST_QUOTE)), LONGEST_QUOTE)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a number of many digits"
    if isinstance(value, (int, float)):
        return repr(value)
    return kind_of(value)


def kind_of(value: Any) -> str:
    """What JSON calls the value, with its article."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"a Python {type(value).__name__}"


def names_of(keys: Iterable[Any]) -> list[str]:
    """The first few keys, quoted, with dots where there are more."""
    names: list[str] = []
    for key in keys:
        if len(names) == _MOST_NAMES:
            return [*names, "..."]
        names.append(quoted(key))
    return names
