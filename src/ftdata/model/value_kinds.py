"""What kinds of values stand at each path of the records, and where each came first.

A path is a JSON Pointer in which `*` stands for any element of a list; a key `*` is written `~2`. A kind is
one of the names below, or `{` and the sorted keys of an object as JSON. The sum of two parts keeps the
earlier place: any split in any order gives the same sum, also through JSON (a law test holds this).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

NULL = "null"
BOOLEAN = "boolean"
INTEGER = "integer"
BIG_INTEGER = "big integer"  # does not fit in 64 bits with a sign
FRACTION = "fraction"
LONG_FRACTION = "long fraction"  # has more than ten decimals
TEXT = "text"
JSON_TEXT = "text of JSON"  # beside TEXT, where the first text at the path is JSON itself
DATE = "date"  # a text that Arrow takes for a point in time
LIST = "list"
EMPTY_LIST = "empty list"

_INT64 = 2**63
_DECIMALS = 10  # that ujson of pandas writes
_HOUR, _SIXTIETH = r"([01]\d|2[0-3])", r"[0-5]\d"
_DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\d([ T]{_HOUR}(:{_SIXTIETH}(:{_SIXTIETH})?)?(Z|[+-]{_HOUR}(:?{_SIXTIETH})?)?)?",
    re.ASCII,
)


class Place(NamedTuple):
    """Where something came first; `offset` are the bytes of the lines before it in its source."""

    source_index: int
    line: int
    offset: int
    pointer: str
    file: str


@dataclass
class ValueKinds:
    """The first place of each kind at each path.

    No more than the first `keep` pairs of a path and a kind are kept; `cut` says that there were more.
    Texts at a path are only looked at until one is no date: dates behind it are not kept, and only of this
    first one it is kept whether it is JSON.
    """

    keep: int = 8192
    cut: bool = False
    first: dict[tuple[str, str], Place] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.first)

    def note(self, path: str, kind: str, place: Place) -> None:
        """Takes a kind seen at a path."""
        known = self.first.get((path, kind))
        if known is None or place < known:
            self.first[path, kind] = place
            if len(self.first) > 2 * self.keep:
                self.settle()

    def include(self, other: ValueKinds, *, lines_before: int = 0, bytes_before: int = 0) -> None:
        """Adds another part; what stands in its source before it are `lines_before`, `bytes_before`."""
        self.keep = min(self.keep, other.keep)
        self.cut |= other.cut
        for (path, kind), place in other.first.items():
            if lines_before or bytes_before:
                line, offset = place.line + lines_before, place.offset + bytes_before
                place = place._replace(line=line, offset=offset)
            self.note(path, kind, place)

    def settle(self) -> dict[tuple[str, str], Place]:
        """Keeps what is to be kept, and gives it in the order of places."""
        for (path, kind), place in list(self.first.items()):
            if kind in (DATE, JSON_TEXT) and self.first.get((path, TEXT), place) < place:
                del self.first[path, kind]
        ordered = sorted(self.first.items(), key=lambda item: (item[1], item[0]))
        self.cut |= len(ordered) > self.keep
        self.first = dict(ordered[: self.keep])
        return self.first

    def to_json(self) -> dict[str, Any]:
        """Gives plain values; `from_json` reads them back."""
        first = [[path, kind, *place] for (path, kind), place in self.settle().items()]
        return {"keep": self.keep, "cut": self.cut, "first": first}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ValueKinds:
        """Reads what `to_json` gave."""
        first = {(path, kind): Place(*place) for path, kind, *place in value["first"]}
        return cls(value["keep"], value["cut"], first)


def value_kind(value: object) -> str:
    """The kind of a value of JSON."""
    if isinstance(value, str):
        return DATE if is_date(value) else TEXT
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        return INTEGER if -_INT64 <= value < _INT64 else BIG_INTEGER
    if isinstance(value, float):
        return FRACTION if round(value, _DECIMALS) == value else LONG_FRACTION
    if isinstance(value, list):
        return LIST if value else EMPTY_LIST
    return object_kind(value)  # type: ignore[arg-type]


def object_kind(keys: Iterable[str]) -> str:
    """The kind of an object with these keys."""
    return "{" + json.dumps(sorted(keys))


def keys_of(kind: str) -> frozenset[str]:
    """The keys of an object of this kind."""
    return frozenset(json.loads(kind[1:]))


def is_date(text: str) -> bool:
    """True where Arrow takes a text for a point in time of whole seconds."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return text.startswith("0000-")
    return True


def below(path: str, key: str) -> str:
    """The path of a key of the objects at a path."""
    escaped = key.replace("~", "~0").replace("/", "~1")
    return f"{path}/~2" if key == "*" else f"{path}/{escaped}"
