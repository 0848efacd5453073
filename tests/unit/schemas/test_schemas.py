"""The shipped schemas are schemas, hang together, and use only what a rule can explain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator

from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.resources import all_schemas
from ftdata.rules.shape.schema_check import claimed_keywords

BASE = "https://schemas.ftdata.invalid/"
SCHEMAS = all_schemas()
ROWS = sorted({load_target(name).schema for name in target_ids()})

#: Keywords that hold subschemas, or nothing that a record can fail.
HOLDING_ONE = {"items", "if", "then", "else", "not", "contains", "additionalProperties"}
HOLDING_MANY = {"allOf", "anyOf", "oneOf"}
HOLDING_NAMED = {"properties", "$defs"}
SILENT = {"$schema", "$ref", "title", "description", "x-rule", "x-source", "x-form"}

each_schema = pytest.mark.parametrize("name", sorted(SCHEMAS))
each_row = pytest.mark.parametrize("name", ROWS)


def subschemas(schema: Any, base: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subschema, with the file that it stands in; references are not followed."""
    if isinstance(schema, bool):
        return
    yield base, schema
    for keyword, value in schema.items():
        inner: list[Any] = []
        if keyword in HOLDING_ONE:
            inner = [value]
        elif keyword in HOLDING_MANY:
            inner = value
        elif keyword in HOLDING_NAMED:
            inner = list(value.values())
        for one in inner:
            yield from subschemas(one, base)


def resolve(base: str, reference: str) -> tuple[str, Any]:
    uri, _, pointer = urljoin(base, reference).partition("#")
    found: Any = SCHEMAS[uri.removeprefix(BASE)]
    for step in pointer.split("/")[1:]:
        found = found[step]
    return uri, found


def reachable(base: str, schema: Any, above: tuple[int, ...] = ()) -> Iterator[dict[str, Any]]:
    """Every subschema that can judge a record, references followed."""
    for home, inner in subschemas(schema, base):
        yield inner
        if "$ref" in inner:
            target_home, target = resolve(home, inner["$ref"])
            assert id(target) not in above, f"{inner['$ref']} leads back to itself"
            yield from reachable(target_home, target, (*above, id(target)))


@each_schema
def test_a_schema_is_a_schema_of_2020_12(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[name]["title"]
    Draft202012Validator.check_schema(SCHEMAS[name])


@each_row
def test_references_lead_to_shipped_schemas_and_never_back(name: str) -> None:
    """A schema that refers to itself follows a record down, and a deep record breaks the stack."""
    assert len(list(reachable(BASE + name, SCHEMAS[name]))) > 1


@each_row
def test_every_keyword_of_a_row_is_explained_by_a_rule(name: str) -> None:
    known = claimed_keywords().keys() | SILENT | HOLDING_NAMED | (HOLDING_ONE - {"not"}) | {"allOf"}
    for schema in reachable(BASE + name, SCHEMAS[name]):
        assert schema.keys() <= known
        assert False not in [
            schema.get(keyword) for keyword in HOLDING_ONE - {"additionalProperties"}
        ]
        assert False not in schema.get("properties", {}).values()


@each_row
def test_contains_stands_in_conditions_only(name: str) -> None:
    """No rule explains that a list lacks something: the words for it would be missing."""
    for schema in reachable(BASE + name, SCHEMAS[name]):
        asserted = [schema, *schema.get("properties", {}).values(), *schema.get("allOf", [])]
        asserted += [schema[keyword] for keyword in ("items", "then", "else") if keyword in schema]
        assert not [
            inner
            for inner in asserted
            if isinstance(inner, dict) and "contains" in inner and inner is not schema
        ]


@each_row
def test_every_vendor_rule_is_described_and_sourced(name: str) -> None:
    described: dict[str, bool] = {}
    for schema in reachable(BASE + name, SCHEMAS[name]):
        if "x-source" in schema:
            assert "description" in schema
            assert "x-rule" in schema
        if "x-rule" in schema:
            rule = schema["x-rule"]
            described[rule] = described.get(rule, False) or "x-source" in schema
    assert described
    assert all(described.values()), described
