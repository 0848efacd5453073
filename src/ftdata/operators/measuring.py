"""Counts the quotes that the keys and strings of a decoded row need, and checks what types cannot say."""

from __future__ import annotations

from itertools import chain
from types import NoneType
from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType
from msgspec.structs import astuple

from ftdata.readers.json_line import UNPARSED, count_escaped_quotes, parse_line
from ftdata.rules.shape.acceptor import Acceptor, Check

_SCALARS = frozenset({str, int, float, bool, NoneType, UnsetType, Raw})

# Definitions of tools stand in every row of a file; what is remembered must stay small.
_REMEMBERED = 256
_MOST_REMEMBERED_BYTES = 64 * 1024

# A raw part is parsed inside of these, so that it stays below the deepest level wherever it stands.
_OPEN, _CLOSE = b"[" * 32, b"]" * 32


class QuoteCounter:
    """Counts the quotes of rows that one acceptor decoded."""

    def __init__(self, acceptor: Acceptor) -> None:
        self._tags = {made: 4 * (shape.tag is not None) for made, shape in acceptor.shapes.items()}
        self._checks = acceptor.checks
        self._seen: dict[tuple[Check, bytes], int | None] = {}

    def count_quotes(self, row: Any) -> int | None:
        """Gives the number of quotes, escaped ones not counted; None where the row may not fit.

        One pass over the levels of the row; only loops in C, but for what is rare.
        """
        quotes = 0
        level = [row]
        while level:
            kinds = list(map(type, level))
            quotes += sum(map(self._tags.__getitem__, kinds))
            if not self._checks.keys().isdisjoint(kinds):
                for value in level:
                    raw = self._count_checked(value)
                    if raw is None:
                        return None
                    quotes += raw
            values = list(chain.from_iterable(map(astuple, level)))
            found = list(map(type, values))
            quotes += 2 * (len(values) - found.count(UnsetType) + found.count(str))
            level = []
            if not _SCALARS.issuperset(found):
                level = [value for value in values if type(value) not in _SCALARS]
            while level and not self._tags.keys() >= set(map(type, level)):
                quotes += 2 * _spread(level)
        return quotes

    def _count_checked(self, value: Any) -> int | None:
        """Quotes of the raw fields; None where a check fails, or cannot be made."""
        checks = self._checks.get(type(value))
        if checks is None:
            return 0
        quotes = 0
        for name, check in checks.opaque:
            raw = getattr(value, name)
            if raw is not UNSET:
                inner = self._count_raw(bytes(raw), check)
                if inner is None:
                    return None
                quotes += inner
        for names, check in checks.conditions:
            if any(getattr(value, name) is UNSET for name in names) and not _fits(value, check):
                return None
        return quotes

    def _count_raw(self, raw: bytes, check: Check) -> int | None:
        key = (check, raw)
        if key in self._seen:
            return self._seen[key]
        quotes = _quotes_of_raw(raw, check)
        if len(raw) <= _MOST_REMEMBERED_BYTES:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[key] = quotes
        return quotes


def _spread(level: list[Any]) -> int:
    """Puts the members of lists in their place; gives the number of strings among them."""
    members = list(chain.from_iterable(v if type(v) is list else (v,) for v in level))
    level[:] = [value for value in members if type(value) not in _SCALARS]
    return sum(type(value) is str for value in members)


def _quotes_of_raw(raw: bytes, check: Check) -> int | None:
    record, faults = parse_line(_OPEN + raw + _CLOSE)
    if record is UNPARSED or faults:
        return None
    for _ in _OPEN:
        (record,) = record
    if not check(record):
        return None
    return raw.count(b'"') - count_escaped_quotes(raw)


def _fits(value: Any, check: Check) -> bool:
    try:
        return bool(check(msgspec.to_builtins(value)))
    except TypeError:  # raw parts inside
        return False
