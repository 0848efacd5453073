"""Decodes JSON lines straight into types made from a schema, and so accepts good lines at once.

An acceptor is sound, not complete: it accepts only what the schema accepts, and refuses whatever it is not
sure of; the schema itself then says yes or no. A law test holds this for every target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from ftdata.rules.shape.compiled import CompiledSchema
from ftdata.rules.shape.conjuncts import Inexpressible, Place, place_at
from ftdata.rules.shape.types_of_schema import Shape, TypeBuilder

__all__ = ["Acceptor", "Check", "Checks", "acceptor_of"]

#: Says whether a value fits; None where that cannot be said.
Check = Callable[[Any], "bool | None"]


@dataclass(frozen=True)
class Checks:
    """What the types of a class cannot say, as schemas.

    `opaque`: fields that were left as raw JSON, with the schema of each. `conditions`: the names of fields,
    and what the whole object has to fit where one of them is absent.
    """

    opaque: tuple[tuple[str, Check], ...]
    conditions: tuple[tuple[frozenset[str], Check], ...]


@dataclass(frozen=True)
class Acceptor:
    """A schema as types. A line is accepted if `decode` takes it and every check of its classes holds.

    `decode` raises ValueError or RecursionError for all else. It does not see a key that is given twice
    (the last one stands), and skips the keys of open objects that the schema does not name.
    """

    decode: Callable[[bytes], Any]
    shapes: Mapping[type, Shape]
    checks: Mapping[type, Checks]  # of the classes that have any


@lru_cache(maxsize=64)
def acceptor_of(schema: str) -> Acceptor | None:
    """Compiles a schema by its path below schemas/; None for one that types cannot express."""
    builder = TypeBuilder()
    try:
        kind = builder.type_of([place_at(schema)])
        decode = msgspec.json.Decoder(kind).decode
    except (Inexpressible, RecursionError):
        return None
    checks = {
        made: Checks(
            tuple((field.name, _check_of(field.places)) for field in shape.opaque),
            tuple(
                (condition.names, _check_of((condition.place,))) for condition in shape.conditions
            ),
        )
        for made, shape in builder.shapes.items()
        if shape.opaque or shape.conditions
    }
    return Acceptor(decode, builder.shapes, checks)


def _check_of(places: tuple[Place, ...]) -> Check:
    return CompiledSchema({"allOf": [{"$ref": place.location} for place in places]}).judge
