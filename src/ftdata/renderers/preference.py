"""A preference pair as TRL takes it: the prompt in a column of its own, all as turns."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.answers import pair_of
from ftdata.renderers.chat import chat_turn
from ftdata.renderers.rooms import PAIR


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{prompt, chosen, rejected, tools?}`."""
    pair = pair_of(example, chat_turn)
    if isinstance(pair, Fault):
        return pair
    row: dict[str, Any] = pair._asdict()
    if "tools" in example:
        row["tools"] = example["tools"]
    return row


RENDERER = Renderer(name="preference", render=render, takes=frozenset({"rejected"}), room=PAIR)
