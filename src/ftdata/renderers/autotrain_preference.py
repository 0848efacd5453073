"""A preference pair as AutoTrain takes it with a chat template: two whole conversations.

Its tasks llm-dpo and llm-orpo make a prompt of all turns of the chosen conversation but the last, and cut the
answers to their last turn. They want a column `prompt` all the same: it is written empty.
"""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.answers import not_carried, pair_of
from ftdata.renderers.rooms import WORDS_PAIR
from ftdata.renderers.words import bare_turn


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{prompt, text, rejected_text}`; an answer of more than one turn is a fault."""
    pair = pair_of(example, bare_turn)
    if isinstance(pair, Fault):
        return pair
    for role, answer in (("chosen", pair.chosen), ("rejected", pair.rejected)):
        if len(answer) != 1:
            return not_carried(f"an answer of {len(answer)} turns, only one turn", f"/{role}")
    return {
        "prompt": "",
        "text": [*pair.prompt, *pair.chosen],
        "rejected_text": [*pair.prompt, *pair.rejected],
    }


RENDERER = Renderer(
    name="autotrain-preference", render=render, takes=frozenset({"rejected"}), room=WORDS_PAIR
)
