"""Turns of a role and texts alone, for targets whose rows hold nothing else."""

from __future__ import annotations

from typing import Any

from ftdata.model import Fault, Message
from ftdata.renderers.answers import not_carried

_CALLS = ("tool_calls", "function_call")
_ROLES = ("system", "user", "assistant")


def texts_of(message: Message) -> list[str] | Fault:
    """Gives the texts of a turn, one for each part; calls, results of tools and images are faults."""
    role = message["role"]
    if role not in _ROLES:
        return not_carried(f"a turn of the {role}")
    if any(message.get(key) for key in _CALLS):
        return not_carried("a call")
    content = message.get("content")
    if not isinstance(content, list):
        return [content or ""]
    texts = [part.get("text") for part in content if part.get("type") == "text"]
    found = [text for text in texts if isinstance(text, str)]
    return found if len(found) == len(content) else not_carried("a part that is no text")


def bare_turn(message: Message, index: int) -> dict[str, Any] | Fault:  # noqa: ARG001 - see openai-chat
    """Writes role and content, several text parts as one text."""
    texts = texts_of(message)
    if isinstance(texts, Fault):
        return texts
    return {"role": message["role"], "content": "\n".join(texts)}
