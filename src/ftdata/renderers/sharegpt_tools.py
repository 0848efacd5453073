"""ShareGPT with tools, as LLaMA-Factory takes it: function_call and observation turns, and `tools`.

Ids of calls have no place there: an observation answers the function_call before it. Several calls are one
turn, a JSON list, and so are their results.
"""

from __future__ import annotations

import json
from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.conversation import turns_to_learn
from ftdata.renderers.rooms import SHAREGPT_TOOLS
from ftdata.renderers.words import texts_of

_SPEAKERS = {"system": "system", "user": "human", "assistant": "gpt"}


class _Uncarried(Exception):
    """What of a message has no place in a row."""


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{conversations: [{from, value}], tools}`; `tools` is JSON text, empty where there are none.

    Faults: text beside a call, calls of which not all are answered before the next turn, answers to no call,
    images, and roles that are not named there.
    """
    messages = turns_to_learn(example)
    if isinstance(messages, Fault):
        return messages
    turns: list[dict[str, str]] = []
    index = 0
    try:
        while index < len(messages):
            message = messages[index]
            calls = message.get("tool_calls")
            if message["role"] == "assistant" and calls:
                turns.append({"from": "function_call", "value": _called(message, calls)})
                answers = _answers(messages[index + 1 :], calls)
                if answers:
                    turns.append({"from": "observation", "value": _observed(answers)})
                index += len(answers)
            else:
                turns.append(_spoken(message))
            index += 1
    except _Uncarried as refusal:
        pointer = f"/messages/{index}"
        return Fault("not-carried-by-target", {"what": str(refusal)}, pointer=pointer)
    return {"conversations": turns, "tools": _declared(example.get("tools"))}


def _spoken(message: Message) -> dict[str, str]:
    role = message["role"]
    if role == "tool":
        raise _Uncarried("a tool's turn that answers no call")
    if role not in _SPEAKERS:
        raise _Uncarried(f"a turn of the role {role}")
    return {"from": _SPEAKERS[role], "value": _text(message)}


def _text(message: Message) -> str:
    texts = texts_of(message)
    if isinstance(texts, str):
        raise _Uncarried(texts)
    return "\n".join(texts)


def _called(message: Message, calls: list[dict[str, Any]]) -> str:
    if message.get("content"):
        raise _Uncarried("text beside a call")
    functions = [_function(call["function"]) for call in calls]
    return _json(functions if len(functions) > 1 else functions[0])


def _function(function: dict[str, Any]) -> dict[str, Any]:
    """Name and arguments, these as an object where they are the JSON of one."""
    arguments = function["arguments"]
    try:
        found = json.loads(arguments, parse_constant=_no_number)
    except (ValueError, RecursionError):
        found = None
    return {"name": function["name"], "arguments": found if isinstance(found, dict) else arguments}


def _answers(after: list[Message], calls: list[dict[str, Any]]) -> list[Message]:
    """The turns that answer the calls, in the order of these; none at the end of the conversation."""
    count = next(
        (index for index, message in enumerate(after) if message["role"] != "tool"), len(after)
    )
    answers = after[:count]
    if not after:
        return []
    ids = [call.get("id") for call in calls]
    by_id = {answer.get("tool_call_id"): answer for answer in answers}
    if len(answers) != len(calls) or len(by_id) != len(calls) or not by_id.keys() <= set(ids):
        raise _Uncarried("calls that are not answered once each")
    return [by_id[call_id] for call_id in ids]


def _observed(answers: list[Message]) -> str:
    texts = [_text(answer) for answer in answers]
    return texts[0] if len(texts) == 1 else _json(texts)


def _declared(tools: list[dict[str, Any]] | None) -> str:
    if not tools:
        return ""
    bare = [tool["function"] if tool.keys() == {"type", "function"} else tool for tool in tools]
    return _json(bare)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


RENDERER = Renderer(name="sharegpt-tools", render=render, room=SHAREGPT_TOOLS)
