"""A line of plain text for language modelling."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{text}`; a conversation is a fault, since only a chat template can make a text of it."""
    if "text" not in example:
        return Fault("not-carried-by-target", {"what": "a conversation, only plain text"})
    return {"text": example["text"]}


RENDERER = Renderer(name="text", render=render)
