"""A chat record -> what a chat template is given of it, as transformers 5.23.0 gives it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

#: Names under which thinking is passed; the first is the one that templates read.
REASONING = ("reasoning_content", "thinking", "reasoning")


class Conversation(NamedTuple):
    """What one rendering is given. `places` are the pointers to the messages in the record."""

    messages: list[dict[str, Any]]
    tools: list[Any] | None
    options: dict[str, Any]  # chat_template_kwargs
    places: list[str]


def conversations_in(chat: Mapping[str, Any]) -> list[Conversation]:
    """The conversations of a record: one, or one for each of its answers (see `TurnView.answers`).

    Tools may be a text of JSON, as trainers take it; one that is no JSON is none.
    """
    prompt = list(chat["messages"])
    tools = _tools_of(chat.get("tools"))
    given = chat.get("chat_template_kwargs")
    options = dict(given) if isinstance(given, Mapping) else {}
    before = [f"/messages/{index}" for index in range(len(prompt))]
    answers = chat.get("answers")
    if not isinstance(answers, list):
        return [Conversation(prompt, tools, options, before)]
    return [
        Conversation(
            [*prompt, *answer],
            tools,
            options,
            before + [f"/answers/{number}/{index}" for index in range(len(answer))],
        )
        for number, answer in enumerate(answers)
        if all(isinstance(turn, dict) for turn in answer)
    ]


def given_messages(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leaves out keys that are null, and gives thinking under all the names that templates look for."""
    given = []
    for message in messages:
        plain = {key: value for key, value in message.items() if value is not None}
        thinking = next((plain[key] for key in REASONING if key in plain), None)
        if thinking is not None:
            plain = {"thinking": thinking, **plain, "reasoning_content": thinking}
        given.append(plain)
    return given


def _tools_of(tools: Any) -> list[Any] | None:
    if isinstance(tools, str):
        try:
            tools = json.loads(tools)
        except (ValueError, RecursionError):
            return None
    return list(tools) if isinstance(tools, (list, tuple)) else None
