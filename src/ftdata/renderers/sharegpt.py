"""ShareGPT: `conversations` of from (system, human, gpt) and value, words only."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.rooms import WORDS
from ftdata.renderers.words import spoken_turns

_SPEAKERS = {"system": "system", "user": "human", "assistant": "gpt"}


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{conversations: [{from, value}]}`; calls, tools' turns and images are faults."""
    turns = spoken_turns(example)
    if isinstance(turns, Fault):
        return turns
    return {"conversations": [{"from": _SPEAKERS[turn.role], "value": turn.text} for turn in turns]}


RENDERER = Renderer(name="sharegpt", render=render, room=WORDS)
