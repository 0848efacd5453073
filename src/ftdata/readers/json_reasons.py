"""Says in words why a line is not JSON: one fault, the root cause, with its column."""

from __future__ import annotations

import re
import unicodedata

from ftdata.model import Fault
from ftdata.readers.json_grammar import (
    COLON,
    END,
    FIRST_KEY,
    FIRST_VALUE,
    IN_ARRAY,
    IN_OBJECT,
    KEY,
    MAX_DEPTH,
    NUMBER_LIKE,
    VALUE,
    WORD_LIKE,
    Break,
    skip,
)

_NOT_FINITE = re.compile(r"[-+]?(?:nan|inf(?:inity)?)(?![0-9A-Za-z_])", re.IGNORECASE)
_VALUE_START = re.compile(r'[{\["0-9-]|(?:true|false|null)(?![0-9A-Za-z_])')
_COMMENT = re.compile(r"//|/\*|#|<!--|--")
_CONTROLS = {
    0: "NUL",
    8: "backspace",
    9: "tab",
    10: "line break",
    12: "form feed",
    13: "carriage return",
}
_OTHER_LANGUAGES = {
    "None": "null",
    "True": "true",
    "False": "false",
    "undefined": "null",
    "nil": "null",
}
_TYPOGRAPHIC = "“”„‟‘’‚‛«»‹›＂＇`´"
_FULL_WIDTH = {"：": ":", "，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]"}


def explain_break(text: str, found: Break, *, unterminated: bool = False) -> Fault:
    """Gives the one fault that a break means.

    `unterminated`: the text is the last line of a file and has no line end, so that a text which stops
    too early was cut off.
    """
    kind, position = found.kind, found.position
    column = column_of(text, position)
    if kind == "deep":
        return Fault("nested-too-deep", {"limit": MAX_DEPTH})
    if kind == "large":
        number = text[position : skip(NUMBER_LIKE, text, position)]
        digits = sum(character.isdigit() for character in number)
        return Fault("number-too-long", {"column": column, "digits": digits})
    if kind in ("end", "text") and unterminated and text.strip():
        return Fault("truncated-last-line", {"column": column})
    if kind == "control" or (kind == "stray" and text[position] < " "):
        return Fault("control-character", {"column": column, "character": _control(text[position])})
    if kind in ("stray", "number"):
        not_finite = _NOT_FINITE.match(text, position)
        if not_finite and found.expected in (VALUE, FIRST_VALUE):
            return Fault("nan-or-infinity", {"column": column, "literal": not_finite.group()})
    if found.expected == END:
        second = _second_value(text, position)
        if second is not None:
            return Fault("several-values-on-a-line", {"column": column_of(text, second)})
    place, reason = _reason(text, found)
    return Fault("invalid-json", {"column": column_of(text, place), "reason": reason})


def column_of(text: str, position: int) -> int:
    """The 1-based column of a place, on its own line where the text has several."""
    return position - text.rfind("\n", 0, position)


def _control(character: str) -> str:
    number = ord(character)
    name = _CONTROLS.get(number)
    return f"U+{number:04X} ({name})" if name else f"U+{number:04X}"


def _second_value(text: str, position: int) -> int | None:
    """Where a second value starts after the first, perhaps after a comma; None if none does."""
    if text[position] in ",;":
        position += 1
        position += len(text) - position - len(text[position:].lstrip(" \t\r\n"))
    return position if _VALUE_START.match(text, position) else None


def _reason(text: str, found: Break) -> tuple[int, str]:
    """Gives the place to point at, and what was found and what is allowed there."""
    kind, position = found.kind, found.position
    if kind == "end":
        return position, _early_end(text, found)
    if kind == "text":
        opened = column_of(text, found.start)
        return position, f"the text that opens at column {opened} has no closing quote on this line"
    if kind == "escape":
        return position, _escape_reason(text, position)
    if kind == "number":
        return position, _number_reason(text[position : skip(NUMBER_LIKE, text, position)])
    return _stray_reason(text, found)


def _early_end(text: str, found: Break) -> str:
    if found.opened >= 0:
        bracket = text[found.opened]
        return (
            f"the line ends before the {bracket!r} of column {column_of(text, found.opened)} closes"
        )
    return "the line ends within a value" if text.strip() else "nothing stands on the line"


def _escape_reason(text: str, position: int) -> str:
    escape = text[position : position + 2]
    if escape == "\\u":
        return "\\u must be followed by four hexadecimal digits"
    return f'{escape} is no escape; there are \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX'


def _number_reason(number: str) -> str:
    if re.match(r"-?0[0-9]", number):
        return f"the number {_cut(number)} starts with a zero"
    if re.match(r"-?0[xX]", number):
        return f"the number {_cut(number)} is hexadecimal; JSON numbers are decimal"
    if re.fullmatch(r"-?[0-9]+\.(?![0-9]).*", number):
        return f"the number {_cut(number)} has no digit after its point"
    if re.match(r"-\.", number):
        return f"the number {_cut(number)} has no digit before its point"
    if "_" in number:
        return f"the number {_cut(number)} holds an underscore"
    return f"{_cut(number)} is not a number; text stands in double quotes"


def _stray_reason(text: str, found: Break) -> tuple[int, str]:
    position, expected = found.position, found.expected
    character = text[position]
    if character == "'":
        return position, "a single quote; JSON keys and text stand in double quotes"
    if character in _TYPOGRAPHIC:
        return (
            position,
            f"the quotation mark {character}; JSON keys and text stand in double quotes",
        )
    if character in _FULL_WIDTH:
        return position, f"the full-width {character} where {_FULL_WIDTH[character]!r} must stand"
    if character == "\ufeff":
        return position, "a byte order mark (U+FEFF) inside the file"
    if not character.isprintable() or character.isspace():
        name = unicodedata.name(character, "not printable").lower()
        return position, f"U+{ord(character):04X} ({name}) outside of quotes"
    if _COMMENT.match(text, position) and not _VALUE_START.match(text, position):
        return position, "a comment; JSON has none"
    after_text = found.before == '"' and found.before_end == position
    if after_text and character not in ",:}]" and expected != END:
        return position, 'the text before ends here; a double quote inside text is written \\"'
    if expected in (KEY, FIRST_KEY):
        return _key_reason(text, found)
    if expected in (VALUE, FIRST_VALUE):
        return _value_reason(text, found)
    if expected == COLON:
        return position, f"found {_shown(text, position)} where ':' must follow the key"
    if expected in (IN_OBJECT, IN_ARRAY):
        return _separator_reason(text, found)
    return _rest_reason(text, position)


def _key_reason(text: str, found: Break) -> tuple[int, str]:
    position = found.position
    character = text[position]
    if character == "}" and found.before == ",":
        return found.before_start, "a trailing comma before '}'"
    if character == ",":
        return position, "a comma with no key and value before it"
    word = text[position : skip(WORD_LIKE, text, position)]
    if word and text[position + len(word) :].lstrip().startswith(":"):
        return position, f"the key {_cut(word)} stands without double quotes"
    return position, f"found {_shown(text, position)} where {found.expected} must stand"


def _value_reason(text: str, found: Break) -> tuple[int, str]:
    position = found.position
    character = text[position]
    if character == "]" and found.before == ",":
        return found.before_start, "a trailing comma before ']'"
    if character in ",}]" and found.before:
        return position, f"found {character!r} where {found.expected} must stand"
    if character == "+":
        return position, "a plus sign; JSON numbers have none"
    if character == ".":
        return position, f"found {_shown(text, position)}; a number needs a digit before its point"
    word = text[position : skip(WORD_LIKE, text, position)]
    right = _OTHER_LANGUAGES.get(word) or (
        word.lower() if word.lower() in ("true", "false", "null") else None
    )
    if right is not None:
        return position, f"the word {word}; JSON writes {right}"
    if word:
        return position, f"the word {_cut(word)} stands without double quotes"
    return position, f"found {_shown(text, position)} where {found.expected} must stand"


def _separator_reason(text: str, found: Break) -> tuple[int, str]:
    position = found.position
    if _VALUE_START.match(text, position):
        return position, f"a comma is missing before {_shown(text, position)}"
    return position, f"found {_shown(text, position)} where {found.expected} must stand"


def _rest_reason(text: str, position: int) -> tuple[int, str]:
    character = text[position]
    if character == "," and not text[position + 1 :].strip():
        return position, "a comma after the value; a line holds one value and no comma"
    if character in "}]":
        return position, f"one {character!r} too many"
    if text.startswith("\\n", position):
        return position, "the characters \\n stand where a line break belongs"
    return position, f"found {_shown(text, position)} after the end of the value"


def _shown(text: str, position: int) -> str:
    return repr(_cut(text[position : position + 40]))


def _cut(text: str) -> str:
    return text if len(text) <= 20 else text[:17] + "..."
