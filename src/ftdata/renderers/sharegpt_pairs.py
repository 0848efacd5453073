"""A preference pair as LLaMA-Factory takes it: a conversation of from and value, and two single answers."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.answers import not_carried, pair_of
from ftdata.renderers.rooms import FRONT_PAIR
from ftdata.renderers.words import words_of

_SPEAKERS = {"system": "system", "user": "human", "assistant": "gpt"}


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{conversations, chosen, rejected}`; an answer of more than one turn is a fault."""
    pair = pair_of(example, _turn)
    if isinstance(pair, Fault):
        return pair
    for role, answer in (("chosen", pair.chosen), ("rejected", pair.rejected)):
        if len(answer) != 1:
            return not_carried(f"an answer of {len(answer)} turns, only one turn", f"/{role}")
    return {"conversations": pair.prompt, "chosen": pair.chosen[0], "rejected": pair.rejected[0]}


def _turn(message: Message, index: int) -> dict[str, Any] | Fault:  # noqa: ARG001 - see openai-chat
    texts = words_of(message)
    if isinstance(texts, str):
        return not_carried(texts)
    return {"from": _SPEAKERS[message["role"]], "value": "\n".join(texts)}


RENDERER = Renderer(
    name="sharegpt-pairs", render=render, takes=frozenset({"rejected"}), room=FRONT_PAIR
)
