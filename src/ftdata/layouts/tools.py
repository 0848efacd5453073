"""The functions a model may call, in the form that chat files declare them."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import json_list, json_value, kind_of, pointer_to
from ftdata.layouts.refusal import Refused
from ftdata.model import Example, LayoutOptions


def read_tools(value: object, pointer: str) -> list[dict[str, Any]]:
    """Gives the declared tools; none for null, an empty list or empty text.

    Takes a list or its JSON text, of `{type: function, function}`, of bare functions, of Claude's
    `{name, input_schema}` and of Bedrock's `{toolSpec}`.
    """
    tools = json_list(value)
    if tools is None:
        raise Refused(
            "malformed-turn", pointer, reason=f"the tools are {kind_of(value)}, not a list"
        )
    return [_tool(tool, f"{pointer}/{index}") for index, tool in enumerate(tools)]


def add_tools(example: Example, record: dict[str, Any], options: LayoutOptions) -> Example:
    """Adds what `record` declares beside its messages to the example, and gives it back."""
    key = options.columns.get("tools", "tools")
    tools = read_tools(record.get(key), pointer_to(key))
    if tools:
        example["tools"] = tools
    functions = _functions(record.get("functions"))
    if functions:
        example["functions"] = functions
    if isinstance(record.get("parallel_tool_calls"), bool):
        example["parallel_tool_calls"] = record["parallel_tool_calls"]
    return example


def tool_keys(record: dict[str, Any], options: LayoutOptions) -> set[str]:
    """The keys of `record` that `add_tools` carries."""
    keys = {options.columns.get("tools", "tools"), "functions"}
    if isinstance(record.get("parallel_tool_calls"), bool):
        keys.add("parallel_tool_calls")
    return keys & record.keys()


def _functions(value: object) -> list[dict[str, Any]]:
    """Gives the older form of tools as it is."""
    functions = json_list(value)
    if functions is None or not all(isinstance(one, dict) for one in functions):
        found = kind_of(value)
        raise Refused("malformed-turn", "/functions", reason=f"the functions are {found}")
    return functions


def _tool(given: object, pointer: str) -> dict[str, Any]:
    tool = json_value(given) if isinstance(given, str) else given
    if not isinstance(tool, dict):
        raise Refused(
            "malformed-turn", pointer, reason=f"a tool is {kind_of(given)}, not an object"
        )
    if isinstance(tool.get("function"), dict):
        return {"type": "function", **tool}
    if isinstance(tool.get("toolSpec"), dict):
        tool = tool["toolSpec"]
    if not isinstance(tool.get("name"), str):
        return dict(tool)
    schema = tool.get("inputSchema", tool.get("input_schema"))
    if schema is None:
        return {"type": "function", "function": tool}
    named = {key: tool[key] for key in ("name", "description") if tool.get(key) is not None}
    if isinstance(schema, dict) and set(schema) == {"json"}:
        schema = schema["json"]
    return {"type": "function", "function": {**named, "parameters": schema}}
