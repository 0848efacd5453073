"""What schemas ask of single values, by the key where these stand: the rest of a value makes no difference.

Two records that are built alike, and whose values give the same answers to all that is asked, fit the same
schemas and fail the same keywords at the same places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ftdata.rules.shape.conjuncts import Inexpressible, Place, place_at

#: Keywords whose schemas are about the value itself; those of `items` and `contains` are about values that
#: have no other key than their list.
_ONE = ("if", "then", "else", "not", "items", "contains", "additionalProperties")
_BRANCHES = ("anyOf", "oneOf")
_SEVERAL = ("allOf", *_BRANCHES)
_QUESTIONS = ("if", "not", "contains")  # what fails inside of them is not told
_OF_ITEMS = ("minItems", "maxItems")
_ABOUT_STRINGS = ("pattern", "minLength", "maxLength")
_ABOUT_NUMBERS = ("minimum", "maximum")
_UNDERSTOOD = {
    *(*_ONE, *_SEVERAL, *_ABOUT_STRINGS, *_ABOUT_NUMBERS),
    *("$ref", "properties", "type", "required", "minItems", "maxItems", "enum", "const"),
}


@dataclass
class AskedOfStrings:
    """The values that are named, the lengths at which something changes, and the patterns."""

    values: set[str] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)


@dataclass
class Asked:
    """`strings` by their key ("" for a value without one); `numbers` are compared with these anywhere.

    `names` are the keys whose values are looked at; None: all are. `items`: up to how many items of the list
    at a key anything is asked. `chooses`: what is wrong is told by the branch that fails least.
    """

    strings: dict[str, AskedOfStrings] = field(default_factory=dict)
    numbers: set[float] = field(default_factory=set)
    names: set[str] | None = field(default_factory=set)
    items: dict[str, int] = field(default_factory=dict)
    chooses: bool = False


def asked_by(schemas: Iterable[str]) -> Asked:
    """Gathers what some schemas ask, by their paths below schemas/.

    Raises Inexpressible for a keyword that is not understood.
    """
    asked = Asked()
    seen: set[tuple[str, str, bool]] = set()
    waiting = [(place_at(schema), "", False) for schema in schemas]
    while waiting:
        place, key, is_question = waiting.pop()
        if isinstance(place.schema, bool) or (place.location, key, is_question) in seen:
            continue
        seen.add((place.location, key, is_question))
        below = _BELOW.get(place.location)
        if below is None:
            if not place.keywords <= _UNDERSTOOD or _names_more_than_scalars(place.schema):
                raise Inexpressible(place.location)
            below = _BELOW[place.location] = [*_below(place)]
        _add(asked, place.schema, key)
        if not is_question and not place.schema.keys().isdisjoint(_BRANCHES):
            asked.chooses = True
        waiting += [
            (inner, key if step.key is None else step.key, is_question or step.is_question)
            for inner, step in below
        ]
    return asked


#: What stands below each place of the shipped schemas, and its key; None: the same.
_BELOW: dict[str, list[tuple[Place, _Step]]] = {}


def is_anchored(pattern: str) -> bool:
    """True where a pattern can only match at the start of a text, as far as that is plain to see."""
    rest = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
    while "(" in rest:
        shorter = re.sub(r"\([^()]*\)", "", rest)
        if shorter == rest:
            return False
        rest = shorter
    return rest.startswith("^") and "|" not in rest


class _Step(NamedTuple):
    """The way to a subschema: the key of what it is about (None: the same), and if it only asks."""

    key: str | None = None
    is_question: bool = False


def _below(place: Place) -> Iterator[tuple[Place, _Step]]:
    schema = place.schema
    if "$ref" in schema:
        yield place_at(schema["$ref"], place.location), _Step()
    for name in _ONE:
        if name in schema:
            yield place.at(name), _Step(is_question=name in _QUESTIONS)
    for name in _SEVERAL:
        for index in range(len(schema.get(name, ()))):
            yield place.at(name, index), _Step()
    for name in schema.get("properties", ()):
        yield place.at("properties", name), _Step(name)


def _names_more_than_scalars(schema: Any) -> bool:
    named = [*schema.get("enum", ()), schema.get("const")]
    return any(isinstance(value, (dict, list)) for value in named)


def _add(asked: Asked, schema: Any, key: str) -> None:
    named: list[Any] = [*schema.get("enum", ()), schema.get("const")]
    values = {value for value in named if isinstance(value, str)}
    lengths = {schema["minLength"]} if "minLength" in schema else set()
    lengths |= {schema["maxLength"] + 1} if "maxLength" in schema else set()
    patterns = {schema["pattern"]} if "pattern" in schema else set()
    if values or lengths or patterns:
        about = asked.strings.setdefault(key, AskedOfStrings())
        about.values |= values
        about.lengths |= lengths
        about.patterns |= patterns
    bounds = [schema[name] for name in _OF_ITEMS if name in schema]
    asked.items[key] = max([*bounds, asked.items.get(key, 0)])
    numbers = [*named, *(schema[name] for name in _ABOUT_NUMBERS if name in schema)]
    asked.numbers |= {number for number in numbers if type(number) in (int, float)}
    if isinstance(schema.get("additionalProperties"), dict):
        asked.names = None
    elif asked.names is not None:
        asked.names |= schema.get("properties", {}).keys()
