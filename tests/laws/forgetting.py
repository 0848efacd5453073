"""What each loss says, taken away from an example: then what was read back must be what there was.

Each function changes an example in place. It is applied to both sides, so it may take away no more than its
loss speaks of.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from ftdata.model import Example

_LISTS = ("messages", "chosen", "rejected")
_SYSTEM = ("system", "developer")


def turns_of(example: Any) -> list[Any]:
    return [turn for key in _LISTS for turn in example.get(key, ())]


def _drop(key: str) -> Callable[[Any], None]:
    def forget(example: Any) -> None:
        for turn in turns_of(example):
            turn.pop(key, None)

    return forget


def _drop_beside(*keys: str) -> Callable[[Any], None]:
    def forget(example: Any) -> None:
        for key in keys:
            example.pop(key, None)

    return forget


def developer(example: Any) -> None:
    for turn in turns_of(example):
        turn["role"] = "system" if turn["role"] == "developer" else turn["role"]


def _without(*kinds: str) -> Callable[[Any], None]:
    def forget(example: Any) -> None:
        for turn in turns_of(example):
            if isinstance(turn["content"], list):
                turn["content"] = [part for part in turn["content"] if part["type"] not in kinds]

    return forget


def details(example: Any) -> None:
    for turn in turns_of(example):
        for part in turn["content"] if isinstance(turn["content"], list) else ():
            if part["type"] == "image_url":
                part["image_url"] = {"url": part["image_url"]["url"]}


def joined(example: Any) -> None:
    for turn in turns_of(example):
        content = turn["content"]
        if isinstance(content, list) and all(part["type"] == "text" for part in content):
            turn["content"] = "\n".join(part["text"] for part in content)


def refusal(example: Any) -> None:
    for turn in turns_of(example):
        if "refusal" in turn:
            said = turn.pop("refusal")
            turn["content"] = f"{turn['content']}\n{said}" if turn["content"] else said


def older(example: Any) -> None:
    """A function's turn answers the oldest call that waits."""
    for function in example.pop("functions", ()):
        example.setdefault("tools", []).append({"type": "function", "function": function})
    for key in _LISTS:
        waiting: list[tuple[str, str]] = []
        count = 0
        for turn in example.get(key, ()):
            if "function_call" in turn:
                call = turn.pop("function_call")
                waiting.append((f"older_{count}", call["name"]))
                count += 1
                turn["tool_calls"] = [{"id": waiting[-1][0], "type": "function", "function": call}]
            elif turn["role"] == "function" and waiting:
                turn["role"] = "tool"
                turn["tool_call_id"], called = waiting.pop(0)
                if turn.get("name") == called:
                    del turn["name"]


def ids(example: Any) -> None:
    """Which result answers which call stays."""
    known: dict[str, int] = {}
    count = 0
    for turn in turns_of(example):
        for call in turn.get("tool_calls", ()):
            known[call.get("id")] = count
            call["id"] = count
            count += 1
        if "tool_call_id" in turn and turn["tool_call_id"] in known:
            turn["tool_call_id"] = known[turn["tool_call_id"]]


def order(example: Any) -> None:
    for key in _LISTS:
        if key in example:
            example[key] = [
                turn
                for role, run in groupby(example[key], lambda turn: turn["role"])
                for turn in (sorted(run, key=_answered) if role == "tool" else run)
            ]


def _answered(turn: Any) -> str:
    return json.dumps(turn.get("tool_call_id"))


def beside_calls(example: Any) -> None:
    for turn in turns_of(example):
        if turn.get("tool_calls") or turn.get("function_call"):
            turn["content"] = ""


def system_joined(example: Any) -> None:
    turns = example["messages"]
    spoken = (at for at, turn in enumerate(turns) if turn["role"] not in _SYSTEM)
    front = turns[: next(spoken, len(turns))]
    if len(front) > 1:
        texts = []
        for turn in front:
            content = turn["content"]
            texts += [content] if isinstance(content, str) else [part["text"] for part in content]
        roles = {turn["role"] for turn in front}
        found = {"role": min(roles, key=len), "content": "\n".join(texts)}
        named = {turn.get("name") for turn in front}
        if len(named) == 1 and None not in named:
            found["name"] = named.pop()
        turns[: len(front)] = [found]


def folded(example: Any) -> None:
    """The letters that system and users say stay, and all that others say."""
    letters: Counter[str] = Counter()
    for key in _LISTS:
        others = []
        for turn in example.get(key, ()):
            if turn["role"] in (*_SYSTEM, "user"):
                letters.update(_letters(turn["content"]))
            else:
                others.append(turn)
        if key in example:
            example[key] = others
    example["letters"] = letters


def _letters(content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    if not isinstance(content, str):
        parts = [part.get("text") or json.dumps(part, sort_keys=True) for part in content]
        text = "".join(parts)
    return "".join(text.split())


def tool_keys(example: Any) -> None:
    for tool in example.get("tools", ()):
        for key in tool["function"].keys() - {"name", "description", "parameters"}:
            del tool["function"][key]


def completed(example: Any) -> None:
    for tool in example.get("tools", ()):
        tool["function"] = {"description": "", "parameters": {}, **tool["function"]}


def rejected(example: Any) -> None:
    example.pop("rejected", None)
    example["messages"] = [*example["messages"], *example.pop("chosen", [])]


def reference(example: Any) -> None:
    if example["messages"][-1]["role"] == "assistant":
        example["messages"].pop()


def behind_reply(example: Any) -> None:
    """Only for a conversation that has a reply."""
    turns = example["messages"]
    while turns[-1]["role"] != "assistant":
        turns.pop()


#: In the order in which they are to be forgotten: parts before they are joined, and roles before systems are.
FORGET: dict[str, Callable[[Any], None]] = {
    "rejected-dropped": rejected,
    "reply-as-reference": reference,
    "turns-behind-reply-dropped": behind_reply,
    "label-dropped": _drop_beside("label"),
    "parallel-setting-dropped": _drop_beside("parallel_tool_calls"),
    "functions-as-tools": older,
    "tools-dropped": _drop_beside("tools", "functions"),
    "tool-keys-dropped": tool_keys,
    "tool-completed": completed,
    "name-dropped": _drop("name"),
    "thought-dropped": _drop("reasoning_content"),
    "weight-dropped": _drop("weight"),
    "developer-as-system": developer,
    "image-details-dropped": details,
    "image-dropped": _without("image_url"),
    "audio-dropped": _without("input_audio"),
    "refusal-as-text": refusal,
    "parts-joined": joined,
    "text-beside-call-dropped": beside_calls,
    "tool-ids-renamed": ids,
    "results-reordered": order,
    "system-turns-joined": system_joined,
    "system-folded-into-user": folded,
    "arguments-left-as-text": lambda _: None,
    "key-dropped": lambda _: None,
}


def forgotten(example: Example, losses: Iterable[str]) -> Any:
    """The example in the one form that all readers mean by it, without what the losses speak of."""
    found = json.loads(json.dumps(example))
    found.pop("item", None)
    _normal(found)
    for name, forget in FORGET.items():
        if name in losses:
            forget(found)
            _normal(found)
    return found


def _normal(example: Any) -> None:
    """No content is empty text, one text part is its text, a weight of 1 is none, arguments are JSON."""
    for key in ("tools", "functions"):
        if not example.get(key):
            example.pop(key, None)
    for turn in turns_of(example):
        content = turn.get("content") or ""
        if isinstance(content, list) and len(content) == 1 and content[0]["type"] == "text":
            content = content[0]["text"]
        turn["content"] = content
        if turn.get("weight") == 1:
            del turn["weight"]
        calls = [call["function"] for call in turn.get("tool_calls", ())]
        for call in [*calls, *([turn["function_call"]] if "function_call" in turn else [])]:
            if isinstance(call["arguments"], str):
                call["arguments"] = json.loads(call["arguments"])
