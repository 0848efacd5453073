"""A conversation as Together takes it: `messages` and `tools`, and in each row either texts or parts.

Thoughts are left out, as are the older functions, whose calls are faults: no key of a row holds them.
"""

from __future__ import annotations

import re
from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.conversation import conversation_of, message_line, turn_not_carried
from ftdata.renderers.rooms import TOGETHER

_KEYS = ("role", "content", "name", "tool_calls", "tool_call_id", "weight")
_ROLES = frozenset({"system", "user", "assistant", "tool"})
_IMAGE = re.compile(r"data:image/(jpeg|png|webp);base64,")


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages, tools?}`, with the chosen answer of a pair.

    Faults are calls in the older form, weights that are neither 0 nor 1, and images that are not base64.
    """
    row = conversation_of(example, _message)
    if isinstance(row, Fault):
        return row
    messages = row["messages"]
    if any(isinstance(message["content"], list) for message in messages):
        for message in messages:
            if isinstance(message["content"], str) and not _only_calls(message):
                message["content"] = [{"type": "text", "text": message["content"]}]
    found = {"messages": messages, "tools": row.get("tools")}
    return {key: value for key, value in found.items() if value is not None}


def _message(message: Message, index: int) -> dict[str, Any] | Fault:
    what = _foreign(message)
    if what is not None:
        return turn_not_carried(what, index)
    line = message_line(message, _KEYS)
    if _only_calls(line):
        line["content"] = None
    return line


def _foreign(message: Message) -> str | None:
    """What of a message Together has no place for."""
    if message["role"] not in _ROLES:
        return f"a turn of the role {message['role']}"
    if message.get("function_call"):
        return "a call in the older form, function_call"
    if message.get("refusal"):
        return "a refusal"
    if message.get("weight", 1) not in (0, 1):
        return "a weight that is neither 0 nor 1"
    content = message.get("content")
    for part in content if isinstance(content, list) else ():
        if part.get("type") == "image_url":
            image = part.get("image_url")
            url = image.get("url") if isinstance(image, dict) else None
            if message["role"] != "user":
                return "an image outside of the user's turns"
            if not isinstance(url, str) or not _IMAGE.match(url):
                return "an image that is not JPEG, PNG or WEBP in base64"
        elif part.get("type") != "text":
            return f"a part of the type {part.get('type')}"
    return None


def _only_calls(message: dict[str, Any]) -> bool:
    return bool(message.get("tool_calls")) and not message["content"]


RENDERER = Renderer(name="together-chat", render=render, room=TOGETHER)
