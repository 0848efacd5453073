"""A conversation of bare turns: `messages` with role and content, both strings."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.rooms import WORDS
from ftdata.renderers.words import spoken_turns


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages}`; calls, tools' turns and images are faults."""
    turns = spoken_turns(example)
    if isinstance(turns, Fault):
        return turns
    return {"messages": [{"role": turn.role, "content": turn.text} for turn in turns]}


RENDERER = Renderer(name="plain-chat", render=render, room=WORDS)
