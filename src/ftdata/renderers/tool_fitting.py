"""The tools that an example declares, as far as a target has a place for them."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Room


def fit_tools(example: Example, room: Room, losses: list[str]) -> None:
    """Puts the tools of a fitted example, which is changed, into the form that the target takes."""
    if "functions" in example and "functions" not in room.beside:
        functions = example.pop("functions")
        if functions and "tools" in room.beside:
            older = [{"type": "function", "function": dict(function)} for function in functions]
            example["tools"] = [*example.get("tools", ()), *older]
            losses.append("functions-as-tools")
        elif functions:
            losses.append("tools-dropped")
    if "tools" not in example:
        return
    if "tools" not in room.beside:
        losses += ["tools-dropped"] * bool(example.pop("tools"))
        return
    if room.tool_keys is not None or room.whole_tools:
        example["tools"] = [_tool(tool, room, losses) for tool in example["tools"]]


def _tool(tool: dict[str, Any], room: Room, losses: list[str]) -> dict[str, Any]:
    function = tool.get("function")
    if not isinstance(function, dict):
        return tool
    if room.whole_tools:
        whole = {"description": "", "parameters": {}, **function}
        if len(whole) > len(function):
            losses.append("tool-completed")
            return {**tool, "function": whole}
        return tool
    keys = room.tool_keys or frozenset()
    kept = {key: value for key, value in function.items() if key in keys and value is not None}
    if kept == function and tool.keys() <= {"type", "function"}:
        return tool
    losses.append("tool-keys-dropped")
    return {"type": "function", "function": kept}
