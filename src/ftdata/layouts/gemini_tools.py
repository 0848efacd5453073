"""The functions that a Gemini row declares, in the form that chat files declare them."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import json_list, kind_of
from ftdata.layouts.gemini_parts import either
from ftdata.layouts.refusal import Refused

#: How Google writes the types of JSON Schema.
_TYPES = {"STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL"}
_DEEPEST = 100  # levels of a schema that are looked at


def read_declarations(value: object, pointer: str) -> list[dict[str, Any]]:
    """Gives the functions of `[{functionDeclarations: [...]}]`; none for null.

    Refuses tools that are no functions, such as a search.
    """
    tools = json_list(value)
    if tools is None:
        reason = f"the tools are {kind_of(value)}, not a list"
        raise Refused("malformed-turn", pointer, reason=reason)
    functions: list[dict[str, Any]] = []
    for index, tool in enumerate(tools):
        declared = either(tool, "functionDeclarations") if isinstance(tool, dict) else None
        if not isinstance(declared, list) or not all(isinstance(one, dict) for one in declared):
            reason = "a tool declares no functions"
            raise Refused("malformed-turn", f"{pointer}/{index}", reason=reason)
        functions += [_function(one) for one in declared]
    return functions


def _function(declared: dict[str, Any]) -> dict[str, Any]:
    function = {
        key: declared[key] for key in ("name", "description") if declared.get(key) is not None
    }
    schema = declared.get("parameters")
    if schema is None:
        schema = either(declared, "parametersJsonSchema")
    if schema is not None:
        function["parameters"] = _json_schema(schema, 0)
    return {"type": "function", "function": function}


def _json_schema(schema: Any, depth: int) -> Any:
    """The same schema with the types in lower case, as JSON Schema has them."""
    if depth > _DEEPEST:
        return schema
    if isinstance(schema, list):
        return [_json_schema(inner, depth + 1) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.lower()
        if key == "type" and isinstance(value, str) and value in _TYPES
        else _json_schema(value, depth + 1)
        for key, value in schema.items()
    }
