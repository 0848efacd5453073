"""Tool definitions become the declarations that the model reads."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.tokens.tools import declarations, declared_functions


def declared(schema: Any, **more: Any) -> str:
    """How one property of this schema is declared."""
    parameters = {"type": "object", "properties": {"p": schema}, **more}
    text = declarations([{"name": "f", "parameters": parameters}])
    head, tail = (
        "namespace functions {\n\ntype f = (_: {\n",
        "\n}) => any;\n\n} // namespace functions",
    )
    assert text.startswith(head)
    assert text.endswith(tail)
    return text[len(head) : -len(tail)]


def test_a_function_without_parameters() -> None:
    expected = """namespace functions {

// Does it.
type f = () => any;

type g = () => any;

} // namespace functions"""
    functions = [{"name": "f", "description": "Does it."}, {"name": "g", "parameters": {}}]
    assert declarations(functions) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "p?: string,"),
        ({"type": "integer"}, "p?: number,"),
        ({"type": "boolean"}, "p?: boolean,"),
        ({"type": "null"}, "p?: null,"),
        ({"type": ["string", "null", "string"]}, "p?: string | null,"),
        ({"type": "string", "enum": ["a", "é", "a"]}, 'p?: "a" | "é",'),
        ({"enum": [1, None]}, "p?: 1 | null,"),
        ({"type": "array", "items": {"type": "number"}}, "p?: number[],"),
        ({"type": "array"}, "p?: any[],"),
        ({"anyOf": [{"type": "string"}, {"type": "number"}]}, "p?: string | number,"),
        ({"description": "Why."}, "// Why.\np?: any,"),
        ({"description": 7}, "p?: any,"),
        ({"$ref": "#/x"}, "p?: any,"),
        (True, "p?: any,"),
        ({"type": {"a": 1}}, "p?: any,"),
    ],
)
def test_types(schema: Any, expected: str) -> None:
    assert declared(schema) == expected


def test_inner_objects_are_indented_and_their_descriptions_left_out() -> None:
    inner = {
        "type": "object",
        "properties": {"q": {"type": "string", "description": "hidden"}},
        "required": ["q"],
    }
    assert declared(inner) == "p?: {\n  q: string,\n},"
    assert declared({"type": "array", "items": inner}) == "p?: {\n  q: string,\n}[],"


def test_required_properties_have_no_question_mark() -> None:
    assert declared({"type": "string"}, required=["p"]) == "p: string,"
    assert declared({"type": "string"}, required="p") == "p?: string,"


def test_a_schema_without_end_is_cut() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(400):
        deep = {"type": "array", "items": deep}
    assert declared(deep) == f"p?: any{'[]' * 24},"


def test_a_kind_named_again_and_again_is_rendered_once() -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(20):
        schema = {"type": ["array"] * 9, "items": schema}
    assert declared(schema) == f"p?: string{'[]' * 20},"  # not 9 to the power of 20 times


def test_functions_without_a_name_are_left_out() -> None:
    record = {
        "tools": [{"function": {"name": "f"}}, {"function": {}}, {"name": "x"}, None],
        "functions": [{"name": "g"}, {"name": 3}, "h"],
    }
    assert [function["name"] for function in declared_functions(record)] == ["f", "g"]
