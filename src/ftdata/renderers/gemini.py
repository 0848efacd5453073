"""A conversation as Google tunes Gemini with: contents made of parts, the system text beside them.

Thoughts and names are left out: the service does not train thoughts, and no row has a place for names.
"""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.beside_turns import system_and_turns
from ftdata.renderers.conversation import turn_not_carried
from ftdata.renderers.gemini_parts import Calls, parts_of
from ftdata.renderers.rooms import GEMINI


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{systemInstruction?, contents, tools?}`.

    Results of tools become functionResponse parts of one turn of the user, with what the user says next.
    Faults are images that are neither base64 nor in Cloud Storage, calls whose arguments are no JSON object,
    results of unknown calls, weights other than 1, and a system turn that is not at the front.
    """
    found = system_and_turns(example)
    if isinstance(found, Fault):
        return found
    system, turns = found
    contents: list[dict[str, Any]] = []
    calls, after_tool = Calls(), False
    for index, turn in turns:
        parts = parts_of(turn, calls)
        if isinstance(parts, str):
            return turn_not_carried(parts, index)
        role = "model" if turn["role"] == "assistant" else "user"
        if after_tool and role == "user":
            contents[-1]["parts"] += parts
        else:
            contents.append({"role": role, "parts": parts})
        after_tool = turn["role"] == "tool"
    row: dict[str, Any] = {}
    if system:
        row["systemInstruction"] = {"parts": [{"text": text} for text in system]}
    row["contents"] = contents
    return _with_tools(row, example)


def _with_tools(row: dict[str, Any], example: Example) -> dict[str, Any] | Fault:
    if example.get("functions"):
        return Fault("not-carried-by-target", {"what": "functions, the older form of tools"})
    declared: list[dict[str, Any]] = []
    for tool in example.get("tools", ()):
        function = tool.get("function")
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            return Fault("not-carried-by-target", {"what": "a tool that is no function"})
        keys = ("name", "description", "parameters")
        declared.append({key: function[key] for key in keys if function.get(key) is not None})
    return {**row, "tools": [{"functionDeclarations": declared}]} if declared else row


RENDERER = Renderer(name="gemini", render=render, room=GEMINI)
