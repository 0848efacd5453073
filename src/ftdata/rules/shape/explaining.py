"""The slow way through a schema, which names every failed keyword.

The keywords are jsonschema's. It asks the compiled validator at each reference, and only walks into what
that refuses: among a thousand turns it looks at the one that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from ftdata.resources import load_schema
from ftdata.rules.shape.compiled import BASE, CompiledSchema, compiled_reference
from ftdata.rules.shape.keywords import keywords

if TYPE_CHECKING:
    from jsonschema import TypeChecker, ValidationError

#: Keywords that have no place of their own in the path to what failed.
_UNNAMED = frozenset({"if", "$ref"})


class Explainer:
    """Walks a record along a schema. What jsonschema's keywords ask of a validator is here.

    jsonschema's own makes a new validator for each subschema, so that one may begin another dialect or
    resource; none of ours does, and one for all of them takes a fifth of the time.
    """

    def __init__(self, schema: dict[str, Any]) -> None:
        """References in `schema` are absolute, or paths below schemas/."""
        from jsonschema import Draft202012Validator

        self._schema = _rooted(schema, BASE)
        self._questions: dict[int, CompiledSchema] = {}
        self._keywords = {**Draft202012Validator.VALIDATORS, **keywords(), "$ref": _follow}
        # The compiled validator takes a tuple for a list, and no NaN or infinity for a number.
        self._types: TypeChecker = Draft202012Validator.TYPE_CHECKER.redefine_many(
            {"array": _is_array, "number": _is_number}
        )

    def iter_errors(self, record: Any) -> Iterator[ValidationError]:
        """Gives each failed keyword, with those of the branches of `anyOf` and `oneOf` below it."""
        return self.descend(record, self._schema)

    def fits(self, schema: dict[str, Any], value: object) -> bool:
        """True where a value fits a subschema: a question only, as in `if` and `not`."""
        compiled = self._questions.get(id(schema))  # they live as long as the explainer
        if compiled is None:
            compiled = self._questions[id(schema)] = CompiledSchema(schema)
        fits = compiled.judge(value)
        return next(self.descend(value, schema), None) is None if fits is None else fits

    def is_type(self, value: object, name: str) -> bool:
        """True where a value has a type of JSON Schema."""
        return self._types.is_type(value, name)

    def descend(
        self,
        instance: Any,
        schema: Any,
        path: str | int | None = None,
        schema_path: str | int | None = None,
    ) -> Iterator[ValidationError]:
        """The errors of a value, or of the one at `path` in it, by a subschema."""
        if schema is True:
            return
        for name, expected in schema.items():
            keyword = self._keywords.get(name)
            errors = keyword(self, expected, instance, schema) if keyword else None
            for error in errors or ():
                if not isinstance(error.validator, str):  # else a keyword further below failed
                    error.validator = name
                    error.validator_value = expected
                    error.instance = instance
                    error.schema = schema
                if name not in _UNNAMED:
                    error.schema_path.appendleft(name)
                if path is not None:
                    error.path.appendleft(path)
                if schema_path is not None:
                    error.schema_path.appendleft(schema_path)
                yield error


def _follow(
    explainer: Explainer, reference: str, value: object, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if not compiled_reference(reference).judge(value):
        yield from explainer.descend(value, _referred(reference))


@lru_cache(maxsize=256)
def _referred(reference: str) -> Any:
    """The (sub)schema that an absolute reference leads to: a path below schemas/ with a JSON Pointer."""
    path, _, pointer = reference.partition("#")
    schema = _shipped(path)
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        schema = schema[int(step) if isinstance(schema, list) else step]
    return schema


@lru_cache(maxsize=256)
def _shipped(uri: str) -> Any:
    return _rooted(load_schema(uri.removeprefix(BASE)), uri)


def _is_array(_checker: object, value: object) -> bool:
    return isinstance(value, (list, tuple))


def _is_number(_checker: object, value: object) -> bool:
    if isinstance(value, float):
        return value - value == 0  # neither infinite nor NaN
    return isinstance(value, int) and not isinstance(value, bool)


def _rooted(schema: Any, base: str) -> Any:
    """A copy whose references are absolute, so that they mean the same wherever they are read."""
    if isinstance(schema, list):
        return [_rooted(inner, base) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: urljoin(base, value) if key == "$ref" else _rooted(value, base)
        for key, value in schema.items()
        if key != "$schema"
    }
