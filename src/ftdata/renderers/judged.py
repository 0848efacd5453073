"""A judged answer as TRL's KTOTrainer takes it; a pair is left to the trainer, which takes it apart."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers import preference
from ftdata.renderers.answers import not_carried
from ftdata.renderers.prompt_completion import completion_row
from ftdata.renderers.rooms import JUDGED


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{prompt, completion, label, tools?}`, or of a pair `{prompt, chosen, rejected, tools?}`."""
    if "chosen" in example:
        return preference.render(example)
    if "label" not in example:
        return not_carried("an answer that nobody judged")
    row = completion_row(example)
    return row if isinstance(row, Fault) else {**row, "label": example["label"]}


RENDERER = Renderer(
    name="judged", render=render, takes=frozenset({"rejected", "label"}), room=JUDGED
)
