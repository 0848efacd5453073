"""Takes a schema apart into what all has to hold at once, as far as that can be told beforehand."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ftdata.resources import load_schema

#: Keywords that say nothing about a value.
_NOTES = {"$schema", "$defs", "$comment", "title", "description", "examples", "default"}

#: Keywords whose meaning is known to the compiler of types; any other makes a schema inexpressible.
_UNDERSTOOD = {
    *("$ref", "allOf", "if", "then", "else", "type", "enum", "const"),
    *("properties", "required", "additionalProperties"),
    *("items", "minItems", "maxItems"),
    *("minLength", "maxLength", "pattern"),
    *("minimum", "maximum"),
}


class Inexpressible(Exception):
    """A schema that types cannot express; the compiled schema judges in their place."""


class Place(NamedTuple):
    """A (sub)schema, and the reference that leads to it: a path below schemas/ with a JSON Pointer."""

    schema: Any
    location: str

    def at(self, *steps: str | int) -> Place:
        """Gives what stands below."""
        schema, location = self
        for step in steps:
            schema = schema[step]
            location += "/" + str(step).replace("~", "~0").replace("/", "~1")
        return Place(schema, location)

    @property
    def keywords(self) -> set[str]:
        """The keywords that say something about a value."""
        return {name for name in self.schema if name not in _NOTES and not name.startswith("x-")}


@dataclass
class Conjuncts:
    """What all has to hold: `all`, and `conditions` in which only the presence of keys is conditional."""

    all: list[Place] = field(default_factory=list)
    conditions: list[Place] = field(default_factory=list)

    def having(self, keyword: str) -> Iterator[Place]:
        """The places that use a keyword."""
        return (place for place in self.all if keyword in place.schema)


def place_at(reference: str, base: str = "") -> Place:
    """Follows a reference, absolute below schemas/ or relative to the location `base`."""
    path, _, pointer = reference.partition("#")
    here = base.partition("#")[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
    if pointer and not pointer.startswith("/"):
        raise Inexpressible(reference)
    place = Place(load_schema(path), f"{path}#")
    steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    return place.at(*(int(step) if step.isdecimal() else step for step in steps))


def conjuncts_of(places: Iterable[Place], kind: str, known: Mapping[str, str]) -> Conjuncts:
    """Gives what has to hold of a value of one JSON type, in which the values of some keys are known.

    Where a condition can neither be told true nor false, both of its branches have to hold, which is more
    than the schema asks for and so never accepts too much; unless the branch only asks for keys to be
    there: then it is one of the `conditions`, to be looked at where they are not.

    Raises Inexpressible for keywords that are not understood.
    """
    found = Conjuncts()
    for place in places:
        _gather(place, kind, known, found)
    return found


def _gather(place: Place, kind: str, known: Mapping[str, str], found: Conjuncts) -> None:
    schema = place.schema
    if schema is True:
        return
    if not isinstance(schema, dict) or not place.keywords <= _UNDERSTOOD:
        raise Inexpressible(place.location)
    found.all.append(place)
    for inner in _joined(place):
        _gather(inner, kind, known, found)
    if "if" in schema:
        holds = _decide(place.at("if"), kind, known)
        branches = [place.at(name) for name in ("then", "else") if name in schema]
        if holds is not None:
            wanted = "then" if holds else "else"
            branches = [place.at(wanted)] if wanted in schema else []
        elif all(branch.keywords == {"required"} for branch in branches):
            found.conditions.append(place)
            branches = []
        for branch in branches:
            _gather(branch, kind, known, found)


def _joined(place: Place) -> Iterator[Place]:
    if "$ref" in place.schema:
        yield place_at(place.schema["$ref"], place.location)
    for index in range(len(place.schema.get("allOf", ()))):
        yield place.at("allOf", index)


def _decide(condition: Place, kind: str, known: Mapping[str, str]) -> bool | None:
    """True or False where the condition is so for every such value; None where it depends."""
    if condition.keywords == {"type"}:
        return kind in types_in(condition.schema)
    tested = tested_key(condition)
    if kind == "object" and tested is not None and tested[0] in known:
        return known[tested[0]] in tested[1]
    return None


def tested_key(condition: Place) -> tuple[str, list[str]] | None:
    """The key and the strings, of a condition that a key is there and has one of some strings."""
    if condition.keywords == {"properties", "required"}:
        schema = condition.schema
        if [*schema["properties"]] == schema["required"] and len(schema["required"]) == 1:
            (key,) = schema["required"]
            inner = condition.at("properties", key)
            values = inner.schema.get("enum", [inner.schema.get("const")])
            one_keyword = inner.keywords in ({"enum"}, {"const"})
            if one_keyword and all(isinstance(value, str) for value in values):
                return key, values
    return None


def discriminator(places: Iterable[Place]) -> tuple[str, list[str]] | None:
    """The key whose value decides what else holds of an object, and the values that are named."""
    values: dict[str, list[str]] = {}
    waiting = list(places)
    while waiting:
        place = waiting.pop(0)
        if isinstance(place.schema, dict):
            waiting[:0] = _joined(place)
            tested = tested_key(place.at("if")) if "if" in place.schema else None
            if tested is not None:
                values.setdefault(tested[0], []).extend(tested[1])
    if not values:
        return None
    key = next(iter(values))
    return key, [*dict.fromkeys(values[key])]


def types_in(schema: Mapping[str, Any]) -> list[str]:
    """The JSON types that the keyword `type` names."""
    types = schema["type"]
    return [types] if isinstance(types, str) else types
