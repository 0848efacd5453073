"""A conversation as mistral-finetune takes it: ids of nine characters, in a reply either text or calls."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.call_fitting import short_id
from ftdata.renderers.conversation import turns_to_learn
from ftdata.renderers.rooms import MISTRAL
from ftdata.renderers.words import texts_of

_ROLES = frozenset({"system", "user", "assistant", "tool"})


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages, tools?}`. An id of another form is replaced, the same by the same everywhere.

    Faults: text beside a call, an answer to no call, a weight other than 0 and 1, images, refusals, and the
    older function_call.
    """
    turns = turns_to_learn(example)
    if isinstance(turns, Fault):
        return turns
    messages: list[dict[str, Any]] = []
    for index, message in enumerate(turns):
        what = _uncarried(message)
        if what is not None:
            pointer = f"/messages/{index}"
            return Fault("not-carried-by-target", {"what": what}, pointer=pointer)
        messages.append(_line(message))
    row: dict[str, Any] = {"messages": messages}
    if example.get("tools"):
        row["tools"] = [_tool(tool) for tool in example["tools"]]
    return row


def _uncarried(message: Message) -> str | None:
    """What of a message has no place in a row; None: nothing."""
    role = message["role"]
    if role not in _ROLES:
        return f"a turn of the role {role}"
    if role == "tool" and "tool_call_id" not in message:
        return "a tool's turn that answers no call"
    if message.get("tool_calls") and message.get("content"):
        return "text beside a call"
    if message.get("weight") not in (None, 0, 1):
        return "a weight other than 0 and 1"
    if message.get("tool_calls"):
        return None
    texts = texts_of(message)
    return texts if isinstance(texts, str) else None


def _line(message: Message) -> dict[str, Any]:
    line: dict[str, Any] = {"role": message["role"]}
    if message.get("tool_calls"):
        line["tool_calls"] = [
            {**call, "id": short_id(str(call.get("id", "")))} for call in message["tool_calls"]
        ]
    else:
        line["content"] = "\n".join(texts_of(message))
    if message["role"] == "tool":
        line["tool_call_id"] = short_id(message["tool_call_id"])
        if message.get("name"):
            line["name"] = message["name"]
    if message["role"] == "assistant" and message.get("weight") is not None:
        line["weight"] = message["weight"]
    return line


def _tool(tool: dict[str, Any]) -> dict[str, Any]:
    function = tool.get("function")
    if not isinstance(function, dict):
        return tool
    return {**tool, "function": {"description": "", "parameters": {}, **function}}


RENDERER = Renderer(name="mistral", render=render, room=MISTRAL)
