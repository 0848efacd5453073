"""One line of JSON -> its record and its faults. The hot loop of every run begins here."""

from __future__ import annotations

import re
from typing import Any

import orjson

from ftdata.model import Fault
from ftdata.readers.json_careful import UNPARSED, parse_carefully
from ftdata.readers.json_grammar import MAX_DEPTH

__all__ = ["UNPARSED", "count_escaped_quotes", "kind_of", "parse_if_certain", "parse_line"]

_ESCAPED_BACKSLASHES = re.compile(rb'\\\\+"')
_EXACT = 2.0**63  # orjson gives integers beyond 64 bits as floats
_DOUBTFUL = -1
_KINDS = (
    (dict, "object"),
    (list, "array"),
    (str, "string"),
    (bool, "boolean"),  # before the numbers: True is an int in Python
    ((int, float), "number"),
)


def parse_line(line: bytes, *, unterminated: bool = False) -> tuple[Any, list[Fault]]:
    """Gives the record of a line and its faults.

    A line that is not JSON gives UNPARSED and one fault, its root cause. A key given twice is a fault
    beside the record, in which the last value stands. Integers of any size are exact. `unterminated`:
    the line is the last of its file and has no line end, so that it may have been cut off.

    Fast where the line is good: the strings of a text are counted by their quotes and compared with the
    keys and strings that were decoded. Only a repeated key makes the first number larger.
    """
    record = parse_if_certain(line)
    if record is not UNPARSED:
        return record, []
    return parse_carefully(line, unterminated=unterminated)


def parse_if_certain(line: bytes) -> Any:
    """Gives the object or array of a line where it is certain that it has no fault; else UNPARSED."""
    try:
        record = orjson.loads(line)
        return record if _is_certain(record, line) else UNPARSED
    except (orjson.JSONDecodeError, RecursionError):
        return UNPARSED


def kind_of(value: object) -> str:
    """Gives the name that JSON has for the type of a value, such as "object" or "array"."""
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "null" if value is None else type(value).__name__


def _is_certain(record: Any, line: bytes) -> bool:
    """True where no key was given twice and every number is exact."""
    if type(record) is not dict and type(record) is not list:
        return False
    double = 2 * _count_strings(record, MAX_DEPTH - 1)
    quotes = line.count(b'"')
    return quotes == double or quotes - count_escaped_quotes(line) == double


def _count_strings(value: Any, depth: int) -> int:
    """Counts keys and strings; negative where a number may be inexact or brackets stand too deep.

    `value` is a dict or a list, `depth` how many levels may stand below it.
    """
    if type(value) is dict:
        strings = len(value)
        value = value.values()
    else:
        strings = 0
    for member in value:
        kind = type(member)
        if kind is str:
            strings += 1
        elif kind is dict or kind is list:
            inner = _count_strings(member, depth - 1) if depth else _DOUBTFUL
            if inner < 0:
                return _DOUBTFUL
            strings += inner
        elif kind is float and not -_EXACT < member < _EXACT:
            return _DOUBTFUL
    return strings


def count_escaped_quotes(line: bytes) -> int:
    """Counts the quotes that an odd number of backslashes stands before, in a line of good JSON."""
    escaped = line.count(b'\\"')
    if b'\\\\"' in line:
        for run in _ESCAPED_BACKSLASHES.findall(line):
            escaped -= (
                len(run) & 1
            )  # an even number of backslashes and the quote that ends the text
    return escaped
