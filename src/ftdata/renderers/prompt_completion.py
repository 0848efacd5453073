"""A prompt and its completion, both as turns: only the completion is trained on."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.answers import parted, prompt_of, written
from ftdata.renderers.chat import chat_turn
from ftdata.renderers.rooms import COMPLETION


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{prompt, completion, tools?}`: the last reply is the completion, of a pair the chosen one.

    Replies before it belong to the prompt and are not trained on. An answer that was judged undesirable is
    a fault.
    """
    if example.get("label") is False:
        return Fault("undesirable-answer")
    return completion_row(example)


def completion_row(example: Example) -> dict[str, Any] | Fault:
    """Gives the row, whatever the verdict."""
    parts = parted(example)
    if isinstance(parts, Fault):
        return parts
    before, reply = parts
    prompt = prompt_of(before, chat_turn)
    if isinstance(prompt, Fault):
        return prompt
    completion = written([reply], chat_turn, at="/messages")
    if isinstance(completion, Fault):
        return completion
    row: dict[str, Any] = {"prompt": prompt, "completion": completion}
    if "tools" in example:
        row["tools"] = example["tools"]
    return row


RENDERER = Renderer(name="prompt-completion", render=render, room=COMPLETION)
