"""Kinds of values that go together in one column, and what users call them."""

from __future__ import annotations

from collections.abc import Mapping

from ftdata.model.value_kinds import (
    BIG_INTEGER,
    BOOLEAN,
    DATE,
    EMPTY_LIST,
    FRACTION,
    INTEGER,
    JSON_TEXT,
    LIST,
    LONG_FRACTION,
    NULL,
    TEXT,
    Place,
)

NUMBER, OBJECT = "number", "object"
_FAMILIES = {
    NULL: NULL,
    BOOLEAN: BOOLEAN,
    INTEGER: NUMBER,
    BIG_INTEGER: NUMBER,
    FRACTION: NUMBER,
    LONG_FRACTION: NUMBER,
    TEXT: TEXT,
    JSON_TEXT: TEXT,
    DATE: TEXT,
    LIST: LIST,
    EMPTY_LIST: LIST,
}
NAMES = {
    BOOLEAN: "true or false",
    NUMBER: "a number",
    TEXT: "a text",
    LIST: "a list",
    OBJECT: "an object",
    INTEGER: "a whole number",
    FRACTION: "a fraction",
}


def family_of(kind: str) -> str:
    """What a kind of value belongs to."""
    return OBJECT if kind.startswith("{") else _FAMILIES[kind]


def families_of(kinds: Mapping[str, Place]) -> dict[str, Place]:
    """The first place of each family of kinds."""
    first: dict[str, Place] = {}
    for kind, place in kinds.items():
        family = family_of(kind)
        first[family] = min(place, first.get(family, place))
    return first
