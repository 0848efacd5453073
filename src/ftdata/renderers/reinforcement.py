"""A prompt whose answer a grader judges, beside whatever the grader needs to know."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.answers import not_carried, written
from ftdata.renderers.openai_chat import openai_turn
from ftdata.renderers.rooms import GRADED

_OWN = ("messages", "tools")
_REFERENCE = "reference_answer"


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages, tools?, reference_answer?}` and the other keys of the row as they were.

    The prompt ends with the user. The reply that an example ends with, of a pair the chosen one, is the
    reference answer; it must be a text.
    """
    if "messages" not in example:
        return not_carried("plain text, only a prompt")
    if example.get("label") is False:
        return Fault("undesirable-answer")
    if "functions" in example:
        return not_carried("functions of the older form, only tools")
    turns = [*example["messages"], *example.get("chosen", ())]
    item: dict[str, Any] = dict(example.get("item", {}))
    if turns[-1]["role"] == "assistant":
        text = _text_of(turns.pop())
        if text is None:
            return not_carried("a reply that is not text alone as a reference answer")
        if _REFERENCE in item:
            return not_carried(f"a reply beside the key {_REFERENCE!r}")
        item = {_REFERENCE: text, **item}
    if not turns or turns[-1]["role"] != "user":
        return not_carried("a prompt that does not end with the user")
    taken = [key for key in _OWN if key in item]
    if taken:
        return not_carried(f"the key {taken[0]!r} beside the prompt")
    messages = written(turns, openai_turn, at="/messages")
    if isinstance(messages, Fault):
        return messages
    row: dict[str, Any] = {"messages": messages}
    if "tools" in example:
        row["tools"] = example["tools"]
    return {**row, **item}


def _text_of(message: Message) -> str | None:
    content = message.get("content")
    calls = message.get("tool_calls") or message.get("function_call")
    return content if isinstance(content, str) and content and not calls else None


RENDERER = Renderer(name="reinforcement", render=render, takes=frozenset({"item"}), room=GRADED)
