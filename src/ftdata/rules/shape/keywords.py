"""The assertions of JSON Schema for the explaining validator, without jsonschema's sentences.

jsonschema writes the whole value into each message. Ours are written elsewhere, and a value may be 30 MB
long, nested deeper than any stack, or a number of more digits than Python prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import ValidationError

Assertion = Callable[[Any, Any, Any], bool]
Keyword = Callable[[Any, Any, Any, Mapping[str, Any]], "Iterator[ValidationError]"]


def keywords() -> dict[str, Keyword]:
    """Gives each keyword as jsonschema calls it: (validator, expected, value, schema) -> errors."""
    plain = {name: _failing(fails) for name, fails in _ASSERTIONS.items()}
    return {
        **plain,
        "additionalProperties": _additional_properties,
        "anyOf": _any_of,
        "if": _if,
        "oneOf": _one_of,
    }


def _failing(fails: Assertion) -> Keyword:
    def keyword(
        validator: Any, expected: Any, value: Any, _schema: Mapping[str, Any]
    ) -> Iterator[ValidationError]:
        if fails(validator, expected, value):
            yield _error()

    return keyword


def _error(context: tuple[ValidationError, ...] = ()) -> ValidationError:
    from jsonschema import ValidationError

    return ValidationError("", context=context)


def _is_other_type(validator: Any, expected: Any, value: Any) -> bool:
    types = [expected] if isinstance(expected, str) else expected
    return not any(validator.is_type(value, name) for name in types)


def _same(value: Any, expected: Any) -> bool:
    """Equal as JSON: 1 and 1.0 are the same, 1 and true are not."""
    if isinstance(expected, (bool, str)) or expected is None or isinstance(value, bool):
        return type(value) is type(expected) and value == expected
    if isinstance(expected, Mapping):
        return (
            isinstance(value, Mapping)
            and value.keys() == expected.keys()
            and all(_same(value[key], inner) for key, inner in expected.items())
        )
    if isinstance(expected, list):
        return (
            isinstance(value, (list, tuple))
            and len(value) == len(expected)
            and all(map(_same, value, expected))
        )
    return isinstance(value, (int, float)) and value == expected


def _sized(kind: str, fails: Callable[[int, int], bool]) -> Assertion:
    return lambda validator, expected, value: (
        validator.is_type(value, kind) and fails(len(value), expected)
    )


def _number(fails: Callable[[Any, Any], bool]) -> Assertion:
    return lambda validator, expected, value: (
        validator.is_type(value, "number") and fails(value, expected)
    )


_ASSERTIONS: dict[str, Assertion] = {
    "type": _is_other_type,
    "const": lambda _, expected, value: not _same(value, expected),
    "enum": lambda _, expected, value: not any(_same(value, one) for one in expected),
    "required": lambda validator, expected, value: (
        validator.is_type(value, "object") and any(key not in value for key in expected)
    ),
    "minItems": _sized("array", lambda found, least: found < least),
    "maxItems": _sized("array", lambda found, most: found > most),
    "minLength": _sized("string", lambda found, least: found < least),
    "maxLength": _sized("string", lambda found, most: found > most),
    "minProperties": _sized("object", lambda found, least: found < least),
    "maxProperties": _sized("object", lambda found, most: found > most),
    "minimum": _number(lambda value, least: value < least),
    "maximum": _number(lambda value, most: value > most),
    "exclusiveMinimum": _number(lambda value, bound: value <= bound),
    "exclusiveMaximum": _number(lambda value, bound: value >= bound),
    "pattern": lambda validator, expected, value: (
        validator.is_type(value, "string") and re.search(expected, value) is None
    ),
    "not": lambda validator, expected, value: validator.fits(expected, value),
    "contains": lambda validator, expected, value: (
        validator.is_type(value, "array")
        and not any(validator.fits(expected, inner) for inner in value)
    ),
}


def _additional_properties(
    validator: Any, expected: Any, value: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if not validator.is_type(value, "object"):
        return
    foreign = [key for key in value if key not in schema.get("properties", {})]
    if expected is False and foreign:
        yield _error()
    elif expected is not False:
        for key in foreign:
            yield from validator.descend(value[key], expected, path=key)


def _if(
    validator: Any, condition: Any, value: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    branch = "then" if validator.fits(condition, value) else "else"
    if branch in schema:
        yield from validator.descend(value, schema[branch], schema_path=branch)


def _any_of(
    validator: Any, expected: Any, value: Any, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    below = _errors_of_branches(validator, expected, value)
    if all(below):
        yield _error(tuple(error for errors in below for error in errors))


def _one_of(
    validator: Any, expected: Any, value: Any, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    below = _errors_of_branches(validator, expected, value)
    if sum(not errors for errors in below) != 1:
        yield _error(tuple(error for errors in below for error in errors) if all(below) else ())


def _errors_of_branches(validator: Any, expected: Any, value: Any) -> list[list[ValidationError]]:
    return [
        list(validator.descend(value, branch, schema_path=index))
        for index, branch in enumerate(expected)
    ]
