"""A conversation of which the last answer was judged, as LLaMA-Factory takes it: words only."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.answers import not_carried
from ftdata.renderers.rooms import FRONT_JUDGED
from ftdata.renderers.words import spoken_turns


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{messages: [{role, content}], label}`; an answer without a verdict is a fault."""
    if "label" not in example:
        return not_carried("an answer that nobody judged")
    turns = spoken_turns({**example, "label": True})  # a bad answer is written, too
    if isinstance(turns, Fault):
        return turns
    messages = [{"role": turn.role, "content": turn.text} for turn in turns]
    return {"messages": messages, "label": example["label"]}


RENDERER = Renderer(
    name="judged-chat", render=render, takes=frozenset({"label"}), room=FRONT_JUDGED
)
