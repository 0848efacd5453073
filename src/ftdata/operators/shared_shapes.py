"""What is wrong with the shape of a record, asked once of each schema and each way to be built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ftdata.model import Rule
from ftdata.operators.sketch import SKIPPED, Sketch
from ftdata.rules.shape.asked import asked_by
from ftdata.rules.shape.conjuncts import Place, place_at
from ftdata.rules.shape.schema_check import schema_check

_REMEMBERED = 4096


class Misshapen(NamedTuple):
    """A rule that explains what does not fit, how often it does, and where."""

    rule: Rule
    times: int
    pointers: frozenset[str]


class SharedShapes:
    """Judges records by many schemas. Those that only refer to another are judged as that one."""

    def __init__(self, schemas: Iterable[str]) -> None:
        self._shapes: dict[str, _Shape] = {}
        self._by_path = {schema: self._shape_of(schema) for schema in schemas}

    def _shape_of(self, schema: str) -> _Shape:
        path = _meant(place_at(schema)).location.removesuffix("#")
        if "#" in path:
            path = schema
        if path not in self._shapes:
            self._shapes[path] = _Shape(path)
        return self._shapes[path]

    def judge(self, schema: str, record: dict[str, Any], sketch: Sketch) -> Sequence[Misshapen]:
        """Gives what does not fit a schema, as it is for every record with this sketch."""
        return self._by_path[schema].judge(record, sketch)


class _Shape:
    """One schema. Parts of a sketch that it does not look at make no difference to it."""

    def __init__(self, path: str) -> None:
        self._names = asked_by([path]).names
        self._path = path
        self._known: dict[Sketch, Sequence[Misshapen]] = {}

    def judge(self, record: dict[str, Any], sketch: Sketch) -> Sequence[Misshapen]:
        names = self._names
        seen = (
            sketch
            if names is None
            else tuple([part if part[0] in names else (part[0], SKIPPED) for part in sketch])
        )
        found = self._known.get(seen)
        if found is None:
            found = self._look(record)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[seen] = found
        return found

    def _look(self, record: dict[str, Any]) -> Sequence[Misshapen]:
        check = schema_check(self._path)
        if check.is_valid(record):
            return ()
        pointers: dict[str, list[str]] = {}
        rules: dict[str, Rule] = {}
        for rule, found in check.explain(record):
            rules[rule.code] = rule
            pointers.setdefault(rule.code, []).append(found.pointer)
        return [
            Misshapen(rules[code], len(places), frozenset(places))
            for code, places in pointers.items()
        ]


def _meant(place: Place) -> Place:
    """Follows a schema that says nothing but which other one it is."""
    while place.keywords == {"$ref"}:
        place = place_at(place.schema["$ref"], place.location)
    return place
