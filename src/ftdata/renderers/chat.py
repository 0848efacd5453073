"""A conversation for trainers that take what chat templates take: thoughts and names stay."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.conversation import conversation_of, message_line
from ftdata.renderers.rooms import CHAT

_KEYS = (
    *("role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal"),
    *("reasoning_content", "weight"),
)


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages, tools?, functions?, parallel_tool_calls?}`, with the chosen answer of a pair."""
    return conversation_of(example, chat_turn)


def chat_turn(message: Message, index: int) -> dict[str, Any] | Fault:  # noqa: ARG001 - see openai-chat
    """Writes one turn with all that a chat template can make use of."""
    return message_line(message, _KEYS)


RENDERER = Renderer(name="chat", render=render, verbatim=True, room=CHAT)
