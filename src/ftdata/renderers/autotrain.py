"""AutoTrain's `text` column: a list of turns with role and content, or plain text."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.rooms import WORDS
from ftdata.renderers.words import spoken_turns


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{text}`; calls, tools' turns and images are faults, as every turn must have the same keys."""
    if "messages" not in example:
        return {"text": example["text"]}
    turns = spoken_turns(example)
    if isinstance(turns, Fault):
        return turns
    return {"text": [{"role": turn.role, "content": turn.text} for turn in turns]}


RENDERER = Renderer(name="autotrain", render=render, room=WORDS)
