"""A conversation as OpenAI and Azure take it for supervised fine-tuning: nothing that is foreign to them.

Thoughts (`reasoning_content`) are left out: no schema of theirs has a place for them, and a foreign key
makes them refuse the file.
"""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.conversation import conversation_of, message_line, turn_not_carried
from ftdata.renderers.rooms import OPENAI

_KEYS = (
    *(
        "role",
        "content",
        "name",
        "tool_calls",
        "tool_call_id",
        "function_call",
        "refusal",
        "weight",
    ),
)


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages, tools?, functions?, parallel_tool_calls?}`, with the chosen answer of a pair.

    A tool's turn that answers no call is a fault: these services match answers to calls by their ids.
    """
    return conversation_of(example, openai_turn)


def openai_turn(message: Message, index: int) -> dict[str, Any] | Fault:
    """Writes one turn; `index` is its place, for the pointer of a fault."""
    if message["role"] == "tool" and "tool_call_id" not in message:
        what = "a tool's turn that answers no call"
        return turn_not_carried(what, index)
    return message_line(message, _KEYS)


RENDERER = Renderer(name="openai-chat", render=render, verbatim=True, room=OPENAI)
