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
    functions = [*_objects(inner), *_objects(record.get("functions"))]
    return [function for function in functions if isinstance(function.get("name"), str)]


def declarations(functions: list[dict[str, Any]]) -> str:
    """Gives the definitions as one TypeScript namespace."""
    lines = ["namespace functions {", ""]
    for function in functions:
        lines += _description(function)
        name = function["name"]
        properties = list(_properties(function.get("parameters"), margin="", depth=0))
        if properties:
            lines += [f"type {name} = (_: {{", *properties, "}) => any;", ""]
        else:
            lines += [f"type {name} = () => any;", ""]
    lines.append("} // namespace functions")
    return "\n".join(lines)


def compact_json(value: Any) -> str:
    """Gives JSON without a space, so that it is never longer than the JSON it was read from.

    What is no JSON, in rows handed over in memory, becomes text.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _properties(schema: Any, *, margin: str, depth: int) -> Iterator[str]:
    """One declaration for each property; those of inner objects come without their description."""
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
        return
    required = schema.get("required")
    for name, inner in schema["properties"].items():
        if not margin and isinstance(inner, dict):
            yield from _description(inner)
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
        return " | ".join(dict.fromkeys(map(compact_json, schema["enum"])))
    return _TYPES.get(kind, "any") if isinstance(kind, str) else "any"


def _description(schema: dict[str, Any]) -> list[str]:
    text = schema.get("description")
    return [f"// {text}"] if isinstance(text, str) and text else []


def _objects(values: Any) -> list[dict[str, Any]]:
    return (
        [value for value in values if isinstance(value, dict)]
        if isinstance(values, (list, tuple))
        else []
    )
