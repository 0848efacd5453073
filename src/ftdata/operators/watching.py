"""Looks at records for the kinds of their values: a shape seen before costs one look into a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from ftdata.model import Batch
from ftdata.model.value_kinds import (
    BIG_INTEGER,
    DATE,
    EMPTY_LIST,
    JSON_TEXT,
    LIST,
    LONG_FRACTION,
    TEXT,
    Place,
    ValueKinds,
    below,
    object_kind,
    value_kind,
)

_SHAPES = 1024  # remembered of the objects at one path
_WHOLE = 2.0**63  # a fraction from here on may be a whole number that orjson could not hold
#: What has been seen of a type when each of these has been: more values of it tell nothing.
_LAST_KINDS = {str: TEXT, int: BIG_INTEGER, float: LONG_FRACTION}
#: Where most records of a file hold the same long value: what is remembered of them must stay small.
_DECLARED = ("/tools", "/functions")
_REMEMBERED = 128
_MOST_REMEMBERED_BYTES = 64 * 1024


class _Node:
    """What was seen at one path."""

    __slots__ = ("elements", "kinds", "members", "path", "plans", "seen")

    def __init__(self, path: str) -> None:
        self.path = path
        self.kinds: set[str] = set()
        self.members: dict[str, _Node] = {}
        self.elements: _Node | None = None
        #: (keys, types of the values) -> the members to be looked at all the same
        self.plans: dict[tuple[tuple[str, ...], tuple[type, ...]], list[tuple[str, _Node]]] = {}
        self.seen: set[bytes] | None = set() if path in _DECLARED else None


class Watcher:
    """Notes in `kinds` what is new in the records that it is shown, which come in order.

    `undecided` are the paths at which all texts so far are dates: while there are any, every record has
    to be shown; else those whose keys, types and texts are certain to be known can be left out.
    """

    def __init__(self, kinds: ValueKinds) -> None:
        self.kinds = kinds
        self.undecided: set[str] = set()
        self._root = _Node("")
        self._room = 2 * kinds.keep  # paths that are looked at
        self._new: list[tuple[str, str]] = []
        self._is_exact = False

    def look_at(self, line: bytes, place: Callable[[], Place], record: Any = None) -> None:
        """Notes what is new in a line, if it is an object; `place` is asked for only where something is.

        `record` is what orjson reads in the line, where it was read before.
        """
        try:
            if record is None:
                record = orjson.loads(line)
            if type(record) is dict:
                self._look(record, place)
        except _InexactNumber:
            self._is_exact = True
            self._look(json.loads(line), place)
            self._is_exact = False
        except (orjson.JSONDecodeError, RecursionError):
            self._new.clear()

    def _look(self, record: dict[str, Any], place: Callable[[], Place]) -> None:
        self._object(record, self._root)
        if self._new:
            here = place()
            for path, kind in self._new:
                pointer = next(_pointers(record, path.split("/")[1:], kind, ""), "")
                self.kinds.note(path, kind, here._replace(pointer=pointer))
            self._new.clear()

    def _object(self, value: dict[str, Any], node: _Node) -> None:
        shape = (tuple(value), tuple(map(type, value.values())))
        plan = node.plans.get(shape)
        if plan is None:
            plan = self._plan(value, node)
            if len(node.plans) == _SHAPES:
                node.plans.clear()
            node.plans[shape] = plan
        for key, member in plan:
            self._value(value[key], member)

    def _plan(self, value: dict[str, Any], node: _Node) -> list[tuple[str, _Node]]:
        """Looks at all members, and gives those that must be looked at in each object of this shape."""
        self._note(node, object_kind(value))
        plan = []
        for key, inner in value.items():
            member = node.members.get(key)
            if member is None:
                if not self._room:
                    self.kinds.cut = True
                    continue
                self._room -= 1
                member = node.members[key] = _Node(below(node.path, key))
            self._value(inner, member)
            kind = type(inner)
            if kind in (dict, list) or (kind in _LAST_KINDS and not _is_known(kind, member)):
                plan.append((key, member))
        return plan

    def _value(self, value: Any, node: _Node) -> None:
        kind = type(value)
        if kind is dict:
            self._object(value, node)
        elif kind is list:
            if node.seen is None:
                self._list(value, node)
            else:
                self._declared(value, node, node.seen)
        elif not _is_known(kind, node):
            self._scalar(value, node)

    def _declared(self, value: list[Any], node: _Node, seen: set[bytes]) -> None:
        """Looks at a list, but not at one that was seen."""
        try:
            written = orjson.dumps(value)
        except TypeError:  # a number that orjson cannot hold, or nested too deep
            written = None
        if written is None or written not in seen:
            self._list(value, node)
            if written is not None and len(written) <= _MOST_REMEMBERED_BYTES:
                if len(seen) >= _REMEMBERED:
                    seen.clear()
                seen.add(written)

    def _list(self, value: list[Any], node: _Node) -> None:
        if not value:
            self._note(node, EMPTY_LIST)
            return
        self._note(node, LIST)
        elements = node.elements
        if elements is None:
            elements = node.elements = _Node(f"{node.path}/*")
        for element in value:
            if type(element) is dict:
                self._object(element, elements)
            else:
                self._value(element, elements)

    def _scalar(self, value: Any, node: _Node) -> None:
        if type(value) is float and not -_WHOLE < value < _WHOLE and not self._is_exact:
            raise _InexactNumber
        kind = value_kind(value)
        self._note(node, kind)
        if kind == DATE:
            self.undecided.add(node.path)
        elif kind == TEXT:
            self.undecided.discard(node.path)
            if _is_json(value):
                self._note(node, JSON_TEXT)

    def _note(self, node: _Node, kind: str) -> None:
        if kind not in node.kinds:
            node.kinds.add(kind)
            self._new.append((node.path, kind))


def _is_known(kind: type, node: _Node) -> bool:
    """True where a value of this type tells nothing new; a fraction may be a whole number that is too big."""
    if kind is float and BIG_INTEGER not in node.kinds:
        return False
    return _LAST_KINDS.get(kind) in node.kinds


class _InexactNumber(Exception):
    """A number of the record is not known exactly: it has to be read by `json`."""


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except (orjson.JSONDecodeError, RecursionError):
        return False
    return True


def _pointers(value: Any, steps: list[str], kind: str, pointer: str) -> Iterator[str]:
    """Yields pointers to the values of a kind at a path."""
    if not steps:
        if value_kind(value) == (TEXT if kind == JSON_TEXT else kind):
            yield pointer
    elif type(value) is list and steps[0] == "*":
        for index, element in enumerate(value):
            yield from _pointers(element, steps[1:], kind, f"{pointer}/{index}")
    elif type(value) is dict and steps[0] != "*":
        key = "*" if steps[0] == "~2" else steps[0].replace("~1", "/").replace("~0", "~")
        if key in value:
            step = key.replace("~", "~0").replace("/", "~1")
            yield from _pointers(value[key], steps[1:], kind, f"{pointer}/{step}")


class Watching:
    """Shows a watcher the lines of batches. `forget` is called when another begins, which knows nothing."""

    def __init__(self, forget: Callable[[], None] | None) -> None:
        self._forget = forget
        self._watcher = Watcher(ValueKinds())

    def begin(self, kinds: ValueKinds) -> None:
        """Notes in `kinds` from now on."""
        if self._watcher.kinds is not kinds:
            self._watcher = Watcher(kinds)
            if self._forget is not None:
                self._forget()

    def watch(
        self, batch: Batch, positions: Iterable[int], source_index: int, bytes_before: int
    ) -> None:
        """Shows the lines at these positions, in order, and those between them that have to be seen."""
        watched = self.lines_of(batch, source_index, bytes_before)
        for position in positions:
            watched.show(position)
        watched.end()

    def lines_of(self, batch: Batch, source_index: int, bytes_before: int) -> WatchedLines:
        """Gives what shows lines of a batch one by one."""
        return WatchedLines(self._watcher, batch, source_index, bytes_before)


class WatchedLines:
    """Shows a watcher lines of a batch, in order, and those between them that have to be seen."""

    def __init__(
        self, watcher: Watcher, batch: Batch, source_index: int, bytes_before: int
    ) -> None:
        self._watcher = watcher
        self._batch = batch
        self._source_index = source_index
        self._bytes_before = bytes_before
        self._position = 0

    def show(self, position: int, record: Any = None) -> None:
        """Shows the line at a position; `record` is what orjson reads in it, where it was read before."""
        self._reach(position)
        self._look(record)
        self._position += 1

    def end(self) -> None:
        """Shows what is left to be seen."""
        self._reach(len(self._batch.items))

    def _reach(self, end: int) -> None:
        while self._position < end and self._watcher.undecided:
            self._look(None)
            self._position += 1
        self._position = end

    def _look(self, record: Any) -> None:
        line = self._batch.items[self._position]
        if type(line) is bytes:
            self._watcher.look_at(line, self._place, record)

    def _place(self) -> Place:
        batch, position = self._batch, self._position
        offset = self._bytes_before + batch_bytes(batch, position)
        return Place(self._source_index, batch.numbers[position], offset, "", batch.source)


def batch_bytes(batch: Batch, end: int | None = None) -> int:
    """Bytes of the lines before the position `end` of a batch, or of all, with a byte for each line end."""
    items = batch.items[:end]
    return len(items) + sum(len(item) for item in items if type(item) is bytes)
