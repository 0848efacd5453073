"""One cause gives one finding, whatever the schema looks like."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.rules.shape.schema_check import SchemaCheck, schema_check

STRING_OR_PARTS = {
    "properties": {
        "content": {
            "oneOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "object", "required": ["text"]}},
            ]
        }
    }
}
BY_TAG = {
    "anyOf": [
        {
            "properties": {"type": {"const": "text"}, "text": {"type": "string"}},
            "required": ["type", "text"],
        },
        {
            "properties": {"type": {"const": "image"}, "url": {"type": "string"}},
            "required": ["type", "url"],
        },
    ]
}


def told(schema: dict[str, Any], record: Any) -> list[str]:
    check = SchemaCheck(schema)
    found = [f"{rule.code} {at.pointer}".strip() for rule, at in check.explain(record)]
    assert check.is_valid(record) is (not found)
    return found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("hi", []),
        ([{"text": "hi"}], []),
        ([{"text": "hi"}, {}, "hi"], ["FT201 /content/1", "FT203 /content/2"]),
        (5, ["FT208 /content"]),
    ],
)
def test_of_several_shapes_the_one_of_the_same_kind_was_meant(
    content: Any, expected: list[str]
) -> None:
    assert told(STRING_OR_PARTS, {"content": content}) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"type": "text", "text": "hi"}, []),
        ({"type": "text"}, ["FT201"]),
        ({"type": "image", "url": 5}, ["FT203 /url"]),
        ({"type": "sound"}, ["FT208"]),
        ({}, ["FT208"]),
    ],
)
def test_of_several_shapes_the_one_with_the_same_tag_was_meant(
    record: Any, expected: list[str]
) -> None:
    assert told(BY_TAG, record) == expected


def test_where_no_kind_fits_better_the_shape_that_fails_least_was_meant() -> None:
    schema = {"anyOf": [{"required": ["a", "b"], "minProperties": 3}, {"required": ["c"]}]}
    assert told(schema, {"d": 1}) == ["FT201"]


def test_shapes_within_shapes_are_told_apart() -> None:
    schema = {"properties": {"part": {"anyOf": [{"type": "null"}, {"type": "object", **BY_TAG}]}}}
    assert told(schema, {"part": {"type": "image"}}) == ["FT201 /part"]


def test_a_value_that_fits_two_shapes_of_which_one_is_allowed_fits_none() -> None:
    assert told({"oneOf": [{"type": "string"}, {"minLength": 2}]}, "long") == ["FT208"]


@pytest.mark.parametrize(
    ("schema", "record", "expected"),
    [
        ({"not": {"required": ["a"]}}, {"a": 1}, ["FT208"]),
        ({"const": [1, {"a": None}]}, [1.0, {"a": None}], []),
        ({"const": [1, {"a": None}]}, [True, {"a": None}], ["FT204"]),
        ({"enum": [{"a": 0}]}, {"a": False}, ["FT204"]),
        ({"enum": [{"a": 0}]}, {"a": 0, "b": 1}, ["FT204"]),
        ({"enum": [[0]]}, [0, 0], ["FT204"]),
        ({"minProperties": 1}, {}, ["FT205"]),
        ({"maxProperties": 1}, {"a": 1, "b": 2}, ["FT206"]),
        ({"maxLength": 1}, "\U0001f600", []),
        ({"exclusiveMinimum": 0}, 0, ["FT209"]),
        ({"exclusiveMaximum": 1}, 1.0, ["FT209"]),
        ({"maximum": 1}, 10**40, ["FT209"]),
        ({"contains": {"type": "string"}}, [1], ["FT208"]),
        ({"contains": {"type": "string"}}, [1, "a"], []),
        (
            {"properties": {"a": True}, "additionalProperties": {"type": "string"}},
            {"a": 1, "b": 2},
            ["FT203 /b"],
        ),
        ({"additionalProperties": False}, {"": 1}, ["FT202 /"]),
        ({"additionalProperties": False}, [], []),
    ],
)
def test_each_keyword_says_what_the_compiled_schema_says(
    schema: dict[str, Any], record: Any, expected: list[str]
) -> None:
    assert told(schema, record) == expected


def test_a_reference_leads_to_a_file_and_the_compiled_schema_is_kept() -> None:
    check = schema_check("targets/openai-sft.json")
    assert schema_check("targets/openai-sft.json") is check
    assert told({"$ref": "messages/openai.json"}, {"role": "user"}) == ["FT201"]


def test_a_value_of_many_megabytes_does_not_slow_the_explanation() -> None:
    check = schema_check("targets/openai-sft.json")
    record = {"messages": [{"role": "user", "content": {"text": "x" * 30_000_000}}]}
    (told_once,) = check.explain(record)
    assert len(str(told_once[1].params)) < 300


def test_numbers_of_thousands_of_digits_are_told() -> None:
    check = schema_check("targets/openai-sft.json")
    record = {"messages": [{"role": "assistant", "content": "a", "weight": 10**4000}]}
    assert [found.params["found"] for _, found in check.explain(record)] == [
        "a number of many digits"
    ]
