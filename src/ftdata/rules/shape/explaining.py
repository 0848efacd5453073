"""The slow validator that names every failed keyword.

It asks the compiled validator at each reference, and only walks into what that refuses: among a thousand
turns it looks at the one that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from ftdata.resources import all_schemas
from ftdata.rules.shape.compiled import BASE, compiled_reference
from ftdata.rules.shape.keywords import keywords

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator
    from referencing import Registry


def explaining_validator(schema: dict[str, Any]) -> Validator:
    """Builds the validator; references in `schema` are absolute, or paths below schemas/."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    kind: Any = extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
        Draft202012Validator,
        {**keywords(), "$ref": _follow},
        # The compiled validator takes a tuple for a list, and no NaN or infinity for a number.
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
            {"array": _is_array, "number": _is_number}
        ),
    )
    validator: Validator = kind(_rooted(schema, BASE), registry=_shipped())
    return validator


def _follow(
    validator: Any, reference: str, value: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    from jsonschema import Draft202012Validator

    if reference.startswith(BASE) and compiled_reference(reference).judge(value):
        return
    yield from Draft202012Validator.VALIDATORS["$ref"](validator, reference, value, schema) or ()


@lru_cache(maxsize=1)
def _shipped() -> Registry[Any]:
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    registry: Registry[Any] = Registry()
    return registry.with_resources(
        (BASE + name, DRAFT202012.create_resource(_rooted(schema, BASE + name)))
        for name, schema in all_schemas().items()
    ).crawl()


def _is_array(_checker: object, value: object) -> bool:
    return isinstance(value, (list, tuple))


def _is_number(_checker: object, value: object) -> bool:
    if isinstance(value, float):
        return value - value == 0  # neither infinite nor NaN
    return isinstance(value, int) and not isinstance(value, bool)


def _rooted(schema: Any, base: str) -> Any:
    """A copy whose references are absolute, so that they mean the same wherever they are read.

    Without `$schema`: jsonschema would go on with its own validator from there.
    """
    if isinstance(schema, list):
        return [_rooted(inner, base) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: urljoin(base, value) if key == "$ref" else _rooted(value, base)
        for key, value in schema.items()
        if key != "$schema"
    }
