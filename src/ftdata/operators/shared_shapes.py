"""What is wrong with the shape of a record, asked once of each schema and each way to be built."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ftdata.model import Rule
from ftdata.operators.sketch import ITEMS, SKIPPED, Sketch
from ftdata.rules.shape.asked import asked_by
from ftdata.rules.shape.conjuncts import Place, place_at
from ftdata.rules.shape.schema_check import schema_check

_REMEMBERED = 4096


class Misshapen(NamedTuple):
    """A rule that explains what does not fit, how often it does, and where."""

    rule: Rule
    times: int
    pointers: frozenset[str]


class Fewer(NamedTuple):
    """A record without those items of its lists that are like earlier ones, and its sketch.

    `places` has for each such list where its items stood: of each that is left, and of those like it.
    """

    record: dict[str, Any]
    sketch: Sketch
    places: Mapping[str, Sequence[Sequence[int]]]


class SharedShapes:
    """Judges records by many schemas. Those that only refer to another are judged as that one."""

    def __init__(self, schemas: Iterable[str]) -> None:
        schemas = [*schemas]
        self._shapes: dict[str, _Shape] = {}
        self._by_path = {schema: self._shape_of(schema) for schema in schemas}
        self._items = asked_by(schemas).items

    def _shape_of(self, schema: str) -> _Shape:
        path = _meant(place_at(schema)).location.removesuffix("#")
        if "#" in path:
            path = schema
        if path not in self._shapes:
            self._shapes[path] = _Shape(path)
        return self._shapes[path]

    def judge(self, record: dict[str, Any], sketch: Sketch) -> dict[str, Sequence[Misshapen]]:
        """Gives what does not fit each schema, as it is for every record with this sketch."""
        fewer = self._fewer(record, sketch)
        found = {path: shape.judge(record, sketch, fewer) for path, shape in self._shapes.items()}
        return {path: found[shape.path] for path, shape in self._by_path.items()}

    def _fewer(self, record: dict[str, Any], sketch: Sketch) -> Fewer:
        """Leaves out what is like an earlier item, but never so much that a number of items is asked for."""
        record = {**record}
        parts: list[tuple[str, Hashable]] = []
        places: dict[str, list[list[int]]] = {}
        for key, kept in sketch:
            least = self._items.get(key, 0) + 1
            if (
                type(kept) is tuple
                and len(kept) > least + 1
                and kept[0] is ITEMS
                and "/" not in key
            ):
                first: dict[Hashable, int] = {}
                stood: list[list[int]] = []
                places[key] = stood
                for index, item in enumerate(kept[1:]):
                    if index >= least and item in first:
                        stood[first[item]].append(index)
                    else:
                        first.setdefault(item, len(stood))
                        stood.append([index])
                kept = (ITEMS, *[kept[1 + at[0]] for at in stood])
                record[key] = [record[key][at[0]] for at in stood]
            parts.append((key, kept))
        return Fewer(record, tuple(parts), places)


class _Shape:
    """One schema. Parts of a sketch that it does not look at make no difference to it."""

    def __init__(self, path: str) -> None:
        asked = asked_by([path])
        self.path = path
        self._names = asked.names
        self._chooses = asked.chooses
        self._known: dict[Sketch, Sequence[tuple[Rule, str]]] = {}

    def judge(self, record: dict[str, Any], sketch: Sketch, fewer: Fewer) -> Sequence[Misshapen]:
        if self._chooses:
            fewer = Fewer(record, sketch, {})
        names = self._names
        seen = (
            fewer.sketch
            if names is None
            else tuple([part if part[0] in names else (part[0], SKIPPED) for part in fewer.sketch])
        )
        found = self._known.get(seen)
        if found is None:
            found = self._look(fewer.record)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[seen] = found
        return _summed(found, fewer.places) if found else ()

    def _look(self, record: dict[str, Any]) -> Sequence[tuple[Rule, str]]:
        check = schema_check(self.path)
        if check.is_valid(record):
            return ()
        return [(rule, found.pointer) for rule, found in check.explain(record)]


def _summed(
    found: Sequence[tuple[Rule, str]], places: Mapping[str, Sequence[Sequence[int]]]
) -> list[Misshapen]:
    """Adds up by rule; what was found in an item is found in those that are like it, too."""
    pointers: dict[str, list[str]] = {}
    rules: dict[str, Rule] = {}
    for rule, pointer in found:
        rules[rule.code] = rule
        told = pointers.setdefault(rule.code, [])
        _, *steps = pointer.split("/", 3)
        if len(steps) > 1 and steps[0] in places:
            key, index, *rest = steps
            told += ["/".join(("", key, str(at), *rest)) for at in places[key][int(index)]]
        else:
            told.append(pointer)
    return [Misshapen(rules[code], len(told), frozenset(told)) for code, told in pointers.items()]


def _meant(place: Place) -> Place:
    """Follows a schema that says nothing but which other one it is."""
    while place.keywords == {"$ref"}:
        place = place_at(place.schema["$ref"], place.location)
    return place
