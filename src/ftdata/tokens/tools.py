"""Tool definitions -> the text in which the model reads them, for counting.

OpenAI's chat models see the definitions as TypeScript declarations. Counted in this form, with the
framing of catalog/framing/, all of 36 prompts with known API counts come out exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

#: Deeper schemas end in `any`: indented further, the text could outgrow the JSON it comes from.
_DEEPEST = 24

_TYPES = {
    "string": "string",
    "number": "number",
    "integer": "number",
    "boolean": "boolean",
    "null": "null",
}


def declared_functions(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The function definitions of a row, from `tools` or the older `functions`, as far as well-formed."""
    inner = [tool.get("function") for tool in _objects(record.get("tools"))]
    return [*_objects(inner), *_objects(record.get("functions"))]


def declarations(functions: list[dict[str, Any]]) -> str:
    """Gives the definitions as one TypeScript namespace."""
    lines = ["namespace functions {", ""]
    for function in functions:
        if function.get("description"):
            lines.append(f"// {function['description']}")
        name = function.get("name", "")
        properties = list(_properties(function.get("parameters"), margin="", depth=0))
        if properties:
            lines += [f"type {name} = (_: {{", *properties, "}) => any;", ""]
        else:
            lines += [f"type {name} = () => any;", ""]
    lines.append("} // namespace functions")
    return "\n".join(lines)


def _properties(schema: Any, *, margin: str, depth: int) -> Iterator[str]:
    """One declaration for each property; those of inner objects come without their description."""
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
        return
    required = schema.get("required")
    for name, inner in schema["properties"].items():
        if not margin and isinstance(inner, dict) and inner.get("description"):
            yield f"// {inner['description']}"
        optional = "" if isinstance(required, list) and name in required else "?"
        yield f"{margin}{name}{optional}: {_type(inner, margin=margin, depth=depth + 1)},"


def _type(schema: Any, *, margin: str, depth: int) -> str:
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return "any"
    kind = schema.get("type")
    if isinstance(schema.get("anyOf"), list):
        choices = schema["anyOf"]
        return " | ".join(_type(choice, margin=margin, depth=depth + 1) for choice in choices)
    if isinstance(kind, list):
        # Each kind once: a repeated one would render what lies below it again and again.
        kinds = dict.fromkeys(one for one in kind if isinstance(one, str))
        return " | ".join(_kind(one, schema, margin=margin, depth=depth) for one in kinds)
    return _kind(kind, schema, margin=margin, depth=depth)


def _kind(kind: Any, schema: dict[str, Any], *, margin: str, depth: int) -> str:
    if kind == "object":
        return "\n".join(["{", *_properties(schema, margin=f"{margin}  ", depth=depth), "}"])
    if kind == "array":
        return f"{_type(schema.get('items'), margin=margin, depth=depth + 1)}[]"
    if isinstance(schema.get("enum"), list):
        return " | ".join(
            json.dumps(value, ensure_ascii=False, default=str) for value in schema["enum"]
        )
    return _TYPES.get(kind, "any") if isinstance(kind, str) else "any"


def _objects(values: Any) -> list[dict[str, Any]]:
    return (
        [value for value in values if isinstance(value, dict)]
        if isinstance(values, (list, tuple))
        else []
    )
