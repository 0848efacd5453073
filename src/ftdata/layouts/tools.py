"""The functions a model may call, in the form that chat files declare them."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import json_value, kind_of, pointer_to
from ftdata.layouts.refusal import Refused
from ftdata.model import Example, LayoutOptions

#: Top-level keys of a chat record that an example carries beside its messages.
CARRIED = ("tools", "functions", "parallel_tool_calls")


def read_tools(value: object, pointer: str) -> list[dict[str, Any]]:
    """Gives the declared tools; none for null, an empty list or empty text.

    Takes a list or its JSON text, of `{type: function, function}`, of bare functions, of Claude's
    `{name, input_schema}` and of Bedrock's `{toolSpec}`.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return []
    tools = json_value(value) if isinstance(value, str) else value
    if not isinstance(tools, list):
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
    functions = record.get("functions")
    if isinstance(functions, list) and functions:
        example["functions"] = functions
    if isinstance(record.get("parallel_tool_calls"), bool):
        example["parallel_tool_calls"] = record["parallel_tool_calls"]
    return example


def tool_keys(record: dict[str, Any], options: LayoutOptions) -> set[str]:
    """The keys of `record` that `add_tools` carries."""
    return {options.columns.get("tools", "tools"), *CARRIED[1:]} & record.keys()


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
