"""A preference pair as Azure OpenAI takes it: as OpenAI does, and an answer may call tools on its way."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.answers import not_carried
from ftdata.renderers.openai_preference import preference_row
from ftdata.renderers.rooms import OPENAI_PAIR

_ANSWERING = {"assistant", "tool"}


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives the row of OpenAI's form; only the assistant and tools may speak in an answer."""
    row = preference_row(example)
    if isinstance(row, Fault):
        return row
    for key, role in (("preferred_output", "chosen"), ("non_preferred_output", "rejected")):
        others = [turn["role"] for turn in row[key] if turn["role"] not in _ANSWERING]
        if others:
            return not_carried(f"an answer with a turn of the {others[0]}", f"/{role}")
    return row


RENDERER = Renderer(
    name="azure-preference", render=render, takes=frozenset({"rejected", "tools"}), room=OPENAI_PAIR
)
