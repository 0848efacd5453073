"""A conversation for trainers that take what chat templates take: thoughts and names stay."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.conversation import conversation_of, message_line

_KEYS = (
    *("role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal"),
    *("reasoning_content", "weight"),
)


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages, tools?, functions?, parallel_tool_calls?}`, with the chosen answer of a pair."""
    return conversation_of(example, _message)


def _message(message: Message, index: int) -> dict[str, Any] | Fault:  # noqa: ARG001 - see openai-chat
    return message_line(message, _KEYS)


RENDERER = Renderer(name="chat", render=render, verbatim=True)
