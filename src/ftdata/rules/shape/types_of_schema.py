"""Makes the types that an acceptor decodes into, from the conjuncts of a schema.

Everything here may narrow and nothing may widen: a value that a type takes fits the schema, once the
`opaque` fields and the `conditions` of its class have been checked.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple, Union

from msgspec import UNSET, Meta, Raw, UnsetType, defstruct

from ftdata.rules.shape.conjuncts import (
    Conjuncts,
    Inexpressible,
    Place,
    conjuncts_of,
    discriminator,
    types_in,
)

_KINDS = ("null", "boolean", "number", "string", "array", "object")
_DEEPEST = 16  # levels of typed values; also what ends a schema that refers to itself
_EXACT = 2**53  # doubles hold every whole number up to here


class Opaque(NamedTuple):
    """A field that is left as raw JSON, and the schemas that it has to fit."""

    name: str
    places: tuple[Place, ...]


class Condition(NamedTuple):
    """Where one of these keys is absent, the whole object has to be checked by a schema."""

    names: frozenset[str]
    place: Place


@dataclass(frozen=True)
class Shape:
    """What is known of one class: its tag, and what its fields do not say."""

    tag: str | None
    required: Mapping[str, Any]  # the type of each key that has to be there, without the tag's
    opaque: tuple[Opaque, ...]
    conditions: tuple[Condition, ...]
    leads: tuple[str, ...]  # the other fields inside of which something has to be checked


class TypeBuilder:
    """Makes types, and remembers the `shapes` of the classes among them."""

    def __init__(self) -> None:
        self.shapes: dict[type, Shape] = {}

    def type_of(self, places: Sequence[Place], depth: int = 0) -> Any:
        """Gives a type that takes only values that fit all places; raises Inexpressible."""
        if depth > _DEEPEST:
            raise Inexpressible(places[0].location)
        members: list[Any] = []
        for kind in _KINDS:
            conjuncts = conjuncts_of(places, kind, {})
            if _is_allowed(kind, conjuncts):
                members += self._members(kind, conjuncts, places, depth)
        if not members:
            raise Inexpressible("nothing is allowed")
        return Union[tuple(members)]  # noqa: UP007  # made at run time

    def _members(
        self, kind: str, conjuncts: Conjuncts, places: Sequence[Place], depth: int
    ) -> list[Any]:
        listed = _listed(conjuncts)
        if kind == "null":
            return [None] if listed is None or None in listed else []
        if listed is not None:
            wanted = {"string": str, "number": int}.get(kind)
            values = [value for value in listed if type(value) is wanted]
            return [Literal[tuple(values)]] if values else []
        if conjuncts.conditions and kind != "object":
            raise Inexpressible(conjuncts.conditions[0].location)
        if kind == "boolean":
            return [bool]
        if kind == "number":
            return [_number(conjuncts)]
        if kind == "string":
            return [_string(conjuncts)]
        if kind == "array":
            return [self._array(conjuncts, depth)]
        return self._objects(places, depth)

    def _array(self, conjuncts: Conjuncts, depth: int) -> Any:
        items = [place.at("items") for place in conjuncts.having("items")]
        before = len(self.shapes)
        inner = self.type_of(items, depth + 1)
        made = self._shapes_since(before)
        if any(shape.opaque for shape in made) and not any(shape.tag for shape in made):
            # Definitions of tools, say: the same in every row, and quicker remembered than decoded.
            raise Inexpressible(items[0].location)
        return Annotated[
            list[inner],  # type: ignore[valid-type]  # made at run time
            Meta(
                min_length=_largest("minItems", conjuncts),
                max_length=_smallest("maxItems", conjuncts),
            ),
        ]

    def _objects(self, places: Sequence[Place], depth: int) -> list[Any]:
        told = discriminator(places)
        if told is None:
            return [self._object(places, depth, {}, None)]
        key, values = told
        values = [value for value in values if _admits(places, key, value)]
        tag_field = key if len(values) > 1 else None  # msgspec takes a lone class without its tag
        return [self._object(places, depth, {key: value}, tag_field) for value in values]

    def _object(
        self, places: Sequence[Place], depth: int, known: dict[str, str], tag_field: str | None
    ) -> type:
        conjuncts = conjuncts_of(places, "object", known)
        properties = _properties(conjuncts, known)
        required = {
            name for place in conjuncts.having("required") for name in place.schema["required"]
        }
        names = _allowed_names(conjuncts, {*properties, *required, *known})
        if not names or not required | known.keys() <= names:
            raise Inexpressible(places[0].location)  # anything may stand in it, or nothing can
        fields: list[Any] = []
        opaque: list[Opaque] = []
        kinds: dict[str, Any] = {}
        leads: list[str] = []
        for name in sorted(names - {tag_field}):
            before = len(self.shapes)
            kind = (
                Literal[known[name]]
                if name in known
                else self._field(name, properties, opaque, depth)
            )
            if kind is not Raw and self._has_checks(before):
                leads.append(name)
            if name in required or name in known:
                kinds[name] = kind
                fields.append((name, kind))
            else:
                fields.append((name, Union[kind, UnsetType], UNSET))  # noqa: UP007  # as above
        made = defstruct(
            f"Object{len(self.shapes)}",
            fields,
            kw_only=True,
            gc=False,  # decoded from JSON, they can hold no cycle
            tag_field=tag_field,
            tag=known[tag_field] if tag_field else None,
            forbid_unknown_fields=_is_closed(conjuncts),
        )
        conditions = tuple(_condition(place) for place in conjuncts.conditions)
        self.shapes[made] = Shape(
            known[tag_field] if tag_field else None, kinds, tuple(opaque), conditions, tuple(leads)
        )
        return made

    def _shapes_since(self, before: int) -> list[Shape]:
        return list(self.shapes.values())[before:]

    def _has_checks(self, before: int) -> bool:
        return any(shape.opaque or shape.conditions for shape in self._shapes_since(before))

    def _field(
        self, name: str, properties: Mapping[str, list[Place]], opaque: list[Opaque], depth: int
    ) -> Any:
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            raise Inexpressible(name)
        places = properties.get(name, [])
        try:
            return self.type_of(places, depth + 1)
        except Inexpressible:
            opaque.append(Opaque(name, tuple(places)))
            return Raw


def _is_allowed(kind: str, conjuncts: Conjuncts) -> bool:
    return all(kind in types_in(place.schema) for place in conjuncts.having("type"))


def _listed(conjuncts: Conjuncts) -> list[Any] | None:
    """The values that `enum` and `const` leave; None where neither stands."""
    lists = [place.schema["enum"] for place in conjuncts.having("enum")]
    lists += [[place.schema["const"]] for place in conjuncts.having("const")]
    if not lists:
        return None
    # True == 1 in Python, not in JSON Schema
    rest = [{(type(value), repr(value)) for value in values} for values in lists[1:]]
    return [
        value for value in lists[0] if all((type(value), repr(value)) in other for other in rest)
    ]


def _number(conjuncts: Conjuncts) -> Any:
    lowest, highest = _largest("minimum", conjuncts), _smallest("maximum", conjuncts)
    if lowest is None or highest is None or lowest < -_EXACT or highest > _EXACT:
        raise Inexpressible("a number without bounds may be inexact")
    return Annotated[float, Meta(ge=lowest, le=highest)]


def _string(conjuncts: Conjuncts) -> Any:
    patterns = [place.schema["pattern"] for place in conjuncts.having("pattern")]
    if len(patterns) > 1:
        raise Inexpressible(patterns[1])
    shortest, longest = _largest("minLength", conjuncts), _smallest("maxLength", conjuncts)
    if not patterns and shortest is None and longest is None:
        return str
    pattern = patterns[0] if patterns else None
    return Annotated[str, Meta(min_length=shortest, max_length=longest, pattern=pattern)]


def _properties(conjuncts: Conjuncts, known: Mapping[str, str]) -> dict[str, list[Place]]:
    properties: dict[str, list[Place]] = {}
    for place in conjuncts.having("properties"):
        for name in place.schema["properties"]:
            if name not in known:
                properties.setdefault(name, []).append(place.at("properties", name))
    return properties


def _admits(places: Sequence[Place], key: str, value: str) -> bool:
    """True where the key may have this string."""
    conjuncts = conjuncts_of(places, "object", {key: value})
    own = [
        place.at("properties", key)
        for place in conjuncts.having("properties")
        if key in place.schema["properties"]
    ]
    inner = conjuncts_of(own, "string", {})
    plain = {"type", "enum", "const", "$ref", "allOf"}
    if inner.conditions or not all(place.keywords <= plain for place in inner.all):
        return False
    listed = _listed(inner)
    return _is_allowed("string", inner) and (listed is None or value in listed)


def _allowed_names(conjuncts: Conjuncts, names: set[str]) -> set[str]:
    for place in conjuncts.having("additionalProperties"):
        others = place.schema["additionalProperties"]
        if others is False:
            names = names & place.schema.get("properties", {}).keys()
        elif others is not True:
            raise Inexpressible(place.location)
    return names


def _is_closed(conjuncts: Conjuncts) -> bool:
    return any(
        place.schema["additionalProperties"] is False
        for place in conjuncts.having("additionalProperties")
    )


def _condition(place: Place) -> Condition:
    names = {
        name
        for branch in ("then", "else")
        if branch in place.schema
        for name in place.schema[branch]["required"]
    }
    return Condition(frozenset(names), place)


def _largest(name: str, conjuncts: Conjuncts) -> Any:
    return max((place.schema[name] for place in conjuncts.having(name)), default=None)


def _smallest(name: str, conjuncts: Conjuncts) -> Any:
    return min((place.schema[name] for place in conjuncts.having(name)), default=None)
