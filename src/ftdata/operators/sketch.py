"""Sketches of records: how a record is built, and of its values only what makes a difference to anyone.

Records with equal sketches get the same findings from the same schemas and from the same rules on turns, but
for the texts that a message quotes. What a sketch keeps:

* keys, in their order, lists, and the types of all values; of keys that neither a schema nor a rule looks
  at, the key alone;
* strings as empty, blank or neither, and where a schema asks for more (see `rules/shape/asked.py`), its
  answers; roles and types of parts as they are;
* in answers that are compared, which values are the same;
* numbers by how they compare with those that schemas name.

Rules on tools look closer, at ids, names and arguments, and rules on texts at all of them: a sketch says
nothing to these.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final

from ftdata.model import Definitions, TurnView
from ftdata.rules.shape.asked import Asked, AskedOfStrings, is_anchored

#: One part for each key of a record: the key, and what is kept of its value.
Sketch = tuple[tuple[str, Hashable], ...]

#: What rules on turns look at, wherever schemas do or do not.
_OF_TURNS = {
    *("messages", "role", "content", "weight", "name", "type", "text", "refusal"),
    *("tool_calls", "function_call", "tools", "functions"),
}
_DECLARED = frozenset({"tools", "functions"})
_DEEPEST = 32
_LONGEST = 4096  # parts of one sketch
_LONGEST_KEPT = 64  # characters of a string that is kept
_REMEMBERED = 256
_EXACT = 2**63

_OPEN: Final = object()
_LIST: Final = object()
_CLOSE: Final = object()
SKIPPED: Final = object()
ITEMS: Final = object()  # stands before the sketches of the items of a list
_EMPTY: Final = object()
_TEXT: Final = object()
_FIXED: Final = {True: object(), False: object(), None: object()}


class Unsketchable(Exception):
    """A record that is too large or too odd."""


class Sketcher:
    """Sketches records for some schemas and some views of turns."""

    def __init__(self, asked: Asked, views: Iterable[TurnView]) -> None:
        views = [*views]
        self._verbatim = {"type", "role", *(view.role for view in views)}
        self._strings = {
            key: token
            for key, token in ((key, _token_of(of)) for key, of in asked.strings.items())
            if token is not None and key not in self._verbatim
        }
        self._numbers = sorted({0, *asked.numbers})
        self._compared = {
            pointer.split("/")[1]
            for view in views
            if len(view.answers) > 1
            for pointer in view.answers
        }
        places = [pointer for view in views for pointer in (view.at, *view.answers)]
        keys = {key for place in places for key in place.split("/")[1:]}
        keys |= {key for view in views for key in (view.role, view.content)}
        self._names = None if asked.names is None else asked.names | keys | _OF_TURNS
        self._declarations: dict[tuple[str, Definitions], Hashable] = {}
        self.texts_alike = not {"content", "messages"} & self._strings.keys()

    def sketch(self, record: dict[str, Any], definitions: Definitions | None) -> Sketch:
        """Gives the sketch of a record that declares these tools; raises Unsketchable."""
        numbers: dict[Any, int] = {}  # of the values in answers that are compared
        parts: list[tuple[str, Hashable]] = []
        for key, value in record.items():
            if type(key) is not str:
                raise Unsketchable
            if key in _DECLARED:
                parts.append((key, self._declaration(key, value, definitions)))
            elif key in self._compared:
                parts.append((key, self._walked(key, value, numbers)))
            elif self._names is None or key in self._names:
                parts.append((key, self._walked(key, value, None)))
            else:
                parts.append((key, SKIPPED))
        return tuple(parts)

    def _declaration(self, key: str, value: Any, definitions: Definitions | None) -> Hashable:
        """Declared tools are the same in most records, and long."""
        if definitions is None:
            return self._walked(key, value, None)
        known = self._declarations.get((key, definitions))
        if known is None:
            known = self._walked(key, value, None)
            if len(self._declarations) >= _REMEMBERED:
                self._declarations.clear()
            self._declarations[key, definitions] = known
        return known

    def _walked(self, key: str, value: Any, numbers: dict[Any, int] | None) -> Hashable:
        if type(value) is list and numbers is None:
            if len(value) > _LONGEST:
                raise Unsketchable
            return (ITEMS, *[self._walked_whole(key, member, None) for member in value])
        return self._walked_whole(key, value, numbers)

    def _walked_whole(self, key: str, value: Any, numbers: dict[Any, int] | None) -> Hashable:
        out: list[Any] = []
        self._walk(key, value, out, numbers, _DEEPEST)
        return tuple(out)

    def _walk(
        self, key: str, value: Any, out: list[Any], numbers: dict[Any, int] | None, depth: int
    ) -> None:
        kind = type(value)
        if kind is str:
            out.append(self._string(key, value))
        elif kind is dict:
            if not depth or len(out) > _LONGEST:
                raise Unsketchable
            out.append(_OPEN)
            names = self._names if numbers is None else None
            for inner, member in value.items():
                out.append(inner)
                if names is not None and inner not in names:
                    out.append(SKIPPED)
                elif type(member) is str and numbers is None and inner not in self._verbatim:
                    token = self._strings.get(inner)  # most of all values, so not a call for each
                    if token is not None:
                        out.append(token(member))
                    else:
                        out.append(_TEXT if member and not member.isspace() else _blank(member))
                else:
                    self._walk(inner, member, out, numbers, depth - 1)
            out.append(_CLOSE)
            return
        elif kind is list:
            if not depth or len(out) > _LONGEST:
                raise Unsketchable
            out.append(_LIST)
            for member in value:
                self._walk(key, member, out, numbers, depth - 1)
            out.append(_CLOSE)
            return
        elif value is None or kind is bool:
            out.append(_FIXED[value])
        else:
            out.append(self._number(value))
        if numbers is not None:
            out.append(numbers.setdefault(value, len(numbers)))

    def _string(self, key: str, value: str) -> Hashable:
        if key in self._verbatim:
            if len(value) > _LONGEST_KEPT:
                raise Unsketchable
            return value
        token = self._strings.get(key)
        if token is not None:
            return token(value)
        return _TEXT if value and not value.isspace() else _blank(value)

    def _number(self, value: Any) -> Hashable:
        kind = type(value)
        if kind not in (int, float) or not -_EXACT < value < _EXACT:
            raise Unsketchable
        bounds = self._numbers
        whole = kind is int or value.is_integer()
        return kind, whole, bisect_left(bounds, value), bisect_right(bounds, value)


def _blank(value: str) -> Hashable:
    """What is blank to Python need not be to a pattern."""
    if not value:
        return _EMPTY
    if len(value) > _LONGEST_KEPT:
        raise Unsketchable
    return value


def _token_of(asked: AskedOfStrings) -> Callable[[str], Hashable] | None:
    """Answers for a string what is asked of it; None where all texts answer alike."""
    values = frozenset(asked.values)
    lengths = sorted(length for length in asked.lengths if length > 1)
    matches = [
        re.compile(pattern).match if is_anchored(pattern) else re.compile(pattern).search
        for pattern in sorted(asked.patterns - {r"\S"})  # a text that is not blank has that
    ]
    if not (values or lengths or matches):
        return None

    def token(value: str) -> Hashable:
        if value in values:
            return value
        if not value or value.isspace():
            return _blank(value)
        return bisect_right(lengths, len(value)), *[match(value) is not None for match in matches]

    return token
