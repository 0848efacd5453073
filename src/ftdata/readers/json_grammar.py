"""Walks a text by the grammar of JSON (RFC 8259) and finds the first place where it breaks.

The slow, readable twin of a parser: it builds nothing, needs no recursion, and knows at every place what
the grammar allows there. Only lines that a parser refused come here.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

#: Levels of brackets. Parsers give up between about 250 and 1,000; real training data stays below 30.
MAX_DEPTH = 512

# What may stand at a place.
VALUE = "a value"
FIRST_VALUE = "a value or ']'"
FIRST_KEY = "a key in double quotes or '}'"
KEY = "a key in double quotes"
COLON = "':'"
IN_OBJECT = "',' or '}'"
IN_ARRAY = "',' or ']'"
END = "nothing more"

_VALUES = frozenset('{["nw')
_ALLOWED = {
    VALUE: _VALUES,
    FIRST_VALUE: _VALUES | {"]"},
    FIRST_KEY: frozenset('"}'),
    KEY: frozenset('"'),
    COLON: frozenset(":"),
    IN_OBJECT: frozenset(",}"),
    IN_ARRAY: frozenset(",]"),
    END: frozenset(),
}
# The first character of a token tells its kind: itself, n(umber) or w(ord).
_KINDS = {
    **{c: c for c in '{}[]:,"'},
    **dict.fromkeys("-0123456789", "n"),
    **dict.fromkeys("tfn", "w"),
}

_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_CUT_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_CUT_NUMBER = re.compile(r"-|-?(?:0|[1-9][0-9]*)(?:\.|(?:\.[0-9]+)?[eE][+-]?)")
NUMBER_LIKE = re.compile(r"[-+.0-9A-Za-z_]*")
WORD_LIKE = re.compile(r"[0-9A-Za-z_$]*")
_WORDS = ("true", "false", "null")

_SAFE_NUMBER_LENGTH = 300  # without an exponent, fewer digits than this always fit a double


class Break(NamedTuple):
    """The first place that the grammar does not allow.

    `kind`: "end" (the text stops too early), "text" (it stops inside quotes, which open at `start`),
    "escape", "control" (inside quotes), "number" (malformed), "large" (beyond a double), "deep", or
    "stray" (anything that may not stand there).
    """

    kind: str
    position: int  # 0-based, in characters
    expected: str
    opened: int = -1  # where the innermost open bracket stands
    before: str = ""  # kind of the token before
    before_start: int = 0
    before_end: int = 0
    start: int = 0  # where the broken token starts


def find_break(text: str) -> Break | None:
    """Gives the first break of a text, or None where all of it is one JSON value.

    One pass, constant stack, no more than `MAX_DEPTH` places remembered.
    """
    position = start = end = 0
    expected, before = VALUE, ""
    opened: list[int] = []
    while True:
        position = skip(_SPACE, text, position)
        kind = _KINDS.get(text[position], "") if position < len(text) else "end"
        problem, stop = "", min(position + 1, len(text))
        if kind == "end":
            if expected == END:
                return None
            problem = "end"
        elif kind not in _ALLOWED[expected]:
            problem = "stray"
        elif kind == '"':
            problem, stop = _read_text(text, position)
        elif kind == "n":
            problem, stop = _read_number(text, position)
        elif kind == "w":
            problem, stop = _read_word(text, position)
        elif kind in "{[":
            opened.append(position)
            if len(opened) > MAX_DEPTH:
                problem = "deep"
        elif kind in "}]":
            opened.pop()
        if problem:
            place = stop if problem in ("end", "text", "escape", "control") else position
            innermost = opened[-1] if opened else -1
            return Break(problem, place, expected, innermost, before, start, end, position)
        expected = _after(kind, expected, text[opened[-1]] if opened else "")
        before, start, end = kind, position, stop
        position = stop


def _after(kind: str, expected: str, bracket: str) -> str:
    """What may stand after a token; `bracket` is the innermost open one after it."""
    if kind == "{":
        return FIRST_KEY
    if kind == "[":
        return FIRST_VALUE
    if kind == ",":
        return KEY if bracket == "{" else VALUE
    if kind == ":":
        return VALUE
    if expected in (KEY, FIRST_KEY) and kind == '"':
        return COLON
    return {"": END, "{": IN_OBJECT, "[": IN_ARRAY}[bracket]


def _read_text(text: str, start: int) -> tuple[str, int]:
    """Reads a text in quotes: gives ("", its end), or the problem and its place."""
    position = start + 1
    while True:
        position = skip(_PLAIN, text, position)
        if position == len(text):
            return "text", position
        if text[position] == '"':
            return "", position + 1
        if text[position] != "\\":
            return "control", position
        after = skip(_ESCAPE, text, position)
        if after == position:
            cut = skip(_CUT_ESCAPE, text, position) == len(text)
            return ("text", len(text)) if cut else ("escape", position)
        position = after


def _read_number(text: str, start: int) -> tuple[str, int]:
    stop = skip(NUMBER_LIKE, text, start)
    number = text[start:stop]
    if _NUMBER.fullmatch(number):
        return ("large" if _is_too_large(number) else ""), stop
    if stop == len(text) and _CUT_NUMBER.fullmatch(number):
        return "end", stop
    return "number", stop


def _is_too_large(number: str) -> bool:
    if len(number) < _SAFE_NUMBER_LENGTH and "e" not in number and "E" not in number:
        return False
    return math.isinf(float(number))


def _read_word(text: str, start: int) -> tuple[str, int]:
    stop = skip(WORD_LIKE, text, start)
    word = text[start:stop]
    if word in _WORDS:
        return "", stop
    if stop == len(text) and any(known.startswith(word) for known in _WORDS):
        return "end", stop
    return "stray", stop


def skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Gives the place behind what the pattern matches; the same place where it matches nothing."""
    found = pattern.match(text, position)
    return found.end() if found else position
