"""Reads one JSON text with care: exact numbers, repeated keys, lone surrogates, and reasons.

The slow half of `json_line.parse_line`, and right for every line; the fast half only saves time.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

from ftdata.model import Fault
from ftdata.readers.json_grammar import MAX_DEPTH, Break, find_break
from ftdata.readers.json_reasons import explain_break


class Unparsed(Enum):
    """The type of `UNPARSED`: what stands for the record of a line that is not JSON."""

    UNPARSED = "unparsed"

    def __bool__(self) -> bool:
        return False


UNPARSED: Final = Unparsed.UNPARSED

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_carefully(line: bytes, *, unterminated: bool = False) -> tuple[object, list[Fault]]:
    """Gives the record of a line and its faults; the record is UNPARSED where it cannot be used."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        params = {"byte": f"0x{line[error.start]:02X}", "offset": error.start}
        return UNPARSED, [Fault("not-utf8", params)]
    pairs = _Pairs()
    try:
        record = json.loads(text, object_pairs_hook=pairs.keep, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return UNPARSED, [_explain(text, unterminated)]
    if not _is_within_limits(record):
        return UNPARSED, [_explain(text, unterminated)]
    if _SURROGATE_ESCAPE.search(text):
        faults = list(_lone_surrogates(record))
        if faults:
            return UNPARSED, faults
    return record, pairs.faults(record)


def _refuse(literal: str) -> None:
    raise ValueError(literal)


def _explain(text: str, unterminated: bool) -> Fault:
    # Where the parser gave up on a good text, it ran out of stack: the caller's stack was deep already.
    found = find_break(text) or Break("deep", 0, "")
    return explain_break(text, found, unterminated=unterminated)


def _is_within_limits(record: object) -> bool:
    """False where a number is beyond a double, or brackets stand deeper than `MAX_DEPTH`."""
    level = [record]
    depth = 0
    while level:
        below: list[object] = []
        containers = False
        for value in level:
            if isinstance(value, dict):
                containers = True
                below += value.values()
            elif isinstance(value, list):
                containers = True
                below += value
            elif isinstance(value, (int, float)) and _is_infinite(value):
                return False
        depth += containers
        if depth > MAX_DEPTH:
            return False
        level = below
    return True


def _is_infinite(number: float) -> bool:
    try:
        return math.isinf(float(number))
    except OverflowError:
        return True


class _Pairs:
    """Builds objects, and remembers those in which a key was given more than once."""

    def __init__(self) -> None:
        self._repeated: dict[int, tuple[dict[str, Any], list[tuple[str, Any]]]] = {}

    def keep(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) != len(pairs):
            # The objects stay referenced here, so that no other object gets their id.
            self._repeated[id(record)] = (record, pairs)
        return record

    def faults(self, record: object) -> list[Fault]:
        """One fault for each object and key, also within values that a later key replaced."""
        if not self._repeated:
            return []
        found: dict[tuple[str, str], Fault] = {}
        for pointer, value in walk(record, self._members):
            if id(value) not in self._repeated:
                continue
            seen: set[str] = set()
            for key, _ in self._repeated[id(value)][1]:
                if key in seen:
                    shown = _printable(key)
                    found[pointer, key] = Fault("duplicate-key", {"key": shown}, pointer)
                seen.add(key)
        return list(found.values())

    def _members(self, value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        repeated = self._repeated.get(id(value))
        return iter(value.items() if repeated is None else repeated[1])


def _lone_surrogates(record: object) -> Iterator[Fault]:
    for pointer, value in walk(record):
        texts = [value] if isinstance(value, str) else value if isinstance(value, dict) else ()
        for text in texts:
            found = _SURROGATE.search(text)
            if found:
                escape = f"\\u{ord(found.group()):04x}"
                yield Fault("lone-surrogate", {"escape": escape}, pointer)
                break


def walk(record: object, members: Any = dict.items) -> Iterator[tuple[str, Any]]:
    """Yields every value of a record with its JSON Pointer (RFC 6901), in the order of the text."""
    stack: list[tuple[str, Any]] = [("", record)]
    while stack:
        pointer, value = stack.pop()
        yield pointer, value
        if isinstance(value, dict):
            inner = [(f"{pointer}/{_escaped(key)}", child) for key, child in members(value)]
        elif isinstance(value, list):
            inner = [(f"{pointer}/{index}", child) for index, child in enumerate(value)]
        else:
            continue
        stack.extend(reversed(inner))


def _escaped(key: str) -> str:
    return _printable(key.replace("~", "~0").replace("/", "~1"))


def _printable(text: str) -> str:
    """Lone surrogates cannot be written as UTF-8; their escapes can."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
